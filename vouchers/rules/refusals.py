"""Why a voucher is not issued or not taken, each reason by its own name, in sentences that tell what to do instead."""

from __future__ import annotations

from datetime import date

from foundation.errors import Conflict, Forbidden, Refused, Unknown
from foundation.i18n import _, _l, euros, full_day, ngettext


class NoSuchCampaign(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such campaign."))


class NotYourCampaign(Forbidden):
    def __init__(self) -> None:
        super().__init__(_l("Another structure runs this campaign. Ask its managers."))


class CampaignNotOpen(Refused):
    """A draft, or closed."""

    def __init__(self) -> None:
        super().__init__(_l("This campaign is not open: no voucher of it can be issued."))


class CampaignIsOver(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This campaign has ended: no voucher of it can be issued any more."))


class BudgetExhausted(Conflict):
    """Also when somebody else took the last of it a moment ago."""

    def __init__(self) -> None:
        super().__init__(
            _l("The budget of this campaign is used up. Ask a manager to raise it, or wait until vouchers come back.")
        )


class ChangedMeanwhile(Conflict):
    """Somebody else changed the voucher between reading and writing; nothing was written."""

    def __init__(self) -> None:
        super().__init__(_l("Somebody has just changed this voucher. Look at it again."))


class NoSuchVoucher(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such voucher."))


class NoSuchBatch(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such series of vouchers."))


class NotTakenHere(Unknown):
    """No such code, or not of this counter: both look the same from there."""

    def __init__(self) -> None:
        super().__init__(
            _l("You can not take a voucher with this code. Check the code, and where the voucher says it can be used."),
            "code",
        )


class NoAgreement(Forbidden):
    def __init__(self) -> None:
        super().__init__(_l("Your structure has no agreement with the town today. Call the town before you sell."))


class NotHandedOver(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This voucher was not handed over yet. Its owner should call the town."), "code")


class NotValidYet(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This voucher can not be used yet: its campaign has not begun."), "code")


class VoucherExpired(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This voucher has expired. Its owner can ask the town for another one."), "code")


class VoucherCancelled(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This voucher was cancelled. Its owner should call the town."), "code")


class CardStopped(Refused):
    """Suspended, lost or ended: what is on it waits."""

    def __init__(self) -> None:
        super().__init__(_l("The card of this voucher is stopped. Its owner should call the town."), "code")


class CardWaits(Conflict):
    """The same, said to the team: a voucher is handed over and printed only when it can be used."""

    title = _l("This can not be done")

    def __init__(self) -> None:
        super().__init__(
            _l("The card is suspended or lost: nothing can be paid with it. Let it count again or replace it first.")
        )


class NotPrinted(Conflict):
    """A paper would promise what is not there any more."""

    title = _l("This can not be done")

    def __init__(self) -> None:
        super().__init__(_l("This voucher is used up, cancelled, replaced or expired: it is not printed any more."))


class NothingLeft(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("Nothing is left on this voucher: it was used up."), "code")


class TooFewUnits(Conflict):
    def __init__(self, left: int) -> None:
        message = ngettext(
            "Only %(num)s unit is left on this voucher.", "Only %(num)s units are left on this voucher.", left
        )
        super().__init__(message, "units")


class WrongPurchase(Refused):
    """A device voucher for training, or the other way round."""

    def __init__(self) -> None:
        super().__init__(_l("This voucher is not for that. Look at what it says."), "code")


class WrongDevice(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This campaign does not help with this kind of device."), "device_kind")


class SerialMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write the serial number of the device: it has up to 60 characters."), "serial")


class PriceMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write the price of the device."), "price")


class PriceTooLow(Refused):
    def __init__(self, floor_cents: int) -> None:
        super().__init__(
            _(
                "Residents pay at least %(amount)s themselves: at this price no voucher is needed. Check the price.",
                amount=euros(floor_cents),
            ),
            "price",
        )


class PriceTooHigh(Refused):
    def __init__(self, ceiling_cents: int) -> None:
        super().__init__(
            _(
                "The voucher pays for devices that cost %(amount)s at most. Check the price, or offer another device.",
                amount=euros(ceiling_cents),
            ),
            "price",
        )


class UnitsMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write how many units are paid: 1 or more."), "units")


class SessionNotNow(Refused):
    def __init__(self, first: date, last: date) -> None:
        said = _("Write the day of the session: %(day)s.", day=full_day(last))
        if first < last:
            said = _(
                "Write the day of the session: from %(first)s to %(last)s.", first=full_day(first), last=full_day(last)
            )
        super().__init__(said, "session_on")


class SessionTooEarly(Refused):
    """A session of before the voucher was in its owner's hands, or before its campaign."""

    def __init__(self, first: date) -> None:
        super().__init__(
            _("This voucher pays for sessions from %(first)s on. Correct the day.", first=full_day(first)), "session_on"
        )


class SentTwice(Conflict):
    """A page came again with other content: what it wrote the first time stands."""

    def __init__(self) -> None:
        super().__init__(_l("This page was sent already. Look at what was done, then begin again."))


class NoSuchRedemption(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such payment."))


class UndoTooLate(Forbidden):
    def __init__(self) -> None:
        super().__init__(_l("Only on the same day can you undo it yourself. Call the town."))


class ReasonMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Say why, in a few words."), "reason")


class ReasonTooLong(ReasonMissing):
    def __init__(self, most: int) -> None:
        super().__init__()
        self.message = _("Say it in %(most)s characters at most.", most=most)


class NotLive(Conflict):
    """Nothing is promised by it any more: used up, cancelled or expired."""

    def __init__(self) -> None:
        super().__init__(_l("This voucher is used up, cancelled or expired: nothing of it can be changed."))


class NotLonger(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l("Choose a later day than the present one, at most 6 months after the campaign ends."), "until"
        )
