"""Ages and genders back to back: women from the middle to the one side, men to the other, what is not told beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from reportlab.graphics.shapes import Drawing

from foundation.i18n import _
from reach.drawing import heading, patterns
from reach.drawing.bars import LINE
from reach.drawing.beside import Beside
from reach.drawing.paper import END, INK, MIDDLE, SOFT, START, Frame, Paper, Pen
from reach.drawing.words import few_lines, figure, width_of

SIDES = (patterns.CLASSES[4], patterns.CLASSES[1])
"""Full and hatched, so that a side is known without colour and without its heading."""

LABEL, BAR = 8.5, 1.5
"""Longest line of a label and height of a bar, in letter heights."""


@dataclass(frozen=True, slots=True)
class AgeBand:
    """People of one age; None where the figure is not told. `other` are those whose gender is not communicated."""

    label: str
    feminine: int | None
    masculine: int | None
    other: int | None = None


@dataclass(frozen=True)
class Ages:
    """Age bands, the youngest first; a band "not communicated" comes last and is drawn at the foot."""

    title: str
    measure: str
    bands: Sequence[AgeBand]
    source: str
    asides: Sequence[str] = ()

    @property
    def highest(self) -> int:
        """Of both sides; at least one."""
        return max([side for band in self.bands for side in (band.feminine, band.masculine) if side], default=1)


def draw_ages(ages: Ages, frame: Frame) -> Drawing:
    """The oldest on top, as demographers draw them, and what is not communicated at the foot."""
    paper = Paper(frame)
    size = frame.size
    heading.write_title(paper, ages.title)
    for line in few_lines(ages.measure, frame.width - 2 * size, size, 3):
        paper.y += size * LINE
        paper.text(size, paper.y, line, colour=SOFT)
    middle, spine, arm = _columns(ages, frame)
    _write_heads(paper, middle, spine, arm)
    for band in _from_the_top(ages.bands):
        _draw_band(paper, ages, band, middle, spine, arm)
    paper.y += size * 0.6
    heading.write_small_print(paper, [*ages.asides, ages.source])
    return paper.finished()


def description(ages: Ages) -> str:
    """What the picture says, for those who do not see it."""
    said = [
        _(
            "%(age)s: women %(women)s, men %(men)s, not communicated %(other)s.",
            age=band.label,
            women=_written(band.feminine),
            men=_written(band.masculine),
            other=_written(band.other),
        )
        for band in ages.bands
    ]
    return " ".join([f"{ages.measure}.", *said, *ages.asides])


def table(ages: Ages) -> Beside:
    """A row for each age band, in the order given."""
    rows = [
        (band.label, _written(band.feminine), _written(band.masculine), _written(band.other)) for band in ages.bands
    ]
    return Beside((_("Age"), _("Women"), _("Men"), _("Not communicated")), tuple(rows))


def _written(value: int | None) -> str:
    return figure(value) if value is not None else _("n.c.")


def _columns(ages: Ages, frame: Frame) -> tuple[float, float, float]:
    """(middle of the labels, half their width, longest bar) in points."""
    size = frame.size
    labels = max(width_of(line, size) for band in ages.bands for line in few_lines(band.label, LABEL * size, size, 2))
    others = max(width_of(_("Not communicated"), size * 0.85) if frame.is_wide else 0, 4 * size) + size
    spine = labels / 2 + size * 0.6
    figures = width_of(figure(ages.highest), size, bold=True) + size
    arm = (frame.width - 2 * size - others) / 2 - spine - figures
    return size + figures + arm + spine, spine, arm


def _write_heads(paper: Paper, middle: float, spine: float, arm: float) -> None:
    size = paper.size
    paper.y += size * 2
    paper.text(middle - spine, paper.y, _("Women"), bold=True, anchor=END)
    paper.text(middle + spine, paper.y, _("Men"), bold=True)
    men_end = middle + spine + max(arm, width_of(_("Men"), size, bold=True) + size)
    other = few_lines(_("Not communicated"), paper.width - size - men_end, size * 0.85, 2)
    for at, line in enumerate(reversed(other)):
        paper.text(paper.width - size, paper.y - at * size, line, scale=0.85, colour=SOFT, anchor=END)
    paper.y += size * 0.6


def _from_the_top(bands: Sequence[AgeBand]) -> list[AgeBand]:
    """Known ages from the oldest down, then the last one given, which is of no age."""
    return [*reversed(bands[:-1]), *bands[-1:]]


def _draw_band(paper: Paper, ages: Ages, band: AgeBand, middle: float, spine: float, arm: float) -> None:
    size = paper.size
    lines = few_lines(band.label, LABEL * size, size, 2)
    height = size * max(BAR, LINE * len(lines))
    centre = paper.y + height / 2
    for at, line in enumerate(lines):
        paper.text(middle, centre + size * (0.35 + LINE * (at - (len(lines) - 1) / 2)), line, anchor=MIDDLE)
    for way, value, pattern in zip((-1, 1), (band.feminine, band.masculine), SIDES, strict=True):
        length = arm * (value or 0) / ages.highest
        start = middle + way * spine
        if length:
            west, east = sorted((paper.flip(start), paper.flip(start + way * length)))
            bar = shapely.box(west, centre - size * BAR / 2, east, centre + size * BAR / 2)
            patterns.fill(paper, [bar], pattern, Pen(INK, 0.7))
        end = END if way < 0 else START
        paper.text(start + way * (length + size * 0.4), centre + size * 0.35, _written(value), bold=True, anchor=end)
    paper.text(paper.width - size, centre + size * 0.35, _written(band.other), colour=SOFT, anchor=END)
    paper.y += height + size * 0.35
