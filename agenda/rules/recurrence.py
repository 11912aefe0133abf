"""Which days a pattern of openings or absences falls on, and the instants at which it starts and ends there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from agenda.models import MIDNIGHT, Recurrence, Repeating
from foundation.errors import Refused
from foundation.i18n import _l
from foundation.period import Period, at_wall_time

DAY = timedelta(days=1)
OVERLAP_SEARCH = timedelta(days=5 * 366)


class ImpossiblePattern(Refused):
    """The days or times given do not make a pattern."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Days and wall times, as `agenda.models.Repeating` describes them.

    Attributes:
        first_day: on a monthly pattern also the day of the month, or the n-th weekday of the month, that repeats.
        last_day: included; None for a pattern without end.
        weekdays: bits of a weekly pattern, Monday is 1, Sunday is 64; else 0.
        every: each n-th week (from Monday of the first day's week) or month.
    """

    first_day: date
    last_day: date | None
    starts: time
    ends: time
    recurrence: Recurrence = Recurrence.ONCE
    every: int = 1
    weekdays: int = 0

    @classmethod
    def of(cls, row: Repeating) -> Pattern:
        """The pattern of an opening or absence."""
        return cls(row.first_day, row.last_day, row.starts, row.ends, row.recurrence, row.every, row.weekdays)

    @classmethod
    def once(cls, day: date, starts: time = MIDNIGHT, ends: time = MIDNIGHT, last_day: date | None = None) -> Pattern:
        """One stretch, from `day` at `starts` to `last_day` (the same day by default) at `ends`."""
        return cls(day, last_day or day, starts, ends)

    @classmethod
    def weekly(
        cls,
        weekdays: list[int],
        starts: time,
        ends: time,
        first_day: date,
        *,
        last_day: date | None = None,
        every: int = 1,
    ) -> Pattern:
        """On `weekdays` (0 is Monday, as in `date.weekday`) of each n-th week."""
        return cls(first_day, last_day, starts, ends, Recurrence.WEEKLY, every, bits(weekdays))

    def write(self, row: Repeating) -> None:
        """Put the pattern into an opening or absence."""
        row.recurrence, row.every, row.weekdays = self.recurrence, self.every, self.weekdays
        row.first_day, row.last_day, row.starts, row.ends = self.first_day, self.last_day, self.starts, self.ends

    @property
    def whole_days(self) -> bool:
        return self.starts == self.ends == MIDNIGHT


def bits(weekdays: list[int]) -> int:
    """Weekdays (0 is Monday) as the bits that are stored."""
    return sum(1 << day for day in set(weekdays))


def weekdays_of(pattern: Pattern) -> list[int]:
    """The weekdays (0 is Monday) of a weekly pattern."""
    return [day for day in range(7) if pattern.weekdays >> day & 1]


def check(pattern: Pattern, *, one_day: bool = True) -> None:
    """Refuse what the database would refuse, with a sentence and a field.

    Args:
        one_day: an occurrence stays within one day, as an opening does; an absence that happens once may span nights.

    Raises:
        ImpossiblePattern: with the field at fault.
    """
    single = pattern.recurrence == Recurrence.ONCE
    if pattern.last_day is not None and pattern.last_day < pattern.first_day:
        raise ImpossiblePattern(_l("The last day comes before the first. Correct one of them."), "last_day")
    if single and pattern.last_day is None:
        raise ImpossiblePattern(_l("Say on which day it ends."), "last_day")
    if single and one_day and pattern.last_day != pattern.first_day:
        raise ImpossiblePattern(_l("An opening starts and ends on the same day."), "last_day")
    if (one_day or not single or pattern.first_day == pattern.last_day) and not _forward(pattern):
        raise ImpossiblePattern(_l("The end comes before the start. Correct one of them."), "ends")
    if (pattern.recurrence == Recurrence.WEEKLY) != bool(pattern.weekdays):
        raise ImpossiblePattern(_l("Choose at least one day of the week."), "weekdays")
    if not 1 <= pattern.every <= 52:
        raise ImpossiblePattern(_l("Choose a number of weeks or months between 1 and 52."), "every")


def _forward(pattern: Pattern) -> bool:
    return pattern.starts < pattern.ends or pattern.ends == MIDNIGHT


def falls_on(pattern: Pattern, day: date) -> bool:
    """Whether `day` is one of the pattern's days."""
    if day < pattern.first_day or (pattern.last_day is not None and day > pattern.last_day):
        return False
    match pattern.recurrence:
        case Recurrence.ONCE:
            return True
        case Recurrence.WEEKLY:
            return bool(pattern.weekdays >> day.weekday() & 1) and weeks_between(pattern, day) % pattern.every == 0
        case Recurrence.MONTHLY_DAY:
            return day.day == pattern.first_day.day and _months_between(pattern, day) % pattern.every == 0
        case Recurrence.MONTHLY_WEEKDAY:
            first = pattern.first_day
            same_rank = (day.day - 1) // 7 == (first.day - 1) // 7 and day.weekday() == first.weekday()
            return same_rank and _months_between(pattern, day) % pattern.every == 0


def weeks_between(pattern: Pattern, day: date) -> int:
    """Monday-based weeks from the pattern's first day to `day`."""
    return (day.toordinal() - 1) // 7 - (pattern.first_day.toordinal() - 1) // 7


def _months_between(pattern: Pattern, day: date) -> int:
    return 12 * (day.year - pattern.first_day.year) + day.month - pattern.first_day.month


def days_of(pattern: Pattern, first: date, last: date) -> Iterator[date]:
    """The pattern's days from `first` to `last`, both included, in order."""
    day = max(first, pattern.first_day)
    end = last if pattern.last_day is None else min(last, pattern.last_day)
    while day <= end:
        if falls_on(pattern, day):
            yield day
        day += DAY


def occurrences(pattern: Pattern, first: date, last: date, zone: ZoneInfo) -> list[Period]:
    """The stretches of the pattern that touch the days from `first` to `last`, both included, whole and in order.

    Wall times hold over clock changes. What a change of clocks leaves empty (2 h 30 to 3 h 00 in spring) is left out.
    """
    if pattern.recurrence == Recurrence.ONCE:
        days = [pattern.first_day] if pattern.first_day <= last and (pattern.last_day or date.max) >= first else []
    else:
        days = list(days_of(pattern, first, last))
    return [period for day in days if (period := occurrence(pattern, day, zone))]


def occurrence(pattern: Pattern, day: date, zone: ZoneInfo) -> Period | None:
    """The stretch that starts on `day`, one of the pattern's days; None when a clock change leaves nothing of it."""
    last = pattern.last_day if pattern.recurrence == Recurrence.ONCE and pattern.last_day else day
    start = at_wall_time(day, pattern.starts, zone)
    end = at_wall_time(last + DAY if pattern.ends == MIDNIGHT else last, pattern.ends, zone)
    return Period(start, end) if start < end else None


def first_common_day(left: Pattern, right: Pattern) -> date | None:
    """The first day on which two openings overlap; None when none does within five years of their start.

    Both ways round give the same answer.
    """
    if not _hours_overlap(left, right):
        return None
    start = max(left.first_day, right.first_day)
    ends = [pattern.last_day for pattern in (left, right) if pattern.last_day is not None]
    last = min([*ends, start + OVERLAP_SEARCH])
    return next((day for day in days_of(left, start, last) if falls_on(right, day)), None)


def _hours_overlap(left: Pattern, right: Pattern) -> bool:
    return (right.ends == MIDNIGHT or left.starts < right.ends) and (left.ends == MIDNIGHT or right.starts < left.ends)
