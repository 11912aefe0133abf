"""On which days the series of the demonstration fall: open days of the town, told from the day of loading."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count, islice
from zoneinfo import ZoneInfo

from demo.workshops.series import AFTER_SCHOOL, SCHOOL_ENDS, Rhythm
from foundation.period import Period, at_wall_time

DAY = timedelta(days=1)
WEEK = 7 * DAY
SUNDAY = 6
DAY_IS_OVER = 16
"""From this hour on, the first session ahead is tomorrow's."""
SUMMER = 7
OFFICE = time(10, 20)
WEEKEND_AFTER = 12 * DAY
IsOpen = Callable[[date], bool]


@dataclass(frozen=True)
class Almanac:
    """The day of loading, and the days on which nobody works or learns."""

    now: datetime
    zone: ZoneInfo
    closed: Collection[date]
    holidays: Collection[date]

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def next_day(self) -> date:
        """Today, or tomorrow when the day is nearly over."""
        return self.today + (DAY if self.now.astimezone(self.zone).hour >= DAY_IS_OVER else 0 * DAY)

    @property
    def mid_june(self) -> date:
        """When the last school year that is over neared its end."""
        return date(self.today.year - (self.today.month < SUMMER), 6, 14)

    def office_hours(self, at: datetime) -> datetime:
        """The same day in the morning, when somebody is in the office; before a weekend, the Friday."""
        day = at.astimezone(self.zone).date()
        return at_wall_time(day - max(0, day.weekday() - 4) * DAY, OFFICE, self.zone)

    def open_days(self, away: Collection[date], *, in_term: bool) -> IsOpen:
        """Whether a team that is `away` on some days can meet people on a day."""
        shut = {*self.closed, *away, *(self.holidays if in_term else ())}
        return lambda day: day not in shut and day.weekday() != SUNDAY


def days_of(rhythm: Rhythm, almanac: Almanac, is_open: IsOpen) -> list[date]:
    """The days of a weekly series, first to last."""
    if rhythm.ahead:
        first = _first(almanac.next_day + rhythm.lead * DAY, rhythm.weekdays, is_open)
        ahead = list(islice(filter(is_open, _weekly(first, WEEK)), rhythm.ahead))
        return _before(first - WEEK, rhythm.past, is_open) + ahead
    last = almanac.mid_june - rhythm.earlier * WEEK if rhythm.last_school_year else almanac.today - rhythm.ended * WEEK
    while last.weekday() not in rhythm.weekdays:
        last -= DAY
    return _before(last, rhythm.past, is_open)


def hours_of(rhythm: Rhythm, day: date, zone: ZoneInfo) -> Period:
    """The session of a series on a day."""
    starts, ends = rhythm.hours or AFTER_SCHOOL.get(day.weekday(), SCHOOL_ENDS)
    return period(day, starts, ends, zone)


def period(day: date, starts: time, ends: time, zone: ZoneInfo) -> Period:
    return Period(at_wall_time(day, starts, zone), at_wall_time(day, ends, zone))


def next_open(day: date, is_open: IsOpen) -> date:
    """The first open day after `day`."""
    return _first(day + DAY, tuple(range(SUNDAY)), is_open)


def weekend_ahead(almanac: Almanac, away: Collection[date]) -> date:
    """The Saturday of a weekend in two or three weeks on which everybody is there."""
    return _free_weekend(almanac, almanac.today + WEEKEND_AFTER, away, WEEK)


def weekend_of_last_year(almanac: Almanac, ahead: date, away: Collection[date]) -> date:
    """The Saturday of the same weekend a year before, or of one earlier."""
    return _free_weekend(almanac, ahead - 52 * WEEK, away, -WEEK)


def _free_weekend(almanac: Almanac, day: date, away: Collection[date], step: timedelta) -> date:
    shut = {*almanac.closed, *away}
    saturday = day + (5 - day.weekday()) % 7 * DAY
    return next(one for one in _weekly(saturday, step) if not {one, one + DAY} & shut)


def _first(day: date, weekdays: Collection[int], is_open: IsOpen) -> date:
    return next(one for one in _weekly(day, DAY) if one.weekday() in weekdays and is_open(one))


def _before(last: date, how_many: int, is_open: IsOpen) -> list[date]:
    return sorted(islice(filter(is_open, _weekly(last, -WEEK)), how_many))


def _weekly(day: date, step: timedelta) -> Iterator[date]:
    return (day + n * step for n in count())
