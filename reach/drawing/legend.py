"""What explains a map: swatches with limits and counts, outline and mark, north, scale, and the key of the numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence

import shapely

from foundation.i18n import _
from reach.drawing import patterns
from reach.drawing.choropleth import Choropleth
from reach.drawing.labels import NAME, badge_width
from reach.drawing.paper import CARD, END, INK, MIDDLE, SIGNAL, SOFT, Paper, Pen
from reach.drawing.words import few_lines, figure, fitted, short_figure, width_of

SWATCH_WIDTH, SWATCH_HEIGHT = 2.6, 1.5
ROW = 2.0
"""Heights and widths are in letter heights."""
BORDER = Pen(INK, 0.7)


def outline_pen(size: float) -> Pen:
    """Around priority neighbourhoods: thick and broken, which no border is."""
    return Pen(SIGNAL, round(size * 0.17, 2), (round(size * 0.5, 1), round(size * 0.28, 1)))


def write_legend(paper: Paper, choropleth: Choropleth, across: float, width: float) -> None:
    """From the height at hand downwards, `width` points wide."""
    for line in fitted(choropleth.measure, width, paper.size, bold=True):
        paper.lines(across, [line], bold=True)
    paper.y += paper.size * 1.2
    paper.text(across, paper.y, _("Range"), scale=0.85, colour=SOFT)
    paper.text(across + width, paper.y, _("Neighbourhoods"), scale=0.85, colour=SOFT, anchor=END)
    paper.y += paper.size * 0.3
    counts = choropleth.classes.counts
    for number in reversed(range(len(counts))):
        _swatch(paper, across, patterns.pattern_of(number, len(counts)))
        _said(paper, across, width, choropleth.classes.label(number), counts[number])
    if choropleth.unknown:
        _swatch(paper, across, patterns.UNKNOWN)
        _said(paper, across, width, _("not known or not told (%(mark)s)", mark=_("n.c.")), choropleth.unknown)
    _other_marks(paper, choropleth, across, width)


def _swatch(paper: Paper, across: float, pattern: patterns.Pattern) -> None:
    size = paper.size
    west, east = sorted((paper.flip(across), paper.flip(across + SWATCH_WIDTH * size)))
    box = shapely.box(west, paper.y + 0.25 * size, east, paper.y + (0.25 + SWATCH_HEIGHT) * size)
    patterns.fill(paper, [box], pattern, BORDER)


def _said(paper: Paper, across: float, width: float, text: str, count: int | None = None) -> None:
    """The words of a row of the legend, and how many areas it has."""
    size = paper.size
    start = across + (SWATCH_WIDTH + 0.7) * size
    counted = figure(count) if count is not None else ""
    paper.text(across + width, paper.y + 1.35 * size, counted, colour=SOFT, anchor=END)
    for line in few_lines(text, across + width - start - width_of(f" {counted}", size), size, 3):
        paper.text(start, paper.y + 1.35 * size, line)
        paper.y += 1.3 * size
    paper.y += (ROW - 1.3) * size


def _other_marks(paper: Paper, choropleth: Choropleth, across: float, width: float) -> None:
    size = paper.size
    if choropleth.outlines or any(area.priority for area in choropleth.areas):
        pen = outline_pen(size)
        west = across + pen.width / 2
        paper.rect(west, paper.y + 0.25 * size, SWATCH_WIDTH * size - pen.width, SWATCH_HEIGHT * size, pen=pen)
        _said(paper, across, width, choropleth.outlined)
    if choropleth.places:
        mark(paper, paper.flip(across + SWATCH_WIDTH * size / 2), paper.y + size)
        _said(paper, across, width, choropleth.placed)


def mark(paper: Paper, x: float, y: float) -> None:
    """A place: a black square with a light edge, from the left."""
    side = paper.size * 0.5
    paper.rect(paper.flip(x) - side / 2, y - side / 2, side, side, fill=INK, pen=Pen(CARD, 1.2))


def write_scale(paper: Paper, points_a_metre: float, across: float) -> None:
    """North, and a bar of 1, 2 or 5 times a power of ten, at most a quarter of the picture long."""
    size = paper.size
    metres = round_length(paper.width / 4 / points_a_metre)
    end, down = across + metres * points_a_metre, paper.y + size * 1.1
    pen = Pen(SOFT, 1.2)
    paper.line(across, down, end, down, pen)
    for edge in (across, end):
        paper.line(edge, down - size * 0.3, edge, down + size * 0.3, pen)
    length = f"{short_figure(metres / 1000)} km" if metres >= 1000 else f"{short_figure(metres)} m"
    paper.text(end + size * 0.5, down + size * 0.35, length, scale=0.9, colour=SOFT)
    _north(paper, end + size * 1.8 + width_of(length, size * 0.9), down)
    paper.y += size * 2


def _north(paper: Paper, across: float, down: float) -> None:
    size, x = paper.size, paper.flip(across)
    tip, foot = down - size * 0.75, down + size * 0.6
    arrow = [(x, tip), (x + size * 0.4, foot), (x, down + size * 0.25), (x - size * 0.4, foot), (x, tip)]
    paper.path([arrow], fill=SOFT)
    paper.text(across + size * 0.75, down + size * 0.35, _("North"), scale=0.9, colour=SOFT)


def round_length(metres: float) -> int:
    """The longest of 1, 2, 5, 10, 20, 50 … metres that is not over `metres`; at least one."""
    power = int(10 ** max(0, math.floor(math.log10(max(metres, 1)))))
    return max(step * power for step in (1, 2, 5) if step * power <= max(metres, 1))


def badge(paper: Paper, across: float, down: float, number: int) -> None:
    """The round mark of a number, whose middle is at (across, down)."""
    width, height = badge_width(number, paper.size), paper.size * 1.35
    paper.rect(across - width / 2, down - height / 2, width, height, fill=INK, radius=height / 2)
    paper.text(across, down + paper.size * 0.3, str(number), scale=NAME, bold=True, colour=CARD, anchor=MIDDLE)


def write_key(paper: Paper, choropleth: Choropleth, numbers: Sequence[int], across: float, width: float) -> None:
    """The names behind the numbers on the map, in one column from the height at hand."""
    for number in numbers:
        _entry(paper, choropleth, number, across, width)


def key_height(paper: Paper, choropleth: Choropleth, numbers: Sequence[int], width: float) -> float:
    """Points that a column of the key takes."""
    entries = [_name_lines(paper, choropleth, number, width) for number in numbers]
    return sum(len(lines) * paper.size * 1.2 + paper.size * 0.55 for lines in entries)


def write_key_in_columns(paper: Paper, choropleth: Choropleth, numbers: Sequence[int]) -> None:
    """The key across the whole width, in columns that are read downwards."""
    columns = 2 if paper.frame.is_wide and len(numbers) > 1 else 1
    each = math.ceil(len(numbers) / columns)
    width = (paper.width - paper.size) / columns
    top, deepest = paper.y, paper.y
    for column in range(columns):
        paper.y = top
        part = numbers[column * each : (column + 1) * each]
        write_key(paper, choropleth, part, paper.size + column * width, width - paper.size)
        deepest = max(deepest, paper.y)
    paper.y = deepest


def _name_lines(paper: Paper, choropleth: Choropleth, number: int, width: float) -> list[str]:
    """The name of an entry, beside its figure."""
    area = choropleth.areas[number - 1]
    figure_width = width_of(choropleth.figure(area), paper.size, bold=True)
    return few_lines(area.name, width - paper.size * 3 - figure_width, paper.size * 0.92, 3)


def _entry(paper: Paper, choropleth: Choropleth, number: int, across: float, width: float) -> None:
    size = paper.size
    badge(paper, across + size * 1.1, paper.y + size * 0.95, number)
    value = choropleth.figure(choropleth.areas[number - 1])
    paper.text(across + width, paper.y + size * 1.25, value, bold=True, anchor=END)
    for line in _name_lines(paper, choropleth, number, width):
        paper.text(across + size * 2.5, paper.y + size * 1.25, line, scale=0.92)
        paper.y += size * 1.2
    paper.y += size * 0.55
