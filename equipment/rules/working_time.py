"""The hours in which kits can be lent, and how many of them lie in a stretch of time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from foundation.period import Period, at_wall_time, merged

OPENS, CLOSES = time(8), time(18)
WORKING_DAYS = range(5)


class WorkingTime:
    """From eight to six, Monday to Friday, but for the days that are closed; asked often, so it is added up once."""

    def __init__(self, first: date, last: date, closed: Collection[date], zone: ZoneInfo) -> None:
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        open_days = [day for day in days if day.weekday() in WORKING_DAYS and day not in closed]
        hours = [(at_wall_time(day, OPENS, zone), at_wall_time(day, CLOSES, zone)) for day in open_days]
        self._starts = [start.timestamp() for start, _end in hours]
        self._ends = [end.timestamp() for _start, end in hours]
        lengths = [end - start for start, end in zip(self._starts, self._ends, strict=True)]
        self._before = list(accumulate(lengths, initial=0.0))

    def minutes(self, period: Period) -> int:
        """How many minutes of `period` are working time."""
        return self.between(period.start, period.end)

    def between(self, start: datetime, end: datetime) -> int:
        """The same of two instants; none when the second comes first."""
        return round((self._until(end) - self._until(start)) / 60) if start < end else 0

    def of_all(self, periods: Iterable[Period]) -> int:
        """The same of several, what overlaps counted once."""
        return sum(self.minutes(one) for one in merged(periods))

    def _until(self, instant: datetime) -> float:
        """Seconds of working time before an instant."""
        at = instant.timestamp()
        number = bisect_right(self._starts, at)
        if not number:
            return 0.0
        return self._before[number] - max(0.0, self._ends[number - 1] - at)


def clipped(period: Period, within: Period | None) -> Period | None:
    """What lies in both; None when nothing does."""
    if within is None or not period.overlaps(within):
        return None
    return Period(max(period.start, within.start), min(period.end, within.end))


def clipped_all(periods: Sequence[Period], within: Period | None) -> list[Period]:
    return [part for one in periods if (part := clipped(one, within))]
