"""The code of a training voucher that somebody types to register: refused beside its field, before all is sent."""

from __future__ import annotations

from collections.abc import Callable

from flask import request

from accounts import service as accounts
from foundation import clock
from foundation.db import in_transaction
from foundation.web import BaseForm
from workshops.forms.paying import OTHERWISE, VoucherForm
from workshops.models import Programme
from workshops.rules.enrolling import Enrolling
from workshops.rules.paying import check_voucher, units_of
from workshops.service import paying
from workshops.service.company import company_wished

PURPOSE = "voucher"


def check_typed(wish: Enrolling, programme: Programme) -> None:
    """Whether the voucher can pay for these people, before all is sent.

    Raises:
        NoUnitsHere, NotTheirVoucher, VoucherRefused, TooManyTries
    """
    check_voucher(wish, programme)
    if wish.voucher_code:
        units, company = units_of(programme, wish.seats), company_wished(wish)
        guessed(lambda: paying.check_code(wish.voucher_code, units, company, now=clock.now()))


def guessed(act: Callable[[], object], purpose: str = PURPOSE) -> None:
    """Do what looks somebody or a code up.

    Each guess is counted for the network address first, and taken back when it was right.

    Args:
        purpose: what is guessed: each is counted by itself.

    Raises:
        TooManyTries, and what `act` refuses
    """
    address = request.remote_addr or ""
    in_transaction(lambda: accounts.count_guess(purpose, address))
    act()
    in_transaction(lambda: accounts.take_back_guess(purpose, address))


def change_promised(registration_id: int, form: VoucherForm, actor_id: int | None = None) -> bool:
    """The voucher of somebody who waits, as the form says; whether one pays now.

    Raises:
        TooManyTries, and the refusals of `paying.change`
    """
    code, now = typed_code(form), clock.now()

    def change() -> None:
        in_transaction(lambda: paying.change(registration_id, code, now=now, actor_id=actor_id))

    if code:
        guessed(change)
    else:
        change()
    return bool(code)


def typed_code(form: BaseForm) -> str:
    """The code that is to pay; empty when it is paid otherwise, or when the form asks for none."""
    if "voucher_code" not in form or form["pays_with"].data == OTHERWISE:
        return ""
    return form["voucher_code"].data or ""
