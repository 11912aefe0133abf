"""A table on paper: rows as high as what they hold, its heading again on each sheet that it goes on to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportlab.lib.colors import Color, black
from reportlab.pdfbase.pdfmetrics import stringWidth

from foundation.arabic import joined
from foundation.document import Document
from foundation.pdf import BOLD, BRAND, LEADING, PLAIN, SOFT, TINT, wrapped

PADDING = 4.0


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        share: of the width, against those of the other columns.
        bold: the first line of a cell is what one looks for; what follows it is said softly.
        number: stands at the end of its cell.
    """

    label: str
    share: float
    bold: bool = False
    number: bool = False


class Line(NamedTuple):
    """One line of a cell."""

    text: str
    font: str
    colour: Color


class Table:
    """A table that is written row by row.

    Args:
        grid: there are edges to write between by hand.
        start: points between the margin and the table, which may stand beside another one.
        room: how wide it is in points; from `start` to the other margin unless told.
    """

    def __init__(
        self,
        document: Document,
        columns: Sequence[Column],
        *,
        size: float = 9,
        grid: bool = False,
        start: float = 0,
        room: float | None = None,
    ) -> None:
        self.document, self.columns, self.size, self.grid, self.start = document, columns, size, grid, start
        self.room = document.room - start if room is None else room
        share = self.room / sum(column.share for column in columns)
        self.widths = [column.share * share for column in columns]

    def height(self, rows: Iterable[Sequence[str]], *, least: float = 0) -> float:
        """Points that the heading and all rows take on one sheet."""
        heading = self._height(self._labels()) if any(column.label for column in self.columns) else 0.0
        return heading + sum(self._ready(row, least)[1] for row in rows) + PADDING * 2

    def write(self, rows: Iterable[Sequence[str]], *, least: float = 0, tail: float = 0) -> None:
        """The heading, then all rows; the last one never stands alone on a sheet.

        Args:
            least: points that a row is high at least.
            tail: points of what follows the table and must not stand alone either: the last rows go along with it.
        """
        self._head(least)
        ready = [self._ready(row, least) for row in rows]
        for left, (cells, height) in zip(range(len(ready) - 1, -1, -1), ready, strict=True):
            behind = {0: tail, 1: ready[-1][1] + tail}.get(left, 0)
            self._row(cells, height, least, needs=height + behind)
        self.document.gap(PADDING * 2)

    def _head(self, least: float) -> None:
        """None where no column has a name."""
        if not any(column.label for column in self.columns):
            return
        cells = self._labels()
        height = self._height(cells)
        self.document.keep(height + max(least, self.size * 3))
        self.document.box(height, start=self.start, width=self.room, ground=TINT)
        self._draw(cells, height)

    def _labels(self) -> list[list[Line]]:
        return [
            [Line(text, BOLD, BRAND) for text in lines_of(column.label, BOLD, self.size, width - 2 * PADDING)]
            for column, width in zip(self.columns, self.widths, strict=True)
        ]

    def _ready(self, texts: Sequence[str], least: float) -> tuple[list[list[Line]], float]:
        """A row in lines, and how high it is."""
        cells = [
            self._cell(column, text, width - 2 * PADDING)
            for column, text, width in zip(self.columns, texts, self.widths, strict=True)
        ]
        return cells, max(least, self._height(cells))

    def _row(self, cells: Sequence[Sequence[Line]], height: float, least: float, *, needs: float) -> None:
        sheet = self.document.page
        self.document.keep(needs)
        if self.document.page != sheet:
            self._head(least)
        self._draw(cells, height)

    def _cell(self, column: Column, text: str, width: float) -> list[Line]:
        first, _end, rest = text.partition("\n") if column.bold else (text, "", "")
        font = BOLD if column.bold else PLAIN
        strong = [Line(line, font, black) for line in lines_of(first, font, self.size, width)]
        return strong + [Line(line, PLAIN, SOFT) for line in lines_of(rest, PLAIN, self.size, width)]

    def _height(self, cells: Sequence[Sequence[Line]]) -> float:
        return max(len(cell) for cell in cells) * self.size * LEADING + 2 * PADDING

    def _draw(self, cells: Sequence[Sequence[Line]], height: float) -> None:
        """One row from the top down, with its lower edge; the sheet stands beneath it afterwards."""
        document, top, start = self.document, self.document.y, self.start
        for column, cell, width in zip(self.columns, cells, self.widths, strict=True):
            for number, line in enumerate(cell, 1):
                document.y = top - PADDING - number * self.size * LEADING + self.size * 0.3
                end = width - PADDING - stringWidth(joined(line.text), line.font, self.size)
                at = start + (end if column.number else PADDING)
                document.put(line.text, self.size, font=line.font, colour=line.colour, start=at)
            if self.grid:
                document.y = top
                document.box(height, start=start, width=width)
            start += width
        document.y = top - height
        if not self.grid:
            document.rule(start=self.start, width=self.room)


def lines_of(text: str, font: str, size: float, width: float) -> list[str]:
    """`text` in lines of a cell; its own ends of line stay, and a word that is longer than the cell is cut."""
    cut = (_cut(paragraph, font, size, width) for paragraph in text.split("\n"))
    return [line for paragraph in cut for line in wrapped(paragraph, font, size, width)]


def _cut(text: str, font: str, size: float, width: float) -> str:
    """`text` with a space within each word that no cell could hold."""
    words = []
    for word in text.split(" "):
        pieces = [""]
        for letter in word:
            if pieces[-1] and stringWidth(joined(pieces[-1] + letter), font, size) > width:
                pieces.append("")
            pieces[-1] += letter
        words.append(" ".join(pieces))
    return " ".join(words)
