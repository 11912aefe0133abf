"""What a person gets of payments made with their vouchers, when they ask for all that is kept of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from foundation.db import db
from vouchers.models import Redemption, Voucher


def payments(person_id: int) -> list[dict[str, Any]]:
    """When, at whose counter, how much of which price, and what was bought."""
    query = select(Redemption).join(Redemption.voucher).options(joinedload(Redemption.partner))
    return [
        {
            "at": one.at.isoformat(), "voucher_id": one.voucher_id, "amount_cents": one.amount_cents,
            "price_cents": one.price_cents, "partner": one.partner.structure.name if one.partner else "",
            "device": one.device_kind, "serial": one.serial, "units": one.units,
            "undone_at": one.undone_at.isoformat() if one.undone_at else None,
        }
        for one in db.session.scalars(query.where(Voucher.person_id == person_id).order_by(Redemption.id))
    ]  # fmt: skip
