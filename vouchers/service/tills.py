"""What a counter does: look at a code, within limits, and take what was agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update

from accounts.hashing import keyed
from foundation.db import db, rows_changed
from foundation.errors import Refused
from vouchers.models import Partner, Redemption, RefusedTry
from vouchers.queries import tills as queries
from vouchers.queries.counters import Shown, pays_from
from vouchers.rules.counter import AmountChanged, Quote, TakenAlready, check_given, quoted
from vouchers.rules.guessing import OF_ADDRESS, TooManyRefused, free_again
from vouchers.rules.states import Bought, Device, Terms, Training, serial_of
from vouchers.service import redeeming
from vouchers.service.days import day_of
from vouchers.service.redeeming import Payment

PURPOSE = "voucher counter"
ADDRESS_KEPT = timedelta(days=365)


@dataclass(frozen=True)
class Till:
    """A counter of a partner, and the network address from which it asks."""

    partner_id: int
    address: str

    @property
    def kept_address(self) -> str:
        return keyed(PURPOSE, self.address)


def look(code: str, till: Till, *, now: datetime) -> Shown | Refused:
    """What the counter sees of a voucher, or why not; the edge commits either way, for a refused code is written down.

    Raises:
        TooManyRefused: nothing was looked up.
    """
    _check_pace(till, now)
    try:
        return redeeming.look(code, till.partner_id, now=now)
    except Refused as refused:
        note(refused, till, now=now)
        return refused


def _check_pace(till: Till, now: datetime) -> None:
    """The partner is locked from here on: forty guesses at once are counted one after the other.

    Raises:
        TooManyRefused
    """
    db.session.execute(_LOCKED, {"id": till.partner_id})
    own, of_address = queries.guesses(till.partner_id, till.kept_address, now)
    waits = [until for until in (free_again(own, now), free_again(of_address, now, OF_ADDRESS)) if until]
    if waits:
        raise TooManyRefused(max(waits))


_LOCKED = select(Partner.id).where(Partner.id == bindparam("id")).with_for_update(key_share=True)
"""Not against who reads until when it is stated: an undo holds its campaign by then, for which this one waits next."""


def note(refused: Refused, till: Till, *, now: datetime) -> None:
    """Write down that a code was not taken, and why, without the code. What is wrong elsewhere is nobody's business."""
    if refused.field == "code":
        reason = type(refused).__name__
        db.session.add(RefusedTry(partner_id=till.partner_id, at=now, reason=reason, address=till.kept_address))
        db.session.flush()


def quote(shown: Shown, bought: Bought, till: Till, *, now: datetime) -> Quote:
    """What would be taken.

    Raises:
        TakenAlready, and what `quoted` refuses
    """
    check_not_taken(bought, queries.taken_with(till.partner_id, shown.voucher_id))
    return quoted(shown.left_cents, bought, terms_of(shown), day_of(now))


def terms_of(shown: Shown) -> Terms:
    """What the voucher that is shown, which is valid today, pays for."""
    return Terms(
        shown.kind, shown.unit_cents, shown.floor_cents, shown.price_ceiling_cents, shown.device_kinds,
        starts_on=shown.pays_from, tolerance=timedelta(0),
    )  # fmt: skip


def take(payment: Payment, agreed_cents: int, till: Till, *, now: datetime, actor_id: int) -> Redemption:
    """Take a voucher for the amount that both sides read before they said yes.

    Raises:
        TooManyRefused: nothing was looked up.
        AmountChanged, TakenAlready, SessionNotNow, SessionTooEarly, and what `redeeming.redeem` refuses
    """
    _check_pace(till, now)
    made = redeeming.redeem(payment, now=now, actor_id=actor_id)
    if isinstance(payment.bought, Training):
        check_given(payment.bought, pays_from(made.voucher), day_of(now))
    if made.voucher.spent_cents > made.amount_cents:
        earlier = [one for one in queries.taken_with(till.partner_id, made.voucher_id) if one.id < made.id]
        check_not_taken(payment.bought, earlier)
    if made.amount_cents != agreed_cents:
        raise AmountChanged
    return made


def check_not_taken(bought: Bought, earlier: list[Redemption]) -> None:
    """Raises: TakenAlready"""
    if isinstance(bought, Device):
        for one in earlier:
            if one.serial == serial_of(bought):
                raise TakenAlready(one.id)


def forget_addresses(now: datetime) -> int:
    """Empty the network addresses of tries older than a year; that a code was refused stays. Returns how many."""
    old = RefusedTry.at < now - ADDRESS_KEPT
    return rows_changed(update(RefusedTry).where(old, RefusedTry.address != "").values(address=""))
