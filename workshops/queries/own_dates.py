"""The dates of one registration, those that were called off too: for the resident's own calendar."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from foundation.db import db
from workshops.models import Registration, RegistrationEvent, SessionEvent, SessionEventKind, WorkshopSession


def all_dates_of(registration: Registration) -> list[WorkshopSession]:
    """First to last, past ones too; of a series those that were not over when it was joined."""
    query = select(WorkshopSession).where(WorkshopSession.programme_id == registration.programme_id)
    if registration.session_id is None:
        query = query.where(WorkshopSession.ends_at > registration.created_at)
    else:
        query = query.where(WorkshopSession.id == registration.session_id)
    return list(db.session.scalars(query.order_by(WorkshopSession.starts_at, WorkshopSession.id)))


def moved_from(registration: Registration) -> dict[int, datetime]:
    """Id of each session that was moved since they registered, and is not back → when they first knew it to begin."""
    query = (
        select(SessionEvent.session_id, SessionEvent.from_start, WorkshopSession.starts_at)
        .join(SessionEvent.session)
        .where(
            WorkshopSession.programme_id == registration.programme_id,
            SessionEvent.kind == SessionEventKind.MOVED,
            SessionEvent.at >= registration.created_at,
        )
        .order_by(SessionEvent.id)
    )
    first: dict[int, tuple[datetime | None, datetime]] = {}
    for session_id, was, starts_at in db.session.execute(query):
        first.setdefault(session_id, (was, starts_at))
    return {session_id: was for session_id, (was, starts_at) in first.items() if was is not None and was != starts_at}


def last_change(registration: Registration) -> tuple[int, datetime]:
    """How many things happened to a registration, and the last one when."""
    query = select(func.count(), func.max(RegistrationEvent.at)).where(
        RegistrationEvent.registration_id == registration.id
    )
    count, at = db.session.execute(query).one()
    return count, at or registration.created_at
