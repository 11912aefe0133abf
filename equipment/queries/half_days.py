"""The week of kits as a borrower looks at it: what each half-day of each kit is, free at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from accounts.models import Account
from agenda import queries as agenda
from agenda.models import CalendarKind
from equipment.queries.grid import Row, week
from equipment.rules.kits import Lendable
from equipment.rules.school_day import HALF_DAYS, Part, is_open
from foundation import clock
from foundation.period import Period, at_wall_time

SCHOOL_DAYS, ALL_DAYS = 5, 7
NOON = time(12, 30)
"""Where a day is cut in two when it is asked what has a kit then."""


class Look(StrEnum):
    """What a half-day is to this borrower."""

    FREE = "free"
    MINE = "mine"
    TAKEN = "taken"
    OVER = "over"
    CLOSED = "closed"
    STAYS = "stays"


@dataclass(frozen=True)
class Half:
    """A half-day of a kit. `reservation_id` is that of their own place which has it."""

    part: Part
    look: Look
    reservation_id: int | None = None
    group_label: str = ""


@dataclass(frozen=True)
class KitWeek:
    """A kit and its days, each with its half-days."""

    kit: Lendable
    days: Sequence[tuple[date, Sequence[Half]]]


def kit_weeks(viewer: Account, monday: date, now: datetime) -> list[KitWeek]:
    """The kits that `viewer` may reserve, by name, on the days of the week on which their place works."""
    zone, days = clock.territory_zone(), days_of(viewer, monday)
    whole = Period(at_wall_time(monday, time.min, zone), at_wall_time(monday + timedelta(days=7), time.min, zone))
    at_school = viewer.school_id is not None
    return [
        KitWeek(row.kit, [(day, [_half(row, day, part, at_school, now) for part in HALF_DAYS]) for day in days])
        for row in week(viewer, whole)
    ]


def days_of(viewer: Account, monday: date) -> list[date]:
    """A school works from Monday to Friday, a care home every day."""
    count = SCHOOL_DAYS if viewer.school_id is not None else ALL_DAYS
    return [monday + timedelta(days=n) for n in range(count)]


def closed_days(viewer: Account, days: Sequence[date]) -> dict[date, str]:
    """What the calendar says of some of `days`; school holidays do not concern a care home."""
    rows = agenda.calendar_days(days[0], days[-1])
    at_school = viewer.school_id is not None
    met = [one for one in rows if at_school or one.kind is not CalendarKind.SCHOOL_HOLIDAY]
    return {day: one.label for one in met for day in days if one.first_day <= day <= one.last_day}


def _half(row: Row, day: date, part: Part, at_school: bool, now: datetime) -> Half:
    zone = clock.territory_zone()
    period = Period(at_wall_time(day, part.starts, zone), at_wall_time(day, part.ends, zone))
    around = _around(day, part)
    met = [one for one in row.taken if one.held.start < around.end and one.ends_at > around.start]
    own = next((one for one in met if one.reservation_id is not None), None)
    if own:
        return Half(part, Look.MINE, own.reservation_id, own.group_label)
    if period.start < now + timedelta(hours=row.kit.lead_hours):
        return Half(part, Look.OVER)
    if not row.kit.goes_out:
        return Half(part, Look.STAYS)
    if not is_open(part, day, at_school=at_school):
        return Half(part, Look.CLOSED)
    return Half(part, Look.TAKEN if met or not row.free(row.kit.held(period)) else Look.FREE)


def _around(day: date, part: Part) -> Period:
    """The half of the day that the part stands for, whatever the exact hours of a loan are."""
    zone = clock.territory_zone()
    starts, ends = (time.min, NOON) if part.starts < NOON else (NOON, None)
    last = at_wall_time(day, ends, zone) if ends else at_wall_time(day + timedelta(days=1), time.min, zone)
    return Period(at_wall_time(day, starts, zone), last)
