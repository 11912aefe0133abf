"""The loan that whoever scans a label has in hand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from accounts.models import Account
from equipment.models import Reservation, ReservationState
from equipment.queries.handing import SCANNED_AHEAD
from foundation.db import db


def borrowed_by(account: Account, kit_id: int) -> Reservation | None:
    """The loan with which the school or the home of a host has a kit now."""
    if account.school_id is None and account.care_home_id is None:
        return None
    here = Reservation.school_id == account.school_id
    if account.school_id is None:
        here = Reservation.care_home_id == account.care_home_id
    query = select(Reservation).where(Reservation.kit_id == kit_id, here)
    out = query.where(Reservation.state == ReservationState.HANDED_OVER)
    return db.session.scalar(out.order_by(Reservation.starts_at.desc()).limit(1))


def at_hand(kit_id: int, now: datetime) -> Reservation | None:
    """The loan that a kit is out with, or that is about to begin."""
    soon = (
        (Reservation.state == ReservationState.APPROVED)
        & (Reservation.starts_at <= now + SCANNED_AHEAD)
        & (Reservation.ends_at > now)
    )
    query = select(Reservation).where(
        Reservation.kit_id == kit_id, or_(Reservation.state == ReservationState.HANDED_OVER, soon)
    )
    return db.session.scalar(query.order_by(Reservation.starts_at).limit(1))
