"""What becomes of one row of a card file: a new card, a change, nothing, or a refusal. Nothing is read or written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from people import queries as people
from people import service as records
from people.models import Person
from people.rules.names import search_key as name_key
from people.service import Details
from places.clean.text import search_key
from places.importing.sheet_report import Report
from places.importing.sheet_rows import Wanted
from vouchers.importing.columns import COLUMNS
from vouchers.importing.rows import Facts
from vouchers.models import Card, CardCategory, household_key
from vouchers.rules.card_files import (
    AlreadyOver,
    OtherHolder,
    SeveralFit,
    StoppedHere,
    UnknownCategory,
    YearNeeded,
)
from vouchers.rules.cards import LONGEST, HasACard, KeyTooLong, NewCard, check_new, check_validity


@dataclass(frozen=True)
class Register:
    """What there is when a file comes.

    Attributes:
        cards: by their numbers at the CCAS.
        people: by the key of their whole name.
        holders: ids of people who have a card, or lost one.
        met: name and year of whom this file gave a card already.
    """

    cards: Mapping[str, Card]
    people: Mapping[str, Sequence[Person]]
    categories: Mapping[str, CardCategory]
    holders: Collection[int]
    today: date
    met: set[tuple[str, int]] = field(default_factory=set)


@dataclass(frozen=True)
class Fresh:
    """A card to write, of somebody who is known or of `newcomer`; `details.person_id` is 0 until they are written."""

    details: NewCard
    newcomer: Details | None


@dataclass(frozen=True)
class Changed:
    """Columns of a known card that become others."""

    card: Card
    values: Mapping[str, Any]

    @property
    def renewed(self) -> bool:
        """A longer time is a renewal, as on its page."""
        return bool(self.values.get("valid_until", self.card.valid_until) > self.card.valid_until)


def key_of(facts: Facts) -> str:
    return name_key(facts.given_name, facts.family_name)


def outcome_of(one: Wanted[Facts], register: Register, report: Report) -> Fresh | Changed | None:
    """What is to be written of a row, told in `report`; None: it says what is known.

    Raises:
        UnknownCategory, and as `_fresh` and `_changed`
    """
    category = register.categories.get(search_key(one.facts.category))
    if category is None:
        raise UnknownCategory
    card = register.cards.get(one.facts.former_number)
    if card is None:
        return _fresh(one.facts, category, register, report)
    return _changed(one, card, category, register, report)


def _fresh(facts: Facts, category: CardCategory, register: Register, report: Report) -> Fresh:
    """Raises: AlreadyOver, YearNeeded, SeveralFit, HasACard, and as `people.service.check` and `check_new`"""
    if facts.valid_until < register.today:
        raise AlreadyOver
    known = _recognised(facts, register)
    wanted = NewCard(
        known.id if known else 0, category.id, facts.valid_from or register.today, facts.valid_until, facts.household,
        facts.former_number,
    )  # fmt: skip
    check_new(wanted, register.today)
    newcomer = None if known else _newcomer(facts, register.today.year)
    register.met.add((key_of(facts), facts.birth_year or 0))
    report.create(f"{facts.given_name} {facts.family_name}".strip() + f" ({facts.former_number})")
    report.noted["known_people"] += known is not None
    return Fresh(wanted, newcomer)


def _recognised(facts: Facts, register: Register) -> Person | None:
    """Raises: NoName, YearNeeded, SeveralFit, HasACard"""
    if facts.birth_year is None:
        raise YearNeeded
    key = key_of(facts)
    if not key:
        raise records.NoName
    same = [one for one in register.people.get(key, ()) if one.birth_year == facts.birth_year]
    if len(same) > 1:
        raise SeveralFit
    if (key, facts.birth_year) in register.met or (same and same[0].id in register.holders):
        raise HasACard
    return same[0] if same else None


def _newcomer(facts: Facts, this_year: int) -> Details:
    """Raises: YearImplausible"""
    details = Details(
        family_name=facts.family_name, given_name=facts.given_name, birth_year=facts.birth_year, phone=facts.phone
    )
    records.check(details, this_year)
    return details


def _changed(
    one: Wanted[Facts], card: Card, category: CardCategory, register: Register, report: Report
) -> Changed | None:  # fmt: skip
    """A file takes nothing away: it stops no card, shortens none, and empties no cell.

    Raises:
        OtherHolder, StoppedHere, BadValidity, KeyTooLong
    """
    facts = one.facts
    if not people.is_called(card.person, facts.given_name, facts.family_name):
        raise OtherHolder
    if not card.state.current:
        raise StoppedHere
    if len(facts.household) > LONGEST["household"]:
        raise KeyTooLong("household")
    told: dict[str, Any] = {"category_id": category.id, "valid_until": max(facts.valid_until, card.valid_until)}
    if facts.household:
        told |= {"household": facts.household, "household_key": household_key(facts.household)}
    values = {name: value for name, value in told.items() if getattr(card, name) != value}
    if "valid_until" in values:
        check_validity(max(register.today, card.valid_from), facts.valid_until)
    report.noted["left"] += facts.valid_until < card.valid_until
    if not values:
        report.unchanged += 1
        return None
    report.change(one.row.line, one.key, lambda: _said(card, category, values))
    return Changed(card, values)


def _said(card: Card, category: CardCategory, values: Mapping[str, Any]) -> list[str]:
    """`Valable jusqu’au : 31/12/2026 → 31/12/2027`, for each value that changes."""
    pairs: dict[str, tuple[str, str]] = {}
    if "category_id" in values:
        pairs["category"] = card.category.label, category.label
    if "valid_until" in values:
        pairs["valid_until"] = f"{card.valid_until:%d/%m/%Y}", f"{values['valid_until']:%d/%m/%Y}"
    if "household" in values:
        pairs["household"] = card.household, values["household"]
    return [COLUMNS.change(name, was, becomes) for name, (was, becomes) in pairs.items()]
