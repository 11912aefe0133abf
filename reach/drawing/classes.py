"""Classes of a map: at most five, between round limits that the data choose."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from foundation.i18n import _
from reach.drawing.words import short_figure

MOST = 5
_STEPS = (1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class Classes:
    """Limits between classes, rising. A value on a limit belongs to the class above it.

    Attributes:
        limits: one fewer than there are classes; empty when all known values are the same.
        counts: known values in each class; empty when no value is known.
    """

    limits: tuple[float, ...]
    counts: tuple[int, ...]

    def of(self, value: float) -> int:
        """Number of the class of a value, from 0 for the lowest."""
        return bisect_right(self.limits, value)

    def label(self, number: int) -> str:
        """What stands beside the swatch of a class."""
        if not self.limits:
            return _("the same everywhere")
        shown = [short_figure(limit) for limit in self.limits]
        if number == 0:
            return _("under %(limit)s", limit=shown[0])
        if number == len(shown):
            return _("%(limit)s and more", limit=shown[-1])
        return _("%(low)s to under %(high)s", low=shown[number - 1], high=shown[number])


def classes_of(values: Sequence[float], most: int = MOST) -> Classes:
    """Classes of about as many values each, between round limits.

    Method: the quantiles of the values (four of them for five classes), each rounded to a multiple of one step out of
    1, 2 or 5 times a power of ten. Of all steps, the one is taken that fills most classes, then the one that makes
    fewest classes smaller than half or larger than twice what each would hold if all were alike, then the coarsest.
    Values that are the same are always in the same class, so that fewer than five distinct values make as many
    classes as there are values; one value makes one class, none makes none.
    """
    known = sorted(values)
    if not known:
        return Classes((), ())
    wanted = min(most, len(set(known)))
    if wanted == 1:
        return Classes((), (len(known),))
    quantiles = [_quantile(known, part / wanted) for part in range(1, wanted)]
    if len(set(known)) <= most:
        quantiles = _middles(sorted(set(known)))
    return min((_with_step(known, quantiles, *step) for step in _steps(known)), key=lambda made: _faults(made, wanted))


def _quantile(known: Sequence[float], part: float) -> float:
    """The value under which that part lies, interpolated between neighbours (the usual method 7 of Hyndman and Fan)."""
    place = part * (len(known) - 1)
    low = math.floor(place)
    high = min(low + 1, len(known) - 1)
    return known[low] + (known[high] - known[low]) * (place - low)


def _middles(distinct: Sequence[float]) -> list[float]:
    """Halfway between neighbours: each value has its own class."""
    return [(low + high) / 2 for low, high in pairwise(distinct)]


def _steps(known: Sequence[float]) -> list[tuple[float, int]]:
    """(step, decimals) from coarser than all the values span to fine enough to part the nearest two."""
    span = known[-1] - known[0]
    nearest = min(high - low for low, high in pairwise(known) if high > low)
    powers = range(math.ceil(math.log10(span)), math.floor(math.log10(nearest)) - 2, -1)
    return [(step * 10.0**power, max(0, -power)) for power in powers for step in reversed(_STEPS)]


def _with_step(known: Sequence[float], quantiles: Sequence[float], step: float, decimals: int) -> Classes:
    """Rounded limits, without those that would leave a class empty."""
    limits: list[float] = []
    taken = 0
    for limit in sorted({round(round(quantile / step) * step, decimals) for quantile in quantiles}):
        below = bisect_left(known, limit)
        if taken < below < len(known):
            limits.append(limit)
            taken = below
    places = [bisect_right(limits, value) for value in known]
    return Classes(tuple(limits), tuple(places.count(number) for number in range(len(limits) + 1)))


def _faults(made: Classes, wanted: int) -> tuple[int, int]:
    """Missing classes, then classes that are much too small or too large. Steps come coarsest first: the best wins."""
    due = sum(made.counts) / wanted
    return wanted - len(made.counts), sum(not round(due / 2) <= count <= 2 * due for count in made.counts)
