"""Who took part in what: what a certificate tells."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from foundation.db import db
from people.models import Person
from people.rules.names import plain
from workshops.models import Participant, Presence, Registration, SessionPresence, SessionState, WorkshopSession


@dataclass(frozen=True)
class Attendee:
    """Somebody who was there at least once.

    Attributes:
        answering: whoever registered them: themselves, or the guardian, whose language the certificate speaks.
        sessions: those in which they were present, first to last.
    """

    person: Person
    answering: Person
    sessions: list[WorkshopSession] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        """How long they took part, as the sessions were planned."""
        return sum(int((one.ends_at - one.starts_at).total_seconds()) // 60 for one in self.sessions)


def attended(programme_id: int, now: datetime, person_ids: Collection[int] | None = None) -> list[Attendee]:
    """Everybody who was present in a session that took place, by name; only some people, if they are named.

    Whoever was forgotten in the meantime is in none.
    """
    query = (
        select(Participant, WorkshopSession)
        .join(SessionPresence, SessionPresence.participant_id == Participant.id)
        .join(WorkshopSession, WorkshopSession.id == SessionPresence.session_id)
        .join(Person, Person.id == Participant.person_id)
        .options(
            selectinload(Participant.person), selectinload(Participant.registration).selectinload(Registration.person)
        )
        .where(
            WorkshopSession.programme_id == programme_id,
            SessionPresence.presence == Presence.PRESENT,
            or_(WorkshopSession.state == SessionState.HELD, WorkshopSession.ends_at <= now),
            WorkshopSession.state != SessionState.CANCELLED,
            Person.anonymised_at.is_(None),
        )
        .order_by(WorkshopSession.starts_at, WorkshopSession.id, Participant.id)
    )
    if person_ids is not None:
        query = query.where(Participant.person_id.in_(person_ids))
    found: dict[int, Attendee] = {}
    for participant, session in db.session.execute(query):
        person, answering = participant.person, participant.registration.person
        one = found.setdefault(person.id, Attendee(person, answering or person))
        if session not in one.sessions:
            one.sessions.append(session)
    return sorted(found.values(), key=lambda one: (plain(one.person.family_name), plain(one.person.given_name)))
