"""A checklist that was gone through, as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from accounts.models import Account
from equipment.models import Condition, Direction, Handover, HandoverLine, HandoverSupply, Item, Reservation
from equipment.rules.handing import Checked
from foundation.db import db


def written(
    reservation: Reservation, direction: Direction, checked: Checked, conditions: Mapping[int, Condition],
    actor: Account, now: datetime, request_key: str,
) -> Handover:  # fmt: skip
    """Write a checklist down as it was gone through; `conditions` are those that count."""
    made = Handover(
        request_key=request_key, reservation_id=reservation.id, direction=direction, at=now, by_id=actor.id,
        signed_name=checked.signed_name.strip(), note=checked.note.strip(),
        lines=_lines(conditions),
        supplies=[
            HandoverSupply(label=one.label, count=checked.supplies[one.id])
            for one in reservation.kit.supplies
            if checked.supplies.get(one.id)
        ],
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def _lines(conditions: Mapping[int, Condition]) -> list[HandoverLine]:
    """With what stands on each device today: a paper that somebody signed does not change with the register."""
    items = db.session.scalars(select(Item).where(Item.id.in_(conditions)).order_by(Item.id))
    return [
        HandoverLine(
            item_id=one.id, condition=conditions[one.id], code=one.code, kind=one.kind, label=one.label,
            serial_number=one.serial_number,
        )
        for one in items
    ]  # fmt: skip
