"""What becomes of a voucher: its state after money moved, and what may still be done with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.forbidden import check_text
from vouchers.models import CampaignKind, CampaignState, CardState, DeviceKind, Voucher, VoucherState
from vouchers.models.campaign import Campaign
from vouchers.rules.refusals import (
    CardStopped,
    CardWaits,
    NotHandedOver,
    NothingLeft,
    NotLive,
    NotLonger,
    NotPrinted,
    NotValidYet,
    PriceMissing,
    PriceTooHigh,
    PriceTooLow,
    ReasonMissing,
    ReasonTooLong,
    SerialMissing,
    SessionNotNow,
    TooFewUnits,
    UnitsMissing,
    VoucherCancelled,
    VoucherExpired,
    WrongDevice,
    WrongPurchase,
)

LONGEST_REASON, LONGEST_SERIAL = 300, 60
MOST_CENTS = 10_000_000
AROUND = timedelta(days=92)
LONGEST_EXTENSION = timedelta(days=183)


@dataclass(frozen=True)
class Device:
    """One refurbished device. The serial number is on its label; `offer_id` when it is of the partner's list."""

    price_cents: int
    kind: DeviceKind
    serial: str
    offer_id: int | None = None


@dataclass(frozen=True)
class Training:
    """Units of training, and the day of the session they pay."""

    units: int
    session_on: date


Bought = Device | Training


@dataclass(frozen=True)
class Terms:
    """What a campaign pays for, or a voucher of it: then `starts_on` is the first day of a session that it pays."""

    kind: CampaignKind
    unit_cents: int
    floor_cents: int
    price_ceiling_cents: int | None
    device_kinds: Sequence[str]
    starts_on: date
    tolerance: timedelta

    @classmethod
    def of(cls, campaign: Campaign) -> Terms:
        return cls(
            campaign.kind, campaign.unit_cents, campaign.floor_cents, campaign.price_ceiling_cents,
            campaign.device_kinds, campaign.starts_on, timedelta(days=campaign.tolerance_days),
        )  # fmt: skip


def state_after(*, left: int, spent: int, handed_over: bool) -> VoucherState:
    """The state that fits the amounts of a voucher that is neither cancelled nor expired."""
    if left == 0:
        return VoucherState.USED
    if spent:
        return VoucherState.PARTLY_USED
    return VoucherState.HANDED_OVER if handed_over else VoucherState.ISSUED


def ended(state: VoucherState) -> VoucherState | None:
    """`state` if it is one that nothing brings back."""
    return state if state in {VoucherState.CANCELLED, VoucherState.EXPIRED} else None


def is_overdue(campaign: Campaign, voucher: Voucher, today: date) -> bool:
    """Whether its last day and the tolerance have passed, or its campaign is closed."""
    until = voucher.valid_until + timedelta(days=campaign.tolerance_days)
    return campaign.state is CampaignState.CLOSED or today > until


@dataclass(frozen=True)
class GivenBack:
    """How a payment that is undone moves cents within its voucher, and the state that this leaves it in."""

    state: VoucherState
    left: int = 0
    cancelled: int = 0
    expired: int = 0


def over_by(campaign: Campaign, voucher: Voucher, card: CardState, today: date) -> VoucherState | None:
    """How a voucher is over, if it is: itself, by its day, or since its card was ended."""
    if over := ended(voucher.state):
        return over
    if is_overdue(campaign, voucher, today):
        return VoucherState.EXPIRED
    return VoucherState.CANCELLED if card is CardState.ENDED else None


def given_back(voucher: Voucher, amount: int, over: VoucherState | None, *, spent: int) -> GivenBack:
    """Where an undone payment goes: back to the voucher; past it, to the budget, when the voucher is over.

    Args:
        over: see `over_by`; spent: cents that stay spent of this voucher.
    """
    if over is VoucherState.CANCELLED:
        return GivenBack(over, left=-voucher.left_cents, cancelled=voucher.left_cents + amount)
    if over is VoucherState.EXPIRED:
        return GivenBack(over, left=-voucher.left_cents, expired=voucher.left_cents + amount)
    handed_over = voucher.handed_over_at is not None
    return GivenBack(state_after(left=voucher.left_cents + amount, spent=spent, handed_over=handed_over), left=amount)


