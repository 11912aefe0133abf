"""What nothing reached, as a report keeps it for outsiders: places, schools and care homes, never people."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from activity.models import ActivityRecord
from foundation import clock
from foundation.db import db
from places.models import Venue
from reach.queries.hosts import Host, care_homes_not_reached, schools_never_reached
from reach.queries.openings import openings
from reach.rules.dimensions import Dimension
from reach.rules.figures import Cube
from reach.rules.frozen import FrozenBlanks, FrozenHost
from reach.rules.periods import Span
from reach.rules.scope import TERRITORY
from reach.rules.suppression.picture import SMALL


def report_blanks(span: Span, cube: Cube, now: datetime) -> FrozenBlanks:
    """The blanks of the whole territory.

    Args:
        cube: the figures of `span` by venue.
    """
    venues, of_venues = _silent_venues(span, cube)
    schools, of_schools = schools_never_reached(TERRITORY, now)
    homes, of_homes = care_homes_not_reached(TERRITORY, span.window(clock.territory_zone()), now)
    return FrozenBlanks(
        venues, of_venues, [_frozen(one, span) for one in schools], of_schools,
        [_frozen(one, span) for one in homes], of_homes,
    )  # fmt: skip


def first_day() -> date | None:
    """The day of the first activity record ever, on the territory's wall clock; None before there is one."""
    first: datetime | None = db.session.scalar(select(func.min(ActivityRecord.started_at)))
    return first.astimezone(clock.territory_zone()).date() if first else None


def _silent_venues(span: Span, cube: Cube) -> tuple[list[FrozenHost], int]:
    """(places to which residents are sent, without an opening in the span; how many such places there are).

    A place with eleven contacts was open, whatever the calendar says today. The few of a place whose calendar is empty
    tell no outsider that somebody was there: none and ten are the same.
    """
    open_ = {one.venue_id for one in openings(span)}
    query = select(Venue).options(joinedload(Venue.neighbourhood)).where(Venue.active, Venue.bookable)
    venues = db.session.scalars(query.order_by(Venue.name, Venue.id)).all()
    silent = [
        FrozenHost(one.name, one.neighbourhood.name if one.neighbourhood else "")
        for one in venues
        if one.id not in open_ and cube.of(Dimension.VENUE, one.id).contacts < SMALL
    ]
    return silent, len(venues)


def _frozen(one: Host, span: Span) -> FrozenHost:
    """What came after the span is no word of a report on it, however late it is published."""
    last = one.last.astimezone(clock.territory_zone()).date() if one.last else None
    return FrozenHost(one.name, one.neighbourhood, last.isoformat() if last and last < span.first else "")
