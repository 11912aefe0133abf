"""The week of a team: what each mediator offers, what is taken, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from accounts.models import Account
from agenda import queries as agenda
from agenda.queries.calendar import closures
from agenda.rules.recurrence import DAY
from foundation import clock
from foundation.db import db
from foundation.period import Period, whole_day
from mediation.models import Appointment
from mediation.queries.appointments import HOLDING
from mediation.rules.capacity import Load, load_of, total


@dataclass(frozen=True)
class Row:
    """One mediator's week, a load for each day, and their sum."""

    mediator: Account
    days: list[Load]

    @property
    def whole(self) -> Load:
        return total(self.days)


@dataclass(frozen=True)
class TeamWeek:
    """A week of several mediators; days on which nobody has anything are left out.

    `closed` says what is closed on a day, by day.
    """

    days: list[date]
    rows: list[Row]
    closed: dict[date, str]

    @property
    def foot(self) -> Row | None:
        """The sums of the team, by day."""
        if not self.rows:
            return None
        return Row(self.rows[0].mediator, [total(row.days[n] for row in self.rows) for n in range(len(self.days))])


def team_week(mediators: Sequence[Account], monday: date) -> TeamWeek:
    """The week from `monday` of `mediators`, in as many queries whatever their number."""
    zone, days = clock.territory_zone(), [monday + n * DAY for n in range(7)]
    tables = agenda.timetables([one.resource_id for one in mediators if one.resource_id], days[0], days[-1])
    expected = _expected([one.id for one in mediators], days)
    loads = {
        one.id: [load_of(tables[one.resource_id], day, zone, expected.get((one.id, day), 0)) for day in days]
        for one in mediators
        if one.resource_id in tables
    }
    used = [n for n in range(7) if any(week[n] for week in loads.values())]
    rows = [Row(one, [loads[one.id][n] for n in used]) for one in mediators if one.id in loads]
    return TeamWeek([days[n] for n in used], rows, _closed(days))


def _closed(days: list[date]) -> dict[date, str]:
    closed = closures(days[0], days[-1])
    return {day: one.label for day in days for one in closed if one.first_day <= day <= one.last_day}


def _expected(mediator_ids: list[int], days: list[date]) -> dict[tuple[int, date], int]:
    """How many people each mediator expects or received, by day."""
    zone = clock.territory_zone()
    week = Period(whole_day(days[0], zone).start, whole_day(days[-1], zone).end)
    rows = db.session.execute(
        select(Appointment.mediator_id, Appointment.starts_at).where(
            Appointment.mediator_id.in_(mediator_ids),
            Appointment.starts_at >= week.start,
            Appointment.starts_at < week.end,
            Appointment.attendance.in_(HOLDING),
        )
    )
    counted: dict[tuple[int, date], int] = {}
    for mediator_id, starts_at in rows:
        key = (mediator_id, starts_at.astimezone(zone).date())
        counted[key] = counted.get(key, 0) + 1
    return counted
