"""Whether it helped: answered by people themselves, or said aloud to somebody who notes it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from accounts.models import Account
from activity.models import ActivityRecord, Helped, Satisfaction
from activity.rules.satisfaction import AnsweredThemselves, Asking, NotAskedHere
from activity.service import records
from foundation import audit
from foundation.db import db, explain_constraint
from foundation.errors import Conflict
from foundation.i18n import _l
from places.queries import asks_satisfaction


class AnsweredMeanwhile(Conflict):
    """Two pages answered at the same moment for the first time."""

    def __init__(self) -> None:
        super().__init__(
            _l("An answer was given at the same moment from another page. Look at it, and change it there.")
        )


explain_constraint("uq_satisfaction_reference_person_id", AnsweredMeanwhile)


def answer(
    reference: str,
    person_id: int,
    said: Helped | None,
    asking: Asking,
    *,
    now: datetime,
    told_by: Account | None = None,
) -> Satisfaction | None:
    """Keep what somebody answers of what `reference` names, in place of what they answered before.

    Args:
        said: None: they would rather not say, and nothing is kept.
        asking: what is known by whoever knows what `reference` names; it was looked at in this transaction.
        told_by: who heard it said; None: they answered on their own page.

    Raises:
        NotAskedHere, TooLateToAnswer, AnsweredThemselves
    """
    asking.check(now)
    query = select(Satisfaction).where(Satisfaction.reference == reference, Satisfaction.person_id == person_id)
    there = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if told_by is not None and there is not None and there.told_by_id is None:
        raise AnsweredThemselves
    if said is None:
        if there is not None:
            db.session.delete(there)
            db.session.flush()
        return None
    if there is None:
        there = Satisfaction(reference=reference, person_id=person_id)
        db.session.add(there)
    there.answer, there.answered_at, there.told_by_id = said, now, told_by.id if told_by else None
    db.session.flush()
    return there


def note_aloud(record_id: int, person_id: int, said: Helped | None, *, now: datetime, actor: Account) -> None:
    """Keep what somebody who took part in a record said aloud. The history tells that it was noted, and not what.

    Raises:
        NoSuchRecord, NotAskedHere, TooLateToAnswer, AnsweredThemselves
    """
    record = records.locked(record_id, actor)
    asking = asking_of(record, person_id)
    if record.reference is None:
        raise NotAskedHere
    answer(record.reference, person_id, said, asking, now=now, told_by=actor)
    audit.record("record.answered", f"record:{record_id}", actor_id=actor.id)


def asking_of(record: ActivityRecord, person_id: int) -> Asking:
    """What somebody may be asked about a record: one of an appointment or of a session, in which they took part."""
    there = record.reference is not None and person_id in {one.person_id for one in record.participants}
    ends_at = record.started_at + timedelta(minutes=record.duration_minutes)
    return Asking(asks_satisfaction(), there, record.started_at, ends_at)
