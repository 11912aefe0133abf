"""What has a kit after a loan: the next hold on it, and who was promised it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from agenda.models import Hold
from equipment.models import Kit, Reservation, ReservationState
from foundation.db import db


def next_hold(reservation: Reservation) -> datetime | None:
    """When something else has the kit of a loan after it; None when nothing has."""
    resource_id = select(Kit.resource_id).where(Kit.id == reservation.kit_id).scalar_subquery()
    query = select(func.min(Hold.starts_at)).where(
        Hold.resource_id == resource_id,
        Hold.reference != reservation.reference,
        Hold.starts_at >= reservation.starts_at,
    )
    return db.session.scalar(query)


def promised(reservation: Reservation, now: datetime, until: datetime) -> list[Reservation]:
    """The loans of the same kit after this one that are not over and begin before `until`, by start."""
    query = select(Reservation).where(
        Reservation.kit_id == reservation.kit_id,
        Reservation.state.in_((ReservationState.REQUESTED, ReservationState.APPROVED)),
        Reservation.starts_at > reservation.starts_at,
        Reservation.starts_at < until,
        Reservation.ends_at > now,
    )
    return list(db.session.scalars(query.order_by(Reservation.starts_at)))
