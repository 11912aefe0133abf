"""When a kit is wanted, as it is asked for on a page: a day and a part of it, once or over weeks; and times near it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from agenda.rules.free import Closed
from agenda.rules.recurrence import Pattern, check, occurrence
from equipment.rules.dates import Day, Recurring, Skipped, days, taking_place
from equipment.rules.lending import FARTHEST, MOST_DATES
from equipment.rules.refusals import LoanInThePast, NoDates, TooFarAhead, TooManyDates
from equipment.rules.school_day import HALF_DAYS, Part, check_open, is_open, part_of
from foundation.errors import Refused
from foundation.i18n import _l
from foundation.period import Period

NEAR = timedelta(days=14)
"""How far around the day that was wanted other times are looked for."""


class HoursMissing(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("Write from when to when you need the kit."), field)


class UntilMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Say until which day it is repeated."), "until")


class RepeatsWithinADay(Refused):
    def __init__(self) -> None:
        super().__init__(_l("What is repeated ends on the day it begins. Empty this, or reserve once."), "last_day")


@dataclass(frozen=True)
class When:
    """A time that is asked for.

    Attributes:
        part: key of a part of the day; any other word means the hours `starts` to `ends`.
        last_day: on which the kit comes back; None: the same day.
        every: repeated each n-th week, 0 for once.
        until: the last day on which it may be repeated.
        in_holidays: repeated in school holidays too.
        anyway: meant, although the single day is a holiday or the hour is of the night.
        left_out: single dates less.
    """

    day: date
    part: str
    starts: time | None = None
    ends: time | None = None
    last_day: date | None = None
    every: int = 0
    until: date | None = None
    in_holidays: bool = False
    anyway: bool = False
    left_out: frozenset[date] = frozenset()

    @property
    def hours(self) -> tuple[time, time]:
        """Raises: HoursMissing"""
        if part := part_of(self.part):
            return part.starts, part.ends
        if self.starts is None or self.ends is None:
            raise HoursMissing("starts" if self.starts is None else "ends")
        return self.starts, self.ends

    def without(self, left_out: Sequence[date]) -> When:
        """The same, with more dates left out."""
        return replace(self, left_out=self.left_out | frozenset(left_out))


def dates_of(
    when: When, school_holidays: Sequence[Closed], closures: Sequence[Closed], *, zone: ZoneInfo, at_school: bool
) -> list[Day]:
    """Each date that is asked for, in order; a single one is taken as it was said, holiday or not.

    Raises:
        NoSchoolThen, HoursMissing, UntilMissing, RepeatsWithinADay, ImpossiblePattern, TooFarAhead
    """
    starts, ends = when.hours
    if part := part_of(when.part):
        check_open(part, when.day, at_school=at_school)
    if not when.every:
        once = Pattern.once(when.day, starts, ends, when.last_day)
        check(once, one_day=False)
        period = occurrence(once, when.day, zone)
        return [Day(when.day, period, None if period else Skipped.CLOCKS)]
    if when.last_day not in {None, when.day}:
        raise RepeatsWithinADay
    if when.until is None:
        raise UntilMissing
    pattern = Pattern.weekly(
        [when.day.weekday()], starts, ends, when.day, last_day=when.until, every=when.every
    )  # fmt: skip
    wanted = Recurring(pattern, skip_school_holidays=at_school and not when.in_holidays, left_out=when.left_out)
    return days(wanted, school_holidays, closures, zone=zone)


def periods_of(found: Sequence[Day], now: datetime) -> list[Period]:
    """What is to be reserved of the dates that were asked for.

    Raises:
        NoDates, TooManyDates, LoanInThePast, TooFarAhead
    """
    periods = taking_place(found)
    if not periods:
        raise NoDates
    if len(periods) > MOST_DATES:
        raise TooManyDates
    if periods[0].start <= now:
        raise LoanInThePast
    if periods[-1].start > now + FARTHEST:
        raise TooFarAhead
    return periods


def near(when: When, closures: Sequence[Closed], *, zone: ZoneInfo, at_school: bool, now: datetime) -> list[Period]:
    """Other times for what is wanted once, the nearest first: the other half of a day, the same hours on other days."""
    wanted = occurrence(Pattern.once(when.day, *when.hours, when.last_day), when.day, zone)
    if wanted is None:
        return []
    length = (when.last_day or when.day) - when.day
    parts = HALF_DAYS if part_of(when.part) in HALF_DAYS else (part_of(when.part),)
    reach = range(-NEAR.days, NEAR.days + 1)
    found = [
        _on(when.day + timedelta(days=shift), part, when, length, zone)
        for shift in reach
        for part in parts
        if _works(when.day + timedelta(days=shift), part, closures, at_school)
    ]
    others = [one for one in found if one is not None and one.start > now and one != wanted]
    return sorted(others, key=lambda one: (abs(one.start - wanted.start), one.start))


def _on(day: date, part: Part | None, when: When, length: timedelta, zone: ZoneInfo) -> Period | None:
    starts, ends = (part.starts, part.ends) if part else when.hours
    return occurrence(Pattern.once(day, starts, ends, day + length), day, zone)


def _works(day: date, part: Part | None, closures: Sequence[Closed], at_school: bool) -> bool:
    if any(one.first_day <= day <= one.last_day for one in closures):
        return False
    return is_open(part or HALF_DAYS[0], day, at_school=at_school)
