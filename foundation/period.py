"""Half-open stretches of time `[start, end)`, and the arithmetic of lists of them.

Pure: no clock, no database. A list of periods given to a function may be in any order and may overlap;
a list returned is sorted, and its periods neither touch nor overlap.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """From `start` (included) to `end` (excluded), both aware.

    Raises:
        ValueError: when a bound is naive, or the period is empty or reversed.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a period needs aware instants")
        if self.start >= self.end:
            raise ValueError("a period ends after it starts")

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def overlaps(self, other: Period) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Period) -> bool:
        return self.start <= other.start and other.end <= self.end

    def padded(self, before: timedelta, after: timedelta) -> Period:
        """The same period with its buffers."""
        return Period(self.start - before, self.end + after)


def merged(periods: Iterable[Period]) -> list[Period]:
    """The same minutes as `periods`, without overlap: neighbours that touch become one."""
    result: list[Period] = []
    for period in sorted(periods):
        if result and period.start <= result[-1].end:
            if period.end > result[-1].end:
                result[-1] = Period(result[-1].start, period.end)
        else:
            result.append(period)
    return result


def subtracted(periods: Iterable[Period], busy: Iterable[Period]) -> list[Period]:
    """The minutes of `periods` that are in none of `busy`."""
    taken = merged(busy)
    result: list[Period] = []
    first = 0
    for period in merged(periods):
        while first < len(taken) and taken[first].end <= period.start:
            first += 1
        start, at = period.start, first
        while at < len(taken) and taken[at].start < period.end:
            if taken[at].start > start:
                result.append(Period(start, taken[at].start))
            start = max(start, taken[at].end)
            at += 1
        if start < period.end:
            result.append(Period(start, period.end))
    return result


def intersected(left: Iterable[Period], right: Iterable[Period]) -> list[Period]:
    """The minutes that are in both lists."""
    ours, theirs = merged(left), merged(right)
    result: list[Period] = []
    i = j = 0
    while i < len(ours) and j < len(theirs):
        start, end = max(ours[i].start, theirs[j].start), min(ours[i].end, theirs[j].end)
        if start < end:
            result.append(Period(start, end))
        if ours[i].end <= theirs[j].end:
            i += 1
        else:
            j += 1
    return result


def at_wall_time(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The UTC instant at which the wall clock of `zone` shows `clock` on `day`.

    A time that the spring change skips is moved forward by the length of the gap; a time that autumn
    repeats is its first occurrence.
    """
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def whole_day(day: date, zone: ZoneInfo) -> Period:
    """The 23, 24 or 25 hours of `day` in `zone`."""
    return Period(at_wall_time(day, time.min, zone), at_wall_time(day + timedelta(days=1), time.min, zone))
