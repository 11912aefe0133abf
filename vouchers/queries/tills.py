"""What one partner took: on a day, one by one, and what was refused at its counter. Never what another one took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import joinedload

from foundation import clock
from foundation.db import db
from foundation.period import at_wall_time
from vouchers.models import MovementKind, Partner, Redemption, RefusedTry, Voucher, VoucherMovement
from vouchers.queries.counters import id_by_code
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


@dataclass(frozen=True)
class PaidBefore:
    """What a voucher has paid at this counter and still pays, oldest first; of others only that there was something."""

    here: list[Redemption]
    elsewhere: bool


def paid_before(partner_id: int, voucher_id: int) -> PaidBefore:
    """As much of what a voucher has paid as a partner may know: what it took itself."""
    paid = select(Redemption).where(Redemption.voucher_id == voucher_id, Redemption.undone_at.is_(None))
    found = list(db.session.scalars(paid.order_by(Redemption.id)))
    here = [one for one in found if one.partner_id == partner_id]
    return PaidBefore(here, elsewhere=len(here) < len(found))


def taken_of(partner_id: int, code: str) -> list[Redemption]:
    """What this partner took of the voucher with this code, already read, and did not undo."""
    voucher_id = id_by_code(code)
    return taken_with(partner_id, voucher_id) if voucher_id else []


def sold_before(serial: str) -> Redemption | None:
    """The last payment, anywhere, of a device with this number, already read, that was not undone."""
    query = select(Redemption).where(Redemption.serial == serial, Redemption.undone_at.is_(None))
    return db.session.scalar(query.order_by(Redemption.id.desc()).limit(1))


def left_after(redemption: Redemption) -> int:
    """Cents on the voucher just after this payment, or after it was undone, as its ledger says, whatever came later.

    What an undone payment passed on to the budget, or to the voucher that took its place, is written at the same
    instant.
    """
    ends = func.max if redemption.undone_at else func.min
    mine = select(ends(VoucherMovement.id)).where(VoucherMovement.redemption_id == redemption.id)
    passed_on = and_(
        VoucherMovement.at == redemption.undone_at,
        VoucherMovement.kind.in_([MovementKind.CANCELLED, MovementKind.EXPIRED, MovementKind.REPLACED]),
    )
    amount = VoucherMovement.amount_cents
    signed = case((VoucherMovement.kind.in_(GIVES), amount), (VoucherMovement.kind.in_(TAKES), -amount), else_=0)
    query = select(func.sum(signed)).where(
        VoucherMovement.voucher_id == redemption.voucher_id,
        or_(VoucherMovement.id <= mine.scalar_subquery(), passed_on),
    )
    return db.session.scalar(query) or 0


def went_on(redemption: Redemption) -> bool:
    """Whether an undone payment is on the voucher that took the place of the one that paid, or was."""
    kinds = select(VoucherMovement.kind).where(VoucherMovement.redemption_id == redemption.id)
    told = set(db.session.scalars(kinds))
    return MovementKind.ISSUED in told and not told & {MovementKind.CANCELLED, MovementKind.EXPIRED}


def guesses(partner_id: int, address: str, now: datetime) -> tuple[list[datetime], list[datetime]]:
    """When codes were refused as guesses lately, latest first: at any till of a partner; from one network address.

    Args:
        address: as it is kept.
    """
    rows = db.session.execute(_GUESSES, {"partner_id": partner_id, "address": address, "since": now - LONGEST}).all()
    return [row.at for row in rows if row.partner_id == partner_id], [row.at for row in rows if row.address == address]


_GUESSES = (
    select(RefusedTry.at, RefusedTry.partner_id, RefusedTry.address)
    .where(
        or_(RefusedTry.partner_id == bindparam("partner_id"), RefusedTry.address == bindparam("address")),
        RefusedTry.at > bindparam("since"),
        RefusedTry.reason.in_(sorted(GUESSES)),
    )
    .order_by(RefusedTry.at.desc())
    .limit(MOST)
)
