"""The tables of mediation."""

from __future__ import annotations

from mediation.models.activity import (
    ActivityAspect,
    ActivityKind,
    ActivityParticipant,
    ActivityRecord,
    AgeBand,
    Aspect,
    Autonomy,
    Equipment,
    Procedure,
    Referral,
    Theme,
)
from mediation.models.appointment import Appointment, AppointmentEvent, Attendance, EventKind, Origin
from mediation.models.feed import CalendarFeed
from mediation.models.offer import Audience, Channel, Service, Shift, ShiftService

__all__ = [
    "ActivityAspect",
    "ActivityKind",
    "ActivityParticipant",
    "ActivityRecord",
    "AgeBand",
    "Appointment",
    "AppointmentEvent",
    "Aspect",
    "Attendance",
    "Audience",
    "Autonomy",
    "CalendarFeed",
    "Channel",
    "Equipment",
    "EventKind",
    "Origin",
    "Procedure",
    "Referral",
    "Service",
    "Shift",
    "ShiftService",
    "Theme",
]
