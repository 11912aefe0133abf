"""What came of referrals, and whether it helped: as people answer, a few of them, and mostly well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from activity.models import (
    ActivityAspect,
    ActivityKind,
    ActivityParticipant,
    ActivityRecord,
    AgeBand,
    Aspect,
    Helped,
    Outcome,
    Referral,
    ReferralOutcome,
    Satisfaction,
)
from demo.rows import insert_all
from foundation.db import db

OUTCOMES: dict[Outcome | None, int] = {
    Outcome.HELPED: 44, Outcome.NOT_HELPED: 8, Outcome.DID_NOT_GO: 19, Outcome.NOT_KNOWN: 11, None: 18,
}  # fmt: skip
NOT_ASKED_YET = timedelta(days=14)
OFTEN_OPEN = timedelta(days=75)
"""Of referrals younger than this, every other one is still to follow."""
ANSWERS = {Helped.FULLY: 66, Helped.PARTLY: 26, Helped.NOT_REALLY: 8}
ANSWERED = {ActivityKind.INDIVIDUAL: 0.21, ActivityKind.GROUP: 0.34}
"""At the end of a workshop more people answer than after an appointment."""
ALOUD = {AgeBand.FROM_70: 0.55, AgeBand.FROM_60_TO_69: 0.4}
USUALLY_ALOUD = 0.2
"""The older ones rather say it than open a page."""


def tell(now: datetime, draw: Random) -> None:
    """Of all records there are, in the order of time."""
    insert_all(ReferralOutcome, _outcomes(now, draw))
    insert_all(Satisfaction, _answers(now, draw))


def _outcomes(now: datetime, draw: Random) -> Iterator[dict[str, Any]]:
    query = (
        select(ActivityRecord.id, ActivityAspect.value, ActivityRecord.started_at, ActivityRecord.mediator_id)
        .join(ActivityAspect, ActivityAspect.record_id == ActivityRecord.id)
        .join(ActivityParticipant, ActivityParticipant.record_id == ActivityRecord.id)
        .where(ActivityAspect.aspect == Aspect.REFERRAL, ActivityRecord.kind == ActivityKind.INDIVIDUAL)
        .order_by(ActivityRecord.id, ActivityAspect.value)
    )
    for record_id, value, at, mediator_id in db.session.execute(query).all():
        age = now - at
        outcome = draw.choices([*OUTCOMES], [*OUTCOMES.values()])[0]
        is_open = age < NOT_ASKED_YET or (age < OFTEN_OPEN and draw.random() < 0.5)
        if outcome is not None and not is_open:
            yield {
                "record_id": record_id, "referral": Referral(value), "outcome": outcome, "noted_by_id": mediator_id,
                "noted_at": min(now, at + timedelta(days=draw.randint(15, 70))),
            }  # fmt: skip


def _answers(now: datetime, draw: Random) -> Iterator[dict[str, Any]]:
    record, one = ActivityRecord, ActivityParticipant
    query = (
        select(record.reference, one.person_id, record.kind, record.started_at, record.mediator_id, one.age_band)
        .join(one, one.record_id == record.id)
        .where(record.reference.is_not(None), record.started_at < now)
        .order_by(one.id)
    )
    for reference, person_id, kind, at, mediator_id, age in db.session.execute(query).all():
        if draw.random() >= ANSWERED[kind]:
            continue
        is_aloud = draw.random() < ALOUD.get(age, USUALLY_ALOUD)
        later = timedelta(hours=1) if is_aloud else timedelta(hours=draw.randint(2, 120))
        yield {
            "reference": reference, "person_id": person_id, "answered_at": min(now, at + later),
            "answer": draw.choices([*ANSWERS], [*ANSWERS.values()])[0],
            "told_by_id": mediator_id if is_aloud else None,
        }  # fmt: skip
