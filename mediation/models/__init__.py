"""The tables of mediation."""

from __future__ import annotations

from mediation.models.appointment import (
    Appointment,
    AppointmentEvent,
    Attendance,
    EventKind,
    Origin,
    id_in,
    reference_of,
)
from mediation.models.feed import CalendarFeed
from mediation.models.offer import Audience, Service, Shift, ShiftService

__all__ = [
    "Appointment",
    "AppointmentEvent",
    "Attendance",
    "Audience",
    "CalendarFeed",
    "EventKind",
    "Origin",
    "Service",
    "Shift",
    "ShiftService",
    "id_in",
    "reference_of",
]
