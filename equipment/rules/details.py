"""What the register holds of a kit, and why it can not be kept or taken out of use so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from equipment.models import Approval, Borrowers, Destination
from equipment.rules.codes import check_code
from equipment.rules.refusals import BadCount, TooLongText
from foundation.errors import Conflict, Refused
from foundation.forbidden import check_text
from foundation.i18n import _l, ngettext

LONGEST = {"name": 120, "kind": 40, "description": 1000, "rules": 1000, "unit_kind": 60}
LIMITS = {
    "lead_hours": (0, 2160),
    "longest_loan_days": (1, 365),
    "turnaround_minutes": (0, 10_080),
    "flat_minutes": (0, 10_080),
    "minimum_units": (0, 200),
}
"""As the CHECKs of the table; ninety days ahead, a year long, a week to get ready."""


@dataclass(frozen=True)
class KitDetails:
    """A kit as the register describes it.

    Attributes:
        structure_id: whose it is; None: the whole territory's.
        rules: what a borrower agrees to, one a line.
        lead_hours: between reserving and the loan.
        turnaround_minutes, flat_minutes: to get it ready after a loan; more when it came back flat.
        unit_kind, minimum_units: the devices that pupils hold; with fewer that work it does not go out.
    """

    code: str
    name: str
    kind: str
    structure_id: int | None = None
    home_venue_id: int | None = None
    description: str = ""
    rules: str = ""
    borrowers: Borrowers = Borrowers.HOSTS
    approval: Approval = Approval.NONE
    lead_hours: int = 48
    longest_loan_days: int = 14
    turnaround_minutes: int = 120
    flat_minutes: int = 180
    unit_kind: str = ""
    minimum_units: int = 0


class NameMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write what the kit is called."), "name")


class KitKindMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write what kind of kit it is: tablets, robots, 3D printing."), "kind")


class OutOfLimits(Refused):
    def __init__(self, field: str, least: int, most: int) -> None:
        super().__init__(_l("Write a number from %(min)s to %(max)s.", min=least, max=most), field)


class UnitsMissing(Refused):
    """A minimum of nothing can never be met."""

    def __init__(self) -> None:
        super().__init__(_l("Write which devices are counted, or leave the minimum at 0."), "unit_kind")


class NoSuchPlace(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose one of the places that are offered."), "home_venue_id")


class KitStillWanted(Conflict):
    """Loans or upkeep are to come, or it is out. `alternatives` are those, by start."""

    def __init__(self, wanted: Sequence[Any]) -> None:
        message = ngettext(
            "%(num)s loan or upkeep of this kit has not ended. Cancel it or take it back first.",
            "%(num)s loans or upkeeps of this kit have not ended. Cancel them or take them back first.",
            len(wanted),
        )
        super().__init__(message, None, wanted)


@dataclass(frozen=True)
class Leaving:
    """Where the devices of a kit go that is taken out of use; `destination` None: into the reserve."""

    destination: Destination | None = None
    certificate: str = ""


def check_kit(details: KitDetails) -> None:
    """Refuse what no column holds or nobody could reserve.

    Raises:
        BadCode, NameMissing, KitKindMissing, TooLongText, OutOfLimits, UnitsMissing, and as `check_text`
    """
    check_code(details.code)
    if not details.name.strip():
        raise NameMissing
    if not details.kind.strip():
        raise KitKindMissing
    for field, most in LONGEST.items():
        if len(getattr(details, field)) > most:
            raise TooLongText(field, most)
    for field in ("description", "rules"):
        check_text(getattr(details, field), field)
    for field, (least, most) in LIMITS.items():
        if not least <= getattr(details, field) <= most:
            raise OutOfLimits(field, least, most)
    if details.minimum_units and not details.unit_kind.strip():
        raise UnitsMissing


@dataclass(frozen=True)
class Counted:
    """Something that is counted and not told apart: cables, filament, mice."""

    label: str
    count: int = 0
    minimum: int = 0
    consumable: bool = False


MOST_COUNTED = 10_000
LONGEST_LABEL = 60


class LabelMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write what is counted: mice, cables, batteries."), "label")


class CountedAlready(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This kit has supplies of that name already. Change their number instead."), "label")


def check_counted(counted: Counted) -> None:
    """Raises: LabelMissing, TooLongText, BadCount, and as `check_text`"""
    if not counted.label.strip():
        raise LabelMissing
    if len(counted.label.strip()) > LONGEST_LABEL:
        raise TooLongText("label", LONGEST_LABEL)
    check_text(counted.label, "label")
    for field in ("count", "minimum"):
        if not 0 <= getattr(counted, field) <= MOST_COUNTED:
            raise BadCount(field, MOST_COUNTED)
