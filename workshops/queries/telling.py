"""What changed of sessions, and who has to be told of it by telephone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from foundation.db import db
from workshops.models import SessionEvent, SessionEventKind

MOVES = (SessionEventKind.MOVED, SessionEventKind.RELOCATED)
"""What people need to know to come at the right time to the right place."""


def last_change(session_id: int) -> SessionEvent | None:
    """The last time that a session was given another time or place."""
    query = select(SessionEvent).where(SessionEvent.session_id == session_id, SessionEvent.kind.in_(MOVES))
    return db.session.scalar(query.order_by(SessionEvent.id.desc()).limit(1))


def last_changed_at(session_id: int) -> datetime | None:
    """When that was."""
    query = select(func.max(SessionEvent.at)).where(SessionEvent.session_id == session_id)
    return db.session.scalar(query.where(SessionEvent.kind.in_(MOVES)))
