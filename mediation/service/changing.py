"""What every change of an appointment begins and ends with: it is locked, and what happened is appended."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select

from foundation.db import db, table_of
from mediation.models import Appointment, AppointmentEvent, Attendance, EventKind
from mediation.rules.booking import NoSuchAppointment


def locked(appointment_id: int, refusal: type[NoSuchAppointment] = NoSuchAppointment) -> Appointment:
    """The appointment as it is now, locked until the end of the transaction.

    Raises:
        NoSuchAppointment: or the `refusal` of that kind whose sentence suits who asks.
    """
    query = select(Appointment).where(Appointment.id == appointment_id).with_for_update(of=Appointment)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise refusal
    return found


def note(
    appointment: Appointment,
    kind: EventKind,
    now: datetime,
    actor_id: int | None,
    *,
    attendance: Attendance | None = None,
    from_start: datetime | None = None,
    to_start: datetime | None = None,
    reason: str = "",
) -> None:
    """Append what happened.

    Args:
        actor_id: the account that did it; None for the resident.
    """
    event = {
        "appointment_id": appointment.id, "kind": kind, "at": now, "actor_id": actor_id, "attendance": attendance,
        "from_start": from_start, "to_start": to_start, "reason": reason,
    }  # fmt: skip
    db.session.execute(_NOTED, event)


_NOTED = insert(table_of(AppointmentEvent))
