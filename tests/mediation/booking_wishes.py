"""What the tests of booking wish for, and the state of things they compare."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from activity.models import Channel
from agenda.models import Hold
from foundation.audit import AuditEntry
from foundation.db import db, in_transaction
from foundation.outbox.models import Message
from mediation.models import Appointment, AppointmentEvent, Origin
from mediation.rules.booking import Booking, Newcomer
from mediation.service import booking as verbs
from people.models import Person
from tests.cast import NOW

NEWCOMER = Newcomer("Ali", "Ben Salah", phone="+33612345678")
TEN = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
"""Thursday, ten o'clock on the town's wall clock; the doors open at nine."""


def local(hour: int, minute: int = 0, day: int = 12) -> datetime:
    """A time of March 2026 on the wall clock of the cast's town (UTC+1 until the 29th)."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - timedelta(hours=1)


def wish(cast: Any, **changes: Any) -> Booking:
    """Half an hour of paperwork at the library, Thursday at ten, asked for by a resident."""
    usual = Booking(
        service_id=cast.ids["paperwork"],
        starts_at=TEN,
        channel=Channel.VENUE,
        venue_id=cast.ids["library"],
        origin=Origin.RESIDENT,
        newcomer=NEWCOMER,
    )
    return replace(usual, **changes)


def booked(cast: Any, actor_id: int | None = None, now: datetime = NOW, **changes: Any) -> Appointment:
    """One appointment, committed."""
    wanted = wish(cast, **changes)
    return in_transaction(lambda: verbs.book(wanted, now=now, actor_id=actor_id))


def counts() -> dict[str, int]:
    """How many rows there are of all that a booking writes."""
    return {
        model.__tablename__: db.session.scalar(select(func.count()).select_from(model)) or 0
        for model in (Appointment, AppointmentEvent, Hold, Person, Message, AuditEntry)
    }


def held(appointment: Appointment) -> list[tuple[int, datetime, datetime]]:
    """What the ledger of time holds for it: resource, from, until."""
    rows = db.session.execute(
        select(Hold.resource_id, Hold.starts_at, Hold.ends_at)
        .where(Hold.reference == appointment.reference)
        .order_by(Hold.resource_id)
    )
    return [tuple(row) for row in rows]
