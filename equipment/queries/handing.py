"""What is out of kits, with whom, and what was written down when it went and came."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Account
from equipment.models import (
    Condition,
    Direction,
    Handover,
    HandoverLine,
    HandoverSupply,
    Item,
    Kit,
    Reservation,
    ReservationState,
)
from equipment.queries.lending import WITH_NAMES
from equipment.rules.lending import check_sees
from equipment.rules.refusals import NoSuchReservation
from foundation.db import db

PER_QUERY = 500
SCANNED_AHEAD = timedelta(hours=12)
"""So long before a loan, a device that is scanned is taken to be prepared for it."""


def by_request_key(request_key: str) -> Handover | None:
    return db.session.scalar(select(Handover).where(Handover.request_key == request_key))


def items_of(kit_id: int) -> list[Item]:
    """The devices of a kit that have not left for good, by label."""
    query = select(Item).where(Item.kit_id == kit_id, Item.condition != Condition.RETIRED)
    return list(db.session.scalars(query.order_by(Item.kind, Item.code).execution_options(populate_existing=True)))


def went_with(reservation_id: int) -> frozenset[int]:
    """The devices that went out with a loan, back or not."""
    query = select(HandoverLine.item_id).join(Handover, Handover.id == HandoverLine.handover_id)
    out = query.where(Handover.reservation_id == reservation_id, Handover.direction == Direction.OUT)
    return frozenset(db.session.scalars(out))


def came_back_flat(reservation_id: int) -> bool:
    """Whether a part of it did."""
    query = select(Handover.id).where(Handover.reservation_id == reservation_id, Handover.came_back_flat)
    return db.session.scalar(query.limit(1)) is not None


def outstanding(reservation_ids: Collection[int]) -> dict[int, dict[int, Condition]]:
    """Reservation → item → how it was when it went, of all that is still out of these loans."""
    return _out(Reservation.id.in_(reservation_ids)) if reservation_ids else {}


def out_of_kit(kit_id: int) -> dict[int, dict[int, Condition]]:
    """The same of the devices of a kit, whichever loan has them."""
    mine = select(Item.id).where(Item.kit_id == kit_id)
    return _out(HandoverLine.item_id.in_(mine), Reservation.state == ReservationState.HANDED_OVER)


def out_among(item_ids: Collection[int]) -> frozenset[int]:
    """Those of these devices that a loan has with it, of whichever kit they are by now."""
    listed: list[int] = sorted(item_ids)
    found: set[int] = set()
    for start in range(0, len(listed), PER_QUERY):
        mine = HandoverLine.item_id.in_(listed[start : start + PER_QUERY])
        for items in _out(mine, Reservation.state == ReservationState.HANDED_OVER).values():
            found |= items.keys()
    return frozenset(found)


def left_out(reservation_ids: Collection[int]) -> dict[int, list[str]]:
    """Loan → the labels of what is still out of it, of loans of which a part came back. In at most two queries."""
    partly = select(Handover.reservation_id).where(
        Handover.direction == Direction.BACK, Handover.reservation_id.in_(reservation_ids)
    )  # fmt: skip
    found = _out(Reservation.state == ReservationState.HANDED_OVER, Reservation.id.in_(partly))
    wanted = {item_id for items in found.values() for item_id in items}
    if not wanted:
        return {}
    codes = {id_: code for id_, code in db.session.execute(select(Item.id, Item.code).where(Item.id.in_(wanted)))}
    return {one: sorted(codes[item_id] for item_id in items) for one, items in found.items()}


def out_after(handover: Handover) -> list[str]:
    """The labels of what was out of its loan once this was written down, as they went out, by kind."""
    found = _out(Handover.reservation_id == handover.reservation_id, Handover.id <= handover.id)
    query = select(HandoverLine.code).join(Handover, Handover.id == HandoverLine.handover_id)
    query = query.where(Handover.reservation_id == handover.reservation_id, Handover.direction == Direction.OUT)
    mine = HandoverLine.item_id.in_(found.get(handover.reservation_id, ()))
    return list(db.session.scalars(query.where(mine).order_by(HandoverLine.kind, HandoverLine.code)))


def _out(*conditions: ColumnElement[bool]) -> dict[int, dict[int, Condition]]:
    query = (
        select(Reservation.id, HandoverLine.item_id, Handover.direction, HandoverLine.condition)
        .join(Handover, Handover.reservation_id == Reservation.id)
        .join(HandoverLine, HandoverLine.handover_id == Handover.id)
        .where(*conditions)
        .order_by(Handover.id, HandoverLine.item_id)
    )
    found: dict[int, dict[int, Condition]] = {}
    for reservation_id, item_id, direction, condition in db.session.execute(query):
        mine = found.setdefault(reservation_id, {})
        if direction is Direction.OUT:
            mine[item_id] = condition
        else:
            mine.pop(item_id, None)
    return {reservation_id: items for reservation_id, items in found.items() if items}


def supplies_out(reservation_id: int) -> dict[str, int]:
    """Label of a supply → how many went and have not come back."""
    query = (
        select(HandoverSupply.label, Handover.direction, func.sum(HandoverSupply.count))
        .join(Handover, Handover.id == HandoverSupply.handover_id)
        .where(Handover.reservation_id == reservation_id)
        .group_by(HandoverSupply.label, Handover.direction)
    )
    found: dict[str, int] = {}
    for label, direction, count in db.session.execute(query):
        found[label] = found.get(label, 0) + (count if direction is Direction.OUT else -count)
    return {label: count for label, count in found.items() if count > 0}


def units_here(kit_ids: Collection[int]) -> dict[int, int]:
    """Kit → how many of its working units no loan has with it. In two queries for any number of kits."""
    mine = HandoverLine.item_id.in_(select(Item.id).where(Item.kit_id.in_(kit_ids)))
    loans = _out(mine, Reservation.state == ReservationState.HANDED_OVER).values()
    out = {item_id for items in loans for item_id in items}
    query = select(Kit.id, Item.id).join(Item, (Item.kit_id == Kit.id) & (Item.kind == Kit.unit_kind))
    units = db.session.execute(query.where(Kit.id.in_(kit_ids), Item.condition == Condition.WORKING))
    found = dict.fromkeys(kit_ids, 0)
    for kit_id, item_id in units:
        found[kit_id] += item_id not in out
    return found


def handover_seen(handover_id: int, viewer: Account) -> Handover:
    """A hand-over or a return, for staff within reach of the kit and for the place that borrowed it.

    Raises:
        NoSuchReservation
    """
    query = (
        select(Handover)
        .options(
            joinedload(Handover.reservation).options(*WITH_NAMES),
            joinedload(Handover.by),
            selectinload(Handover.lines),
            selectinload(Handover.supplies),
        )
        .where(Handover.id == handover_id)
    )
    found = db.session.scalar(query)
    if found is None:
        raise NoSuchReservation
    check_sees(found.reservation, viewer, found.reservation.kit.structure_id)
    return found


def open_loan_of(item: Item, now: datetime) -> Reservation | None:
    """The loan whose checklist this device is on now: one that has it out, or one of its kit that is about to begin."""
    for reservation_id, items in out_of_kit(item.kit_id).items() if item.kit_id else ():
        if item.id in items:
            return db.session.get(Reservation, reservation_id)
    query = select(Reservation).where(
        Reservation.kit_id == item.kit_id,
        Reservation.state == ReservationState.APPROVED,
        Reservation.starts_at <= now + SCANNED_AHEAD,
        Reservation.ends_at > now,
    )
    return db.session.scalar(query.order_by(Reservation.starts_at).limit(1))
