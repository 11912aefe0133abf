"""The dates that a pattern gives in this territory: its school holidays and closures are read, and named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from agenda import queries as agenda
from agenda.models import CalendarKind
from agenda.rules.free import Closed
from agenda.rules.recurrence import Pattern
from foundation import clock
from foundation.period import Period
from workshops.rules.dates import Dates, Day, Why, check_dates, looked_at, reach


@dataclass(frozen=True)
class Preview:
    """Each date that was looked at. From the day after `known_until` on, nobody knows whether there is school.

    `known_until` is None when it does not matter.
    """

    days: list[Day]
    known_until: date | None = None

    @property
    def taking_place(self) -> list[Day]:
        return [one for one in self.days if one.why is None]


def preview(wanted: Dates) -> Preview:
    """The dates, those that are skipped with the reason.

    Raises:
        ImpossiblePattern, EndMissing, TooFar, TooManySessions
    """
    check_dates(wanted)
    days = agenda.calendar_days(*reach(wanted))
    closed = [(one.kind, Closed(one.first_day, one.last_day, one.label)) for one in days]
    found = looked_at(
        wanted,
        [one for kind, one in closed if kind is CalendarKind.SCHOOL_HOLIDAY],
        [one for kind, one in closed if kind is not CalendarKind.SCHOOL_HOLIDAY],
        zone=clock.territory_zone(),
        today=clock.today(),
    )
    return Preview(found, _known_until(wanted, found))


def closed_then(period: Period) -> Day | None:
    """The day of a period, if there are school holidays then or the town is closed; None: an ordinary day."""
    zone = clock.territory_zone()
    start, end = period.start.astimezone(zone), period.end.astimezone(zone)
    (day,) = preview(Dates(Pattern.once(start.date(), start.time(), end.time()))).days
    return day if day.why in {Why.SCHOOL_HOLIDAY, Why.CLOSED} else None


def _known_until(wanted: Dates, found: list[Day]) -> date | None:
    """The last day of which the school calendar tells something, if dates lie beyond it."""
    if not wanted.skip_school_holidays or not found:
        return None
    reaches = agenda.school_calendar_reaches() or date.min
    return reaches if found[-1].day > reaches else None
