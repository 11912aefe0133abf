"""Registrations as pages and verbs look for them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Account
from foundation.codes import read_code
from foundation.db import UtcDateTime, db
from workshops.models import (
    Participant,
    Registration,
    RegistrationEvent,
    RegistrationEventKind,
    RegistrationState,
    SessionState,
    WorkshopSession,
)
from workshops.rules.registration import ACTIVE


def by_code(code: str) -> Registration | None:
    """The registration of a code however it is written."""
    known = read_code(code)
    return db.session.scalar(select(Registration).where(Registration.code == known)) if known else None


def by_request_key(key: str) -> Registration | None:
    """What was registered by the page that this key was made for."""
    return db.session.scalar(select(Registration).where(Registration.request_key == key)) if key else None


def of_session(session: WorkshopSession, states: Collection[RegistrationState] = ACTIVE) -> list[Registration]:
    """Who comes to a session, for it alone or for the whole series, with people and their sheets, in order of coming.

    Args:
        states: registered, waiting and offered, unless said otherwise.
    """
    return list(db.session.scalars(_whole().where(is_for(session), Registration.state.in_(states))))


def revoked_with(session: WorkshopSession) -> list[Registration]:
    """Who was registered for this session alone and was cancelled by the service."""
    revoked = exists().where(
        RegistrationEvent.registration_id == Registration.id, RegistrationEvent.kind == RegistrationEventKind.REVOKED
    )
    mine = (Registration.session_id == session.id, Registration.state == RegistrationState.CANCELLED)
    return list(db.session.scalars(_whole().where(*mine, revoked)))


def of_programme(programme_id: int, states: Collection[RegistrationState] = ACTIVE) -> list[Registration]:
    """Who is registered for a programme or one of its sessions."""
    found = _whole().where(Registration.programme_id == programme_id, Registration.state.in_(states))
    return list(db.session.scalars(found))


def of_person(person_id: int) -> list[Registration]:
    """All that somebody was registered for, as themselves or as a guardian, the latest first."""
    sits = exists().where(Participant.registration_id == Registration.id, Participant.person_id == person_id)
    query = (
        select(Registration)
        .options(joinedload(Registration.programme), joinedload(Registration.session))
        .where(or_(Registration.person_id == person_id, sits))
    )
    return list(db.session.scalars(query.order_by(Registration.id.desc())))


def to_come(programme_id: int, now: datetime) -> list[WorkshopSession]:
    """The planned sessions to come of a programme, first to last."""
    return list(db.session.scalars(_TO_COME, {"programme_id": programme_id, "now": now}))


_TO_COME = (
    select(WorkshopSession)
    .options(joinedload(WorkshopSession.venue))
    .where(
        WorkshopSession.programme_id == bindparam("programme_id"),
        WorkshopSession.state == SessionState.PLANNED,
        WorkshopSession.starts_at > bindparam("now", type_=UtcDateTime),
    )
    .order_by(WorkshopSession.starts_at, WorkshopSession.id)
)


MOST_INSTEAD = 5


def instead_of(registration: Registration, now: datetime) -> list[WorkshopSession]:
    """The next sessions of the programme with seats for all whom it is for, and in which none of them is yet."""
    if registration.session_id is None:
        return []
    sessions = to_come(registration.programme_id, now)
    ids = [one.person_id for one in registration.participants]
    had = {one.session_id for one in doubles(ids, registration.programme_id, [one.id for one in sessions])}
    if None in had:
        return []
    return [one for one in sessions if one.free >= registration.seats and one.id not in had][:MOST_INSTEAD]


def cancelled_with_key(key: str) -> int:
    """How many registrations were made with this key, or one that continues it, and cancelled since."""
    made = Registration.request_key.startswith(f"{key}:", autoescape=True)
    query = select(func.count(Registration.id)).where(made, Registration.state == RegistrationState.CANCELLED)
    return db.session.scalar(query) or 0


def taken_instead(registration: Registration) -> Registration | None:
    """What the same people have for another session since theirs was called off, or wait for."""
    made = Registration.request_key.startswith(f"instead:{registration.id}:", autoescape=True)
    query = select(Registration).where(made, Registration.state.in_(ACTIVE)).order_by(Registration.id.desc())
    return db.session.scalar(query.limit(1))


def dates_of(registration: Registration, now: datetime) -> list[WorkshopSession]:
    """Those of them that it is for."""
    if registration.session_id is None:
        return to_come(registration.programme_id, now)
    one = db.session.get(WorkshopSession, registration.session_id)
    return [one] if one and one.state is SessionState.PLANNED and one.starts_at > now else []


def _whole() -> Select[Registration]:
    participants = selectinload(Registration.participants)
    return (
        select(Registration)
        .options(
            participants.joinedload(Participant.person),
            participants.joinedload(Participant.sheet),
            joinedload(Registration.person),
        )
        .order_by(Registration.id)
    )


def is_for(session: WorkshopSession) -> ColumnElement[bool]:
    """A condition: for this session, alone or with the whole series."""
    whole = and_(Registration.session_id.is_(None), Registration.programme_id == session.programme_id)
    return or_(Registration.session_id == session.id, whole)


def doubles(person_ids: Collection[int], programme_id: int, session_ids: Collection[int]) -> list[Registration]:
    """Registrations that stand of one of these people, for one of these sessions or for the series they are of."""
    wanted = {"people": list(person_ids), "programme_id": programme_id, "sessions": list(session_ids)}
    return list(db.session.scalars(_DOUBLES, wanted))


def are_doubles(person_ids: Collection[int], programme_id: int, session_ids: Collection[int]) -> bool:
    """Whether there is one; nothing of it is read."""
    wanted = {"people": list(person_ids), "programme_id": programme_id, "sessions": list(session_ids)}
    return db.session.scalar(_IS_DOUBLE, wanted) is not None


_DOUBLES = (
    select(Registration)
    .where(
        Registration.programme_id == bindparam("programme_id"),
        Registration.state.in_(ACTIVE),
        or_(Registration.session_id.is_(None), Registration.session_id.in_(bindparam("sessions", expanding=True))),
        exists().where(
            Participant.registration_id == Registration.id,
            Participant.person_id.in_(bindparam("people", expanding=True)),
        ),
    )
    .order_by(Registration.id)
)


_IS_DOUBLE = _DOUBLES.with_only_columns(Registration.id).limit(1)


def came_before(person_ids: Collection[int]) -> bool:
    """Whether one of these people had a seat in a workshop before."""
    had = (RegistrationState.REGISTERED, RegistrationState.OFFERED)
    found = (
        select(Participant.id)
        .join(Participant.registration)
        .where(Participant.person_id.in_(person_ids), Registration.state.in_(had))
    )
    return db.session.scalar(found.limit(1)) is not None


def events_of(registration_id: int) -> list[tuple[RegistrationEvent, str]]:
    """What happened to it, in order, with the name of who did it; empty for the person, or for what happens alone."""
    rows = db.session.execute(
        select(RegistrationEvent, Account.name)
        .outerjoin(Account, Account.id == RegistrationEvent.actor_id)
        .where(RegistrationEvent.registration_id == registration_id)
        .order_by(RegistrationEvent.id)
    )
    return [(event, name or "") for event, name in rows]
