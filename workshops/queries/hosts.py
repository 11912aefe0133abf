"""What a host sees: the programmes, sessions and groups of their school or care home, and what is open to groups."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from foundation.db import db
from workshops.models import (
    Enrolment,
    HeadCount,
    Openness,
    Programme,
    ProgrammeAudience,
    ProgrammeState,
    Registration,
    RegistrationKind,
    SessionMediator,
    SessionState,
    WorkshopSession,
)
from workshops.rules.hosts import Client
from workshops.rules.planning import LONGEST
from workshops.rules.refusals import NoSuchProgramme, NoSuchRegistration
from workshops.rules.registration import ACTIVE

MOST = 40


@dataclass(frozen=True)
class OpenRow:
    """A programme that groups may join, and its next session.

    `free` seats: for a whole series those of its fullest session; for single sessions those of the emptiest.
    """

    programme: Programme
    upcoming: datetime
    free: int


def of_place(model: Any, client: Client) -> ColumnElement[bool]:
    """The rows of `model` (with a school and a care home) that are of this place."""
    if client.school_id is not None:
        return and_(model.school_id == client.school_id)
    return and_(model.care_home_id == client.care_home_id)


def _seen(client: Client) -> ColumnElement[bool]:
    """Programmes of the place, those that come to it, and those in which it has a group; drafts are nobody's yet."""
    comes = exists().where(WorkshopSession.programme_id == Programme.id, of_place(WorkshopSession, client))
    joins = exists().where(Registration.programme_id == Programme.id, of_place(Registration, client))
    return and_(Programme.state != ProgrammeState.DRAFT, or_(of_place(Programme, client), comes, joins))


def _open() -> ColumnElement[bool]:
    """Programmes that take groups of any place: they cost nothing, for a host pays nothing here."""
    return and_(
        func.coalesce(Programme.price_cents, 0) == 0,
        Programme.training_units.is_(None),
        Programme.state == ProgrammeState.PUBLISHED,
        Programme.school_id.is_(None),
        Programme.care_home_id.is_(None),
        Programme.openness != Openness.STAFF,
        Programme.enrolment != Enrolment.DROP_IN,
    )


def programme_seen(programme_id: int, client: Client) -> Programme:
    """A programme of the place, or one that takes groups, with its lesson sheets.

    Raises:
        NoSuchProgramme
    """
    query = select(Programme).options(
        joinedload(Programme.school), joinedload(Programme.care_home), selectinload(Programme.resources)
    )
    found = db.session.scalar(query.where(Programme.id == programme_id, or_(_seen(client), _open())))
    if found is None:
        raise NoSuchProgramme
    return found


def sessions_ahead(client: Client, now: datetime) -> list[WorkshopSession]:
    """The next sessions of the programmes of the place, those that come to it, and those in which it has a group."""
    groups = (Registration.state.in_(ACTIVE), of_place(Registration, client))
    series = select(Registration.programme_id).where(*groups, Registration.session_id.is_(None))
    joins = or_(Programme.id.in_(series), WorkshopSession.id.in_(select(Registration.session_id).where(*groups)))
    mine = or_(of_place(Programme, client), of_place(WorkshopSession, client), joins)
    query = _whole().where(
        mine,
        Programme.state != ProgrammeState.DRAFT,
        WorkshopSession.state == SessionState.PLANNED,
        WorkshopSession.starts_at > now - LONGEST,
        WorkshopSession.ends_at > now,
    )
    return list(db.session.scalars(query.order_by(WorkshopSession.starts_at, WorkshopSession.id).limit(MOST)))


def sessions_of(programme_id: int) -> list[WorkshopSession]:
    """All sessions of a programme by date."""
    query = _whole().where(WorkshopSession.programme_id == programme_id)
    return list(db.session.scalars(query.order_by(WorkshopSession.starts_at, WorkshopSession.id)))


