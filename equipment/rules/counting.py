"""Stock-taking: what may be said of a unit, and when a walk along the shelf is over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from equipment.models import Condition, Item, StockLine, StockPlace, StockTaking
from equipment.rules.labels import SEEN_CONDITIONS
from foundation.errors import Conflict, Refused, Unknown
from foundation.i18n import _l, ngettext

LONG = timedelta(days=365)
"""A kit should be counted once a year."""


class NoSuchStockTaking(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such stock-taking."))


class CountedOut(Conflict):
    """It was closed, perhaps by a colleague with another phone."""

    def __init__(self) -> None:
        super().__init__(_l("This stock-taking was closed meanwhile. Look at what it found."))


class StillCounted(Conflict):
    def __init__(self) -> None:
        super().__init__(_l("This stock-taking goes on. Close it first: what it found is printed then."))


class NotOnTheList(Conflict):
    """The device was moved to another kit, or left for good, since the page was shown."""

    def __init__(self) -> None:
        super().__init__(_l("This device is not on the list any more. Load the page again."))


class GoneForGood(Conflict):
    def __init__(self) -> None:
        super().__init__(
            _l("The register says that this device left for good. Put it aside and tell a manager."), "code"
        )


class NotAsFound(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Say how you found it: it works, is damaged, incomplete or missing."))


class NotSeenYet(Conflict):
    """`units` were neither seen nor said to be missing."""

    def __init__(self, units: Collection[Item]) -> None:
        message = ngettext(
            "%(num)s device was not counted yet. Count it, or say that it is missing.",
            "%(num)s devices were not counted yet. Count them, or say that they are missing.",
            len(units),
        )
        super().__init__(message, "rest_missing")


def check_open(taking: StockTaking) -> None:
    """Raises: CountedOut"""
    if taking.closed_at is not None:
        raise CountedOut


def check_found(found: Condition) -> None:
    """Raises: NotAsFound"""
    if found not in SEEN_CONDITIONS:
        raise NotAsFound


def check_on_list(item: Item, kit_id: int, place: StockPlace | None) -> None:
    """Refuse what does not belong here, unless it was added to the list by its code.

    Raises:
        NotOnTheList
    """
    if item.condition is Condition.RETIRED or (item.kit_id != kit_id and place is None):
        raise NotOnTheList


def check_turns_up(item: Item) -> None:
    """Raises: GoneForGood"""
    if item.condition is Condition.RETIRED:
        raise GoneForGood


def check_all_seen(unseen: Collection[Item], *, rest_missing: bool) -> None:
    """Raises: NotSeenYet"""
    if unseen and not rest_missing:
        raise NotSeenYet(unseen)


def differs(line: StockLine) -> bool:
    """Whether a unit was not as, or not where, the register said when the stock-taking was closed."""
    return line.found is not line.was or line.place is not StockPlace.HERE


def is_due(last: datetime | None, now: datetime) -> bool:
    """Whether a kit was not counted for long, or never."""
    return last is None or last < now - LONG
