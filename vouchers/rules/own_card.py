"""How residents open their card: the number on it or the code of a voucher, and their year of birth."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from foundation.codes import read_code
from foundation.errors import Refused
from foundation.i18n import _, _l
from vouchers.models import CardState, VoucherState
from vouchers.rules.codes import CARD_LENGTH, VOUCHER_LENGTH, Mistyped


class Stop(StrEnum):
    """Why a voucher that is worth something can not be used today."""

    SUSPENDED = "suspended"
    ENDED = "ended"
    NOT_HANDED_OVER = "not_handed_over"
    NOT_YET = "not_yet"


STOPS = {
    Stop.SUSPENDED: _l("Your card is suspended: this voucher can not be used for now. Call us."),
    Stop.ENDED: _l("Your card has ended: this voucher can not be used. Call us."),
    Stop.NOT_HANDED_OVER: _l("This voucher has not been handed over to you yet. Ask for it before you use it."),
    Stop.NOT_YET: _l("This voucher can not be used yet."),
}


def stop_of(card: CardState, voucher: VoucherState, starts_on: date, today: date) -> Stop | None:
    """What must be settled first; the card before what is on it."""
    if card is not CardState.LIVE:
        return Stop.SUSPENDED if card is CardState.SUSPENDED else Stop.ENDED
    if voucher is VoucherState.ISSUED:
        return Stop.NOT_HANDED_OVER
    return Stop.NOT_YET if today < starts_on else None


class NotOpened(Refused):
    """An unknown number, a dead one and a wrong year look the same."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "This number and this year do not go together. Check both; if your card was replaced, use the new one. "
                "We may not know your year of birth: ask us."
            ),
            "number",
        )


class SlowedDown(Refused):
    """Too many wrong tries of this card, or from this place (429).

    Args:
        wait: how long, in a sentence.
        helpline: whom to call meanwhile, as it is read; empty: nobody.
    """

    status = 429

    def __init__(self, wait: str, helpline: str) -> None:
        why = _("There were many wrong tries. We wait between tries to protect your money.")
        call = _("Or call us: %(number)s.", number=helpline) if helpline else ""
        super().__init__(" ".join(filter(None, (why, wait, call))), "number")


def read_either(typed: str) -> str:
    """The number of a card or the code of a voucher that `typed` spells; their lengths differ.

    Raises:
        Mistyped: it can be neither; nothing was looked up.
    """
    found = read_code(typed, CARD_LENGTH) or read_code(typed, VOUCHER_LENGTH)
    if found is None:
        raise Mistyped("number")
    return found
