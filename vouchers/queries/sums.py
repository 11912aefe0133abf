"""What became of the vouchers of a campaign, and of its money."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select

from foundation.db import db
from places.models import Structure
from vouchers.models import Campaign, MovementKind, Partner, Redemption, Voucher, VoucherMovement
from vouchers.queries.breakdown import breakdown
from vouchers.queries.holders import LIVE


@dataclass(frozen=True)
class Sums:
    """The sums of a campaign. A lost voucher and the one that replaces it count as one, in what is `issued`.

    Attributes:
        issued, handed_over, first_used, unused: vouchers; unused are those from which nothing was ever taken.
        live: vouchers that can still be spent.
        issued_cents: promised in all; it is left + spent + cancelled + expired.
    """

    issued: int
    handed_over: int
    first_used: int
    unused: int
    live: int
    issued_cents: int
    left_cents: int
    spent_cents: int
    cancelled_cents: int
    expired_cents: int


def sums(campaign_id: int) -> Sums:
    """The sums of a campaign as they are now."""
    replaced = select(Voucher.replaces_id).where(Voucher.replaces_id.is_not(None), Voucher.campaign_id == campaign_id)
    stands = Voucher.id.not_in(replaced)
    used = Voucher.first_used_at.is_not(None)
    counted = [
        _count(stands), _count(stands & Voucher.handed_over_at.is_not(None)), _count(stands & used),
        _count(stands & ~used),
        _count(Voucher.state.in_(LIVE)),
    ]  # fmt: skip
    taken_over = case((stands, 0), else_=Voucher.cancelled_cents)
    cents = [
        func.coalesce(func.sum(amount), 0)
        for amount in (
            Voucher.face_cents - taken_over, Voucher.left_cents, Voucher.spent_cents,
            Voucher.cancelled_cents - taken_over, Voucher.expired_cents,
        )
    ]  # fmt: skip
    row = db.session.execute(select(*counted, *cents).where(Voucher.campaign_id == campaign_id)).one()
    return Sums(*(int(value) for value in row))


def _count(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def undone_since_closing(campaign: Campaign) -> list[tuple[datetime, int]]:
    """(when, cents) of each payment that was undone after the report of a closed campaign was frozen."""
    rows = db.session.execute(
        select(VoucherMovement.at, VoucherMovement.amount_cents)
        .where(VoucherMovement.campaign_id == campaign.id, VoucherMovement.kind == MovementKind.UNDONE)
        .where(VoucherMovement.at > campaign.closed_at)
        .order_by(VoucherMovement.id)
    )
    return [(at, cents) for at, cents in rows]


def report_of(campaign: Campaign) -> dict[str, Any]:
    """What is kept of a campaign when it closes, ready for JSON: its sums, and what each partner was
    paid, and whom it reached."""
    paid = (
        select(Structure.name, func.count(), func.sum(Redemption.amount_cents))
        .select_from(Redemption)
        .join(Voucher, Voucher.id == Redemption.voucher_id)
        .outerjoin(Partner, Partner.id == Redemption.partner_id)
        .outerjoin(Structure, Structure.id == Partner.structure_id)
        .where(Voucher.campaign_id == campaign.id, Redemption.undone_at.is_(None))
        .group_by(Structure.name)
        .order_by(Structure.name)
    )
    partners = [
        {"name": name or "", "redemptions": count, "cents": int(cents)}
        for name, count, cents in db.session.execute(paid)
    ]
    return {
        **asdict(sums(campaign.id)), **breakdown(campaign.id), "budget_cents": campaign.budget_cents,
        "partners": partners,
    }  # fmt: skip
