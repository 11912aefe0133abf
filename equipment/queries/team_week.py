"""The week of kits as the team looks at it: what each half-day of each kit is, from Monday to Saturday."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from accounts.models import Account
from equipment.queries.grid import Row, Stretch, week
from equipment.queries.half_days import NOON
from equipment.rules.kits import Lendable
from equipment.rules.school_day import HALF_DAYS, Part
from foundation.period import Period, at_wall_time, whole_day

DAYS = 6


class Look(StrEnum):
    """What a half-day of a kit is, when nobody has it then."""

    FREE = "free"
    PAST = "past"
    STAYS = "stays"
    TURNAROUND = "turnaround"
    TIGHT = "tight"


EMPTY = (Look.PAST, Look.STAYS)


class HalfDay(NamedTuple):
    """A column of the grid.

    Attributes:
        number: from 0 on.
        period: the hours of a loan of this half-day.
        around: the half of the day that they stand for, whatever the exact hours of other loans are.
    """

    number: int
    day: date
    part: Part
    period: Period
    around: Period


class Cell(NamedTuple):
    """A half-day of a kit: who has it then, or else what it is.

    Attributes:
        until: when the turnaround ends that is in the way.
        whole: these very people have the other half of the day too, and it is said once.
    """

    half: HalfDay
    met: Sequence[Stretch]
    look: Look = Look.FREE
    until: datetime | None = None
    whole: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say of it."""
        return not self.met and self.look in EMPTY


@dataclass(frozen=True, slots=True)
class KitWeek:
    """A kit and its days, each with the half-days that are told apart."""

    kit: Lendable
    days: Sequence[Sequence[Cell]]


def half_days(monday: date, zone: ZoneInfo) -> list[HalfDay]:
    """The columns of the week of a Monday, in the wall time of `zone`."""
    found: list[HalfDay] = []
    for day in (monday + timedelta(days=n) for n in range(DAYS)):
        noon, whole = at_wall_time(day, NOON, zone), whole_day(day, zone)
        for part, around in zip(HALF_DAYS, (Period(whole.start, noon), Period(noon, whole.end)), strict=True):
            hours = Period(at_wall_time(day, part.starts, zone), at_wall_time(day, part.ends, zone))
            found.append(HalfDay(len(found), day, part, hours, around))
    return found


def team_week(viewer: Account, kits: Sequence[Lendable], halves: Sequence[HalfDay], now: datetime) -> list[KitWeek]:
    """These kits, of those that `viewer` may reserve, with what each half-day is."""
    whole = Period(halves[0].around.start, halves[-1].around.end)
    return [KitWeek(row.kit, _days(row, halves, now)) for row in week(viewer, whole, kits)]


def _days(row: Row, halves: Sequence[HalfDay], now: datetime) -> list[list[Cell]]:
    cells = [_cell(row, half, now) for half in halves]
    return [_day(*cells[n : n + 2]) for n in range(0, len(cells), 2)]


def _day(morning: Cell, afternoon: Cell) -> list[Cell]:
    """A single cell when one loan has all the day."""
    if len(morning.met) == 1 and morning.met == afternoon.met:
        return [morning._replace(whole=True)]
    return [morning, afternoon]


def _cell(row: Row, half: HalfDay, now: datetime) -> Cell:
    starts, ends = half.around.start, half.around.end
    met = [one for one in row.taken if one.held.start < ends and one.ends_at > starts]
    if met:
        return Cell(half, met)
    if half.period.start < now:
        return Cell(half, met, Look.PAST)
    if not row.kit.goes_out:
        return Cell(half, met, Look.STAYS)
    first, last = half.period.start, half.period.end + row.kit.turnaround
    blocking = next((one for one in row.taken if one.held.start < last and first < one.held.end), None)
    if blocking is None:
        return Cell(half, met)
    if blocking.ends_at <= half.period.start:
        return Cell(half, met, Look.TURNAROUND, blocking.held.end)
    return Cell(half, met, Look.TIGHT)
