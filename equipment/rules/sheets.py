"""Sheets of labels: where on paper each one goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from foundation.errors import Refused
from foundation.i18n import _l, ngettext

MOST_LABELS = 500


class Paper(StrEnum):
    """What is in the printer."""

    PLAIN = "plain"
    MEDIUM = "medium"
    WIDE = "wide"
    FULL = "full"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Layout:
    """A4, in millimetres: columns and rows of labels, their size, the edge of paper before the first, and the gap."""

    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    gap: float = 0.0

    @property
    def per_sheet(self) -> int:
        return self.columns * self.rows


LAYOUTS = {
    Paper.PLAIN: Layout(3, 7, 60, 38, 15, 15.5),
    Paper.MEDIUM: Layout(3, 7, 63.5, 38.1, 7.25, 15.15, 2.5),
    Paper.WIDE: Layout(2, 7, 99.1, 38.1, 4.65, 15.15, 2.5),
    Paper.FULL: Layout(3, 8, 70, 37, 0, 0.5),
    Paper.SMALL: Layout(5, 13, 38.1, 21.2, 4.75, 10.7, 2.5),
}
"""As sold with the numbers L7160, L7163, 3474 and L7651; plain paper is cut by hand."""
BIG_ROWS = 2
"""Rows of plain paper that the label of a case takes."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one label goes: which sheet, from 0 on, and millimetres from the left and upper edges of the paper."""

    sheet: int
    left: float
    top: float
    width: float
    height: float


class NoSuchSpot(Refused):
    def __init__(self, most: int) -> None:
        super().__init__(_l("A sheet of these has labels 1 to %(most)s.", most=most), "first")


class NothingToPrint(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("Choose at least one label."), field)


class TooManyLabels(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("Print at most %(most)s labels at once.", most=MOST_LABELS), field)


class UnknownCodes(Refused):
    """`codes` are on the label of nothing that this person works with."""

    def __init__(self, codes: list[str]) -> None:
        message = ngettext(
            "Nothing of ours has the code %(codes)s. Correct it, or take it out.",
            "Nothing of ours has the codes %(codes)s. Correct them, or take them out.",
            len(codes),
            codes=", ".join(codes[:10]),
        )
        super().__init__(message, "codes")


def check_sheet(paper: Paper, first: int, count: int, field: str) -> None:
    """Refuse a place that the sheet has not, and a number of labels that nobody prints.

    Args:
        first: where the first label goes, from 1 on: what is before was used.
        field: where what is printed is chosen.

    Raises:
        NoSuchSpot, NothingToPrint, TooManyLabels
    """
    if not 1 <= first <= LAYOUTS[paper].per_sheet:
        raise NoSuchSpot(LAYOUTS[paper].per_sheet)
    if not count:
        raise NothingToPrint(field)
    if count > MOST_LABELS:
        raise TooManyLabels(field)


def spots(paper: Paper, first: int, count: int, *, case: bool) -> list[Spot]:
    """Where `count` labels go, the first in the place `first` (from 1 on), sheet after sheet.

    Args:
        case: the first one is that of a case: on plain paper it is as wide as the sheet.
    """
    layout = LAYOUTS[paper]
    places = _places(layout, first - 1)
    if not (case and paper is Paper.PLAIN and count):
        return [next(places) for _ in range(count)]
    row = -(-(first - 1) // layout.columns)
    sheet, row = (0, row) if row + BIG_ROWS <= layout.rows else (1, 0)
    width = layout.columns * layout.width
    big = Spot(sheet, layout.left, layout.top + row * layout.height, width, BIG_ROWS * layout.height)
    places = _places(layout, sheet * layout.per_sheet + (row + BIG_ROWS) * layout.columns)
    return [big, *(next(places) for _ in range(count - 1))]


def _places(layout: Layout, skipped: int) -> Iterator[Spot]:
    """The places of sheet after sheet, without end, row by row."""
    number = skipped
    while True:
        sheet, rest = divmod(number, layout.per_sheet)
        row, column = divmod(rest, layout.columns)
        left = layout.left + column * (layout.width + layout.gap)
        yield Spot(sheet, left, layout.top + row * layout.height, layout.width, layout.height)
        number += 1
