"""How much help people needed at their first and at their last contact of a period. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from activity.models import Autonomy
from reach.rules.cube import Numbers

ORDER = tuple(Autonomy)
"""From the most help to none."""


@dataclass(frozen=True)
class Autonomies:
    """People by name, each once. A contact counts here when its record is of one person and tells how much
    help they needed.

    Attributes:
        matrix: (at the first, at the last) → people with two such contacts or more; only what there is.
        once: people with one such contact: no way was gone, and none is read into it.
        untold: people of whom no contact tells it.
    """

    matrix: Mapping[tuple[Autonomy, Autonomy], int]
    once: Mapping[Autonomy, int]
    untold: int

    @property
    def twice(self) -> int:
        """People of whom a way can be told."""
        return sum(self.matrix.values())

    @property
    def grew(self) -> int:
        """Those who needed less help at last."""
        return self._people(1)

    @property
    def stayed(self) -> int:
        return self._people(0)

    @property
    def fell(self) -> int:
        """Those who needed more."""
        return self._people(-1)

    def _people(self, way: int) -> int:
        return sum(people for pair, people in self.matrix.items() if _way(*pair) == way)


def ways(person: Numbers, need: Numbers, at: Numbers, record: Numbers) -> Autonomies:
    """The ways of people, of all their contacts.

    Args:
        person, need, at, record: a row for each contact: who; the place in `ORDER` of how much help they needed,
            counted from 1, or 0 when it does not tell; when it began; and, where two began at once, the earlier record.
    """
    order = np.lexsort((record, at, person))
    person, need = person[order], need[order]
    everybody = np.count_nonzero(np.diff(person, prepend=-1))
    _ids, start, count = np.unique(person[need > 0], return_index=True, return_counts=True)
    need = need[need > 0]
    first, last = need[start] - 1, need[start + count - 1] - 1
    several = count > 1
    pairs = np.bincount(first[several] * len(ORDER) + last[several], minlength=len(ORDER) ** 2).tolist()
    once = np.bincount(first[~several], minlength=len(ORDER)).tolist()
    matrix = {(ORDER[place // len(ORDER)], ORDER[place % len(ORDER)]): people for place, people in enumerate(pairs)}
    return Autonomies(
        matrix={pair: people for pair, people in matrix.items() if people},
        once={one: people for one, people in zip(ORDER, once, strict=True) if people},
        untold=int(everybody) - start.size,
    )


def _way(first: Autonomy, last: Autonomy) -> int:
    """1 when less help is needed at last, -1 when more, else 0."""
    before, after = ORDER.index(first), ORDER.index(last)
    return (after > before) - (after < before)
