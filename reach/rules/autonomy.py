"""How much help people needed at their first and at their last contact of a period. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from activity.models import Autonomy

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


def _way(first: Autonomy, last: Autonomy) -> int:
    """1 when less help is needed at last, -1 when more, else 0."""
    before, after = ORDER.index(first), ORDER.index(last)
    return (after > before) - (after < before)
