"""The dates of a recurring wish: a pattern of days at the same wall times, less the holidays and what is left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from agenda.rules.free import Closed
from agenda.rules.recurrence import Pattern, check, days_of, occurrence
from equipment.rules.lending import FARTHEST
from equipment.rules.refusals import TooFarAhead
from foundation.period import Period


class Skipped(StrEnum):
    """Why a date of the pattern is not reserved."""

    SCHOOL_HOLIDAY = "school_holiday"
    CLOSED = "closed"
    LEFT_OUT = "left_out"
    TAKEN = "taken"
    CLOCKS = "clocks"


@dataclass(frozen=True)
class Recurring:
    """Which dates are wanted. The pattern has a last day; its hours are wall times, kept over changes of clocks.

    Attributes:
        skip_school_holidays: schools want it, care homes do not.
        left_out: single dates less.
    """

    pattern: Pattern
    skip_school_holidays: bool = True
    left_out: Collection[date] = ()


@dataclass(frozen=True)
class Day:
    """One date that was looked at; `why` says why it is not reserved, `label` names the holiday."""

    day: date
    period: Period | None
    why: Skipped | None = None
    label: str = ""


def days(
    wanted: Recurring, school_holidays: Sequence[Closed], closures: Sequence[Closed], *, zone: ZoneInfo
) -> list[Day]:
    """Each date of the pattern in order.

    Args:
        school_holidays, closures: of the days of the pattern.

    Raises:
        ImpossiblePattern, TooFarAhead (no last day, or one beyond two years)
    """
    pattern = wanted.pattern
    check(pattern)
    if pattern.last_day is None or pattern.last_day - pattern.first_day > FARTHEST:
        raise TooFarAhead
    return list(_judged(wanted, pattern.last_day, school_holidays, closures, zone))


def taking_place(found: Sequence[Day]) -> list[Period]:
    """The periods to reserve."""
    return [one.period for one in found if one.why is None and one.period is not None]


def _judged(
    wanted: Recurring, last: date, school_holidays: Sequence[Closed], closures: Sequence[Closed], zone: ZoneInfo
) -> Iterator[Day]:
    skipped = [(Skipped.CLOSED, one) for one in closures]
    if wanted.skip_school_holidays:
        skipped += [(Skipped.SCHOOL_HOLIDAY, one) for one in school_holidays]
    for day in days_of(wanted.pattern, wanted.pattern.first_day, last):
        period = occurrence(wanted.pattern, day, zone)
        met = next(((why, one.label) for why, one in skipped if one.first_day <= day <= one.last_day), None)
        if day in wanted.left_out:
            yield Day(day, period, Skipped.LEFT_OUT)
        elif met:
            yield Day(day, period, *met)
        else:
            yield Day(day, period, None if period else Skipped.CLOCKS)
