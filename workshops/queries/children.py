"""The children whom a guardian registered before, and what was last written of them."""

from __future__ import annotations

from sqlalchemy import select

from foundation.db import db
from people import queries as people
from people.models import Person
from workshops.models import ChildSheet, Participant, Registration


def children_of(guardian_id: int) -> list[Person]:
    """The children whom somebody registered before, the newest first."""
    query = (
        select(Person)
        .join(Participant, Participant.person_id == Person.id)
        .join(Registration, Registration.id == Participant.registration_id)
        .where(Registration.person_id == guardian_id, Person.id != guardian_id, Person.anonymised_at.is_(None))
        .distinct()
        .order_by(Person.id.desc())
    )
    return list(db.session.scalars(query))


def known_child(guardian_id: int, given_name: str, family_name: str, birth_year: int | None) -> Person | None:
    """The child of this name and year whom the same guardian registered before."""
    same = (
        child
        for child in children_of(guardian_id)
        if child.birth_year == birth_year and people.is_called(child, given_name, family_name)
    )
    return next(same, None)


def sheet_of(child_id: int) -> ChildSheet | None:
    """What was last written of a child."""
    return db.session.scalar(_SHEETS.where(Participant.person_id == child_id).limit(1))


def last_sheet(guardian_id: int) -> ChildSheet | None:
    """What was last written of one of somebody's children."""
    mine = (Registration.person_id == guardian_id, Participant.person_id != guardian_id)
    return db.session.scalar(_SHEETS.join(Participant.registration).where(*mine).limit(1))


_SHEETS = select(ChildSheet).join(ChildSheet.participant).order_by(Participant.id.desc())
