"""One reservation as the team sees it: with its names, what happened to it, its checklists, the dates beside it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.models import Account
from equipment.models import Handover, Reservation
from equipment.queries.lending import WITH_NAMES
from equipment.rules.lending import check_sees
from equipment.rules.refusals import NoSuchReservation
from foundation.db import db


def reservation_seen(reservation_id: int, viewer: Account) -> Reservation:
    """One reservation with its names, when it exists for a colleague.

    Raises:
        NoSuchReservation
    """
    query = select(Reservation).options(*WITH_NAMES, joinedload(Reservation.venue))
    found = db.session.scalar(query.where(Reservation.id == reservation_id))
    if found is None:
        raise NoSuchReservation
    check_sees(found, viewer, found.kit.structure_id)
    return found


def handovers(reservation_id: int) -> list[Handover]:
    """The checklists that were signed, in order."""
    query = select(Handover).where(Handover.reservation_id == reservation_id).order_by(Handover.id)
    return list(db.session.scalars(query))


def dates_of_series(reservation: Reservation) -> list[Reservation]:
    """The other dates of the same wish, by start."""
    if not reservation.series:
        return []
    same = (Reservation.series == reservation.series, Reservation.id != reservation.id)
    return list(db.session.scalars(select(Reservation).where(*same).order_by(Reservation.starts_at)))
