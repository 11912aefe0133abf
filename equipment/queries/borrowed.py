"""What belongs to a reservation of a borrower: its other dates, its checklists, what was reported about it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from equipment.models import Handover, Incident, Item, Reservation
from foundation.db import db


def dates_of_series(reservation: Reservation) -> list[Reservation]:
    """All dates of one recurring wish, this one among them, by start; none when it was a single one."""
    if not reservation.series:
        return []
    query = select(Reservation).options(joinedload(Reservation.kit)).where(Reservation.series == reservation.series)
    return list(db.session.scalars(query.order_by(Reservation.starts_at)))


def handovers_of(reservation: Reservation) -> list[Handover]:
    """Each time it changed hands, in order."""
    query = select(Handover).where(Handover.reservation_id == reservation.id)
    return list(db.session.scalars(query.order_by(Handover.id)))


def incidents_of(reservation: Reservation) -> list[Incident]:
    """What was reported about it, in order."""
    query = select(Incident).options(joinedload(Incident.item)).where(Incident.reservation_id == reservation.id)
    return list(db.session.scalars(query.order_by(Incident.id)))


def items_of(kit_id: int) -> list[Item]:
    """The devices of a kit that have not left for good, by their label."""
    query = select(Item).where(Item.kit_id == kit_id, Item.retired_on.is_(None))
    return list(db.session.scalars(query.order_by(Item.code)))


def codes(reservation_ids: Collection[int]) -> dict[int, str]:
    """The codes that stand in the addresses of reservations, by id."""
    query = select(Reservation.id, Reservation.code).where(Reservation.id.in_(reservation_ids))
    return {id_: code for id_, code in db.session.execute(query)} if reservation_ids else {}
