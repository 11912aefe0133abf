"""All figures that somebody outside may lay side by side, with the sums that hold between them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

Key = Hashable
"""Whatever tells one figure from another; never shown."""

SMALL: Final = 11
"""Counts below are not told outside of the team, none included (`moins de 11`)."""


class Fate(StrEnum):
    """What may become of a figure."""

    OPEN = "open"  # It is shown unless it has to be hidden.
    PUBLIC = "public"  # It was shown before: what is known stays known.
    HIDDEN = "hidden"  # It is not shown: it never was a figure of a page, or was hidden before.


@dataclass(frozen=True)
class Cell:
    """One figure: a count, or, where `signed`, the change between two versions of a count.

    `small` says that it must not be worked out: because it is below 11 itself, or because it tells of fewer than 11
    people, such as the hours of four. `cost` says how much is lost by hiding it: as much as it counts.
    """

    value: int
    fate: Fate = Fate.OPEN
    small: bool = False
    signed: bool = False

    @property
    def cost(self) -> int:
        return abs(self.value)

    @property
    def room(self) -> tuple[int, int]:
        """(lowest, highest) of what it must be able to be for all that is told.

        A small count may be none and may be 11: nobody learns so much as that it is small. Of a small change, neither
        the way it goes nor whether anything changed is learned. A larger figure, of few people, may be none and may be
        twice what it is.
        """
        if self.signed:
            return min(0, self.value - SMALL), max(0, self.value + SMALL)
        if self.value < SMALL:
            return 0, SMALL
        return 0, 2 * self.value


def count(value: int, fate: Fate = Fate.OPEN) -> Cell:
    """A count of people, contacts or things: small below 11."""
    return Cell(value, fate, small=value < SMALL)


def change(value: int) -> Cell:
    """What a revision changed: small below 11 up or down, but for nothing at all."""
    return Cell(value, Fate.HIDDEN, small=0 < abs(value) < SMALL, signed=True)


def slack(value: int) -> Cell:
    """What one figure is larger than another by: never told, no secret by itself, and never below none."""
    return Cell(value, Fate.HIDDEN)


@dataclass
class Picture:
    """Cells and the sums between them. A sum is {key: coefficient}: whoever reads knows what it comes to, always.

    What it comes to need not be none: people who were in two lines make the lines add up to more than the total.
    Whoever reads is thought to know by how much, which is more than they do.
    """

    cells: dict[Key, Cell] = field(default_factory=dict)
    sums: list[dict[Key, int]] = field(default_factory=list)

    def add(self, key: Key, cell: Cell) -> None:
        self.cells[key] = cell

    def add_sum(self, whole: Key, parts: Iterable[Key]) -> None:
        """`whole` is made of `parts`. Parts may come twice."""
        terms: dict[Key, int] = {whole: -1}
        for part in parts:
            terms[part] = terms.get(part, 0) + 1
        self.sums.append({key: factor for key, factor in terms.items() if factor})

    def comes_to(self, terms: Mapping[Key, int]) -> int:
        return sum(factor * self.cells[key].value for key, factor in terms.items())
