"""One resident's record and what hangs on it."""

from __future__ import annotations

from sqlalchemy import select

from foundation.db import db
from people.models import Companion, ConsentTopic, Person, PersonConsent, PersonMerge
from people.rules.details import NoSuchPerson
from places.models import Level, Neighbourhood


def person(person_id: int) -> Person | None:
    """The record of this id as it is, merged or erased too."""
    return db.session.get(Person, person_id)


def current(person_id: int) -> Person:
    """The record that stands for this id now: the one kept, when it was merged.

    Raises:
        NoSuchPerson
    """
    found = db.session.get(Person, person_id)
    if found is not None and found.merged_into_id is not None:
        found = db.session.get(Person, found.merged_into_id)
    if found is None:
        raise NoSuchPerson
    return found


def companions_of(person_id: int) -> list[Companion]:
    return list(db.session.scalars(select(Companion).where(Companion.person_id == person_id).order_by(Companion.id)))


def consents_of(person_id: int) -> dict[ConsentTopic, PersonConsent]:
    """The newest word of a resident on each topic."""
    said = db.session.scalars(
        select(PersonConsent).where(PersonConsent.person_id == person_id).order_by(PersonConsent.at, PersonConsent.id)
    )
    return {consent.topic: consent for consent in said}


def merges_of(person_id: int) -> list[PersonMerge]:
    """Records that were joined to this one and still are, the last first."""
    return list(
        db.session.scalars(
            select(PersonMerge)
            .where(PersonMerge.kept_id == person_id, PersonMerge.undone_at.is_(None))
            .order_by(PersonMerge.id.desc())
        )
    )


def merge(merge_id: int) -> PersonMerge | None:
    return db.session.get(PersonMerge, merge_id)


def neighbourhood_choices() -> list[tuple[int, str]]:
    """(id, name) of the neighbourhoods that a resident may live in, by name; communes where none are loaded."""
    for level in (Level.QUARTIER, Level.COMMUNE):
        rows = db.session.execute(
            select(Neighbourhood.id, Neighbourhood.name)
            .where(Neighbourhood.level == level)
            .order_by(Neighbourhood.name, Neighbourhood.id)
        )
        if choices := [(row.id, row.name) for row in rows]:
            return choices
    return []
