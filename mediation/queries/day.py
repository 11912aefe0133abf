"""A mediator's day and week: appointments, free and taken stretches, and what was left undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from operator import itemgetter

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.models import Account
from activity.queries import recorded
from agenda import queries as agenda
from agenda.models import CalendarDay, CalendarKind
from agenda.rules.free import Timetable, free_periods
from agenda.rules.recurrence import occurrences
from foundation import clock
from foundation.db import db
from foundation.outbox import queries as outbox
from foundation.period import Period, intersected, whole_day
from mediation.models import Appointment, Attendance
from mediation.queries import appointments as appointment_queries
from mediation.queries.records import unwritten
from mediation.queries.whereabouts import Stay, stays
from mediation.rules.attendance import Act, acts
from mediation.rules.walk_ins import OVER

SHORTEST_GAP = timedelta(minutes=10)
LOOK_AHEAD = 14
UNMARKED_SINCE = timedelta(days=60)
MOST_UNMARKED = 20


class LineKind(StrEnum):
    APPOINTMENT = "appointment"
    FREE = "free"
    TAKEN = "taken"


@dataclass(frozen=True)
class Line:
    """One line of a day.

    Attributes:
        label: of what takes the time, when it is no appointment.
        acts: what can be pressed now.
        record_id: the record that tells of the appointment.
        past, lit: over, or the present is in it.
        undelivered: the person is expected, and what was written to them never arrived.
    """

    kind: LineKind
    period: Period
    label: str = ""
    appointment: Appointment | None = None
    acts: tuple[Act, ...] = ()
    record_id: int | None = None
    past: bool = False
    lit: bool = False
    undelivered: bool = False

    @property
    def over(self) -> bool:
        """Whether somebody else may be received in its place."""
        return self.appointment is not None and self.appointment.attendance in OVER


@dataclass(frozen=True)
class Day:
    """All that one page shows of a day.

    Attributes:
        late: appointments of earlier days of which nothing was said, with what can be pressed.
        unwritten: how many records wait to be written.
        next_free: the next free stretch from now, within two weeks.
        closed: names of the holidays and closures of that day.
    """

    day: date
    lines: list[Line]
    late: list[Line]
    unwritten: int
    next_free: Period | None
    stays: list[Stay]
    closed: list[str]

    @property
    def nobody_came_up(self) -> bool:
        """Whether no appointment stood this day at all."""
        return not any(line.appointment and line.appointment.attendance.holds_time for line in self.lines)

    @property
    def to_come(self) -> int:
        """How many people are still expected."""
        to_come = (line.appointment for line in self.lines if line.appointment and not line.past)
        return sum(1 for one in to_come if one.attendance is Attendance.EXPECTED)


@dataclass(frozen=True)
class Column:
    """One day of a week: appointments that stand, in short, and how much is free."""

    day: date
    appointments: list[Appointment]
    taken: list[Line]
    free: timedelta
    closed: list[str]
    stays: list[Stay]

    @property
    def in_order(self) -> list[tuple[datetime, Appointment | None, Line | None]]:
        """Appointments and taken stretches by start: one or the other of each."""
        lines: list[tuple[datetime, Appointment | None, Line | None]] = [
            *((one.starts_at, one, None) for one in self.appointments),
            *((line.period.start, None, line) for line in self.taken),
        ]
        return sorted(lines, key=itemgetter(0))


def day_of(mediator: Account, day: date, now: datetime) -> Day:
    """The page of `day`. What was left undone is told on the page of today only."""
    zone = clock.territory_zone()
    whole = whole_day(day, zone)
    today = now.astimezone(zone).date()
    ahead = day + timedelta(days=LOOK_AHEAD) if day == today else day
    table = _timetable(mediator, day, ahead)
    found = appointment_queries.of_day(day, mediator_ids=[mediator.id])
    written = recorded([one.reference for one in found])
    untold = outbox.undelivered([one.reference for one in found]) if found and day >= today else set()
    free = [] if day < today else _free(table, day, day, max(now, whole.start))
    lines = [
        *(_line(one, written.get(one.reference), now, untold) for one in found),
        *(Line(LineKind.FREE, gap, lit=gap.start <= now < gap.end) for gap in free),
        *_taken(mediator, table, day, day, now),
    ]
    return Day(
        day=day,
        lines=sorted(lines, key=lambda line: (line.period.start, line.kind != LineKind.APPOINTMENT, line.period.end)),
        late=_late(mediator, whole.start, now) if day == today else [],
        unwritten=len(unwritten(mediator.id, now)) if day == today else 0,
        next_free=min(_free(table, day, ahead, now), default=None) if day == today else None,
        stays=stays(mediator.id, day, day),
        closed=_closing(agenda.calendar_days(day, day), day),
    )


def week_of(mediator: Account, monday: date, now: datetime) -> list[Column]:
    """The seven days from `monday`, in a handful of queries."""
    zone = clock.territory_zone()
    days = [monday + timedelta(days=n) for n in range(7)]
    period = Period(whole_day(days[0], zone).start, whole_day(days[-1], zone).end)
    found = appointment_queries.between(period, mediator_ids=[mediator.id])
    table = _timetable(mediator, days[0], days[-1])
    free = _free(table, days[0], days[-1], now) if period.end > now else []
    taken = _taken(mediator, table, days[0], days[-1], now)
    present = stays(mediator.id, days[0], days[-1])
    calendar = agenda.calendar_days(days[0], days[-1])
    columns = []
    for day in days:
        whole = whole_day(day, zone)
        columns.append(
            Column(
                day=day,
                appointments=[one for one in found if whole.start <= one.starts_at < whole.end],
                taken=[line for line in taken if line.period.overlaps(whole)],
                free=sum((gap.length for gap in intersected(free, [whole])), timedelta()),
                closed=_closing(calendar, day),
                stays=[stay for stay in present if stay.period.overlaps(whole)],
            )
        )
    return columns


def _timetable(mediator: Account, first: date, last: date) -> Timetable:
    if mediator.resource_id is None:
        return Timetable()
    return agenda.timetables([mediator.resource_id], first, last)[mediator.resource_id]


def _free(table: Timetable, first: date, last: date, since: datetime) -> list[Period]:
    """Free stretches from `since` on that are long enough for something."""
    zone = clock.territory_zone()
    start = since.replace(second=0, microsecond=0)
    end = whole_day(last, zone).end
    if start >= end:
        return []
    gaps = intersected(free_periods(table, first, last, zone), [Period(start, end)])
    return [gap for gap in gaps if gap.length >= SHORTEST_GAP]


def _line(appointment: Appointment, record_id: int | None, now: datetime, untold: Collection[str] = ()) -> Line:
    """One appointment, with what can be pressed."""
    period = Period(appointment.starts_at, appointment.ends_at)
    stands = appointment.attendance.holds_time
    offered = acts(
        appointment.attendance,
        appointment.arrived_at is not None,
        appointment.starts_at,
        now,
        recorded=record_id is not None,
    )
    return Line(
        LineKind.APPOINTMENT,
        period,
        appointment=appointment,
        acts=tuple(offered),
        record_id=record_id,
        past=period.end <= now or not stands,
        lit=stands and period.start <= now < period.end,
        undelivered=appointment.reference in untold
        and appointment.attendance is Attendance.EXPECTED
        and appointment.arrived_at is None
        and now < period.end,
    )


def _taken(mediator: Account, table: Timetable, first: date, last: date, now: datetime) -> list[Line]:
    """Absences, and what else than appointments holds the mediator."""
    zone = clock.territory_zone()
    whole = Period(whole_day(first, zone).start, whole_day(last, zone).end)
    away = [
        (cut, absence.label)
        for absence in table.absences
        for period in occurrences(absence.pattern, first, last, zone)
        for cut in intersected([period], [whole])
    ]
    holds = agenda.holds_between([mediator.resource_id], whole) if mediator.resource_id is not None else []
    others = [
        (Period(hold.starts_at, hold.ends_at), hold.label)
        for hold in holds
        if not hold.reference.startswith("appointment:")
    ]
    return [
        Line(LineKind.TAKEN, period, label, past=period.end <= now, lit=period.start <= now < period.end)
        for period, label in [*away, *others]
    ]


def _late(mediator: Account, today: datetime, now: datetime) -> list[Line]:
    """Appointments of the last two months before `today` that were neither marked nor cancelled, the oldest first."""
    found = db.session.scalars(
        select(Appointment)
        .options(joinedload(Appointment.person), joinedload(Appointment.venue))
        .where(
            Appointment.mediator_id == mediator.id,
            Appointment.attendance == Attendance.EXPECTED,
            Appointment.starts_at < today,
            Appointment.starts_at >= today - UNMARKED_SINCE,
        )
        .order_by(Appointment.starts_at, Appointment.id)
        .limit(MOST_UNMARKED)
    )
    return [_line(one, None, now) for one in found]


def _closing(calendar: Iterable[CalendarDay], day: date) -> list[str]:
    """Names of the holidays and closures that fall on `day`, each once."""
    closing = (row for row in calendar if row.kind is not CalendarKind.SCHOOL_HOLIDAY)
    return list(dict.fromkeys(row.label for row in closing if row.first_day <= day <= row.last_day))
