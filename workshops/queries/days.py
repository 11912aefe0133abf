"""The sessions of a day, and those that are over and still wait for their record."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from accounts.models import Account
from activity.queries import is_untold
from foundation import clock
from foundation.db import db
from foundation.period import whole_day
from foundation.security import Role
from workshops.models import HeadCount, Presence, SessionMediator, SessionPresence, SessionState, WorkshopSession
from workshops.queries.programmes import seen_by
from workshops.queries.sessions import whole

UNWRITTEN_SINCE = timedelta(days=366)
"""What was not written within a year can not be written any more."""


def of_day(viewer: Account, day: date) -> list[WorkshopSession]:
    """The sessions of a day that `viewer` leads, or manages; cancelled ones left out."""
    found = whole().join(WorkshopSession.programme).where(_on(day), _concerns(viewer))
    return list(db.session.scalars(found.order_by(WorkshopSession.starts_at, WorkshopSession.id)))


def unwritten(viewer: Account, now: datetime) -> list[WorkshopSession]:
    """Sessions that are over, which `viewer` leads or manages, and of which no record tells; the oldest first."""
    found = whole().join(WorkshopSession.programme).where(_waits(now), _concerns(viewer))
    return list(db.session.scalars(found.order_by(WorkshopSession.starts_at, WorkshopSession.id)))


def how_many_unwritten(viewer: Account, now: datetime) -> Select[int]:
    """Counts those of them that are the viewer's own: those whose team they are in."""
    return select(func.count(WorkshopSession.id)).where(_waits(now), _leads(viewer))


def how_many(viewer: Account, day: date) -> Select[int]:
    """Counts the sessions of a day that the viewer leads."""
    return select(func.count(WorkshopSession.id)).where(_on(day), _leads(viewer))


def _on(day: date) -> ColumnElement[bool]:
    period = whole_day(day, clock.territory_zone())
    return and_(
        WorkshopSession.starts_at >= period.start,
        WorkshopSession.starts_at < period.end,
        WorkshopSession.state != SessionState.CANCELLED,
    )


def _waits(now: datetime) -> ColumnElement[bool]:
    """Over, not cancelled, no record; a session to which nobody came needs none."""
    came = or_(
        exists().where(SessionPresence.session_id == WorkshopSession.id, SessionPresence.presence == Presence.PRESENT),
        exists().where(HeadCount.session_id == WorkshopSession.id, HeadCount.people > 0),
    )
    return and_(
        WorkshopSession.ends_at <= now,
        WorkshopSession.starts_at > now - UNWRITTEN_SINCE,
        or_(WorkshopSession.state == SessionState.PLANNED, and_(WorkshopSession.state == SessionState.HELD, came)),
        is_untold(WorkshopSession.reference),
    )


def _leads(viewer: Account) -> ColumnElement[bool]:
    return exists().where(SessionMediator.session_id == WorkshopSession.id, SessionMediator.account_id == viewer.id)


def _concerns(viewer: Account) -> ColumnElement[bool]:
    return seen_by(viewer) if viewer.has(Role.MANAGER) else _leads(viewer)
