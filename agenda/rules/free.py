"""Free time: openings, less absences, closed days and holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from agenda.rules.recurrence import DAY, Pattern, occurrences
from foundation.period import Period, merged, subtracted


@dataclass(frozen=True, slots=True)
class Away:
    """An absence, and what colleagues are told of it."""

    pattern: Pattern
    label: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """Days, both included, on which nothing is open."""

    first_day: date
    last_day: date
    label: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A hold, buffers included, and what colleagues are told of it."""

    period: Period
    label: str = ""


@dataclass(frozen=True, slots=True)
class Timetable:
    """All that decides when one resource is free: `absences` are its own and those of the whole territory."""

    openings: Sequence[Pattern] = ()
    absences: Sequence[Away] = ()
    closures: Sequence[Closed] = ()
    holds: Sequence[Taken] = ()


def closed_days(closures: Iterable[Closed]) -> frozenset[date]:
    """Each single day of `closures`."""
    return frozenset(
        closed.first_day + n * DAY for closed in closures for n in range((closed.last_day - closed.first_day).days + 1)
    )


def open_periods(table: Timetable, first: date, last: date, zone: ZoneInfo) -> list[Period]:
    """Each occurrence of each opening on the days `first` to `last` that are not closed, by start; they may overlap."""
    closed = closed_days(table.closures)
    found = [period for opening in table.openings for period in occurrences(opening, first, last, zone)]
    return sorted(period for period in found if period.start.astimezone(zone).date() not in closed)


def busy_periods(table: Timetable, first: date, last: date, zone: ZoneInfo) -> list[Period]:
    """Absences that touch the days `first` to `last`, and all holds, merged."""
    away = [period for absence in table.absences for period in occurrences(absence.pattern, first, last, zone)]
    return merged([*away, *(taken.period for taken in table.holds)])


def free_periods(table: Timetable, first: date, last: date, zone: ZoneInfo) -> list[Period]:
    """The stretches of the days `first` to `last`, both included, in which the resource is open and not busy."""
    return subtracted(open_periods(table, first, last, zone), busy_periods(table, first, last, zone))
