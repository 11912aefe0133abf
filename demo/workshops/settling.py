"""What the verbs wrote today and at random becomes of its own day, and the same at each loading."""

from __future__ import annotations

from datetime import datetime
from random import Random

from sqlalchemy import delete, func, or_, select

from demo.people import HOW_MANY, fresh_code
from foundation.audit import AuditEntry
from foundation.db import db
from foundation.outbox.models import Message
from people.models import Person
from workshops.models import Registration, WorkshopSession


def settle(draw: Random) -> None:
    """Give codes that `draw` chooses, and the dates of the registrations; forget messages and traces of the loading.

    Messages of two years would leave today, and the audit would say that one second held it all.
    """
    _give_codes(draw)
    _date_newcomers()
    db.session.execute(delete(Message))
    forget_traces()
    db.session.flush()


def forget_traces() -> None:
    """What the loading did was done by nobody: the audit keeps the opening of the accounts."""
    db.session.execute(delete(AuditEntry).where(AuditEntry.subject.not_like("account:%")))


def _give_codes(draw: Random) -> None:
    used = set(db.session.scalars(select(Person.code).where(Person.id <= HOW_MANY)))
    for person in db.session.scalars(select(Person).where(Person.id > HOW_MANY).order_by(Person.id)):
        person.code = fresh_code(draw, used)
    used = set()
    for registration in db.session.scalars(select(Registration).order_by(Registration.id)):
        registration.code = fresh_code(draw, used)


def _date_newcomers() -> None:
    """Whoever came to be known by a registration was first met on its day, and last is at its end."""
    met: dict[int, datetime] = {}
    for registration, last in _registrations():
        for person in filter(None, (registration.person, *(one.person for one in registration.participants))):
            if person.id > HOW_MANY:
                met[person.id] = min(registration.created_at, met.get(person.id, registration.created_at))
                person.created_at, person.last_contact_at = met[person.id], last


def _registrations() -> list[tuple[Registration, datetime]]:
    """Each registration with the end of its last session, the one that ends last at the end."""
    last = func.max(WorkshopSession.ends_at)
    mine = or_(WorkshopSession.id == Registration.session_id, Registration.session_id.is_(None))
    query = (
        select(Registration, last)
        .join(WorkshopSession, (WorkshopSession.programme_id == Registration.programme_id) & mine)
        .group_by(Registration.id)
        .order_by(last, Registration.id)
    )
    return [(registration, end) for registration, end in db.session.execute(query)]
