"""Creating and changing records, and keeping them findable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from foundation import audit, clock
from foundation.codes import free_code, free_codes
from foundation.db import UtcDateTime, append, db, table_of
from people.models import Companion, Person, PersonToken, TokenKind
from people.queries.likeness import recognised
from people.rules.details import AlreadyErased, AlreadyMerged, Details, NoSuchPerson, check, means_of
from people.rules.duplicates import Traits
from people.rules.names import search_key, sounds, tokens
from people.rules.numbers import backward, forward


def create(details: Details, actor_id: int | None = None, *, contact_at: datetime | None = None) -> Person:
    """Write down a resident. Looking for doubles first is the caller's (`queries.similar`).

    Args:
        actor_id: the account that writes; None when residents do it themselves.
        contact_at: see `touch`; now by default.

    Raises:
        NoName, YearImplausible, NoNumberToWriteTo, NoAddressToWriteTo
    """
    now = clock.now()
    contact = max(now, contact_at or now)
    person = Person(code=free_code(Person.code), created_by=actor_id, created_at=now, last_contact_at=contact)
    _write(person, details)
    append(person)
    _add_ways_in(person, companions=[])
    audit.record("person.created", f"person:{person.id}", actor_id=actor_id)
    return person


def create_all(
    those: Sequence[Details], actor_id: int | None = None, *, contact_at: datetime | None = None
) -> list[int]:  # fmt: skip
    """Write down many residents, as `create` does, in few statements; their ids, in the order given.

    Raises:
        The refusals of `create`: one stops all, so check each before.
    """
    if not those:
        return []
    now = clock.now()
    contact, people = max(now, contact_at or now), []
    for details, code in zip(those, free_codes(Person.code, len(those)), strict=True):
        person = Person(code=code, created_by=actor_id, created_at=now, last_contact_at=contact)
        _write(person, details)
        people.append(person)
    names = ("code", "search_key", "created_by", "created_at", "last_contact_at", *FIELDS)
    written = db.session.execute(_CREATED, [{name: getattr(person, name) for name in names} for person in people])
    ids = {code: id_ for id_, code in written}
    for person in people:
        person.id = ids[person.code]
    if rows := [row for person in people for row in _tokens(person, companions=[])]:
        db.session.execute(_ADDED, rows)
    audit.record_each("person.created", [f"person:{person.id}" for person in people], actor_id=actor_id)
    return [person.id for person in people]


_CREATED = insert(table_of(Person)).returning(table_of(Person).c.id, table_of(Person).c.code)


def recognise_or_create(details: Details, actor_id: int | None = None, *, contact_at: datetime | None = None) -> Person:
    """The resident with exactly this name and number (or e-mail address, when no number is given), else a new one.

    For bookings that nobody looks at.

    A record that is found is not changed by what was typed, so that nobody can overwrite another's data.

    Raises:
        The refusals of `create`.
    """
    check(details, clock.today().year)
    traits = Traits(details.given_name, details.family_name, details.birth_year, details.phone)
    found = recognised(traits, details.email)
    if found is None:
        return create(details, actor_id, contact_at=contact_at)
    touch(found.id, contact_at or clock.now())
    return found


def edit(person_id: int, details: Details, actor_id: int | None) -> Person:
    """Correct a record. What was counted before stays as it was counted.

    Raises:
        NoSuchPerson, AlreadyMerged, AlreadyErased, and the refusals of `create`.
    """
    person = lock(person_id)
    before = {field: getattr(person, field) for field in FIELDS}
    _write(person, details)
    changed = sorted(field for field in FIELDS if getattr(person, field) != before[field])
    db.session.flush()
    index(person)
    audit.record("person.changed", f"person:{person.id}", actor_id=actor_id, fields=changed)
    return person


FIELDS = (
    "given_name", "family_name", "birth_year", "phone", "email", "contact_means", "locale", "gender", "status",
    "residence", "neighbourhood_id",
)  # fmt: skip


def lock(person_id: int) -> Person:
    """The record, locked for a change.

    Raises:
        NoSuchPerson, AlreadyMerged, AlreadyErased
    """
    person = db.session.get(Person, person_id, with_for_update=True, populate_existing=True)
    if person is None:
        raise NoSuchPerson
    if person.merged_into_id is not None:
        raise AlreadyMerged
    if person.anonymised_at is not None:
        raise AlreadyErased
    return person


def _write(person: Person, details: Details) -> None:
    check(details, clock.today().year)
    for field in FIELDS:
        setattr(person, field, getattr(details, field))
    person.given_name = " ".join(details.given_name.split())
    person.family_name = " ".join(details.family_name.split())
    person.contact_means = details.contact_means or means_of(details.phone, details.email)
    person.search_key = search_key(person.given_name, person.family_name)


def touch(person_id: int, at: datetime) -> None:
    """Note a contact, which may lie ahead (an appointment): retention is counted from the latest."""
    db.session.execute(_TOUCHED, {"person_id": person_id, "at": at})


def touch_each(contacts: Sequence[tuple[int, datetime]]) -> None:
    """The same of many, in one statement."""
    if contacts:
        db.session.execute(_EACH_TOUCHED, [{"person_id": person_id, "at": at} for person_id, at in contacts])


_TOUCHED = (
    update(Person)
    .where(Person.id == bindparam("person_id"), Person.last_contact_at < bindparam("at", type_=UtcDateTime))
    .values(last_contact_at=bindparam("at", type_=UtcDateTime))
)
_PERSON = table_of(Person)
_EACH_TOUCHED = (
    update(_PERSON)
    .where(_PERSON.c.id == bindparam("person_id"), _PERSON.c.last_contact_at < bindparam("at", type_=UtcDateTime))
    .values(last_contact_at=bindparam("at", type_=UtcDateTime))
)


def index(person: Person) -> None:
    """Make the record findable by its names, their sounds, and its numbers and those of its companions."""
    db.session.execute(delete(PersonToken).where(PersonToken.person_id == person.id))
    phones = db.session.scalars(select(Companion.phone).where(Companion.person_id == person.id))
    _add_ways_in(person, companions=[phone for phone in phones if phone])


def _add_ways_in(person: Person, companions: list[str]) -> None:
    """Args: companions: their numbers, E.164."""
    if rows := _tokens(person, companions):
        db.session.execute(_ADDED, rows)


def _tokens(person: Person, companions: list[str]) -> list[dict[str, Any]]:
    """Rows of `person_token`, one a way in."""
    return [
        {"person_id": person.id, "kind": kind, "token": token[:100]}
        for kind, found in _ways_in(person, companions).items()
        for token in sorted(found)
    ]


_ADDED = insert(table_of(PersonToken))


def _ways_in(person: Person, companions: list[str]) -> dict[TokenKind, set[str]]:
    numbers = {number for number in (person.phone, *companions) if number}
    name = f"{person.given_name} {person.family_name}"
    return {
        TokenKind.NAME: tokens(name),
        TokenKind.SOUND: sounds(name),
        TokenKind.PHONE: {digits for number in numbers for digits in forward(number)},
        TokenKind.PHONE_END: {backward(number) for number in numbers},
    }


def reindex() -> int:
    """Index every record anew, after the rules of names changed; returns how many."""
    people = db.session.scalars(select(Person).where(Person.anonymised_at.is_(None)).order_by(Person.id))
    count = 0
    for person in people:
        person.search_key = search_key(person.given_name, person.family_name)
        index(person)
        count += 1
    db.session.flush()
    return count
