"""What a sale at a counter comes to, before anybody confirms it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foundation.errors import Conflict
from foundation.i18n import _l
from vouchers.rules.refusals import NothingLeft, SessionTooEarly, TooFewUnits
from vouchers.rules.states import AROUND, Bought, Device, Terms, Training, amount_of, check_session, check_units


class AmountChanged(Conflict):
    """Another till used the voucher between the page that asked and the press that confirmed."""

    def __init__(self) -> None:
        super().__init__(_l("The voucher was used meanwhile: the amounts have changed. Read them again."))


class TakenAlready(Conflict):
    """The same device, with the same voucher, at the same partner: a page that was begun anew."""

    def __init__(self, redemption_id: int) -> None:
        super().__init__(_l("This device was paid with this voucher already. This is the receipt."), None)
        self.redemption_id = redemption_id


@dataclass(frozen=True)
class Quote:
    """Cents: the price, what the voucher pays of it, what the resident pays, what stays on the voucher."""

    price_cents: int
    amount_cents: int
    rest_cents: int
    left_cents: int


def quoted(left: int, bought: Bought, terms: Terms, today: date) -> Quote:
    """What would be taken of a voucher with `left` cents on it.

    Raises:
        NothingLeft, SessionNotNow, SessionTooEarly, and what `amount_of` refuses
    """
    check_given(bought, terms.starts_on, today)
    amount = amount_of(bought, left, terms, today)
    if amount < 1:
        raise NothingLeft
    price = bought.price_cents if isinstance(bought, Device) else amount
    return Quote(price, amount, price - amount, left - amount)


def check_given(bought: Bought, first: date, today: date) -> None:
    """A partner is paid for the session of today or of the last three months, not for one still to come, nor for one
    that was over when the voucher was given.

    Args:
        first: the earliest day that the voucher pays for, whatever is bought.

    Raises:
        SessionNotNow, SessionTooEarly
    """
    if isinstance(bought, Training):
        earliest = max(first, today - AROUND)
        if bought.session_on < earliest == first:
            raise SessionTooEarly(first)
        check_session(bought.session_on, earliest, today)


def check_enough(units: int, left: int, terms: Terms) -> None:
    """Raises: UnitsMissing, TooFewUnits"""
    check_units(units)
    if units * terms.unit_cents > left:
        raise TooFewUnits(left // terms.unit_cents)
