"""Reads of appointments, each with what a page shows of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from foundation import clock
from foundation.codes import read_code
from foundation.db import db
from foundation.period import Period, whole_day
from mediation.models import Appointment, Attendance
from places.service import Standing, asks

HOLDING = [attendance for attendance in Attendance if attendance.holds_time]


def with_all() -> Select[Appointment]:
    """Appointments, each with its person, service, mediator, venue and room: one query whatever their number."""
    return select(Appointment).options(
        joinedload(Appointment.person),
        joinedload(Appointment.service),
        joinedload(Appointment.mediator),
        joinedload(Appointment.venue),
        joinedload(Appointment.room),
    )


def by_id(appointment_id: int) -> Appointment | None:
    return db.session.scalar(with_all().where(Appointment.id == appointment_id))


def by_code(text: str) -> Appointment | None:
    """The appointment whose code `text` spells, with spaces or small letters; None when there is none."""
    code = read_code(text)
    return db.session.scalar(with_all().where(Appointment.code == code)) if code else None


def by_request_key(request_key: str) -> Appointment | None:
    """The appointment that one filled-in form booked."""
    return db.session.scalar(with_all().where(Appointment.request_key == request_key))


def of_day(
    day: date, *, mediator_ids: Collection[int] | None = None, structure_id: int | None = None
) -> list[Appointment]:
    """The appointments that start on `day`, by start, cancelled ones included.

    Args:
        structure_id: only those of this structure; None: of all.
    """
    return between(whole_day(day, clock.territory_zone()), mediator_ids=mediator_ids, structure_id=structure_id)


def between(
    period: Period, *, mediator_ids: Collection[int] | None = None, structure_id: int | None = None
) -> list[Appointment]:
    """The appointments that start within `period`, by start, cancelled ones included."""
    query = with_all().where(Appointment.starts_at >= period.start, Appointment.starts_at < period.end)
    if mediator_ids is not None:
        query = query.where(Appointment.mediator_id.in_(mediator_ids))
    if structure_id is not None:
        query = query.where(Appointment.structure_id == structure_id)
    return list(db.session.scalars(query.order_by(Appointment.starts_at, Appointment.id)))


def of_person(person_id: int, limit: int = 50) -> list[Appointment]:
    """The appointments of one person, newest first."""
    query = with_all().where(Appointment.person_id == person_id)
    return list(db.session.scalars(query.order_by(Appointment.starts_at.desc(), Appointment.id.desc()).limit(limit)))


def busyness(mediator_ids: Collection[int], at: datetime) -> dict[int, int]:
    """How many appointments each mediator has on the day of `at`; those without any are left out."""
    day = at.astimezone(clock.territory_zone()).date()
    return busyness_of_days(mediator_ids, [day])[day]


def busyness_of_days(mediator_ids: Collection[int], days: Collection[date]) -> dict[date, dict[int, int]]:
    """The same for each of some days, in one statement."""
    known = sorted(days)
    periods = [whole_day(day, clock.territory_zone()) for day in known]
    starts = Appointment.starts_at
    which = case(*((starts < period.end, number) for number, period in enumerate(periods))).label("which")
    rows = db.session.execute(
        select(which, Appointment.mediator_id, func.count())
        .where(
            Appointment.mediator_id.in_(mediator_ids),
            or_(*(and_(starts >= period.start, starts < period.end) for period in periods)),
            Appointment.attendance.in_(HOLDING),
        )
        .group_by("which", Appointment.mediator_id)
    )
    found: dict[date, dict[int, int]] = {day: {} for day in known}
    for number, mediator_id, count in rows:
        found[known[number]][mediator_id] = count
    return found


def standing_at(venue_id: int, now: datetime) -> list[Standing]:
    """The appointments that are still to come at a venue, as its page tells of them before it is closed."""
    rows = db.session.scalars(
        select(Appointment)
        .options(joinedload(Appointment.mediator))
        .where(
            Appointment.venue_id == venue_id,
            Appointment.attendance == Attendance.EXPECTED,
            Appointment.ends_at > now,
        )
        .order_by(Appointment.starts_at, Appointment.id)
    )
    return [Standing(one.starts_at, one.service_label, one.mediator.name) for one in rows]


asks(standing_at)
