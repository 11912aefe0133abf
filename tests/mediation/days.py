"""A day of the cast's mediator: appointments with their holds, and the clock stopped at ten on that Tuesday."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from accounts.models import Account
from activity.models import Channel
from activity.rules.records import Draft
from agenda import service as agenda
from agenda.models import Hold
from foundation.db import db, transaction
from mediation.models import Appointment, AppointmentEvent, Attendance, Origin, reference_of
from tests.activity import drafts
from tests.cast import Cast
from tests.moments import TEN, at, minutes, together

__all__ = ["TEN", "appointment", "at", "draft", "events", "holds", "minutes", "planned", "together"]


def planned(cast: Cast, starts_at: datetime = TEN, *, length: int = 45, **more: Any) -> int:
    """An appointment of the resident with the mediator, holding their time; returns its id."""
    given = {
        "code": f"T{starts_at:%m%d%H%M}",
        "person_id": cast.ids["resident"],
        "service_id": cast.ids["first_steps"],
        "service_label": "Premiers pas",
        "structure_id": cast.ids["town"],
        "mediator_id": cast.ids["mediator"],
        "channel": Channel.VENUE,
        "venue_id": cast.ids["library"],
        "starts_at": starts_at,
        "ends_at": starts_at + minutes(length),
        "held_from": starts_at,
        "held_until": starts_at + minutes(length),
        "origin": Origin.DESK,
        "attendance": Attendance.EXPECTED,
        "created_at": starts_at - timedelta(days=3),
    } | more
    with transaction():
        appointment = Appointment(**given)
        db.session.add(appointment)
        db.session.flush()
        if appointment.attendance.holds_time:
            resource_id = db.session.get_one(Account, appointment.mediator_id).resource_id
            agenda.hold([resource_id], appointment.held, appointment.service_label, appointment.reference)
        return appointment.id


def appointment(appointment_id: int) -> Appointment:
    return db.session.get_one(Appointment, appointment_id, populate_existing=True)


def holds() -> list[tuple[str, datetime, datetime]]:
    """(reference, start, end) of all holds, by start."""
    rows = db.session.query(Hold).order_by(Hold.starts_at, Hold.id).populate_existing()
    return [(hold.reference, hold.starts_at, hold.ends_at) for hold in rows]


def events(appointment_id: int) -> list[tuple[str, str | None]]:
    """(kind, attendance) of what happened to an appointment, oldest first."""
    rows = db.session.query(AppointmentEvent).filter_by(appointment_id=appointment_id).order_by(AppointmentEvent.id)
    return [(event.kind.value, event.attendance.value if event.attendance else None) for event in rows]


def draft(cast: Cast, *, appointment_id: int | None = None, **more: Any) -> Draft:
    """What was done for the resident in the hour before ten, of an appointment or of itself."""
    told = {"reference": reference_of(appointment_id)} if appointment_id else {}
    return drafts.draft(cast, **{"service_id": cast.ids["first_steps"]} | told | more)
