"""Two days before a session, whoever has a seat is reminded of it, once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from foundation import clock
from foundation.db import db
from foundation.outbox import service as outbox
from foundation.outbox.reminders import AHEAD, worth_reminding
from workshops.models import Registration, RegistrationEvent, RegistrationState, SessionState, WorkshopSession
from workshops.queries import registrations
from workshops.queries.telling import last_changed_at
from workshops.service import notices

BATCH = 50


def queue_reminders(now: datetime) -> int:
    """Queue the reminders that are due, one for each registration and session.

    Returns:
        How many were queued, at most `BATCH`: call again until it is 0.
    """
    queued, zone = 0, clock.territory_zone()
    for session in _soon(now):
        for registration, told_at in _not_reminded(session):
            if worth_reminding(session.starts_at, told_at, now, zone):
                queued += notices.tell_reminder(registration, session) is not None
            if queued == BATCH:
                return queued
    return queued


def _soon(now: datetime) -> list[WorkshopSession]:
    query = select(WorkshopSession).where(
        WorkshopSession.state == SessionState.PLANNED,
        WorkshopSession.starts_at > now,
        WorkshopSession.starts_at <= now + AHEAD,
    )
    return list(db.session.scalars(query.order_by(WorkshopSession.starts_at, WorkshopSession.id)))


def _not_reminded(session: WorkshopSession) -> list[tuple[Registration, datetime]]:
    """Who has a seat and was not reminded of this start yet, and when each was told of it last."""
    seated = registrations.of_session(session, (RegistrationState.REGISTERED,))
    known = outbox.known_keys([notices.reminder_key(one, session) for one in seated])
    moved_at, told = last_changed_at(session.id), _last_told([one.id for one in seated])
    return [
        (one, max(told[one.id], moved_at or told[one.id]))
        for one in seated
        if notices.reminder_key(one, session) not in known
    ]


def _last_told(registration_ids: list[int]) -> dict[int, datetime]:
    """When each was registered, or said yes to a seat that came free."""
    rows = db.session.execute(
        select(RegistrationEvent.registration_id, func.max(RegistrationEvent.at))
        .where(RegistrationEvent.registration_id.in_(registration_ids))
        .group_by(RegistrationEvent.registration_id)
    )
    return {registration_id: at for registration_id, at in rows}
