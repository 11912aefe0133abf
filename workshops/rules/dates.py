"""The dates of a programme: a pattern of days, less the holidays to skip, and single dates added or left out.

Hours are wall times, so that a series keeps them over both changes of clocks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from agenda.models import Recurrence
from agenda.rules.free import Closed
from agenda.rules.recurrence import Pattern, check, days_of, occurrence
from foundation.errors import Refused
from foundation.i18n import _l
from foundation.period import Period

MOST_SESSIONS = 120
"""Of one programme: two years of one a week. More are several programmes, each with its own registrations."""
MOST_COUNTED = 400
"""Dates looked at, those left out by hand included: what is beyond is refused all the same."""
FARTHEST = timedelta(days=2 * 366)


class Why(StrEnum):
    """Why a date of the pattern does not take place."""

    SCHOOL_HOLIDAY = "school_holiday"
    CLOSED = "closed"
    LEFT_OUT = "left_out"
    PAST = "past"
    CLOCKS = "clocks"


@dataclass(frozen=True)
class Dates:
    """Which dates are wanted.

    Attributes:
        pattern: days and hours; without a last day, `count` says when to stop.
        count: stop after so many sessions, those left out by hand included: no date that nobody saw comes instead.
            None: on the pattern's last day.
        added: single dates more, at the same hours, whatever is closed then.
        left_out: single dates less.
    """

    pattern: Pattern
    count: int | None = None
    skip_school_holidays: bool = True
    skip_closed: bool = True
    added: Collection[date] = ()
    left_out: Collection[date] = ()


@dataclass(frozen=True)
class Day:
    """One date that was looked at. `why` says why it does not take place; `label` names the holiday."""

    day: date
    period: Period | None
    why: Why | None = None
    label: str = ""


class EndMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Say how many sessions there are, or choose the last day."), "last_day")


class TooFar(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Plan at most two years ahead: holidays and people are not known any further."), "last_day")


class TooManySessions(Refused):
    """More than people can register for in one programme."""

    def __init__(self, field: str | None = "last_day") -> None:
        super().__init__(
            _l("A programme has at most 120 sessions. Plan fewer, and make a second programme for the others."), field
        )


class NoDate(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Not one date is left. Choose other days, or skip fewer holidays."), "first_day")


def check_dates(wanted: Dates) -> None:
    """Refuse dates that never end, or reach too far.

    Raises:
        ImpossiblePattern, EndMissing, TooFar, TooManySessions
    """
    check(wanted.pattern)
    endless = wanted.pattern.last_day is None and wanted.count is None
    if endless and wanted.pattern.recurrence is not Recurrence.ONCE:
        raise EndMissing
    last = max([wanted.pattern.last_day or wanted.pattern.first_day, *wanted.added])
    if last - wanted.pattern.first_day > FARTHEST:
        raise TooFar
    if wanted.count is not None and wanted.count > MOST_SESSIONS:
        raise TooManySessions("count")


def reach(wanted: Dates) -> tuple[date, date]:
    """The first and last day that may have to be looked at: the calendar is read for them."""
    first = min([wanted.pattern.first_day, *wanted.added])
    return first, max([wanted.pattern.last_day or wanted.pattern.first_day + FARTHEST, *wanted.added])


def looked_at(
    wanted: Dates, school_holidays: Sequence[Closed], closures: Sequence[Closed], *, zone: ZoneInfo, today: date
) -> list[Day]:
    """Each date of `wanted` in order, those that do not take place with the reason.

    Args:
        school_holidays, closures: of the days within `reach`.

    Raises:
        TooManySessions, and the refusals of `check_dates`
    """
    check_dates(wanted)
    found = list(_of_pattern(wanted, school_holidays, closures, zone, today))
    known = {one.day: one for one in found}
    for day in set(wanted.added):
        if day not in known or known[day].why in {Why.SCHOOL_HOLIDAY, Why.CLOSED}:
            known[day] = _single(wanted, day, zone, today)
    if sum(one.why is None for one in known.values()) > MOST_SESSIONS:
        raise TooManySessions
    return [known[day] for day in sorted(known)]


def dates(
    wanted: Dates, school_holidays: Sequence[Closed] = (), closures: Sequence[Closed] = (), *, zone: ZoneInfo,
    today: date,
) -> list[Period]:  # fmt: skip
    """The periods that take place, in order.

    Raises: as `looked_at`, and NoDate
    """
    days = looked_at(wanted, school_holidays, closures, zone=zone, today=today)
    periods = [one.period for one in days if one.why is None and one.period is not None]
    if not periods:
        raise NoDate
    return periods


def _of_pattern(
    wanted: Dates, school: Sequence[Closed], closures: Sequence[Closed], zone: ZoneInfo, today: date
) -> Iterator[Day]:
    """The days of the pattern, until there are enough; one more than may be, so that the caller sees it."""
    pattern, counted = wanted.pattern, 0
    last = pattern.last_day or pattern.first_day + FARTHEST
    for day in days_of(pattern, pattern.first_day, last):
        found = _judged(wanted, day, school, closures, zone, today)
        yield found
        counted += found.why in {None, Why.LEFT_OUT}
        if counted == wanted.count or counted > MOST_COUNTED:
            return


def _judged(
    wanted: Dates, day: date, school: Sequence[Closed], closures: Sequence[Closed], zone: ZoneInfo, today: date
) -> Day:
    single = _single(wanted, day, zone, today)
    if single.why is not None:
        return single
    for skipped, why, known in (
        (wanted.skip_closed, Why.CLOSED, closures),
        (wanted.skip_school_holidays, Why.SCHOOL_HOLIDAY, school),
    ):
        met = next((one for one in known if one.first_day <= day <= one.last_day), None) if skipped else None
        if met is not None:
            return replace(single, why=why, label=met.label)
    return single


def _single(wanted: Dates, day: date, zone: ZoneInfo, today: date) -> Day:
    """One date by itself, holidays aside."""
    period = occurrence(Pattern.once(day, wanted.pattern.starts, wanted.pattern.ends), day, zone)
    if day in wanted.left_out:
        return Day(day, period, Why.LEFT_OUT)
    if day < today:
        return Day(day, period, Why.PAST)
    return Day(day, period, None if period else Why.CLOCKS)
