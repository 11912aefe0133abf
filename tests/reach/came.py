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
TWO_YEARS = timedelta(days=730)


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
    back: int = 0,
) -> None:
    """One group record with so many residents, and heads that nobody named; `back` of them came two years before."""
    lives_in = cast.ids[area] if area and residence is Residence.INSIDE else None
    mediator = getattr(cast, by)
    with transaction():
        newcomers = [
            Person(
                code=f"T{next(_number):05}", given_name="Une", family_name="Personne", search_key="",
                residence=residence, neighbourhood_id=lives_in, created_at=at, last_contact_at=at,
            )
            for _one in range(people)
        ]  # fmt: skip
        db.session.add_all(newcomers)
        db.session.flush()
        facts = {
            "mediator_id": mediator.id, "structure_id": mediator.structure_id, "duration_minutes": 60,
            "channel": Channel.VENUE if venue else Channel.PHONE, "venue_id": cast.ids[venue] if venue else None,
        }  # fmt: skip
        told = {
            "age_band": age, "gender": Gender.NOT_COMMUNICATED, "status": Status.NOT_COMMUNICATED,
            "residence": residence, "neighbourhood_id": lives_in,
        }  # fmt: skip
        for when, who, many in ((at, newcomers, heads), (at - TWO_YEARS, newcomers[:back], 0)):
            if who or many:
                record = ActivityRecord(
                    kind=ActivityKind.GROUP, started_at=when, anonymous_count=many, created_at=when, updated_at=when,
                    venue_neighbourhood_id=_lies_in(cast, venue), **facts,
                )  # fmt: skip
                record.participants = [ActivityParticipant(person_id=one.id, **told) for one in who]
                db.session.add(record)


def _lies_in(cast: Cast, venue: str | None) -> int | None:
    return getattr(cast, venue).neighbourhood_id if venue else None
