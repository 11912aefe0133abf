"""A resident's data: handed out, erased on request, and forgotten in time."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Column, RowMapping, Table, delete, or_, select, update

from foundation import audit, clock
from foundation.codes import free_code
from foundation.db import db, table_of
from people.models import Companion, ContactMeans, Person, PersonConsent, PersonToken
from people.references import forget_elsewhere, references, told_of
from people.rules.details import NoSuchPerson
from people.rules.retention import forgotten_before
from people.service.records import lock

BATCH = 500


def export(person_id: int, actor_id: int | None) -> dict[str, Any]:
    """All that is kept of a resident, with the records merged into theirs, ready for JSON.

    Instants are ISO 8601 in UTC. Hashes that open a link are left out.

    Raises:
        NoSuchPerson
    """
    if db.session.get(Person, person_id) is None:
        raise NoSuchPerson
    table = table_of(Person)
    data: dict[str, Any] = {"exported_at": clock.now().isoformat(), "person": _rows(table, table.c.id, person_id)}
    for one in references():
        if rows := _rows(one.table, one.column, person_id):
            data[one.name] = rows
    data |= told_of(person_id)
    audit.record("person.exported", f"person:{person_id}", actor_id=actor_id)
    return data


def _rows(table: Table, column: Column[Any], person_id: int) -> list[dict[str, Any]]:
    found = db.session.execute(select(table).where(column == person_id).order_by(*table.primary_key.columns)).mappings()
    return [_plain(row) for row in found]


def _plain(row: RowMapping) -> dict[str, Any]:
    return {name: _readable(value) for name, value in row.items() if not str(name).endswith("_hash")}


def _readable(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if hasattr(value, "isoformat") else value


def erase(person_id: int, actor_id: int | None) -> None:
    """Erase who a resident is, on their request, with all records merged into theirs. Counts stay right.

    Raises:
        NoSuchPerson, AlreadyMerged, AlreadyErased
    """
    lock(person_id)
    _forget([person_id])
    audit.record("person.erased", f"person:{person_id}", actor_id=actor_id)
    db.session.flush()


def anonymise_idle(now: datetime) -> int:
    """Forget residents without contact for 24 months: at most 500 a call; returns how many records that were.

    The row stays for the counts, with year of birth, gender, status and neighbourhood; nothing in it names or
    reaches the person.
    """
    ids = list(
        db.session.scalars(
            select(Person.id)
            .where(
                Person.last_contact_at < forgotten_before(now),
                Person.anonymised_at.is_(None),
                Person.merged_into_id.is_(None),
            )
            .order_by(Person.id)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
    )
    for person_id in ids:
        audit.record("person.anonymised", f"person:{person_id}")
    return _forget(ids)


def _forget(ids: list[int]) -> int:
    """Erase these records and those merged into them; returns how many records that were."""
    people = list(db.session.scalars(select(Person).where(or_(Person.id.in_(ids), Person.merged_into_id.in_(ids)))))
    everyone = [person.id for person in people]
    for person in people:
        _blank(person)
    for model in (Companion, PersonConsent, PersonToken):
        db.session.execute(delete(model).where(model.person_id.in_(everyone)))
    for one in references():
        if one.erased:
            empty = {column.name: None if column.nullable else "" for column in one.erased}
            db.session.execute(update(one.table).where(one.column.in_(everyone)).values(empty))
    forget_elsewhere(everyone)
    db.session.flush()
    db.session.expire_all()
    return len(people)


def _blank(person: Person) -> None:
    """Nothing that names or reaches the person; the code is drawn anew, for slips may still be in a drawer."""
    person.code = free_code(Person.code)
    person.given_name = person.family_name = person.search_key = ""
    person.phone = person.email = None
    person.contact_means = ContactMeans.NONE
    person.anonymised_at = clock.now()
