"""What a partner may put on offer, and which offers residents see."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.errors import Conflict, Forbidden, Refused, Unknown
from foundation.forbidden import check_text
from foundation.i18n import _l
from vouchers.models import DeviceKind, Grade, Partner, PartnerKind

LONGEST_TITLE = 120
SOLD_OUT = _l("None of these is left in your list. Choose another one, or type the price and the kind.")
MOST_CENTS, MOST_MONTHS, MOST_STOCK = 10_000_000, 120, 100_000


@dataclass(frozen=True)
class OfferDetails:
    """A refurbished device as its seller describes it. `stock` is None when the partner does not count."""

    device_kind: DeviceKind
    title: str
    grade: Grade
    price_cents: int
    warranty_months: int
    stock: int | None
    active: bool = True


class NoSuchOffer(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such device in your list."))


class SoldOut(Conflict):
    """None is left, or its partner took it off the list."""

    def __init__(self) -> None:
        super().__init__(SOLD_OUT, "offer")


class SellsNoDevices(Forbidden):
    def __init__(self) -> None:
        super().__init__(_l("Your agreement is about training: you have no list of devices."))


class TitleMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write the brand and the model, in up to 120 characters."), "title")


class BadOfferPrice(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write a price above 0 and up to 100,000 euros."), "price")


class BadWarranty(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write the months of warranty: from 0 to 120."), "warranty_months")


class BadStock(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write how many there are, from 0 to 100,000, or leave it empty."), "stock")


def check_sells(partner: Partner) -> None:
    """Raises: SellsNoDevices"""
    if partner.kind is not PartnerKind.REFURBISHER:
        raise SellsNoDevices


def check_offer(offer: OfferDetails) -> None:
    """Raises: TitleMissing, BadOfferPrice, BadWarranty, BadStock, and what `check_text` finds in the title"""
    if not 0 < len(offer.title.strip()) <= LONGEST_TITLE:
        raise TitleMissing
    check_text(offer.title, "title")
    if not 0 < offer.price_cents <= MOST_CENTS:
        raise BadOfferPrice
    if not 0 <= offer.warranty_months <= MOST_MONTHS:
        raise BadWarranty
    if offer.stock is not None and not 0 <= offer.stock <= MOST_STOCK:
        raise BadStock
