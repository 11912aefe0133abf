"""The card file of the CCAS into the register: the good rows are kept, the bad ones given back. It may be repeated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update

from accounts.models import Account
from foundation import audit
from foundation.codes import free_codes
from foundation.db import db, table_of
from foundation.errors import Refused
from foundation.scope import check_may_change
from people import service as people
from places.importing.reading import Table
from places.importing.sheet_report import Report
from places.importing.sheet_rows import Wanted
from vouchers.importing.columns import COLUMNS
from vouchers.importing.deciding import Changed, Fresh, Register, key_of, outcome_of
from vouchers.importing.rows import Facts, read_rows
from vouchers.models import Card, CardEvent, CardEventKind, CardState
from vouchers.queries import card_files
from vouchers.rules.codes import CARD_LENGTH
from vouchers.service.days import day_of, start_of

_COLUMNS = ("category_id", "valid_until", "household", "household_key")
_CARD = table_of(Card).c
_CREATED = insert(table_of(Card)).returning(_CARD.id)
_CORRECTED = (
    update(table_of(Card))
    .where(_CARD.id == bindparam("card_id"))
    .values({name: bindparam(f"new_{name}", type_=_CARD[name].type) for name in _COLUMNS})
)


def import_cards(table: Table, actor: Account, *, now: datetime) -> Report:
    """Create cards, and renew or correct known ones, by their numbers at the CCAS, all that can be in few statements.

    People are recognised by their name and year of birth, else they are written down. A file takes nothing away: it
    stops no card, shortens none, and empties no cell. No proof of income is noted: whoever saw it is not in the file.

    Raises:
        OfTheTerritory, UnknownColumns
    """
    check_may_change(actor.structure_id, None)
    report = Report(COLUMNS)
    wanted = read_rows(table, report)
    register = _register(wanted, now)
    fresh: list[Fresh] = []
    changed: list[Changed] = []
    for one in wanted:
        try:
            outcome = outcome_of(one, register, report)
        except Refused as refused:
            report.refuse(one.row, one.key, refused)
            continue
        if isinstance(outcome, Fresh):
            fresh.append(outcome)
        elif outcome:
            changed.append(outcome)
    _create(fresh, actor, now)
    _change(changed, actor, now)
    audit.record("cards.imported", "import:cards", actor_id=actor.id, **report.counts)
    return report


def _register(wanted: Sequence[Wanted[Facts]], now: datetime) -> Register:
    """The categories first: they are what two files wait for."""
    categories = card_files.categories_by_key()
    cards = card_files.cards_by_number([one.facts.former_number for one in wanted])
    people = card_files.people_by_key([key_of(one.facts) for one in wanted])
    holders = card_files.with_a_card([one.id for several in people.values() for one in several])
    return Register(cards, people, categories, holders, day_of(now))


def _create(fresh: Sequence[Fresh], actor: Account, now: datetime) -> None:
    """Newcomers, cards, what happened to each."""
    newcomers = [one.newcomer for one in fresh if one.newcomer]
    ids = iter(people.create_all(newcomers, actor.id, contact_at=now))
    rows: list[dict[str, Any]] = [
        {
            "number": number, "state": CardState.LIVE, "created_at": now,
            "person_id": next(ids) if one.newcomer else one.details.person_id, "category_id": one.details.category_id,
            "valid_from": one.details.valid_from, "valid_until": one.details.valid_until,
            "household": one.details.household, "former_number": one.details.former_number,
        }
        for one, number in zip(fresh, free_codes(Card.number, len(fresh), CARD_LENGTH), strict=True)
    ]  # fmt: skip
    if rows:
        _note(sorted(db.session.scalars(_CREATED, rows)), CardEventKind.IMPORTED, actor, now)
        people.touch_each([(row["person_id"], start_of(row["valid_until"])) for row in rows])


def _change(changed: Sequence[Changed], actor: Account, now: datetime) -> None:
    """What a file says of cards otherwise, and that it was said."""
    rows = [
        {"card_id": one.card.id}
        | {f"new_{name}": one.values.get(name, getattr(one.card, name)) for name in _COLUMNS}
        for one in changed
    ]  # fmt: skip
    renewed = [one.card.id for one in changed if one.renewed]
    corrected = [one.card.id for one in changed if not one.renewed]
    if rows:
        people.touch_each([(one.card.person_id, start_of(one.values["valid_until"])) for one in changed if one.renewed])
        db.session.execute(_CORRECTED, rows)
        db.session.expire_all()
    _note(renewed, CardEventKind.RENEWED, actor, now)
    _note(corrected, CardEventKind.CHANGED, actor, now)


def _note(card_ids: Sequence[int], kind: CardEventKind, actor: Account, now: datetime) -> None:
    """The same for each of these cards, as `cards` notes it of one."""
    if card_ids:
        same = {"kind": kind, "at": now, "actor_id": actor.id, "reason": ""}
        db.session.execute(insert(table_of(CardEvent)), [same | {"card_id": one} for one in card_ids])
        audit.record_each(f"card.{kind.value}", [f"card:{one}" for one in card_ids], actor_id=actor.id)
