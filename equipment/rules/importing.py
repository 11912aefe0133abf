"""Which rows of a file of devices are kept: what they may change, and why not."""

from __future__ import annotations

from datetime import date

from equipment.models import Condition
from foundation.errors import Refused
from foundation.i18n import _l

MOST_ROWS = 10_000
"""Written while others wait: a few seconds."""


class TooManyRows(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This file has more than 10,000 rows. Cut it into smaller ones."), "file")


class UnknownKit(Refused):
    def __init__(self) -> None:
        super().__init__(_l("You keep no kit with this code. Import the kits first, or leave the cell empty."), "kit")


class UnknownStructure(Refused):
    def __init__(self) -> None:
        super().__init__(_l("There is no such structure, or you do not keep its equipment."), "structure")


class UnknownVenue(Refused):
    def __init__(self) -> None:
        super().__init__(_l("There is no such place, or several have this name."), "home_venue")


class KitGone(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This kit is out of use. Its past is not changed any more."))


class LeavesOnItsPage(Refused):
    """A spreadsheet takes nothing out of use that is in it."""

    def __init__(self) -> None:
        super().__init__(_l("A device is taken out of use on its own page, which asks where it goes."), "condition")


class HowItLeft(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Of a device out of use, write since when, and where it went."), "retired_on")


class InUseStill(Refused):
    def __init__(self) -> None:
        super().__init__(_l("It is in use: empty this cell, or correct its condition."), "destination")


def check_leaving(condition: Condition, *, since: date | None, somewhere: bool, today: date) -> None:
    """Refuse a device that is half out of use, and one that will be.

    Args:
        since: the first day on which it is out of use.
        somewhere: where it went is said.

    Raises:
        HowItLeft, InUseStill
    """
    if condition is Condition.RETIRED and (since is None or since > today or not somewhere):
        raise HowItLeft
    if condition is not Condition.RETIRED and (since or somewhere):
        raise InUseStill
