"""How a resident is told something: through which channel, at which address, theirs or that of who acts for them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_

from foundation.outbox.models import Channel
from people.models import Companion, ContactMeans, Person
from people.queries.records import companions_of
from people.rules.reaching import reached_by, stands_in


@dataclass(frozen=True)
class Reach:
    """Where a message to a resident goes.

    Attributes:
        to_companion: it goes to somebody who acts for them, and says for whom it is.
    """

    channel: Channel
    address: str
    to_companion: bool = False


def reach(person: Person) -> Reach | None:
    """The resident's own channel, else a text message to somebody who acts for them; None: nobody is written to."""
    if own := reached_by(person.contact_means, person.phone, person.email):
        return Reach(*own)
    numbers = (one.phone for one in companions_of(person.id) if one.phone)
    number = stands_in(person.contact_means, person.phone, person.email, numbers)
    return Reach(Channel.SMS, number, to_companion=True) if number else None


def may_be_reached() -> ColumnElement[bool]:
    """A condition on `Person` that leaves out those whom `reach` does not reach; it may let through a few of them."""
    return or_(
        Person.contact_means.in_([ContactMeans.SMS, ContactMeans.EMAIL]),
        exists().where(Companion.person_id == Person.id, Companion.phone.is_not(None)),
    )
