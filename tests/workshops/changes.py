"""Sessions that are moved and called off, as planning does it, without the holds of a team; and what goes out then."""

from __future__ import annotations

from datetime import datetime, timedelta

import time_machine
from sqlalchemy import select

from foundation.db import db, in_transaction, transaction
from foundation.outbox.models import Message, MessageState
from tests.cast import NOW
from workshops.models import SessionEvent, SessionEventKind, SessionState, WorkshopSession
from workshops.service import following, reminders


def called_off(session: WorkshopSession, now: datetime = NOW) -> list[int]:
    """Call it off; ids of the registrations of those who must be telephoned."""

    def act() -> list[int]:
        found = db.session.get_one(WorkshopSession, session.id)
        found.state = SessionState.CANCELLED
        db.session.flush()
        return [one.id for one in following.session_cancelled(found, now=now, actor_id=1, reason="Salle inondée")]

    return in_transaction(act)


def moved(session: WorkshopSession, start: datetime, now: datetime = NOW) -> list[int]:
    """Two hours from `start` on; ids of the registrations of those who must be telephoned."""

    def act() -> list[int]:
        found = db.session.get_one(WorkshopSession, session.id)
        was, end = found.starts_at, start + timedelta(hours=2)
        found.starts_at = found.held_from = start
        found.ends_at = found.held_until = end
        event = SessionEvent(session=found, kind=SessionEventKind.MOVED, at=now, from_start=was, to_start=start)
        db.session.add(event)
        db.session.flush()
        return [one.id for one in following.session_moved(found, event, now=now)]

    return in_transaction(act)


def sent() -> None:
    """Everything that waits goes out."""
    with transaction():
        for message in db.session.scalars(select(Message)):
            message.state = MessageState.SENT


def remind(now: datetime) -> int:
    """How many reminders are queued then."""
    with time_machine.travel(now, tick=False):
        return in_transaction(lambda: reminders.queue_reminders(now))
