"""Workshops paid with units of a training voucher: in the transaction that gives the seats, given back with them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from foundation import links
from foundation.db import db
from foundation.errors import Refused
from foundation.i18n import _
from vouchers.queries.counters import code_of
from vouchers.rules.refusals import TooFewUnits
from vouchers.rules.states import Training
from vouchers.service import redeeming, undoing
from vouchers.service.days import day_of
from vouchers.service.redeeming import Payment
from workshops.models import Registration, UnitsPromised
from workshops.queries.paid import promised
from workshops.rules.paying import VoucherRefused, units_of
from workshops.service.seats import Seating


def check_code(code: str, units: int, *, now: datetime) -> int:
    """The voucher that can pay so many units today; nothing is written.

    Raises:
        VoucherRefused
    """
    try:
        shown = redeeming.look(code, None, now=now)
        if shown.units_left < units:
            raise TooFewUnits(shown.units_left)
    except Refused as refused:
        raise VoucherRefused(refused) from refused
    return shown.voucher_id


def promise(registration: Registration, code: str, *, now: datetime) -> None:
    """Write down which voucher pays a new registration, and how much: it is paid when it has its seats.

    Raises:
        VoucherRefused
    """
    units = units_of(registration.programme, registration.seats)
    voucher_id = check_code(code, units, now=now)
    db.session.add(UnitsPromised(registration_id=registration.id, voucher_id=voucher_id, units=units))
    db.session.flush()


def pay(registration: Registration, sessions: Sequence[Seating], *, now: datetime, actor_id: int | None) -> None:
    """Pay seats that were just given with the voucher that was promised, if any was; once, however often it is said.

    A voucher that was replaced since is paid with the one that came in its place.

    Args:
        sessions: those that are paid; the day of the first stands on the payment.

    Raises:
        VoucherRefused
    """
    found = promised(registration.id)
    if found is None:
        return
    first = min(one.starts_at for one in sessions)
    key = f"{registration.reference}:{links.secret_of(f'paid {registration.reference}')}"
    bought = Training(found.units, day_of(first))
    payment = Payment(code_of(found.voucher_id), bought, key, act=registration.reference)
    try:
        redeeming.redeem(payment, now=now, actor_id=actor_id)
    except Refused as refused:
        raise VoucherRefused(refused) from refused


def give_back(registrations: Collection[Registration], *, now: datetime) -> None:
    """Give back what was paid for these; what was not paid, or was given back, changes nothing."""
    acts = [one.reference for one in registrations]
    undoing.undo_acts(acts, _("The registration for the workshop was cancelled."), None, now=now)
