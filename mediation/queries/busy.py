"""Calendars kept elsewhere that make a mediator busy, and what is booked in the time that they take."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select

from agenda.models import Absence, BusyFeed, Hold
from agenda.queries.feeds import feeds_of
from agenda.queries.holds import holds_between
from agenda.rules.recurrence import Pattern, occurrences
from foundation import clock
from foundation.db import db
from foundation.errors import Unknown
from foundation.i18n import _l
from foundation.period import Period, merged

AHEAD = timedelta(days=400)


class NoSuchCalendar(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("This calendar is no longer here. Load the page again."))


def calendar_of(resource_id: int, feed_id: int) -> BusyFeed:
    """One calendar of this resource.

    Raises:
        NoSuchCalendar: also for somebody else's.
    """
    found = next((feed for feed in feeds_of(resource_id) if feed.id == feed_id), None)
    if found is None:
        raise NoSuchCalendar
    return found


def times_ahead(resource_id: int) -> dict[int, int]:
    """How many busy times, from today on, each calendar gives."""
    rows = db.session.execute(
        select(Absence.feed_id, func.count(Absence.id))
        .where(Absence.resource_id == resource_id, Absence.feed_id.is_not(None), Absence.last_day >= clock.today())
        .group_by(Absence.feed_id)
    )
    return {feed_id: count for feed_id, count in rows if feed_id is not None}


def clashes(resource_id: int) -> list[Hold]:
    """What is booked with the resource in time that a calendar kept elsewhere says is taken, by start."""
    now = clock.now()
    absences = db.session.scalars(
        select(Absence).where(
            Absence.resource_id == resource_id, Absence.feed_id.is_not(None), Absence.last_day >= clock.today()
        )
    ).all()
    busy = _periods(absences, clock.today(), clock.today() + AHEAD)
    if not busy or busy[-1].end <= now:
        return []
    starts = [period.start for period in busy]

    def is_taken(hold: Hold) -> bool:
        before = bisect_left(starts, hold.ends_at)
        return before > 0 and busy[before - 1].end > hold.starts_at

    return [hold for hold in holds_between([resource_id], Period(now, busy[-1].end)) if is_taken(hold)]


def _periods(absences: Sequence[Absence], first: date, last: date) -> list[Period]:
    zone = clock.territory_zone()
    return merged(period for absence in absences for period in occurrences(Pattern.of(absence), first, last, zone))
