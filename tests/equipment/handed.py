"""What tests of hand-over and return begin with: a loan that is due to go out, checklists, kits that are out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from accounts.models import Account
from equipment.models import Condition, Handover, HandoverLine, Item, Reservation, ReservationEvent
from equipment.rules.handing import Checked
from equipment.rules.lending import Wish
from equipment.service import handing
from foundation.db import db, in_transaction
from tests.cast import Cast
from tests.equipment.given import host_of_school, kit, morning, reserved

START, DUE = morning().start, morning().end
"""Tuesday 17 March, from nine to noon in town."""
WORKING = Condition.WORKING


def loan(cast: Cast, *, wish: Wish | None = None, **changes: Any) -> Reservation:
    """Three tablets that a teacher has reserved for Tuesday morning; `changes` are of the kit."""
    return reserved(kit(**changes).id, morning(), host_of_school(cast).id, wish)


def items_of(reservation: Reservation) -> list[int]:
    """The devices of its kit, by label."""
    found = list(db.session.scalars(select(Item.id).where(Item.kit_id == reservation.kit_id).order_by(Item.code)))
    db.session.rollback()
    return found


def all_of(reservation: Reservation, **otherwise: Condition) -> dict[int, Condition]:
    """All devices at work, but for what is said by number: `_1=Condition.MISSING` is the second."""
    ids = items_of(reservation)
    return dict.fromkeys(ids, WORKING) | {ids[int(name[1:])]: condition for name, condition in otherwise.items()}


def checked(conditions: Mapping[int, Condition], **more: Any) -> Checked:
    return Checked(conditions, **({"signed_name": "Bruno Lacaze"} | more))


def out(
    cast: Cast, reservation: Reservation, *, now: datetime = START, key: str = "", by: str = "mediator", **more: Any
) -> Handover:
    """Handed over by the verb, with all that works unless `conditions` say otherwise."""
    conditions = more.pop("conditions", None)
    wanted = checked(all_of(reservation) if conditions is None else conditions, **more)
    return _done(handing.hand_over, cast, reservation, wanted, now, key or f"out {reservation.id}", by)


def back(
    cast: Cast, reservation: Reservation, *, now: datetime = DUE, key: str = "", by: str = "mediator", **more: Any
) -> Handover:
    """Taken back by the verb, with all at work unless `conditions` say otherwise."""
    conditions = more.pop("conditions", None)
    wanted = checked(all_of(reservation) if conditions is None else conditions, **more)
    return _done(handing.take_back, cast, reservation, wanted, now, key or f"back {reservation.id}", by)


def _done(verb: Any, cast: Cast, reservation: Reservation, wanted: Checked, now: datetime, key: str, by: str) -> Any:
    actor_id, reservation_id = cast.ids[by], reservation.id
    return in_transaction(
        lambda: verb(reservation_id, wanted, db.session.get_one(Account, actor_id), now=now, request_key=key)
    )


def lent(cast: Cast, *, by: str = "mediator", **changes: Any) -> Reservation:
    """The same loan, out since nine on Tuesday."""
    made = loan(cast, **changes)
    out(cast, made, by=by)
    return made


def lines(handover: Handover) -> list[tuple[int, Condition]]:
    """(device, condition) of a checklist, by device."""
    query = select(HandoverLine.item_id, HandoverLine.condition).where(HandoverLine.handover_id == handover.id)
    found = [(item_id, condition) for item_id, condition in db.session.execute(query.order_by(HandoverLine.item_id))]
    db.session.rollback()
    return found


def kinds(reservation: Reservation) -> list[str]:
    """What happened to it, in order."""
    query = select(ReservationEvent.kind).where(ReservationEvent.reservation_id == reservation.id)
    found = [kind.value for kind in db.session.scalars(query.order_by(ReservationEvent.id))]
    db.session.rollback()
    return found


def condition_of(item_id: int) -> Condition:
    found = db.session.scalars(select(Item.condition).where(Item.id == item_id)).one()
    db.session.rollback()
    return found
