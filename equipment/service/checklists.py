"""A checklist that was gone through, as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from accounts.models import Account
from equipment.models import Condition, Direction, Handover, HandoverLine, HandoverSupply, Reservation
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
        lines=[HandoverLine(item_id=item_id, condition=conditions[item_id]) for item_id in sorted(conditions)],
        supplies=[
            HandoverSupply(label=one.label, count=checked.supplies[one.id])
            for one in reservation.kit.supplies
            if checked.supplies.get(one.id)
        ],
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made
