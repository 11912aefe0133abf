"""Horizontal bars: a figure for each label, with the period before as a mark on the bar and in brackets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing

from foundation.i18n import _, ngettext
from reach.drawing import heading
from reach.drawing.beside import Beside
from reach.drawing.paper import BRAND, CARD, INK, RULE, SOFT, Frame, Paper, Pen
from reach.drawing.words import few_lines, figure, width_of

LABELS = 0.36
"""Of the width, beside the bars in a wide frame; in a narrow one, labels stand above their bars."""
BAR, LINE = 1.3, 1.25
"""Heights, in letter heights."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure. `value` and `before` are None when not known or not told; `note` then says why."""

    label: str
    value: float | None
    before: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Bars:
    """Figures to compare, none of them negative.

    Attributes:
        measure: what is counted, with its unit.
        period: whose figures the bars are, such as "2026".
        before: whose figures the marks are; empty when nothing is compared.

    Raises:
        ValueError: for a figure below zero.
    """

    title: str
    measure: str
    rows: Sequence[Bar]
    source: str
    period: str
    before: str = ""
    decimals: int = 0
    asides: Sequence[str] = ()

    def __post_init__(self) -> None:
        if any(value < 0 for row in self.rows for value in (row.value, row.before) if value is not None):
            raise ValueError(self.title)

    @property
    def highest(self) -> float:
        """Of all figures shown; at least a little, so that zeros can be drawn."""
        shown = [row.value for row in self.rows] + [row.before for row in self.rows if self.before]
        return max([value for value in shown if value is not None], default=0.0) or 1.0

    def written(self, value: float | None, note: str = "") -> str:
        """A figure, or why there is none."""
        return figure(value, self.decimals) if value is not None else note or _("n.c.")


def draw_bars(bars: Bars, frame: Frame) -> Drawing:
    """The bars in a frame, in the order given."""
    paper = Paper(frame)
    heading.write_title(paper, bars.title)
    write_legend(paper, bars.measure, bars.period, bars.before)
    size = frame.size
    start = LABELS * frame.width if frame.is_wide else size
    room = frame.width - size - start - _widest_figure(bars, size)
    for row in bars.rows:
        _label(paper, row.label, start)
        _bar(paper, bars, row, start, room)
        paper.y += size * (0.55 if frame.is_wide else 0.8)
    paper.y += size * 0.4
    heading.write_small_print(paper, [*bars.asides, bars.source])
    return paper.finished()


def description(bars: Bars) -> str:
    """What the picture says, for those who do not see it."""
    said = [
        ngettext("Chart of %(num)s bar.", "Chart of %(num)s bars.", len(bars.rows)),
        f"{bars.measure}, {bars.period}.",
    ]
    said += [_("%(label)s: %(value)s.", label=row.label, value=bars.written(row.value, row.note)) for row in bars.rows]
    return " ".join([*said, *bars.asides])


def table(bars: Bars) -> Beside:
    """A row for each bar, with labels in full."""
    before = (bars.before,) if bars.before else ()
    rows = [
        (row.label, bars.written(row.value, row.note), *((bars.written(row.before),) if bars.before else ()))
        for row in bars.rows
    ]
    return Beside((bars.measure, bars.period, *before), tuple(rows))


def write_legend(paper: Paper, measure: str, period: str, before: str) -> None:
    """What is counted, and what a bar and a mark are."""
    size = paper.size
    for line in few_lines(measure, paper.width - 2 * size, size, 3):
        paper.y += size * LINE
        paper.text(size, paper.y, line, colour=SOFT)
    # The bars begin at once below: their labels stand higher than a legend does.
    paper.y += size * (0.5 if before else 1.1)
    if not before:
        return
    middle = paper.y + size * 0.75
    paper.rect(size, middle - size * 0.4, size * 1.6, size * 0.8, fill=BRAND)
    paper.text(size * 3, middle + size * 0.35, period)
    across = size * 4.5 + width_of(period, size)
    tick(paper, across, middle, size)
    paper.text(across + size * 0.7, middle + size * 0.35, _("%(period)s (in brackets)", period=before))
    paper.y += size * 2.3


def tick(paper: Paper, across: float, middle: float, height: float) -> None:
    """The mark of the period before: a dark stroke with a light edge, seen on the bar and beside it."""
    half = height * 0.72
    paper.line(across, middle - half, across, middle + half, Pen(CARD, round(paper.size * 0.42, 1)))
    paper.line(across, middle - half, across, middle + half, Pen(INK, round(paper.size * 0.18, 1)))


def _widest_figure(bars: Bars, size: float) -> float:
    """The room that figures take beyond the longest bar."""
    figures = [bars.written(row.value) for row in bars.rows if row.value is not None]
    before = [f"  ({bars.written(row.before)})" for row in bars.rows] if bars.before else []
    widest = max((width_of(text, size, bold=True) for text in figures), default=0.0)
    return widest + max((width_of(text, size) for text in before), default=0.0) + size


def _label(paper: Paper, label: str, start: float) -> None:
    """Beside its bar, or above it."""
    size = paper.size
    if not paper.frame.is_wide:
        for line in few_lines(label, paper.width - 2 * size, size, 2):
            paper.y += size * LINE
            paper.text(size, paper.y, line)
        paper.y += size * 0.6
        return
    lines = few_lines(label, start - 2 * size, size, 2)
    paper.y += size * LINE * (len(lines) - 1) / 2
    for number, line in enumerate(lines):
        down = paper.y + size * (BAR / 2 + 0.35 + LINE * (number - (len(lines) - 1) / 2))
        paper.text(size, down, line)


def _bar(paper: Paper, bars: Bars, row: Bar, start: float, room: float) -> None:
    """The bar, its mark, and the figures behind both."""
    size, middle = paper.size, paper.y + paper.size * BAR / 2
    paper.line(start, paper.y - size * 0.2, start, paper.y + size * (BAR + 0.2), Pen(RULE, 1))
    length = room * (row.value or 0) / bars.highest
    if length:
        paper.rect(start, paper.y, length, BAR * size, fill=BRAND)
    known_before = row.before if bars.before else None
    mark = room * known_before / bars.highest if known_before is not None else 0.0
    if known_before is not None:
        tick(paper, start + mark, middle, BAR * size)
    across, down = start + max(length, mark) + size * 0.5, middle + size * 0.35
    value = bars.written(row.value, row.note)
    paper.text(across, down, value, bold=row.value is not None, colour=INK if row.value is not None else SOFT)
    if known_before is not None:
        behind = across + width_of(f"{value} ", size, bold=row.value is not None)
        paper.text(behind, down, f"({bars.written(known_before)})", colour=SOFT)
    paper.y += BAR * size + (size * LINE / 2 if _two_lines(paper, row.label, start) else 0)


def _two_lines(paper: Paper, label: str, start: float) -> bool:
    return paper.frame.is_wide and len(few_lines(label, start - 2 * paper.size, paper.size, 2)) == 2
