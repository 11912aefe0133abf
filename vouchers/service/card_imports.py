"""The card file of the CCAS into the register: the good rows are kept, the bad ones given back. It may be repeated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.models import Account
from foundation import audit
from foundation.db import db
from foundation.errors import Refused
from foundation.i18n import _
from foundation.scope import check_may_change
from people import queries as people
from people import service as records
from people.models import Person
from people.rules.names import search_key as name_key
from people.service import Details
from places.clean.text import search_key
from places.importing.reading import Table
from vouchers.importing.columns import found, heading
from vouchers.importing.report import Report
from vouchers.importing.rows import Facts, Wanted, read_rows
from vouchers.models import Card, CardCategory, CardEventKind
from vouchers.queries import card_files
from vouchers.rules.card_files import (
    AlreadyOver,
    OtherHolder,
    SeveralFit,
    StoppedHere,
    UnknownCategory,
    YearNeeded,
)
from vouchers.rules.cards import NewCard, check_validity
from vouchers.service import cards
from vouchers.service.days import day_of


@dataclass(frozen=True)
class Register:
    """What there is, and who writes it down when."""

    cards: Mapping[str, Card]
    people: Mapping[str, list[Person]]
    categories: Mapping[str, CardCategory]
    actor: Account
    now: datetime

    @property
    def today(self) -> date:
        return day_of(self.now)


def import_cards(table: Table, actor: Account, *, now: datetime) -> Report:
    """Create cards, and renew or correct known ones, by their numbers at the CCAS.

    People are recognised by their name and year of birth, else they are written down. A file takes nothing away: it
    stops no card, shortens none, and empties no cell. No proof of income is noted: whoever saw it is not in the file.

    Raises:
        OfTheTerritory, UnknownColumns
    """
    check_may_change(actor.structure_id, None)
    report = Report()
    wanted = read_rows(table, found(table.columns), report)
    register = Register(
        card_files.cards_by_number([one.facts.former_number for one in wanted]),
        card_files.people_by_key([_key(one.facts) for one in wanted]),
        card_files.categories_by_key(), actor, now,
    )  # fmt: skip
    for one in wanted:
        try:
            with db.session.begin_nested():
                _keep(one, register, report)
        except Refused as refused:
            report.refuse(one.line, one.facts.former_number[:40], heading(refused.field), str(refused), one.raw)
    audit.record("cards.imported", "import:cards", actor_id=actor.id, **report.counts)
    return report


def _keep(one: Wanted, register: Register, report: Report) -> None:
    """Raises: as `_create` and `_change`"""
    category = register.categories.get(search_key(one.facts.category))
    if category is None:
        raise UnknownCategory
    card = register.cards.get(one.facts.former_number)
    if card is None:
        _create(one.facts, category, register, report)
    else:
        _change(one, card, category, register, report)


def _create(facts: Facts, category: CardCategory, register: Register, report: Report) -> None:
    """Raises: AlreadyOver, YearNeeded, SeveralFit, HasACard, and as `people.service.create` and `cards.create`"""
    if facts.valid_until < register.today:
        raise AlreadyOver
    known = _recognised(facts, register)
    person_id = known.id if known else records.create(_details(facts), register.actor.id, contact_at=register.now).id
    since = facts.valid_from or register.today
    wanted = NewCard(person_id, category.id, since, facts.valid_until, facts.household, facts.former_number)
    cards.create(wanted, register.actor, now=register.now, kind=CardEventKind.IMPORTED)
    report.create(facts.former_number, known=known is not None)


def _recognised(facts: Facts, register: Register) -> Person | None:
    """Raises: YearNeeded, SeveralFit"""
    if facts.birth_year is None:
        raise YearNeeded
    same = [one for one in register.people.get(_key(facts), ()) if one.birth_year == facts.birth_year]
    if len(same) > 1:
        raise SeveralFit
    return same[0] if same else None


def _details(facts: Facts) -> Details:
    return Details(
        family_name=facts.family_name, given_name=facts.given_name, birth_year=facts.birth_year, phone=facts.phone
    )


def _key(facts: Facts) -> str:
    return name_key(facts.given_name, facts.family_name)


def _change(one: Wanted, card: Card, category: CardCategory, register: Register, report: Report) -> None:
    """Raises: OtherHolder, StoppedHere, BadValidity, KeyTooLong"""
    facts = one.facts
    if not people.is_called(card.person, facts.given_name, facts.family_name):
        raise OtherHolder
    if not card.state.current:
        raise StoppedHere
    told: dict[str, Any] = {"category_id": category.id, "valid_until": facts.valid_until}
    if facts.household:
        told["household"] = facts.household
    if facts.valid_until < card.valid_until:
        report.left += 1
        del told["valid_until"]
    values = {name: value for name, value in told.items() if getattr(card, name) != value}
    if not values:
        report.unchanged += 1
        return
    if "valid_until" in values:
        check_validity(max(register.today, card.valid_from), facts.valid_until)
    what = _said(card, category, values)
    cards.correct(card.id, values, register.actor, now=register.now)
    report.change(one.line, facts.former_number, what)


def _said(card: Card, category: CardCategory, values: Mapping[str, Any]) -> list[str]:
    """`Valable jusqu’au : 31/12/2026 → 31/12/2027`, for each value that changes."""
    pairs = {
        "category": (card.category.label, category.label) if "category_id" in values else None,
        "valid_until": (f"{card.valid_until:%d/%m/%Y}", f"{values['valid_until']:%d/%m/%Y}")
        if "valid_until" in values
        else None,
        "household": (card.household or "–", values["household"]) if "household" in values else None,
    }
    return [
        _("%(what)s: %(more)s", what=heading(field), more=f"{pair[0]} → {pair[1]}")
        for field, pair in pairs.items()
        if pair
    ]
