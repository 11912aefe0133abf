"""What was told of the use of a kit, told better afterwards: figures are made of it."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Account
from equipment.models import Reservation, ReservationEventKind, ReservationState
from equipment.rules.handing import check_may_hand, check_use
from equipment.rules.unhandable import NotHandedOver
from equipment.service import lending
from equipment.service.noting import note
from foundation import audit
from foundation.db import db


def correct_use(
    reservation_id: int, minutes: int | None, heads: int | None, actor: Account, *, now: datetime
) -> Reservation:  # fmt: skip
    """Write how long the kit was in use, and by how many. What was written before stays in the history.

    Args:
        minutes: in their hands, all days together; None: nobody knows.

    Raises:
        NoSuchReservation, NotHandedOver: it has not come back, BadCount
    """
    reservation = lending.locked(reservation_id)
    check_may_hand(reservation, actor)
    if reservation.state is not ReservationState.RETURNED:
        raise NotHandedOver
    check_use(minutes, heads, max(one.at for one in reservation.handovers) - reservation.starts_at)
    before, after = (reservation.minutes_in_use, reservation.head_count), (minutes, heads or 0)
    if before == after:
        return reservation
    reservation.minutes_in_use, reservation.head_count = after
    note(reservation, ReservationEventKind.CHANGED, now, actor.id, f"{_told(before)} → {_told(after)}")
    audit.record("reservation.use_corrected", reservation.reference, actor_id=actor.id)
    db.session.flush()
    return reservation


def _told(use: tuple[int | None, int]) -> str:
    """`90 min × 24`, in no language."""
    minutes, heads = use
    return f"{'–' if minutes is None else minutes} min × {heads}"
