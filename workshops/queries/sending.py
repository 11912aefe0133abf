"""What a prescriber sees of workshops: those that are open to them, and what became of the people they registered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload, selectinload

from foundation.db import db
from workshops.models import (
    Enrolment,
    Openness,
    Participant,
    Presence,
    Programme,
    ProgrammeState,
    Registration,
    SessionPresence,
    SessionState,
    WorkshopSession,
)
from workshops.queries.public import least_free

A_PAGE = 50


MOST_OPEN = 200


@dataclass(frozen=True)
class Opening:
    """A programme that prescribers may register for: its next session, how many are to come, seats that are left."""

    programme: Programme
    upcoming: datetime
    ahead: int
    free: int


def open_to_prescribers(now: datetime) -> list[Opening]:
    """Published, for everyone or for prescribers, of no client, with a session to come; the next one first."""
    session = WorkshopSession
    left = session.capacity - session.taken
    upcoming, room = func.min(session.starts_at), case((left > 0, left), else_=0)
    rows = db.session.execute(
        select(Programme, upcoming, func.count(), func.sum(room))
        .join(session, session.programme_id == Programme.id)
        .where(Programme.state == ProgrammeState.PUBLISHED, Programme.openness != Openness.STAFF)
        .where(Programme.care_home_id.is_(None), Programme.school_id.is_(None))
        .where(Programme.enrolment != Enrolment.DROP_IN)
        .where(session.state == SessionState.PLANNED, session.starts_at > now)
        .group_by(Programme.id)
        .order_by(upcoming, Programme.id)
        .limit(MOST_OPEN)
    ).all()
    least = least_free([row[0].id for row in rows if row[0].enrolment is Enrolment.CYCLE], now)
    return [Opening(one, first, ahead, least.get(one.id, free)) for one, first, ahead, free in rows]


@dataclass(frozen=True)
class Outcome:
    """What became of a registration: nothing that was said or written there.

    Attributes:
        came, missed: how many of the sessions whose attendance is known one of them came to, or none.
    """

    registration: Registration
    came: int = 0
    missed: int = 0

    @property
    def known(self) -> int:
        return self.came + self.missed


def registered_by(account_id: int, *, skip: int = 0) -> list[Outcome]:
    """A page of the registrations that an account made, and one more if there is another page.

    By the day that the page shows, the last first: of the session, or on which they were registered for a series.
    """
    query = (
        select(Registration)
        .options(
            joinedload(Registration.programme),
            joinedload(Registration.session),
            joinedload(Registration.person),
            selectinload(Registration.participants).joinedload(Participant.person),
        )
        .outerjoin(Registration.session)
        .where(Registration.booked_by_id == account_id)
        .order_by(func.coalesce(WorkshopSession.starts_at, Registration.created_at).desc(), Registration.id.desc())
        .offset(skip)
        .limit(A_PAGE + 1)
    )
    return outcomes(list(db.session.scalars(query)))


def outcome_of(registration: Registration) -> Outcome:
    """What became of one."""
    return outcomes([registration])[0]


def outcomes(found: Sequence[Registration]) -> list[Outcome]:
    """What became of several, in the same order: of a family, that somebody of them came."""
    came: dict[int, int] = defaultdict(int)
    missed: dict[int, int] = defaultdict(int)
    present = func.count().filter(SessionPresence.presence == Presence.PRESENT)
    rows = db.session.execute(
        select(Participant.registration_id, present)
        .join(SessionPresence, SessionPresence.participant_id == Participant.id)
        .where(Participant.registration_id.in_([one.id for one in found]), SessionPresence.presence.is_not(None))
        .group_by(Participant.registration_id, SessionPresence.session_id)
    )
    for registration_id, there in rows:
        (came if there else missed)[registration_id] += 1
    return [Outcome(one, came[one.id], missed[one.id]) for one in found]
