"""What a kit has been through: the last loans that ended, and what happened last to its devices."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from accounts.models import Account
from equipment.models import Item, ItemEvent, Reservation, ReservationState
from equipment.queries.lending import WITH_NAMES
from foundation.db import db

LOANS, EVENTS = 6, 12


@dataclass(frozen=True)
class Happened:
    """One thing that happened to a device of a kit, and who noted it."""

    event: ItemEvent
    code: str
    kind: str
    name: str


def loans_of(kit_id: int) -> list[Reservation]:
    """The last that came back, the latest first."""
    query = select(Reservation).options(*WITH_NAMES).where(Reservation.kit_id == kit_id)
    back = query.where(Reservation.state == ReservationState.RETURNED)
    return list(db.session.scalars(back.order_by(Reservation.starts_at.desc()).limit(LOANS)))


def events_of(kit_id: int) -> list[Happened]:
    """What was last noted of its devices, the latest first."""
    query = (
        select(ItemEvent, Item.code, Item.kind, func.coalesce(Account.name, ""))
        .join(ItemEvent.item)
        .outerjoin(Account, Account.id == ItemEvent.actor_id)
        .where(Item.kit_id == kit_id)
        .order_by(ItemEvent.id.desc())
        .limit(EVENTS)
    )
    return [Happened(*row) for row in db.session.execute(query)]
