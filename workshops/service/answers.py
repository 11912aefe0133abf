"""Whether a session helped: what residents answer on the page of their registration."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from activity.models import Helped
from activity.rules.satisfaction import Asking, NotAskedHere
from activity.service import satisfaction
from foundation.db import db
from places.queries import asks_satisfaction
from workshops.models import Registration
from workshops.queries.answerable import Attended, last_attended
from workshops.rules.refusals import NoSuchRegistration


def asking_of(attended: Attended) -> Asking:
    """What whoever was present may be asked, where the town asks."""
    session = attended.session
    return Asking(asks_satisfaction(), bool(attended.person_ids), session.starts_at, session.ends_at)


def answer(registration_id: int, session_id: int, said: Helped | None, *, now: datetime) -> None:
    """Keep what somebody answers of a session in which they were; None: they would rather not say.

    A guardian answers for the children who were there: it counts for each of them, as their presence does.

    Raises:
        NoSuchRegistration, NotAskedHere, TooLateToAnswer
    """
    query = select(Registration).where(Registration.id == registration_id).with_for_update(of=Registration)
    registration = db.session.scalar(query)
    if registration is None:
        raise NoSuchRegistration
    attended = last_attended(registration, now, session_id)
    if attended is None:
        raise NotAskedHere
    for person_id in attended.person_ids:
        satisfaction.answer(attended.session.reference, person_id, said, asking_of(attended), now=now)
