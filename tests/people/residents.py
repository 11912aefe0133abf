"""Steps that several tests of residents take."""

from __future__ import annotations

from foundation.db import db, transaction
from people import service
from people.models import Person
from people.service import Details


def write(family_name: str = "", given_name: str = "", **more) -> Person:
    """A new resident, committed."""
    with transaction():
        person_id = service.create(Details(family_name, given_name, **more)).id
    return read(person_id)


def read(person_id: int) -> Person:
    """The record as the database holds it now."""
    person = db.session.get(Person, person_id, populate_existing=True)
    assert person is not None
    return person
