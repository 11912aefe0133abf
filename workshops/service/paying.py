"""Workshops paid with units of a training voucher: in the transaction that gives the seats, given back with them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from foundation import audit, links
from foundation.db import db
from foundation.errors import Refused
from foundation.i18n import _
from vouchers.queries.acts import paid_for
from vouchers.queries.bearers import bearer
from vouchers.queries.counters import code_of
from vouchers.rules.refusals import NotTakenHere, TooFewUnits
from vouchers.rules.states import Training
from vouchers.service import redeeming, undoing
from vouchers.service.days import day_of
from vouchers.service.redeeming import Payment
from workshops.models import Registration, UnitsPromised
from workshops.queries.paid import promised
from workshops.rules.paying import (
    MAY_CHANGE,
    Company,
    Named,
    NotEnoughUnits,
    NotTheirVoucher,
    NoUnitsHere,
    PaidAlready,
    VoucherRefused,
    pays_for,
    units_of,
)
from workshops.service.company import company_of
from workshops.service.noting import locked
from workshops.service.seats import Seating


def check_code(code: str, units: int, company: Company, *, now: datetime) -> int:
    """The voucher that can pay so many units for these people today; nothing is written.

    Whose it is, is looked at first: only the holder reads why it can not pay.

    Raises:
        NotTheirVoucher, VoucherRefused, NotEnoughUnits
    """
    _check_holder(code, company)
    try:
        shown = redeeming.look(code, None, now=now)
    except Refused as refused:
        raise VoucherRefused(refused) from refused
    if shown.units_left < units:
        raise NotEnoughUnits(shown.units_left, units)
    return shown.voucher_id


def _check_holder(code: str, company: Company) -> None:
    """Raises: VoucherRefused: no code, NotTheirVoucher"""
    try:
        found = bearer(code)
    except NotTakenHere as refused:
        raise NotTheirVoucher from refused
    except Refused as refused:
        raise VoucherRefused(refused) from refused
    holder = Named(found.person_id, found.given_name, found.family_name, found.birth_year)
    if not pays_for(holder, company, of_household=found.of_household):
        raise NotTheirVoucher


def promise(registration: Registration, code: str, *, now: datetime) -> None:
    """Write down which voucher pays a registration, and how much: it is paid when it has its seats.

    Raises:
        NotTheirVoucher, VoucherRefused
    """
    units = units_of(registration.programme, registration.seats)
    voucher_id = check_code(code, units, company_of(registration), now=now)
    db.session.merge(UnitsPromised(registration_id=registration.id, voucher_id=voucher_id, units=units))
    db.session.flush()


def change(registration_id: int, code: str, *, now: datetime, actor_id: int | None = None) -> Registration:
    """Another voucher pays for somebody who has no seat yet; none does when the code is empty.

    Args:
        actor_id: the account that does it for them; None for the resident.

    Raises:
        NoSuchRegistration, PaidAlready: they have a seat, or left, NoUnitsHere, NotTheirVoucher, VoucherRefused
    """
    registration, _to_come = locked(registration_id, now)
    if registration.state not in MAY_CHANGE:
        raise PaidAlready
    if registration.person is None or not registration.programme.training_units:
        raise NoUnitsHere
    if code:
        promise(registration, code, now=now)
    else:
        release(registration)
    audit.record("registration.voucher", registration.reference, actor_id=actor_id, given=bool(code))
    return registration


def may_change(registration: Registration) -> bool:
    """Whether a voucher can be given, or another one: without a seat, for a workshop that units pay."""
    of_somebody = registration.person is not None and bool(registration.programme.training_units)
    return of_somebody and registration.state in MAY_CHANGE


def release(registration: Registration) -> None:
    """Forget the voucher that was to pay: it was not paid, and is free for something else."""
    found = promised(registration.id)
    if found is not None and paid_for(registration.reference) is None:
        db.session.delete(found)
        db.session.flush()


def pay(registration: Registration, sessions: Sequence[Seating], *, now: datetime, actor_id: int | None) -> None:
    """Pay seats that were just given with the voucher that was promised, if any was; once, however often it is said.

    A voucher that was replaced since is paid with the one that came in its place.

    Args:
        sessions: those that are paid; the day of the first stands on the payment.

    Raises:
        VoucherRefused, NotEnoughUnits
    """
    found = promised(registration.id)
    if found is None:
        return
    first = min(one.starts_at for one in sessions)
    key = f"{registration.reference}:{links.secret_of(f'paid {registration.reference}')}"
    bought = Training(found.units, day_of(first))
    code = code_of(found.voucher_id)
    try:
        redeeming.redeem(Payment(code, bought, key, act=registration.reference), now=now, actor_id=actor_id)
    except TooFewUnits as refused:
        raise NotEnoughUnits(redeeming.look(code, None, now=now).units_left, found.units) from refused
    except Refused as refused:
        raise VoucherRefused(refused) from refused


def give_back(registrations: Collection[Registration], *, now: datetime) -> dict[str, int]:
    """Give back what was paid for these; what was not paid, or was given back, changes nothing.

    Returns:
        The units that came back, by reference of the registration.
    """
    acts = [one.reference for one in registrations]
    undone = undoing.undo_acts(acts, _("The registration for the workshop was cancelled."), None, now=now)
    return {one.act: one.units for one in undone}
