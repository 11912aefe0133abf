"""Months: a column each, and a broken line through the same months of the period before."""

from __future__ import annotations

import math

from reportlab.graphics.shapes import Drawing

from reach.drawing import heading
from reach.drawing.bars import Bar, Bars, draw_bars
from reach.drawing.paper import BRAND, CARD, END, INK, MIDDLE, RULE, SOFT, Frame, Paper, Pen
from reach.drawing.words import few_lines, short_figure, width_of

HEIGHT = 0.36
"""Of the width: how high the highest column is."""
COLUMN = 0.62
"""Of the width that a month has."""

FIGURE_AT_MOST = 0.88
"""Of the width that a month has: figures that are wider would be read as one."""


def draw_months(months: Bars, frame: Frame) -> Drawing:
    """Columns over a common floor; bars under one another where the figures are too wide to stand on columns."""
    axis = max(width_of(short_figure(step), frame.size * 0.85) for step in steps(months.highest)) + 1.8 * frame.size
    each = (frame.width - axis - frame.size) / max(len(months.rows), 1)
    widest = max((width_of(months.written(row.value), frame.size * 0.9, bold=True) for row in months.rows), default=0)
    if widest > each * FIGURE_AT_MOST:
        return draw_bars(months, frame)
    paper = Paper(frame)
    heading.write_title(paper, months.title)
    _write_legend(paper, months)
    floor = paper.y + frame.size * 1.6 + frame.width * HEIGHT
    _draw_steps(paper, months, axis, floor)
    _draw_columns(paper, months, axis, floor, each)
    _draw_before(paper, months, axis, floor, each)
    _write_months(paper, months, axis, floor, each)
    heading.write_small_print(paper, [*months.asides, months.source])
    return paper.finished()


def steps(highest: float) -> list[float]:
    """Round heights from zero to one that no column is above: three to six of them, 1, 2 or 5 apart."""
    power = 10.0 ** math.floor(math.log10(highest))
    step = next(width for width in (power / 5, power / 2, power, power * 2, power * 5) if highest / width <= 5)
    return [round(step * number, 10) for number in range(math.ceil(highest / step) + 1)]


def _top(months: Bars) -> float:
    return steps(months.highest)[-1]


def _write_legend(paper: Paper, months: Bars) -> None:
    size = paper.size
    for line in few_lines(months.measure, paper.width - 2 * size, size, 3):
        paper.y += size * 1.25
        paper.text(size, paper.y, line, colour=SOFT)
    paper.y += size * 1.25
    if not months.before:
        return
    paper.rect(size, paper.y - size * 0.4, size * 1.6, size * 0.8, fill=BRAND)
    paper.text(size * 3, paper.y + size * 0.35, months.period)
    across = size * 4.5 + width_of(months.period, size)
    _line(paper, [(across, paper.y), (across + size * 2.4, paper.y)])
    _dot(paper, across + size * 1.2, paper.y)
    paper.text(across + size * 3, paper.y + size * 0.35, months.before)
    paper.y += size


def _draw_steps(paper: Paper, months: Bars, axis: float, floor: float) -> None:
    """Faint lines across, each with its height written."""
    size = paper.size
    for step in steps(months.highest):
        down = floor - paper.width * HEIGHT * step / _top(months)
        paper.line(axis, down, paper.width - size, down, Pen(INK, 1) if not step else Pen(RULE, 0.7))
        paper.text(axis - size * 0.5, down + size * 0.3, short_figure(step), scale=0.85, colour=SOFT, anchor=END)


def _draw_columns(paper: Paper, months: Bars, axis: float, floor: float, each: float) -> None:
    for number, row in enumerate(months.rows):
        if row.value:
            height = paper.width * HEIGHT * row.value / _top(months)
            left = axis + each * (number + (1 - COLUMN) / 2)
            paper.rect(left, floor - height, each * COLUMN, height, fill=BRAND)


def _draw_before(paper: Paper, months: Bars, axis: float, floor: float, each: float) -> None:
    """A broken line with open dots; it stops where a figure is not known."""
    run: list[tuple[float, float]] = []
    for number, row in enumerate([*months.rows, None]):
        before = row.before if row and months.before else None
        if before is not None:
            run.append((axis + each * (number + 0.5), floor - paper.width * HEIGHT * before / _top(months)))
            continue
        _line(paper, run)
        for spot in run:
            _dot(paper, *spot)
        run = []


def _line(paper: Paper, spots: list[tuple[float, float]]) -> None:
    ring = [(paper.flip(x), y) for x, y in spots]
    if len(ring) > 1:
        dash = (round(paper.size * 0.45, 1), round(paper.size * 0.3, 1))
        paper.path([ring], pen=Pen(CARD, round(paper.size * 0.34, 1)), closed=False)
        paper.path([ring], pen=Pen(INK, round(paper.size * 0.13, 1), dash), closed=False)


def _dot(paper: Paper, across: float, down: float) -> None:
    paper.circle(across, down, round(paper.size * 0.26, 1), fill=CARD, pen=Pen(INK, round(paper.size * 0.12, 1)))


def _write_months(paper: Paper, months: Bars, axis: float, floor: float, each: float) -> None:
    """Names under the floor, every second one where a word is too long; figures over what stands highest in a month."""
    size = paper.size
    longest = max((width_of(word, size * 0.85) for row in months.rows for word in row.label.split()), default=0.0)
    stride = 1 if longest <= each * 0.96 else 2
    deepest = 1
    for number, row in enumerate(months.rows):
        middle = axis + each * (number + 0.5)
        _write_figure(paper, months, row, middle, floor)
        lines = few_lines(row.label, each * stride * 0.96, size * 0.85, 2) if number % stride == 0 else []
        deepest = max(deepest, len(lines))
        for at, line in enumerate(lines):
            half = width_of(line, size * 0.85) / 2
            # What is wider than its month stands within the chart, and never over the figures of the axis.
            across = min(max(middle, axis + half), paper.width - half)
            paper.text(across, floor + size * (1.2 + 1.1 * at), line, scale=0.85, anchor=MIDDLE)
    paper.y = floor + size * (0.9 + 1.1 * deepest)


def _write_figure(paper: Paper, months: Bars, row: Bar, middle: float, floor: float) -> None:
    """On a light ground, so that no line runs through it; on the floor where there is none."""
    size = paper.size
    height = paper.width * HEIGHT * (row.value or 0) / _top(months)
    if months.before and row.before is not None and row.value is not None:
        dot = paper.width * HEIGHT * row.before / _top(months)
        height = dot + size * 0.35 if dot > height - size * 0.35 else height
    text, down = months.written(row.value, row.note), floor - height - size * 0.4
    width = width_of(text, size * 0.9, bold=True)
    paper.rect(middle - width / 2, down - size * 0.78, width, size * 0.95, fill=CARD)
    known = row.value is not None
    paper.text(middle, down, text, scale=0.9, bold=known, colour=INK if known else SOFT, anchor=MIDDLE)
