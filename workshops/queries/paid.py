"""Which registrations are paid with units of a training voucher."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from foundation.db import db
from vouchers.queries.acts import paid_for
from workshops.models import Registration, RegistrationState, SessionState, UnitsPromised, WorkshopSession


@dataclass(frozen=True)
class Payment:
    """Units that pay a registration: paid already, or when its seats are given."""

    units: int
    paid: bool


def promised(registration_id: int) -> UnitsPromised | None:
    """The voucher that pays a registration, or will."""
    return db.session.get(UnitsPromised, registration_id)


def payment_of(registration: Registration) -> Payment | None:
    """What is paid in units, or will be; None when nothing is, also when the units were given back."""
    if paid := paid_for(registration.reference):
        return Payment(paid.units, paid=True)
    found = promised(registration.id)
    waits = registration.state in {RegistrationState.WAITING, RegistrationState.OFFERED}
    return Payment(found.units, paid=False) if found and waits else None


def first_start(registration: Registration) -> datetime | None:
    """When the first session began, or begins, that a registration paid for; None when none takes place."""
    query = select(func.min(WorkshopSession.starts_at)).where(WorkshopSession.state != SessionState.CANCELLED)
    if registration.session_id is not None:
        return db.session.scalar(query.where(WorkshopSession.id == registration.session_id))
    paid = paid_for(registration.reference)
    since = WorkshopSession.starts_at > (paid.at if paid else registration.created_at)
    return db.session.scalar(query.where(WorkshopSession.programme_id == registration.programme_id, since))
