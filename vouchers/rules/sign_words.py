"""Why a code was refused at a counter, in words: the names are those of the refusals."""

from __future__ import annotations

from foundation.i18n import _l

REFUSED_AS = {
    "Mistyped": _l("Mistyped"),
    "WrongLength": _l("Code too short or too long"),
    "CardNotVoucher": _l("Number of a card"),
    "NotTakenHere": _l("No such code, or not for this counter"),
    "NotHandedOver": _l("Not handed over yet"),
    "NotValidYet": _l("Campaign not begun"),
    "VoucherExpired": _l("Voucher expired"),
    "VoucherCancelled": _l("Voucher cancelled"),
    "CardStopped": _l("Card stopped"),
    "NothingLeft": _l("Nothing left"),
    "TooFewUnits": _l("Too few units"),
    "WrongPurchase": _l("Voucher for something else"),
}


def refused_as(reason: str) -> object:
    """The words of a refusal; its name when nobody gave it words."""
    return REFUSED_AS.get(reason, reason)
