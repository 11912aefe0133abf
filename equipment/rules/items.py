"""What the register holds of a device, and what may become of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from equipment.models import Condition, Destination, Item, Purchase
from equipment.rules.codes import check_code
from equipment.rules.refusals import BadCount, TooLongText
from foundation.errors import Conflict, Refused
from foundation.fields import YEARS
from foundation.forbidden import check_text
from foundation.i18n import _l

MOST_CENTS = 10_000_000
LONGEST = {"kind": 60, "label": 120, "serial_number": 60, "funder": 120}
LONGEST_NOTE, LONGEST_CERTIFICATE = 300, 60


@dataclass(frozen=True)
class ItemDetails:
    """A device as its label, its maker and its bill tell it; the price in cents."""

    code: str
    kind: str
    label: str = ""
    serial_number: str = ""
    purchase: Purchase = Purchase.UNKNOWN
    bought_on: date | None = None
    price_cents: int | None = None
    funder: str = ""


@dataclass(frozen=True)
class NewItem(ItemDetails):
    """A device that comes into the register.

    Attributes:
        structure_id: whose it is when it goes into the reserve; in a kit it is whose the kit is.
    """

    condition: Condition = Condition.WORKING
    battery_percent: int | None = None
    structure_id: int | None = None


class KindMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write what it is: tablet, charger, robot."), "kind")


class BadPrice(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write a price from 0 to 100,000 euros."), "price")


class NotBoughtYet(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose a day from the year 2000 until today."), "bought_on")


class ItemGone(Conflict):
    """It is out of use for good: its past stays as it is."""

    def __init__(self) -> None:
        super().__init__(_l("This device is out of use for good. Its past is not changed any more."))


class StillOut(Conflict):
    """A loan has it: what comes back, and how, is written down by its return."""

    def __init__(self, field: str | None = None) -> None:
        super().__init__(_l("This device is out on loan. Take it back first, or say there that it is missing."), field)


class NotFound(Refused):
    """Nobody finds a device "out of use": that is decided, see `retire`."""

    def __init__(self) -> None:
        super().__init__(_l("Say how the device is: it works, is damaged, incomplete or missing."), "condition")


class FaultKnown(Conflict):
    """It is said to work, and an incident says that it does not. `alternatives` is the number of that."""

    def __init__(self, incident_id: int) -> None:
        super().__init__(_l("An incident is open on this device: settle it, and it works again."), None, [incident_id])


class CertificateElsewhere(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Only what goes to recycling has a certificate. Leave it empty."), "certificate")


def check_details(details: ItemDetails, today: date) -> None:
    """Refuse what no column holds or no register would.

    Raises:
        BadCode, KindMissing, TooLongText, BadPrice, NotBoughtYet, and what `foundation.forbidden.check_text` raises
    """
    check_code(details.code)
    if not details.kind.strip():
        raise KindMissing
    for field, most in LONGEST.items():
        if len(getattr(details, field)) > most:
            raise TooLongText(field, most)
    check_text(details.label, "label")
    check_text(details.funder, "funder")
    if details.price_cents is not None and not 0 <= details.price_cents <= MOST_CENTS:
        raise BadPrice
    bought = details.bought_on
    if bought and (bought.year not in YEARS or bought > today):
        raise NotBoughtYet


TOLD = ("kind", "label", "serial_number", "price_cents")
"""Of these the register remembers what they were."""
LONGEST_TOLD = 60


def rewritten(known: Any, values: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(column, what it was, what it becomes) of each that `values` writes anew and the register remembers."""
    found = [(name, getattr(known, name), values[name]) for name in TOLD if name in values]
    return [(name, _as_told(was), _as_told(became)) for name, was, became in found if was != became]


def _as_told(value: Any) -> str:
    return "" if value is None else str(value)[:LONGEST_TOLD]


def check_new(news: Sequence[NewItem], today: date) -> None:
    """Raises: NotFound, BadCount, and as `check_details`"""
    for one in news:
        check_details(one, today)
        check_found(one.condition)
        if one.battery_percent is not None:
            check_battery(one.battery_percent)


def check_found(condition: Condition) -> None:
    """Raises: NotFound"""
    if condition is Condition.RETIRED:
        raise NotFound


def check_battery(percent: int) -> None:
    """Raises: BadCount"""
    if not 0 <= percent <= 100:
        raise BadCount("percent", 100)


def check_here(item: Item) -> None:
    """Raises: ItemGone"""
    if item.condition is Condition.RETIRED:
        raise ItemGone


def check_note(note: str) -> None:
    """Raises: TooLongText, and what `check_text` raises"""
    if len(note) > LONGEST_NOTE:
        raise TooLongText("note", LONGEST_NOTE)
    check_text(note, "note")


def check_leaving(destination: Destination, certificate: str) -> None:
    """The certificate may come later than the lorry; nothing but recycling has one.

    Raises:
        CertificateElsewhere, TooLongText
    """
    if certificate.strip() and destination is not Destination.RECYCLING:
        raise CertificateElsewhere
    if len(certificate.strip()) > LONGEST_CERTIFICATE:
        raise TooLongText("certificate", LONGEST_CERTIFICATE)