def visits_ahead(client: Client, now: datetime) -> list[Programme]:
    """Programmes of the place, drafts too, whose team comes to prepare them; the next visit first."""
    query = select(Programme).where(of_place(Programme, client), Programme.framing_at > now)
    return list(db.session.scalars(query.order_by(Programme.framing_at, Programme.id)))


def head_counts(sessions: Sequence[WorkshopSession]) -> dict[int, HeadCount]:
    """How many took part and helped, of the sessions that were counted."""
    ids = [one.id for one in sessions]
    return {one.session_id: one for one in db.session.scalars(select(HeadCount).where(HeadCount.session_id.in_(ids)))}


def groups_of(client: Client, programme_id: int | None = None, states: Collection[Any] = ACTIVE) -> list[Registration]:
    """The groups of the place that come or wait, with what they are registered for, the latest first."""
    query = (
        select(Registration)
        .options(joinedload(Registration.programme), joinedload(Registration.session))
        .where(
            Registration.kind == RegistrationKind.GROUP, Registration.state.in_(states), of_place(Registration, client)
        )
        .order_by(Registration.id.desc())
    )
    if programme_id is not None:
        query = query.where(Registration.programme_id == programme_id)
    return list(db.session.scalars(query.limit(MOST)))


def group_seen(registration_id: int, client: Client) -> Registration:
    """Raises: NoSuchRegistration: there is none, or it is of another place."""
    query = select(Registration).options(joinedload(Registration.programme), joinedload(Registration.session))
    found = db.session.scalar(
        query.where(
            Registration.id == registration_id,
            Registration.kind == RegistrationKind.GROUP,
            of_place(Registration, client),
        )
    )
    if found is None:
        raise NoSuchRegistration
    return found


def is_there(programme_id: int, session_id: int | None, label: str, client: Client) -> bool:
    """Whether a group of this name comes already, or waits, for the same."""
    same = Registration.session_id.is_(None) if session_id is None else Registration.session_id == session_id
    labels = db.session.scalars(
        select(Registration.group_label).where(
            Registration.programme_id == programme_id, same, Registration.state.in_(ACTIVE),
            of_place(Registration, client),
        )
    )  # fmt: skip
    return label.strip().casefold() in {one.casefold() for one in labels}


def open_to_groups(audiences: Collection[ProgrammeAudience], now: datetime) -> list[OpenRow]:
    """Programmes of these audiences that take groups now and have sessions to come, the next first."""
    session = WorkshopSession
    facts = (
        select(
            session.programme_id,
            func.min(session.starts_at).label("upcoming"),
            func.min(session.capacity - session.taken).label("least"),
            func.max(session.capacity - session.taken).label("most"),
        )
        .where(session.state == SessionState.PLANNED, session.starts_at > now)
        .group_by(session.programme_id)
        .subquery()
    )
    free = case((Programme.enrolment == Enrolment.SESSION, facts.c.most), else_=facts.c.least)
    opens, closes = Programme.registration_opens_at, Programme.registration_closes_at
    rows = db.session.execute(
        select(Programme, facts.c.upcoming, free)
        .join(facts, facts.c.programme_id == Programme.id)
        .where(
            _open(), Programme.audience.in_(audiences), or_(opens.is_(None), opens <= now),
            or_(closes.is_(None), closes > now),
        )
        .order_by(facts.c.upcoming, Programme.id)
        .limit(MOST)
    )  # fmt: skip
    return [OpenRow(programme, upcoming, max(0, seats)) for programme, upcoming, seats in rows]


def _whole() -> Select[WorkshopSession]:
    return (
        select(WorkshopSession)
        .join(WorkshopSession.programme)
        .options(
            contains_eager(WorkshopSession.programme),
            joinedload(WorkshopSession.venue),
            joinedload(WorkshopSession.room),
            joinedload(WorkshopSession.school),
            joinedload(WorkshopSession.care_home),
            selectinload(WorkshopSession.team).joinedload(SessionMediator.account),
        )
    )
