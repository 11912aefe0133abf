"""What changed of sessions, and who has to be told of it by telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from accounts.models import Account
from foundation.db import db
from workshops.models import Programme, Registration, SessionEvent, SessionEventKind, WorkshopSession
from workshops.queries.programmes import seen_by

MOVES = (SessionEventKind.MOVED, SessionEventKind.RELOCATED)
"""What people need to know to come at the right time to the right place."""
NEWS = (*MOVES, SessionEventKind.CANCELLED)
PLACES = (WorkshopSession.venue, WorkshopSession.room, WorkshopSession.school, WorkshopSession.care_home)


def last_change(session_id: int) -> SessionEvent | None:
    """The last time that a session was given another time or place."""
    query = select(SessionEvent).where(SessionEvent.session_id == session_id, SessionEvent.kind.in_(MOVES))
    return db.session.scalar(query.order_by(SessionEvent.id.desc()).limit(1))


def last_changed_at(session_id: int) -> datetime | None:
    """When that was."""
    query = select(func.max(SessionEvent.at)).where(SessionEvent.session_id == session_id)
    return db.session.scalar(query.where(SessionEvent.kind.in_(MOVES)))


@dataclass(frozen=True)
class Untold:
    """Somebody whom no message reaches, and what they do not know yet, in order."""

    registration: Registration
    news: list[SessionEvent]

    @property
    def first(self) -> datetime:
        """When the nearest session takes place that they would be wrong about."""
        return min(one.from_start or one.session.starts_at for one in self.news)


def to_tell(viewer: Account, now: datetime, session: WorkshopSession | None = None) -> list[Untold]:
    """Who has to be telephoned because a session changed that is still to come, the most urgent first.

    Args:
        viewer: sees the programmes.
        session: this one only.
    """
    query = _untold(select(Registration, SessionEvent), viewer, now)
    if session is not None:
        query = query.where(WorkshopSession.id == session.id)
    session_of = joinedload(SessionEvent.session)
    query = query.options(
        joinedload(Registration.programme),
        joinedload(Registration.person),
        *(session_of.joinedload(place) for place in PLACES),
    )
    rows = db.session.execute(query.order_by(Registration.id, SessionEvent.id))
    found = [Untold(one, [event for _one, event in of]) for one, of in groupby(rows, key=lambda row: row[0])]
    return sorted(found, key=lambda one: (one.first, one.registration.id))


def count_to_tell(viewer: Account, now: datetime) -> Select[int]:
    """Counts them."""
    counted: Select[int] = _untold(select(func.count(Registration.id.distinct())), viewer, now)
    return counted


def _untold(query: Any, viewer: Account, now: datetime) -> Any:
    whole = and_(Registration.session_id.is_(None), WorkshopSession.programme_id == Registration.programme_id)
    return (
        query.select_from(Registration)
        .join(WorkshopSession, or_(WorkshopSession.id == Registration.session_id, whole))
        .join(SessionEvent, SessionEvent.session_id == WorkshopSession.id)
        .join(Programme, Programme.id == Registration.programme_id)
        .where(Registration.to_tell_since.is_not(None), SessionEvent.at >= Registration.to_tell_since)
        .where(SessionEvent.kind.in_(NEWS), WorkshopSession.starts_at > now, seen_by(viewer))
    )
