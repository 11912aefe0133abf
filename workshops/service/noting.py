"""What every change of a registration begins and ends with: it is locked, and what happened is appended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select

from foundation.db import db, table_of
from workshops.models import Registration, RegistrationEvent, RegistrationEventKind, SessionEvent, SessionEventKind
from workshops.rules.refusals import NoSuchRegistration
from workshops.service.seats import Seating, lock_to_come


def locked(registration_id: int, now: datetime) -> tuple[Registration, list[Seating]]:
    """The registration as it is now, and the sessions to come of its programme: locked, sessions first.

    Raises:
        NoSuchRegistration
    """
    programme_id = db.session.scalar(select(Registration.programme_id).where(Registration.id == registration_id))
    if programme_id is None:
        raise NoSuchRegistration
    sessions = lock_to_come(programme_id, now)
    query = select(Registration).where(Registration.id == registration_id).with_for_update(of=Registration)
    return db.session.scalars(query.execution_options(populate_existing=True)).one(), sessions


def sessions_of(registration: Registration, to_come: Sequence[Seating]) -> list[Seating]:
    """Those of the sessions to come in which it has, or wants, its seats."""
    if registration.session_id is None:
        return list(to_come)
    return [one for one in to_come if one.session_id == registration.session_id]


def note(
    registration: Registration, kind: RegistrationEventKind, now: datetime, actor_id: int | None, reason: str = ""
) -> None:
    """Append what happened.

    Args:
        actor_id: the account that did it; None for the resident, or a job.
    """
    event = {"registration_id": registration.id, "kind": kind, "at": now, "actor_id": actor_id, "reason": reason}
    db.session.execute(_NOTED, event)


_NOTED = insert(table_of(RegistrationEvent))


def note_overbooked(
    registration: Registration, sessions: Sequence[Seating], now: datetime, actor_id: int | None
) -> None:
    """Append, to the registration and to its sessions, that staff gave seats beyond the capacity."""
    note(registration, RegistrationEventKind.OVERBOOKED, now, actor_id)
    for one in sessions:
        event = SessionEvent(session_id=one.session_id, kind=SessionEventKind.OVERBOOKED, at=now, actor_id=actor_id)
        event.reason = ""
        db.session.add(event)
