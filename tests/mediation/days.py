"""A day of the cast's mediator: appointments with their holds, and the clock stopped at ten on that Tuesday."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from flask import Flask

from accounts.models import Account
from agenda import service as agenda
from agenda.models import Hold
from foundation.db import db, transaction
from mediation.models import (
    ActivityKind,
    Appointment,
    AppointmentEvent,
    Attendance,
    Channel,
    Origin,
    Theme,
)
from mediation.rules.records import Draft
from tests.cast import Cast

TEN = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
"""Ten o'clock on the town's wall clock."""


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def at(instant: datetime = TEN) -> Any:
    """Stop the clock at `instant`."""
    return time_machine.travel(instant, tick=False)


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


def draft(cast: Cast, **more: Any) -> Draft:
    """What was done for the resident in the hour before ten."""
    given = {
        "kind": ActivityKind.INDIVIDUAL,
        "started_at": TEN - minutes(60),
        "duration_minutes": 45,
        "venue_id": cast.ids["library"],
        "service_id": cast.ids["first_steps"],
        "themes": frozenset({Theme.DEVICE_START}),
        "person_ids": (cast.ids["resident"],),
    } | more
    return Draft(**given)


def together(app: Flask, acts: list[Callable[[], object]]) -> list[Exception | None]:
    """Run each act in its own thread, all at once; returns what each raised."""
    raised: list[Exception | None] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(index):
        with app.app_context():
            start.wait()
            try:
                acts[index]()
            except Exception as error:
                raised[index] = error
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    return raised
