"""Tables on paper, which go on over pages or stand beside one another, and paragraphs in two columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color, black
from reportlab.pdfbase.pdfmetrics import stringWidth

from foundation.pdf import BOLD, BRAND, PLAIN, SOFT, TINT
from reach.drawing.paper import WASH
from reach.drawing.words import fitted
from reach.reports.paper import ROW, ReportPaper

LEADING = ROW * 1.3
AIR = 7
"""Points of a row beside its lines, and of a cell beside its words."""
TOP = 4
"""Points over a table that has no title."""
WHOLE = 260
"""Points: a table that is lower stays on one page."""
BETWEEN = 18
"""Points between two columns."""
SMALL_LEADING = 1.24
"""Height of a line in columns, by the size of its letters: what defines all figures of a year fills two pages."""


@dataclass(frozen=True)
class Grid:
    """A table: the first column is words, the others are figures that end at the right of theirs.

    Attributes:
        widths: of the columns, as parts of the room; they add up to 1.
        note: small print under it.
        lengths: of a bar behind each row, from 0 to 1; none when empty. The figures say the same.
    """

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    note: str = ""
    lengths: Sequence[float] = ()

    def height(self, room: float) -> float:
        """Points that it takes, title and note included."""
        title = 8 + 15 * len(fitted(self.title, room, 11, bold=True)) + 3 if self.title else TOP
        note = 10.5 * len(fitted(self.note, room, 7.5)) + 2 if self.note else 0
        body = sum(self._height(row, room, bold=False) for row in self.rows)
        return title + self._height(self.header, room, bold=True) + body + note + AIR

    def part(self, rows: Sequence[Sequence[str]]) -> Grid:
        """Some of its rows, without title and note."""
        return Grid("", self.header, rows, self.widths)

    def fitting(self, rows: Sequence[Sequence[str]], room: float, high: float) -> int:
        """How many of the first rows `high` points hold, under the header."""
        return next(
            (count - 1 for count in range(1, len(rows) + 1) if self.part(rows[:count]).height(room) > high), len(rows)
        )

    def write(self, paper: ReportPaper) -> None:
        """Across the page; the header stands again on each page that it reaches."""
        high = self.height(paper.room)
        paper.keep(high if high < WHOLE else 110)
        self._write_title(paper, 0, paper.room)
        self._row(paper, self.header, 0, paper.room, bold=True)
        for number, row in enumerate(self.rows):
            # The last line and the note under it go over the page together.
            note = 10.5 * len(fitted(self.note, paper.room, 7.5)) + AIR if number == len(self.rows) - 1 else 0
            if paper.left < self._height(row, paper.room, bold=False) + note:
                paper.turn()
                self._row(paper, self.header, 0, paper.room, bold=True)
            self._bar(paper, number, 0, paper.room)
            self._row(paper, row, 0, paper.room)
        self._write_note(paper, 0, paper.room)

    def write_within(self, paper: ReportPaper, start: float, room: float) -> None:
        """In a part of the width, on this page."""
        self._write_title(paper, start, room)
        self._row(paper, self.header, start, room, bold=True)
        for number, row in enumerate(self.rows):
            self._bar(paper, number, start, room)
            self._row(paper, row, start, room)
        self._write_note(paper, start, room)

    def _write_title(self, paper: ReportPaper, start: float, room: float) -> None:
        if not self.title:
            paper.gap(TOP)
            return
        paper.gap(8)
        for line in fitted(self.title, room, 11, bold=True):
            paper.gap(15)
            paper.put(line, 11, font=BOLD, start=start)
        paper.gap(3)

    def _write_note(self, paper: ReportPaper, start: float, room: float) -> None:
        paper.gap(2)
        for line in fitted(self.note, room, 7.5) if self.note else ():
            paper.gap(10.5)
            paper.put(line, 7.5, colour=SOFT, start=start)
        paper.gap(AIR - 2)

    def _bar(self, paper: ReportPaper, number: int, start: float, room: float) -> None:
        length = self.lengths[number] * self.widths[0] * room if number < len(self.lengths) else 0
        if length:
            paper.box(self._height(self.rows[number], room, bold=False), start=start, width=length, ground=WASH)

    def _row(self, paper: ReportPaper, cells: Sequence[str], start: float, room: float, *, bold: bool = False) -> None:
        height, top = self._height(cells, room, bold=bold), paper.y
        if bold:
            paper.box(height, start=start, width=room, ground=TINT)
        at, font = start, BOLD if bold else PLAIN
        for number, (cell, part) in enumerate(zip(cells, self.widths, strict=True)):
            width, paper.y = part * room, top - 3
            for line in fitted(cell, width - AIR, ROW, bold=bold):
                paper.y -= LEADING
                across = at + 4 if not number else at + width - 4 - stringWidth(line, font, ROW)
                paper.put(line, ROW, font=font, start=across)
            at += width
        paper.y = top - height
        paper.hairline(start, room)

    def _height(self, cells: Sequence[str], room: float, *, bold: bool) -> float:
        lines = (
            len(fitted(cell, part * room - AIR, ROW, bold=bold)) or 1
            for cell, part in zip(cells, self.widths, strict=True)
        )
        return AIR - 1 + LEADING * max(lines)


def beside_height(paper: ReportPaper, left: Grid, right: Grid) -> float:
    """Points that two tables take side by side."""
    room = (paper.room - BETWEEN) / 2
    return max(left.height(room), right.height(room))


def write_beside(paper: ReportPaper, left: Grid, right: Grid) -> None:
    """Two tables side by side; under one another where the page could not hold the taller one."""
    room = (paper.room - BETWEEN) / 2
    high = beside_height(paper, left, right)
    if high > paper.height - 2 * paper.margin - 60:
        left.write(paper)
        right.write(paper)
        return
    paper.keep(high)
    top = paper.y
    for number, grid in enumerate((left, right)):
        paper.y = top
        grid.write_within(paper, number * (room + BETWEEN), room)
    paper.y = top - high


def write_in_pairs(paper: ReportPaper, grid: Grid) -> None:
    """A long table in two columns, each read downwards, page after page; its note stands under the last."""
    room, waiting = (paper.room - BETWEEN) / 2, list(grid.rows)
    paper.subheading(grid.title, least=160)
    while waiting:
        top, lowest = paper.y, paper.y
        free = paper.left - 10.5 * len(fitted(grid.note, paper.room, 7.5)) - 3 * AIR
        half = grid.part(waiting).height(room) / 2 + 2 * LEADING
        for column in range(2):
            part = waiting[: max(1, grid.fitting(waiting, room, min(free, half) if not column else free))]
            waiting = waiting[len(part) :]
            paper.y = top
            if part:
                grid.part(part).write_within(paper, column * (room + BETWEEN), room)
            lowest = min(lowest, paper.y)
        paper.y = lowest
        if waiting:
            paper.turn()
    paper.say(grid.note, small=True)


@dataclass(frozen=True)
class Block:
    """Paragraphs that stay together: (words, size, bold, soft)."""

    paragraphs: Sequence[tuple[str, float, bool, bool]]

    def lines(self, room: float) -> list[tuple[str, float, bool, bool]]:
        """Line by line, as wide as `room` points."""
        return [
            (line, size, bold, soft)
            for words, size, bold, soft in self.paragraphs
            for line in fitted(words, room, size, bold=bold)
        ]

    def height(self, room: float) -> float:
        return sum(size * SMALL_LEADING for _line, size, _bold, _soft in self.lines(room)) + 6


def write_in_columns(paper: ReportPaper, blocks: Sequence[Block]) -> None:
    """Blocks in two columns, each read downwards, as high as one another where all that is left fits on the page."""
    room, waiting = (paper.room - BETWEEN) / 2, list(blocks)
    while waiting:
        heights = [block.height(room) for block in waiting]
        limit = min(paper.left, max(sum(heights) / 2 + max(heights) / 2, *heights))
        top, lowest = paper.y, paper.y
        for column in range(2):
            paper.y = top
            while waiting and (top - paper.y + waiting[0].height(room) <= limit or paper.y == top):
                _write_block(paper, waiting.pop(0), column * (room + BETWEEN), room)
            lowest = min(lowest, paper.y)
        paper.y = lowest
        if waiting:
            paper.turn()


def _write_block(paper: ReportPaper, block: Block, start: float, room: float) -> None:
    for line, size, bold, soft in block.lines(room):
        colour: Color = SOFT if soft else BRAND if bold else black
        paper.gap(size * SMALL_LEADING)
        paper.put(line, size, font=BOLD if bold else PLAIN, colour=colour, start=start)
    paper.gap(6)
