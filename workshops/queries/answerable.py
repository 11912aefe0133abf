"""Of which session people are asked whether it helped: the last one in which somebody of the registration was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from foundation.db import db
from workshops.models import Participant, Presence, Registration, SessionPresence, SessionState, WorkshopSession


@dataclass(frozen=True)
class Attended:
    """A session, and who of the registration was present in it."""

    session: WorkshopSession
    person_ids: tuple[int, ...]


def last_attended(registration: Registration, now: datetime, session_id: int | None = None) -> Attended | None:
    """The last session that has begun and in which somebody of the registration was present; or the one named.

    A group names nobody, and is never asked.
    """
    query = (
        select(WorkshopSession, Participant.person_id)
        .join(SessionPresence, SessionPresence.session_id == WorkshopSession.id)
        .join(Participant, Participant.id == SessionPresence.participant_id)
        .where(
            Participant.registration_id == registration.id,
            SessionPresence.presence == Presence.PRESENT,
            WorkshopSession.state != SessionState.CANCELLED,
            WorkshopSession.starts_at <= now,
        )
        .order_by(WorkshopSession.starts_at.desc(), WorkshopSession.id.desc(), Participant.person_id)
    )
    rows = db.session.execute(query if session_id is None else query.where(WorkshopSession.id == session_id)).all()
    if not rows:
        return None
    last = rows[0][0]
    return Attended(last, tuple(person_id for session, person_id in rows if session is last))
