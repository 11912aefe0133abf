"""What one partner took: on a day, one by one, and what was refused at its counter. Never what another one took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import joinedload

from foundation import clock
from foundation.db import db
from foundation.period import at_wall_time
from vouchers.models import MovementKind, Partner, Redemption, RefusedTry, Voucher, VoucherMovement
from vouchers.rules.guessing import GUESSES, LONGEST, MOST
from vouchers.rules.refusals import NoSuchRedemption

SHOWN = 200
GIVES = {MovementKind.ISSUED, MovementKind.UNDONE}
TAKES = {MovementKind.REDEEMED, MovementKind.CANCELLED, MovementKind.EXPIRED, MovementKind.REPLACED}


@dataclass(frozen=True)
class Taken:
    """What a counter took on one day; the total is of what was not undone."""

    rows: list[Redemption]
    total_cents: int


def partner_of_structure(structure_id: int | None) -> Partner | None:
    """The partner that a structure is, under agreement or not."""
    return db.session.scalar(select(Partner).where(Partner.structure_id == structure_id))


def taken_on(partner_id: int, day: date) -> Taken:
    """Latest first."""
    zone = clock.territory_zone()
    begins, ends = (at_wall_time(one, time(), zone) for one in (day, day + timedelta(days=1)))
    query = _with_names().where(Redemption.partner_id == partner_id, Redemption.at >= begins, Redemption.at < ends)
    rows = list(db.session.scalars(query.order_by(Redemption.at.desc(), Redemption.id.desc()).limit(SHOWN)))
    return Taken(rows, sum(one.amount_cents for one in rows if one.undone_at is None))


def _with_names() -> Select[Redemption]:
    voucher = joinedload(Redemption.voucher, innerjoin=True)
    return select(Redemption).options(
        voucher.joinedload(Voucher.person, innerjoin=True), voucher.joinedload(Voucher.campaign, innerjoin=True)
    )


def redemption_of(partner_id: int, redemption_id: int) -> Redemption:
    """One that this partner took.

    Raises:
        NoSuchRedemption: of another one too.
    """
    query = _with_names().options(joinedload(Redemption.undone_by))
    found = db.session.scalar(query.where(Redemption.id == redemption_id, Redemption.partner_id == partner_id))
    if found is None:
        raise NoSuchRedemption
    return found


def sent_with(partner_id: int, request_key: str) -> int | None:
    """The redemption that a page of this partner made already."""
    query = select(Redemption.id).where(Redemption.request_key == request_key, Redemption.partner_id == partner_id)
    return db.session.scalar(query)


def taken_with(partner_id: int, voucher_id: int) -> list[Redemption]:
    """What this partner took of a voucher and did not undo, oldest first."""
    query = select(Redemption).where(
        Redemption.voucher_id == voucher_id, Redemption.partner_id == partner_id, Redemption.undone_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(Redemption.id)))


def left_after(redemption: Redemption) -> int:
    """Cents on the voucher just after this payment, as its ledger says, whatever came later."""
    mine = select(func.min(VoucherMovement.id)).where(VoucherMovement.redemption_id == redemption.id)
    amount = VoucherMovement.amount_cents
    signed = case((VoucherMovement.kind.in_(GIVES), amount), (VoucherMovement.kind.in_(TAKES), -amount), else_=0)
    query = select(func.sum(signed)).where(
        VoucherMovement.voucher_id == redemption.voucher_id, VoucherMovement.id <= mine.scalar_subquery()
    )
    return db.session.scalar(query) or 0


def guesses_of_partner(partner_id: int, now: datetime) -> list[datetime]:
    """When codes were refused as guesses lately at any till of a partner, latest first."""
    return _guesses(RefusedTry.partner_id == partner_id, now)


def guesses_from(address: str, now: datetime) -> list[datetime]:
    """The same from one network address, as it is kept."""
    return _guesses(RefusedTry.address == address, now)


def _guesses(whose: ColumnElement[bool], now: datetime) -> list[datetime]:
    query = select(RefusedTry.at).where(whose, RefusedTry.at > now - LONGEST, RefusedTry.reason.in_(GUESSES))
    return list(db.session.scalars(query.order_by(RefusedTry.at.desc()).limit(MOST)))
