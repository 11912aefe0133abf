"""Months: a column each, and a broken line through the same months of the period before."""

from __future__ import annotations

import math

from reportlab.graphics.shapes import Drawing

from reach.drawing import heading
from reach.drawing.bars import Bars, draw_bars
from reach.drawing.paper import BRAND, CARD, END, INK, MIDDLE, RULE, SOFT, Frame, Paper, Pen
from reach.drawing.words import few_lines, figure, short_figure, width_of

HEIGHT = 0.36
"""Of the width: how high the highest column is."""
COLUMN = 0.62
"""Of the width that a month has."""


def draw_months(months: Bars, frame: Frame) -> Drawing:
    """Columns over a common floor; bars under one another where the figures are too wide to stand on columns."""
    axis = max(width_of(short_figure(step), frame.size * 0.85) for step in steps(months.highest)) + 1.8 * frame.size
    each = (frame.width - axis - frame.size) / max(len(months.rows), 1)
    widest = max((width_of(months.written(row.value), frame.size * 0.9, bold=True) for row in months.rows), default=0)
    if widest > each * 0.96:
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
    """Round heights from zero to one that no column is above: two to five of them, 1, 2 or 5 apart."""
    power = 10.0 ** math.floor(math.log10(highest))
    step = next(width for width in (power / 5, power / 2, power, power * 2, power * 5) if highest / width <= 4)
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
    """Names under the floor, and figures above whatever stands highest in their month."""
    size, deepest = paper.size, 0
    for number, row in enumerate(months.rows):
        middle = axis + each * (number + 0.5)
        marked = (row.before or 0) if months.before else 0
        lifted = size * 0.75 if marked > (row.value or 0) * 0.9 and marked else size * 0.4
        height = paper.width * HEIGHT * max(row.value or 0, marked if lifted > size / 2 else 0) / _top(months)
        value = months.written(row.value) if row.value is None else figure(row.value, months.decimals)
        paper.text(middle, floor - height - lifted, value, scale=0.9, bold=row.value is not None, anchor=MIDDLE)
        lines = few_lines(row.label, each * 0.98, size * 0.85, 2)
        deepest = max(deepest, len(lines))
        for at, line in enumerate(lines):
            paper.text(middle, floor + size * (1.2 + 1.1 * at), line, scale=0.85, anchor=MIDDLE)
    paper.y = floor + size * (0.9 + 1.1 * deepest)