def check_valid(voucher: Voucher, card: CardState, terms: Terms, today: date) -> None:
    """Refuse a voucher that can not be spent today. In the days of tolerance after its last day it can.

    Raises:
        VoucherCancelled, VoucherExpired, NothingLeft, NotHandedOver, NotValidYet, CardStopped
    """
    if voucher.state is VoucherState.CANCELLED:
        raise VoucherCancelled
    if voucher.state is VoucherState.USED:
        raise NothingLeft
    if voucher.state is VoucherState.EXPIRED or today > voucher.valid_until + terms.tolerance:
        raise VoucherExpired
    if voucher.state is VoucherState.ISSUED:
        raise NotHandedOver
    if today < terms.starts_on:
        raise NotValidYet
    if card is not CardState.LIVE:
        raise CardStopped


def amount_of(bought: Bought, left: int, terms: Terms, today: date) -> int:
    """Cents that the voucher pays: of a device what is left, but never the floor that residents pay themselves.

    Raises:
        WrongPurchase, TooFewUnits, and what `check_device` and `check_training` refuse
    """
    if isinstance(bought, Device):
        if terms.kind is not CampaignKind.DEVICE:
            raise WrongPurchase
        check_device(bought, terms)
        return min(left, bought.price_cents - terms.floor_cents)
    if terms.kind is not CampaignKind.TRAINING:
        raise WrongPurchase
    check_training(bought, today)
    amount = bought.units * terms.unit_cents
    if amount > left:
        raise TooFewUnits(left // terms.unit_cents)
    return amount


def check_device(bought: Device, terms: Terms) -> None:
    """Raises: WrongDevice, SerialMissing, and what `check_price` refuses"""
    if terms.device_kinds and bought.kind.value not in terms.device_kinds:
        raise WrongDevice
    check_price(bought.price_cents, terms)
    if not 0 < len(serial_of(bought)) <= LONGEST_SERIAL:
        raise SerialMissing


def check_price(cents: int, terms: Terms) -> None:
    """Raises: PriceMissing, PriceTooLow, PriceTooHigh"""
    if cents < 1:
        raise PriceMissing
    if cents <= terms.floor_cents:
        raise PriceTooLow(terms.floor_cents)
    if cents > (ceiling := min(terms.price_ceiling_cents or MOST_CENTS, MOST_CENTS)):
        raise PriceTooHigh(ceiling)


def check_training(bought: Training, today: date) -> None:
    """Raises: UnitsMissing, SessionNotNow"""
    check_units(bought.units)
    check_session(bought.session_on, today - AROUND, today + AROUND)


def check_units(units: int) -> None:
    """Raises: UnitsMissing"""
    if units < 1:
        raise UnitsMissing


def check_session(day: date, first: date, last: date) -> None:
    """Raises: SessionNotNow"""
    if not first <= day <= last:
        raise SessionNotNow(first, last)


def serial_of(bought: Device) -> str:
    """Its letters and digits in capitals, without the words that stand before it on a label: a device is seen to come
    twice however its number is typed, and nothing that is not seen is kept.
    """
    return "".join(sign for sign in _BEFORE_NUMBER.sub("", bought.serial).upper() if sign.isalnum())


_BEFORE_NUMBER = re.compile(
    r"^[\W_]*(?:s\s?/\s?n[\W_]*|s\.?n\s?[:.#][\W_]*|(?:imei\s?[12]?|serial|s[ée]rie|(?:n\s?[°º]|no|num[ée]ro)(?:\s+de)?(?:\s+s[ée]rie)?)"
    r"(?:\s+(?:number|no|n\s?[°º]|num[ée]ro))?[\W_]+)(?=\w)",
    re.IGNORECASE,
)
"""`S/N`, `SN:`, `Serial No.`, `N° de série`, `IMEI 1`. A number may begin with these letters, `SN 12` as well."""


def check_live(state: VoucherState) -> None:
    """Raises: NotLive"""
    if not state.live:
        raise NotLive


def check_card(card: CardState) -> None:
    """Raises: CardWaits"""
    if card is not CardState.LIVE:
        raise CardWaits


def check_printed(state: VoucherState, card: CardState) -> None:
    """Raises: NotPrinted, CardWaits"""
    if not state.live:
        raise NotPrinted
    check_card(card)


def check_extension(voucher: Voucher, campaign: Campaign, until: date) -> None:
    """Raises: NotLive, NotLonger"""
    check_live(voucher.state)
    if not voucher.valid_until < until <= campaign.ends_on + LONGEST_EXTENSION:
        raise NotLonger


def check_reason(reason: str) -> str:
    """The reason, without blanks around it.

    Raises:
        ReasonMissing, ReasonTooLong, and what `check_text` finds in it
    """
    given = reason.strip()
    if not given:
        raise ReasonMissing
    if len(given) > LONGEST_REASON:
        raise ReasonTooLong(LONGEST_REASON)
    check_text(given, "reason")
    return given
