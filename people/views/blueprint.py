"""The blueprint that the pages of this folder hang on, and who may do what there."""

from __future__ import annotations

from flask import Blueprint

from foundation.security import Role
from people import queries
from people.models import Person
from people.rules.details import NoSuchPerson

bp = Blueprint("people", __name__)
FINDERS = (Role.MEDIATOR, Role.PRESCRIBER, Role.MANAGER, Role.ADMINISTRATOR)
"""Prescribers find and create; what was said in an appointment is not theirs to read."""
KEEPERS = (Role.MEDIATOR, Role.MANAGER, Role.ADMINISTRATOR)
RESPONSIBLE = (Role.MANAGER, Role.ADMINISTRATOR)
ID = "<int(max=2147483647):person_id>"


def known(person_id: int) -> Person:
    """The record of an address, merged and erased ones too.

    Raises:
        NoSuchPerson
    """
    person = queries.person(person_id)
    if person is None:
        raise NoSuchPerson
    return person
