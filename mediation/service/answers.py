"""Whether an appointment helped: what residents answer on its page."""

from __future__ import annotations

from datetime import datetime

from activity.models import Helped
from activity.rules.satisfaction import Asking
from activity.service import satisfaction
from mediation.models import Appointment, Attendance
from mediation.service import changing
from places.queries import asks_satisfaction


def asking_of(appointment: Appointment) -> Asking:
    """What the person may be asked of it: whoever came, and only where the town asks."""
    came = appointment.attendance is Attendance.SEEN
    return Asking(asks_satisfaction(), came, appointment.starts_at, appointment.ends_at)


def answer(appointment_id: int, said: Helped | None, *, now: datetime) -> None:
    """Keep what the person answers on the page of their appointment; None: they would rather not say.

    Raises:
        NoSuchAppointment, NotAskedHere, TooLateToAnswer
    """
    appointment = changing.locked(appointment_id)
    asking = asking_of(appointment)
    satisfaction.answer(appointment.reference, appointment.person_id, said, asking, now=now)
