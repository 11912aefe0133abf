"""Some days of the cast's life around Tuesday at ten, so that every page has something to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from accounts.models import Account
from activity.models import Channel
from foundation.db import db, transaction
from mediation.models import Attendance, Origin
from mediation.rules.booking import Booking
from mediation.service import booking, records
from tests.cast import Cast
from tests.mediation.days import TEN, draft, minutes, planned
from tests.workshops.enrolments import opened
from workshops.models import Priority, ProgrammeAudience

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Life:
    """Ids of appointments: forgotten yesterday, seen at nine, expected at ten, booked for tomorrow; of a record, and of
    a workshop."""

    forgotten: int
    seen: int
    expected: int
    booked: int
    booked_code: str
    record: int
    workshop: int


def make_life(cast: Cast) -> Life:
    """Write them and commit; the clock is expected to stand at `TEN`."""
    forgotten = planned(cast, TEN - DAY)
    seen = planned(cast, TEN - minutes(60), attendance=Attendance.SEEN)
    expected = planned(cast, TEN, person_id=cast.ids["neighbour"], arrived_at=TEN)
    workshop = opened(
        cast, sessions=3, first=TEN + DAY, audience=ProgrammeAudience.ADULTS, age_min=18,
        description="Trier ses photos.", goals="Ranger et partager", priorities=[Priority.FIRST_TIMER],
    ).id  # fmt: skip
    with transaction():
        prescriber = db.session.get_one(Account, cast.ids["prescriber"])
        mediator = db.session.get_one(Account, cast.ids["mediator"])
        wish = Booking(
            service_id=cast.ids["paperwork"],
            starts_at=TEN + DAY,
            channel=Channel.VENUE,
            origin=Origin.PRESCRIBER,
            venue_id=cast.ids["library"],
            person_id=cast.ids["neighbour"],
            locale="ar",
        )
        booked = booking.book(wish, now=TEN, actor_id=prescriber.id)
        record = records.write(draft(cast, started_at=TEN - 7 * DAY), now=TEN, actor=mediator)
        return Life(forgotten, seen, expected, booked.id, booked.code, record.id, workshop)
