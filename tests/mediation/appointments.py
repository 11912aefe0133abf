"""An appointment of the cast, written straight to the table: for tests of what happens around it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from activity.models import Channel
from foundation import clock
from foundation.db import db, transaction
from foundation.outbox.models import Message
from mediation.models import Appointment, AppointmentEvent, Attendance, EventKind, Origin
from tests.cast import Cast


def make_appointment(cast: Cast, starts_at: datetime, *, person: str = "resident", **more: Any) -> Appointment:
    """Committed. First steps at the library with the mediator, unless `more` says otherwise; no hold is taken."""
    given = {
        "code": f"C{starts_at:%m%d%H%M}",
        "person_id": cast.ids[person],
        "service_id": cast.ids["first_steps"],
        "service_label": "Premiers pas",
        "mediator_id": cast.ids["mediator"],
        "channel": Channel.VENUE,
        "venue_id": cast.ids["library"],
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=1),
        "origin": Origin.RESIDENT,
        "created_at": clock.now(),
    } | more
    with transaction():
        appointment = Appointment(held_from=given["starts_at"], held_until=given["ends_at"], **given)
        db.session.add(appointment)
    return appointment


def change(appointment: Appointment, kind: EventKind, **columns: Any) -> None:
    """Set `columns` and append the event, in the transaction at hand."""
    if "starts_at" in columns:
        columns |= {"held_from": columns["starts_at"], "held_until": columns["ends_at"]}
    for name, value in columns.items():
        setattr(appointment, name, value)
    db.session.add(AppointmentEvent(appointment_id=appointment.id, kind=kind, at=clock.now()))
    db.session.flush()


def cancelled(appointment: Appointment, attendance: Attendance = Attendance.REVOKED) -> None:
    change(appointment, EventKind.MARKED, attendance=attendance)


def messages() -> list[Message]:
    """All messages, oldest first, as the database holds them."""
    return list(db.session.query(Message).order_by(Message.id).populate_existing())
