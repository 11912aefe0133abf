"""What tests of papers begin with: teams, presences and head-counts of sessions, and who asks for the paper."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from foundation.db import db, transaction
from tests.cast import NOW, Cast
from tests.workshops.enrolments import sessions_of
from workshops.models import (
    HeadCount,
    Participant,
    Presence,
    Programme,
    Registration,
    SessionMediator,
    SessionPresence,
    SessionState,
    WorkshopSession,
)


def teamed(cast: Cast, programme: Programme, *members: str) -> Programme:
    """The team of all its sessions: Salima, unless others are named."""
    with transaction():
        for session in sessions_of(programme):
            for member in members or ("mediator",):
                db.session.add(SessionMediator(session_id=session.id, account_id=cast.ids[member]))
    return programme


def marked(
    cast: Cast, registration: Registration, session: WorkshopSession, presence: Presence | None = Presence.PRESENT
) -> None:
    """Everybody of a registration, in one session."""
    with transaction():
        found = select(Participant.id).where(Participant.registration_id == registration.id)
        for participant_id in db.session.scalars(found).all():
            row = SessionPresence(
                session_id=session.id, participant_id=participant_id, presence=presence, marked_at=NOW,
                marked_by_id=cast.ids["mediator"],
            )  # fmt: skip
            db.session.add(row)


def held(*sessions: WorkshopSession) -> None:
    """They took place, and their attendance is written."""
    with transaction():
        for session in sessions:
            db.session.get_one(WorkshopSession, session.id).state = SessionState.HELD


def counted(cast: Cast, session: WorkshopSession, people: int, **more: Any) -> None:
    """How many came whom nobody named."""
    with transaction():
        counts = HeadCount(
            session_id=session.id, people=people, counted_at=NOW, counted_by_id=cast.ids["mediator"], **more
        )
        db.session.add(counts)


def set_on(session: WorkshopSession, **changes: Any) -> None:
    """Change columns of a session."""
    with transaction():
        row = db.session.get_one(WorkshopSession, session.id)
        for name, value in changes.items():
            setattr(row, name, value)
