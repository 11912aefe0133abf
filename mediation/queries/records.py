"""Which appointments have their activity record, and which wait for one."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from activity.models import ActivityRecord
from activity.queries import is_untold
from foundation.db import db
from mediation.models import Appointment, Attendance, id_in
from mediation.queries import appointments

UNWRITTEN_SINCE = timedelta(days=366)
"""What was not written within a year can not be written any more."""


def appointment_of(record: ActivityRecord) -> Appointment | None:
    """The appointment that a record tells of; None when it tells of something else, or stands alone."""
    appointment_id = id_in(record.reference)
    return None if appointment_id is None else appointments.by_id(appointment_id)


def unwritten(mediator_id: int, now: datetime) -> list[Appointment]:
    """Appointments that were seen and of which no record tells yet, the oldest first."""
    return list(
        db.session.scalars(
            select(Appointment)
            .options(joinedload(Appointment.person))
            .where(
                Appointment.mediator_id == mediator_id,
                Appointment.attendance == Attendance.SEEN,
                Appointment.starts_at > now - UNWRITTEN_SINCE,
                is_untold(Appointment.reference),
            )
            .order_by(Appointment.starts_at, Appointment.id)
        )
    )
