"""What the tests of registering begin with: programmes that are open, sessions with few seats, and who wants one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from foundation.audit import AuditEntry
from foundation.db import db, in_transaction, transaction
from foundation.outbox.models import Message, MessageState
from people.models import Person
from people.service import Details
from tests.cast import NOW, Cast
from workshops.models import (
    Enrolment,
    Origin,
    Participant,
    Programme,
    ProgrammeAudience,
    ProgrammeKind,
    ProgrammeState,
    Registration,
    RegistrationEvent,
    WorkshopSession,
)
from workshops.rules.enrolling import Child, Emergency, Enrolling, Group
from workshops.service import registering
from workshops.service.seats import TAKING

WEEK = timedelta(days=7)
FIRST = NOW + timedelta(days=8, hours=8)
"""Wednesday of next week, 16 h 00 in town."""


def opened(cast: Cast, *, sessions: int = 1, capacity: int = 2, first: datetime = FIRST, **changes: Any) -> Programme:
    """A programme of the library with weekly sessions, open to everyone; single sessions, unless said otherwise."""
    usual: dict[str, Any] = {
        "kind": ProgrammeKind.ADULT_COURSE, "audience": ProgrammeAudience.EVERYONE, "title": "Atelier photo",
        "enrolment": Enrolment.SESSION, "state": ProgrammeState.PUBLISHED, "structure_id": cast.ids["town"],
    }  # fmt: skip
    with transaction():
        programme = Programme(**{**usual, **changes}, created_at=NOW)
        db.session.add(programme)
        db.session.flush()
        for number in range(sessions):
            add_session(cast, programme.id, number + 1, first + number * WEEK, capacity)
    return programme


def add_session(cast: Cast, programme_id: int, number: int, start: datetime, capacity: int = 2) -> WorkshopSession:
    """One more session, in the transaction at hand."""
    end = start + timedelta(hours=2)
    session = WorkshopSession(
        programme_id=programme_id, number=number, starts_at=start, ends_at=end, held_from=start, held_until=end,
        venue_id=cast.ids["library"], capacity=capacity,
    )  # fmt: skip
    db.session.add(session)
    db.session.flush()
    return session


def sessions_of(programme: Programme) -> list[WorkshopSession]:
    """As the database has them now, in order."""
    db.session.rollback()
    query = select(WorkshopSession).where(WorkshopSession.programme_id == programme.id).order_by(WorkshopSession.number)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def only(programme: Programme) -> int:
    """The id of its one session."""
    (session,) = sessions_of(programme)
    return session.id


def adult(programme: Programme, number: int = 1, **changes: Any) -> Enrolling:
    """The `number`-th adult of the town, with a telephone of their own, for the first session or the whole series."""
    usual: dict[str, Any] = {
        "programme_id": programme.id,
        "origin": Origin.RESIDENT,
        "newcomer": Details(given_name="Alix", family_name=f"Numéro {number}", phone=f"+3363998{number:04}"),
    }
    if programme.enrolment is not Enrolment.CYCLE:
        usual["session_id"] = sessions_of(programme)[0].id
    return Enrolling(**{**usual, **changes})


def child(name: str = "Lina", **changes: Any) -> Child:
    return Child(**{"given_name": name, "family_name": "Moreau", "birth_year": 2016, **changes})


def family(programme: Programme, *names: str, **changes: Any) -> Enrolling:
    """A guardian with children, and whom to call."""
    usual: dict[str, Any] = {
        "newcomer": Details(given_name="Karim", family_name="Moreau", phone="+33639988001"),
        "children": tuple(child(name) for name in names or ("Lina", "Noé", "Sami")),
        "emergency": Emergency("Mamie Jo", "+33639988002", "Mamie Jo\nTonton Max"),
    }
    return adult(programme, **{**usual, **changes})


def group(programme: Programme, count: int = 12, **changes: Any) -> Enrolling:
    """A class whose pupils nobody names."""
    usual: dict[str, Any] = {
        "newcomer": None,
        "origin": Origin.DESK,
        "group": Group("CM1", count, "Bruno Lacaze", "+33639988003", "bruno@ecole.example"),
    }
    return adult(programme, **{**usual, **changes})


def registered(wish: Enrolling, now: datetime = NOW, actor_id: int | None = None) -> Registration:
    """Register, and commit."""
    return in_transaction(lambda: registering.register(wish, now=now, actor_id=actor_id))


def fill(programme: Programme, count: int, first: int = 1) -> list[Registration]:
    """So many adults, one after another."""
    return [registered(adult(programme, number)) for number in range(first, first + count)]


def state(registration: Registration) -> str:
    """As the database has it now."""
    db.session.rollback()
    return str(db.session.get_one(Registration, registration.id, populate_existing=True).state)


def taken(programme: Programme) -> list[tuple[int, int]]:
    """Taken seats, and seats beyond the capacity, of each session."""
    return [(one.taken, one.extra) for one in sessions_of(programme)]


def seats_by_rights(session: WorkshopSession) -> int:
    """The sum of the seats of all registrations that take some in a session."""
    whole = Registration.session_id.is_(None) & (Registration.programme_id == session.programme_id)
    query = select(func.coalesce(func.sum(Registration.seats), 0)).where(
        Registration.state.in_(TAKING), (Registration.session_id == session.id) | whole
    )
    return int(db.session.scalar(query) or 0)


def counts() -> dict[str, int]:
    """How many rows there are of all that registering writes."""
    db.session.rollback()
    return {
        model.__tablename__: db.session.scalar(select(func.count()).select_from(model)) or 0
        for model in (Registration, Participant, RegistrationEvent, Person, Message, AuditEntry)
    }


def events(registration: Registration) -> list[str]:
    """What happened to it, in order."""
    query = select(RegistrationEvent.kind).where(RegistrationEvent.registration_id == registration.id)
    return [str(kind) for kind in db.session.scalars(query.order_by(RegistrationEvent.id))]


def messages(registration: Registration, *, waiting: bool = True) -> list[Message]:
    """What was written about it; with `waiting`, what still waits to be sent only."""
    db.session.rollback()
    query = select(Message).where(Message.reference == registration.reference).order_by(Message.id)
    if waiting:
        query = query.where(Message.state == MessageState.QUEUED)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def kinds(registration: Registration, *, waiting: bool = True) -> list[str]:
    """What its messages say: `registered`, `offered`…"""
    return [message.key.split(":")[2] for message in messages(registration, waiting=waiting)]
