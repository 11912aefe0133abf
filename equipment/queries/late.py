"""Loans that are due, or late."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, exists, or_, select

from accounts.models import Account
from equipment.models import (
    Direction,
    Handover,
    Kit,
    Reservation,
    ReservationEvent,
    ReservationEventKind,
    ReservationState,
)
from equipment.queries.handing import units_here
from equipment.queries.lending import FOR_LISTS, WITH_NAMES
from equipment.rules.late import Late, enough_here
from foundation.db import db

_OUT = (
    select(Reservation)
    .where(Reservation.state == ReservationState.HANDED_OVER)
    .order_by(Reservation.ends_at, Reservation.id)
)


def late(viewer: Account, now: datetime) -> list[Reservation]:
    """The loans of kits within reach of a colleague that should be back, the longest overdue first."""
    query = _OUT.options(*FOR_LISTS).join(Reservation.kit).where(Reservation.ends_at <= now)
    if viewer.structure_id is not None:
        query = query.where(or_(Kit.structure_id.is_(None), Kit.structure_id == viewer.structure_id))
    return list(db.session.scalars(query))


def late_by_kit(now: datetime) -> dict[int, Late]:
    """Kit → the loan with which it is out although it was due, the last one of several.

    A kit of which enough came back in a first part serves others, and is not among them. In one query, in three when
    a part of something came back, however much is late.
    """
    partly = exists().where(Handover.reservation_id == Reservation.id, Handover.direction == Direction.BACK)
    query = (
        select(Reservation.kit_id, Reservation.id, Reservation.ends_at, Kit.minimum_units, partly)
        .join(Reservation.kit)
        .where(Reservation.state == ReservationState.HANDED_OVER, Reservation.ends_at <= now)
        .order_by(Reservation.ends_at, Reservation.id)
    )
    rows = db.session.execute(query).all()
    lessened = {kit_id for kit_id, *_rest, came in rows if came}
    here = units_here(lessened) if lessened else {}
    return {
        kit_id: Late(reservation_id, due)
        for kit_id, reservation_id, due, minimum, came in rows
        if not (came and enough_here(here[kit_id], minimum))
    }


def due_between(after: datetime, until: datetime) -> list[Reservation]:
    """Loans that are out and due back after the one and until the other, first those due first."""
    return _all(_OUT.where(Reservation.ends_at > after, Reservation.ends_at <= until))


def due_before(now: datetime) -> list[Reservation]:
    """Loans that are out although they were due, first those due first."""
    return _all(_OUT.where(Reservation.ends_at <= now))


def _all(query: Select[Reservation]) -> list[Reservation]:
    return list(db.session.scalars(query.options(*WITH_NAMES).execution_options(populate_existing=True)))


def noted(kind: ReservationEventKind, reservation_ids: Collection[int]) -> set[int]:
    """Those of the reservations to which this happened already."""
    query = select(ReservationEvent.reservation_id).where(
        ReservationEvent.kind == kind, ReservationEvent.reservation_id.in_(reservation_ids)
    )  # fmt: skip
    return set(db.session.scalars(query))
