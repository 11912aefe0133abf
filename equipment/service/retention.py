"""Two years after a loan nobody needs to know any more who signed for a kit, or whom to call about it."""

from __future__ import annotations

from datetime import datetime

from dateutil.relativedelta import relativedelta
from sqlalchemy import select, update

from equipment.models import Handover, Reservation, ReservationState
from foundation import audit
from foundation.db import db, rows_changed

KEPT = relativedelta(months=24)


def erase_names(now: datetime) -> int:
    """Forget names and telephone numbers of loans that were due, and came back, so long ago; returns how many went.

    A loan that is still out keeps them: somebody has to be called.
    """
    limit = now - KEPT
    ended = select(Reservation.id).where(Reservation.ends_at < limit, Reservation.state != ReservationState.HANDED_OVER)
    names = update(Handover).where(
        Handover.reservation_id.in_(ended), Handover.at < limit, Handover.signed_name != ""
    )  # fmt: skip
    numbers = update(Reservation).where(Reservation.id.in_(ended), Reservation.contact_phone != "")
    erased = rows_changed(names.values(signed_name="")) + rows_changed(numbers.values(contact_phone=""))
    db.session.expire_all()
    if erased:
        audit.record("reservation.names_erased", "equipment:0", count=erased)
    return erased
