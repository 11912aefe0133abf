"""People who came, as the tests of blanks need them: as many as told, of a neighbourhood and an age."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from activity.models import ActivityKind, ActivityParticipant, ActivityRecord, AgeBand, Channel
from foundation.db import db, transaction
from people.models import Gender, Person, Residence, Status
from tests.cast import NOW, Cast

_number = count(1)
YESTERDAY = NOW - timedelta(days=1)


def came(
    cast: Cast,
    people: int = 1,
    *,
    area: str | None = "harbour",
    residence: Residence = Residence.INSIDE,
    age: AgeBand = AgeBand.FROM_70,
    heads: int = 0,
    venue: str | None = "library",
    at: datetime = YESTERDAY,
    by: str = "mediator",
) -> None:
    """One group record with so many new residents, and heads that nobody named."""
    lives_in = cast.ids[area] if area and residence is Residence.INSIDE else None
    mediator = getattr(cast, by)
    with transaction():
        newcomers = [
            Person(
                code=f"T{next(_number):07}", given_name="Une", family_name="Personne", search_key="",
                residence=residence, neighbourhood_id=lives_in, created_at=at, last_contact_at=at,
            )
            for _one in range(people)
        ]  # fmt: skip
        db.session.add_all(newcomers)
        db.session.flush()
        record = ActivityRecord(
            kind=ActivityKind.GROUP, mediator_id=mediator.id, structure_id=mediator.structure_id, started_at=at,
            duration_minutes=60, channel=Channel.VENUE if venue else Channel.PHONE,
            venue_id=cast.ids[venue] if venue else None, anonymous_count=heads, created_at=at, updated_at=at,
        )  # fmt: skip
        record.participants = [
            ActivityParticipant(
                person_id=one.id, age_band=age, gender=Gender.NOT_COMMUNICATED, status=Status.NOT_COMMUNICATED,
                residence=residence, neighbourhood_id=lives_in,
            )
            for one in newcomers
        ]  # fmt: skip
        db.session.add(record)
