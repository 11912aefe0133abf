"""What was paid with vouchers for the acts of other rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from foundation.db import db
from vouchers.models import Redemption


@dataclass(frozen=True)
class Paid:
    """Units that stand, given back to nobody."""

    redemption_id: int
    units: int
    at: datetime


def paid_for(act: str) -> Paid | None:
    """What stands paid without partner for an act, e.g. `registration:5`."""
    query = select(Redemption.id, Redemption.units, Redemption.at).where(
        Redemption.act == act, Redemption.partner_id.is_(None), Redemption.undone_at.is_(None)
    )
    row = db.session.execute(query.order_by(Redemption.id.desc())).first()
    return None if row is None else Paid(*row)
