"""The code of a training voucher that somebody types to register: refused beside its field, before all is sent."""

from __future__ import annotations

from flask import request

from accounts import service as accounts
from foundation import clock
from foundation.db import in_transaction
from workshops.models import Programme
from workshops.rules.enrolling import Enrolling
from workshops.rules.paying import check_voucher, units_of
from workshops.service import paying

PURPOSE = "voucher"


def check_typed(wish: Enrolling, programme: Programme) -> None:
    """Whether the voucher can pay. Each guess is counted for the network address before it is looked at.

    Raises:
        NoUnitsHere, VoucherRefused, TooManyTries
    """
    check_voucher(wish, programme)
    if not wish.voucher_code:
        return
    address = request.remote_addr or ""
    in_transaction(lambda: accounts.count_guess(PURPOSE, address))
    paying.check_code(wish.voucher_code, units_of(programme, wish.seats), now=clock.now())
    in_transaction(lambda: accounts.take_back_guess(PURPOSE, address))
