"""What records say of a resident: told to them when they ask, forgotten when they are."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from activity.models import ActivityKind, ActivityParticipant, ActivityRecord, Aspect, ReferralOutcome
from activity.queries import of_person
from foundation.db import db
from people import service as people

EVERYTHING = 100_000


def told_to(person_id: int) -> list[dict[str, Any]]:
    """The records in which a resident took part, for the copy of their data; the note of a group tells of others."""
    return [
        {
            "started_at": record.started_at.isoformat(),
            "duration_minutes": record.duration_minutes,
            "service": record.label,
            **{aspect.value: record.values(aspect) for aspect in Aspect},
            "came_of": {one.referral.value: one.outcome.value for one in _came_of(record)},
            "note": record.note if record.kind is ActivityKind.INDIVIDUAL else "",
        }
        for record in of_person(person_id, EVERYTHING)
    ]


def _came_of(record: ActivityRecord) -> list[ReferralOutcome]:
    return sorted(record.outcomes, key=lambda one: one.referral)


def empty_notes(person_ids: Collection[int]) -> None:
    """Forget what was noted of residents who are forgotten themselves; the counts stay."""
    records = db.session.scalars(
        select(ActivityRecord)
        .join(ActivityParticipant)
        .where(ActivityParticipant.person_id.in_(person_ids), ActivityRecord.note != "")
    )
    for record in records.unique():
        record.note = ""


people.when_forgotten(empty_notes)
people.tells_of("activity_record", told_to)
