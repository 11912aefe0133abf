"""How much time is offered, taken and left: of a day, of a week, of a team. Lengths add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from agenda.rules.free import Timetable, open_periods
from agenda.rules.recurrence import occurrences
from foundation.period import Period, merged, subtracted, whole_day

NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Load:
    """Time of one mediator on one day, or sums of it.

    Attributes:
        offered: presences, less absences and closed days.
        taken: all that is held, buffers included, also outside of presences.
        free: what is offered and not held.
        appointments: people who are or were expected; cancelled ones do not count.
        away: an absence falls on the day.
    """

    offered: timedelta = NOTHING
    taken: timedelta = NOTHING
    free: timedelta = NOTHING
    appointments: int = 0
    away: bool = False

    def __bool__(self) -> bool:
        return bool(self.offered or self.taken or self.appointments or self.away)

    @property
    def share(self) -> int | None:
        """Percent of what is offered that is no longer free; None when nothing is offered."""
        return round(100 * (self.offered - self.free) / self.offered) if self.offered else None


def total(loads: Iterable[Load]) -> Load:
    """The sum of several days or people."""
    known = list(loads)
    return Load(
        sum((one.offered for one in known), NOTHING),
        sum((one.taken for one in known), NOTHING),
        sum((one.free for one in known), NOTHING),
        sum(one.appointments for one in known),
    )


def load_of(table: Timetable, day: date, zone: ZoneInfo, appointments: int = 0) -> Load:
    """The load of one mediator on `day`; what is held counts on the day on which it lies."""
    away = [period for absence in table.absences for period in occurrences(absence.pattern, day, day, zone)]
    offered = subtracted(open_periods(table, day, day, zone), away)
    held = merged(_within(whole_day(day, zone), (taken.period for taken in table.holds)))
    return Load(_length(offered), _length(held), _length(subtracted(offered, held)), appointments, bool(away))


def _within(day: Period, periods: Iterable[Period]) -> Iterable[Period]:
    """The parts of `periods` that lie in `day`."""
    return (Period(max(day.start, one.start), min(day.end, one.end)) for one in periods if one.overlaps(day))


def _length(periods: Iterable[Period]) -> timedelta:
    return sum((period.length for period in periods), NOTHING)
