"""The devices that there were on a day: how old, from where, with which batteries; and what came and left meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from equipment.models import Destination, Purchase

DAYS_A_YEAR = 365.25
YOUNG, OLD = 3, 5
"""Years: a tablet is taken for three, and seldom gets its updates after five."""
WORN = 80
"""Percent of its capacity under which makers call a battery worn."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device as bare facts. `added_on` is when it came into the register, `battery` what was known on the day."""

    purchase: Purchase
    bought_on: date | None = None
    added_on: date | None = None
    retired_on: date | None = None
    destination: Destination | None = None
    certified: bool = False
    price_cents: int | None = None
    battery: int | None = None

    @property
    def came_on(self) -> date | None:
        return self.bought_on or self.added_on

    def there(self, day: date) -> bool:
        """Whether it was in use at the end of that day."""
        came = self.came_on is None or self.came_on <= day
        return came and (self.retired_on is None or self.retired_on > day)


@dataclass(frozen=True)
class Ages:
    """How many devices are how old; `mean` in years of those whose purchase has a date."""

    young: int
    middle: int
    old: int
    unknown: int
    mean: float | None


@dataclass(frozen=True)
class Batteries:
    """How batteries are; `mean` in percent of those that were measured."""

    good: int
    worn: int
    unknown: int
    mean: float | None


@dataclass(frozen=True)
class Fleet:
    """The devices that there were on a day."""

    devices: int
    purchases: dict[Purchase, int]
    ages: Ages
    batteries: Batteries

    @property
    def refurbished_share(self) -> float | None:
        """Of those of which it is known how they came: bought refurbished, by all."""
        known = self.devices - self.purchases[Purchase.UNKNOWN]
        return self.purchases[Purchase.REFURBISHED] / known if known else None


@dataclass(frozen=True)
class Chain:
    """What came and left in a stretch of days: the circular chain.

    `second_life` are those that went to a refurbisher, for parts, or to somebody else.
    """

    came: dict[Purchase, int]
    left: dict[Destination, int]
    certified: int
    uncertified: int

    @property
    def second_life(self) -> int:
        return sum(self.left[one] for one in (Destination.REFURBISHER, Destination.PARTS, Destination.GIVEN_AWAY))


def fleet_on(devices: Sequence[Device], day: date) -> Fleet:
    there = [one for one in devices if one.there(day)]
    purchases = Counter(one.purchase for one in there)
    return Fleet(len(there), {one: purchases[one] for one in Purchase}, _ages(there, day), _batteries(there))


def chain_of(devices: Sequence[Device], first: date, last: date) -> Chain:
    """Between two days, both included."""
    came = Counter(one.purchase for one in devices if one.came_on and first <= one.came_on <= last)
    gone = [one for one in devices if one.retired_on and one.destination and first <= one.retired_on <= last]
    left = Counter(one.destination for one in gone)
    recycled = [one for one in gone if one.destination is Destination.RECYCLING]
    certified = sum(one.certified for one in recycled)
    return Chain(
        {one: came[one] for one in Purchase}, {one: left[one] for one in Destination}, certified,
        len(recycled) - certified,
    )  # fmt: skip


def _ages(there: Sequence[Device], day: date) -> Ages:
    years = [(day - one.bought_on).days / DAYS_A_YEAR for one in there if one.bought_on]
    young, old = sum(one < YOUNG for one in years), sum(one >= OLD for one in years)
    return Ages(young, len(years) - young - old, old, len(there) - len(years), _mean(years))


def _batteries(there: Sequence[Device]) -> Batteries:
    known = [one.battery for one in there if one.battery is not None]
    worn = sum(one < WORN for one in known)
    return Batteries(len(known) - worn, worn, len(there) - len(known), _mean(known))


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
