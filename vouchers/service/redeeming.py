"""Vouchers taken in payment: at a partner's counter, or for an act of the town itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm.attributes import set_committed_value

from foundation import audit
from foundation.db import append, db, explain_constraint
from vouchers.models import Campaign, MovementKind, Offer, Redemption, Voucher
from vouchers.queries.counters import Shown, check_taken, ids_by_code, shown
from vouchers.rules.codes import read_voucher_code
from vouchers.rules.refusals import NothingLeft, NotTakenHere, SentTwice
from vouchers.rules.statements import after_stated
from vouchers.rules.states import Bought, Device, Terms, amount_of, check_valid, serial_of, state_after
from vouchers.service import stock
from vouchers.service.days import day_of
from vouchers.service.ledger import line, locked_voucher, shift_budget, shift_voucher

explain_constraint("uq_redemption_request_key", SentTwice)


@dataclass(frozen=True)
class Payment:
    """What is paid with a voucher. Without partner it is an act of the town itself, named by its reference.

    Attributes:
        code: as it was typed or scanned.
        request_key: of the page that sends it: however often it comes, it is paid once.
        partner_id: whose counter it is; only training is paid without.
        act: what another room sold for it, e.g. `registration:5`.
    """

    code: str
    bought: Bought
    request_key: str
    partner_id: int | None = None
    act: str = ""


def look(code: str, partner_id: int | None, *, now: datetime) -> Shown:
    """What this counter sees of a voucher before it is taken; nothing is written.

    Raises:
        Mistyped, NotTakenHere, NoAgreement, and what `check_valid` refuses
    """
    voucher = db.session.get_one(Voucher, _found(code)[0])
    today = day_of(now)
    check_taken(voucher.campaign, partner_id, today)
    check_valid(voucher, voucher.card.state, Terms.of(voucher.campaign), today)
    return shown(voucher)


def redeem(payment: Payment, *, now: datetime, actor_id: int | None = None) -> Redemption:
    """Take a voucher in payment. The same `request_key` is answered with what it did the first time.

    Args:
        actor_id: the account at the till; None for a resident who registers.

    Raises:
        Mistyped, NotTakenHere, NoAgreement, SentTwice, and what `check_valid` and `amount_of` refuse
    """
    campaign, voucher, card = locked_voucher(*_found(payment.code))
    if already := db.session.scalar(_PAID_WITH, {"request_key": payment.request_key}):
        return _the_same(db.session.get_one(Redemption, already), voucher, payment)
    today = day_of(now)
    stated_until = check_taken(campaign, payment.partner_id, today, locked=True)
    terms = Terms.of(campaign)
    check_valid(voucher, card, terms, today)
    amount = amount_of(payment.bought, voucher.left_cents, terms, today)
    if amount < 1:
        raise NothingLeft
    return _take(campaign, voucher, payment, amount, after_stated(now, stated_until), actor_id)


def _found(code: str) -> tuple[int, int]:
    """The voucher and its campaign. Raises: Mistyped, NotTakenHere"""
    found = ids_by_code(read_voucher_code(code))
    if found is None:
        raise NotTakenHere
    return found


def _take(
    campaign: Campaign, voucher: Voucher, payment: Payment, amount: int, now: datetime, actor_id: int | None
) -> Redemption:
    shift_budget(campaign, committed=-amount, spent=amount)
    after = state_after(left=voucher.left_cents - amount, spent=voucher.spent_cents + amount, handed_over=True)
    shift_voucher(voucher, after, left=-amount, spent=amount, first_used_at=voucher.first_used_at or now)
    if isinstance(payment.bought, Device):
        stock.take_one(payment.bought, payment.partner_id)
    redemption = append(_described(voucher, payment, amount, now, actor_id))
    set_committed_value(redemption, "voucher", voucher)
    line(
        voucher, MovementKind.REDEEMED, amount, now, actor_id, partner_id=payment.partner_id,
        redemption_id=redemption.id,
    )  # fmt: skip
    audit.record("voucher.redeemed", voucher.reference, actor_id=actor_id, redemption_id=redemption.id)
    return redemption


def _described(voucher: Voucher, payment: Payment, amount: int, now: datetime, actor_id: int | None) -> Redemption:
    bought = payment.bought
    redemption = Redemption(
        request_key=payment.request_key, voucher_id=voucher.id, partner_id=payment.partner_id, amount_cents=amount,
        price_cents=amount, act=payment.act, at=now, by_id=actor_id,
    )  # fmt: skip
    if isinstance(bought, Device):
        redemption.price_cents, redemption.device_kind = bought.price_cents, bought.kind
        redemption.serial, redemption.offer_id = serial_of(bought), bought.offer_id
        if bought.offer_id is not None:
            offer = db.session.get_one(Offer, bought.offer_id)
            redemption.model, redemption.warranty_months = offer.title, offer.warranty_months
    else:
        redemption.units, redemption.session_on = bought.units, bought.session_on
    return redemption


def _the_same(redemption: Redemption, voucher: Voucher, payment: Payment) -> Redemption:
    """Raises: SentTwice"""
    if (redemption.voucher_id, redemption.partner_id) != (voucher.id, payment.partner_id):
        raise SentTwice
    return redemption


_PAID_WITH = select(Redemption.id).where(Redemption.request_key == bindparam("request_key"))
