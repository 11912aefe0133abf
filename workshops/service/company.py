"""The people of a registration by name, before they have records and after: whose voucher may pay it."""

from __future__ import annotations

from people import queries as people
from people.models import Person
from workshops.models import Registration
from workshops.rules.enrolling import Enrolling
from workshops.rules.paying import Company, Named


def company_wished(wish: Enrolling) -> Company:
    """Those whom somebody is about to register.

    Raises:
        NoSuchPerson
    """
    adult = _adult(wish)
    children = tuple(Named(None, one.given_name, one.family_name, one.birth_year) for one in wish.children)
    own = (adult,) if adult and (wish.comes_too or not children) else ()
    return Company(adult, own + children)


def company_of(registration: Registration) -> Company:
    """Those who are registered."""
    adult = registration.person
    sitting = tuple(_named(one.person) for one in registration.participants)
    return Company(_named(adult) if adult else None, sitting)


def _adult(wish: Enrolling) -> Named | None:
    if wish.person_id is not None:
        return _named(people.current(wish.person_id))
    new = wish.newcomer
    return Named(None, new.given_name, new.family_name, new.birth_year) if new else None


def _named(person: Person) -> Named:
    return Named(person.id, person.given_name, person.family_name, person.birth_year)
