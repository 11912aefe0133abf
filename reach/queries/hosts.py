"""Schools and care homes that nothing reached: since ever, or in a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true, union_all
from sqlalchemy.orm import joinedload

from equipment.models import Kit, Reservation
from equipment.queries.figures.loans import took_place
from foundation.db import db
from foundation.period import Period
from places.models import CareHome, School
from reach.rules.scope import Scope
from workshops.models import (
    Programme,
    Registration,
    RegistrationKind,
    RegistrationState,
    SessionState,
    WorkshopSession,
)


@dataclass(frozen=True, slots=True)
class Host:
    """A school or a care home that is a blank.

    Attributes:
        neighbourhood: its name; empty where it is not known.
        size: pupils or beds; None when nobody told.
        last: when its last session began; None: it never had one.
        ahead: when the next planned one begins.
    """

    id: int
    name: str
    neighbourhood: str
    size: int | None
    last: datetime | None
    ahead: datetime | None


def schools_never_reached(scope: Scope, now: datetime) -> tuple[list[Host], int]:
    """(schools in use without a kit and without a session up to `now`, how many schools are in use), by name."""
    own = Kit.structure_id == scope.structure_id if scope.structure_id is not None else true()
    lent = (
        select(Reservation.school_id)
        .join(Kit, Kit.id == Reservation.kit_id)
        .where(Reservation.school_id.is_not(None), took_place(now), own)
    )
    hosts = _hosts(School, scope, now)
    had_kits = set(db.session.scalars(lent))
    return [one for one in hosts if one.last is None and one.id not in had_kits], len(hosts)


def care_homes_not_reached(scope: Scope, period: Period, now: datetime) -> tuple[list[Host], int]:
    """(care homes in use without a session in `period` up to `now`, how many care homes are in use), by name."""
    hosts = _hosts(CareHome, scope, now)
    own = _sessions(CareHome, scope).subquery()
    within = and_(own.c.at >= period.start, own.c.at < period.end, own.c.at <= now)
    reached = set(db.session.scalars(select(own.c.host_id).where(within)))
    return [one for one in hosts if one.id not in reached], len(hosts)


def _hosts(model: type[School] | type[CareHome], scope: Scope, now: datetime) -> list[Host]:
    sessions = _sessions(model, scope).subquery()
    dates = (
        select(
            sessions.c.host_id,
            func.max(case((sessions.c.at <= now, sessions.c.at))).label("last"),
            func.min(case((sessions.c.at > now, sessions.c.at))).label("ahead"),
        )
        .group_by(sessions.c.host_id)
        .subquery()
    )
    query = (
        select(model, dates.c.last, dates.c.ahead)
        .options(joinedload(model.neighbourhood))
        .outerjoin(dates, dates.c.host_id == model.id)
        .where(model.active)
        .order_by(model.name, model.id)
    )
    return [_host(one, last, ahead) for one, last, ahead in db.session.execute(query)]


def _host(one: School | CareHome, last: datetime | None, ahead: datetime | None) -> Host:
    size = one.pupils if isinstance(one, School) else one.beds
    return Host(one.id, one.name, one.neighbourhood.name if one.neighbourhood else "", size, last, ahead)


def _sessions(model: type[School] | type[CareHome], scope: Scope) -> Select[Any]:
    """(host_id, at) of each session that was not cancelled: at their place, of a series for them, with a group of
    theirs; the same one may stand several times."""
    column = "school_id" if model is School else "care_home_id"
    where, of_series, of_group = (getattr(one, column) for one in (WorkshopSession, Programme, Registration))
    own = Programme.structure_id == scope.structure_id if scope.structure_id is not None else true()
    base = select(WorkshopSession.starts_at.label("at")).join(Programme, Programme.id == WorkshopSession.programme_id)
    base = base.where(WorkshopSession.state != SessionState.CANCELLED, own)
    groups = base.join(Registration, _goes_to_session()).where(
        Registration.kind == RegistrationKind.GROUP, Registration.state == RegistrationState.REGISTERED
    )
    parts = [
        query.add_columns(host.label("host_id")).where(host.is_not(None))
        for query, host in ((base, where), (base, of_series), (groups, of_group))
    ]
    together = union_all(*parts).subquery()
    return select(together.c.host_id, together.c.at)


def _goes_to_session() -> ColumnElement[bool]:
    """A registration for that session, or for the whole series before that session was over."""
    series = and_(
        Registration.session_id.is_(None),
        Registration.programme_id == WorkshopSession.programme_id,
        Registration.created_at < WorkshopSession.ends_at,
    )
    return or_(Registration.session_id == WorkshopSession.id, series)
