"""Private calendar addresses, and what stands in a mediator's calendar."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from foundation.db import db
from foundation.period import Period
from mediation.models import Appointment, AppointmentEvent, Attendance, CalendarFeed


def feeds_of(account_id: int) -> list[CalendarFeed]:
    """A mediator's addresses, oldest first."""
    return list(
        db.session.scalars(select(CalendarFeed).where(CalendarFeed.account_id == account_id).order_by(CalendarFeed.id))
    )


def feed_with(token_hash: str) -> CalendarFeed | None:
    """The feed that a secret opens, with its account; None when it was revoked, or the account closed."""
    found = db.session.scalar(
        select(CalendarFeed).options(joinedload(CalendarFeed.account)).where(CalendarFeed.token_hash == token_hash)
    )
    return found if found is not None and found.account.active else None


def standing(mediator_id: int, period: Period) -> list[tuple[Appointment, datetime]]:
    """Appointments in `period` that take the mediator's time, with the instant of their last change, by start."""
    last_change = (
        select(func.max(AppointmentEvent.at)).where(AppointmentEvent.appointment_id == Appointment.id).scalar_subquery()
    )
    rows = db.session.execute(
        select(Appointment, last_change)
        .options(joinedload(Appointment.person), joinedload(Appointment.venue), joinedload(Appointment.service))
        .where(
            Appointment.mediator_id == mediator_id,
            Appointment.starts_at >= period.start,
            Appointment.starts_at < period.end,
            Appointment.attendance.in_([one for one in Attendance if one.holds_time]),
        )
        .order_by(Appointment.starts_at, Appointment.id)
    ).all()
    return [(appointment, changed or appointment.created_at) for appointment, changed in rows]
