"""A map of the neighbourhoods by a figure: five patterns, labels, and all that explains them."""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from reportlab.graphics.shapes import Drawing
from shapely.geometry.base import BaseGeometry

from foundation.i18n import _
from reach.drawing import ground, heading, legend, patterns
from reach.drawing.choropleth import Area, Choropleth
from reach.drawing.ground import Ground
from reach.drawing.labels import FIGURE, LEADING, NAME, Placed, Wish, badge_width, place_labels
from reach.drawing.paper import CARD, EDGE, INK, MIDDLE, Frame, Paper, Pen

LEGEND = 0.34
"""Of the width, beside the map in a wide frame."""
HIGHEST = 1.25
"""Of its width: how high a map may be, however long the town."""
KEY_AT_MOST = 40
"""Numbers that the key explains; with more of them, the table beside the map is the better key."""

KEY_BELOW = 6
"""Letter heights by which a key beside the map may go further down than the map."""
NO_CLASS = -1


def draw_map(choropleth: Choropleth, frame: Frame) -> Drawing:
    """The map in a frame: the legend beside it where there is room, else under it; then the key and the source.

    Raises:
        ValueError: when no area has a polygon.
    """
    if not choropleth.has_polygons:
        raise ValueError(choropleth.title)
    paper = Paper(frame)
    heading.write_title(paper, choropleth.title)
    beside = LEGEND * frame.width if frame.is_wide else 0.0
    laid, picture = _lay(paper, choropleth, beside)
    numbers = _draw_areas(paper, choropleth, laid, picture)
    keyed = numbers if len(choropleth.areas) <= KEY_AT_MOST else []
    bottom = picture.bounds[3]
    if beside:
        keyed = _write_beside(paper, choropleth, keyed, frame.width - beside + frame.size, bottom)
    written, paper.y = paper.y, bottom
    legend.write_scale(paper, laid.points_a_metre, frame.size)
    paper.y = max(paper.y, written)
    if not beside:
        legend.write_legend(paper, choropleth, frame.size, frame.width - 2 * frame.size)
    paper.y += frame.size * 0.4
    legend.write_key_in_columns(paper, choropleth, keyed)
    _write_foot(paper, choropleth, numbers)
    return paper.finished()


def _lay(paper: Paper, choropleth: Choropleth, beside: float) -> tuple[Ground, BaseGeometry]:
    """The ground under the title, and the box that labels may not leave; `beside` is left to the legend."""
    top, width, margin = paper.y, paper.width - beside, 0.4 * paper.size
    left = beside if paper.rtl else 0.0
    geometries = [area.geometry for area in choropleth.areas if area.geometry is not None]
    laid = ground.fitted_ground(geometries, left + margin, top + margin, width - 2 * margin, width * HIGHEST)
    return laid, shapely.box(left, top, left + width, laid.top + laid.height + margin)


def _write_beside(paper: Paper, choropleth: Choropleth, keyed: list[int], across: float, bottom: float) -> list[int]:
    """The legend, and the key under it where the map leaves it room; the numbers whose names are still to be told."""
    width = paper.width - across - paper.size
    legend.write_legend(paper, choropleth, across, width)
    if paper.y + paper.size + legend.key_height(paper, choropleth, keyed, width) > bottom + KEY_BELOW * paper.size:
        return keyed
    paper.y += paper.size
    legend.write_key(paper, choropleth, keyed, across, width)
    return []


@dataclass(frozen=True, slots=True)
class _Drawn:
    """An area on the map, in points, and its number in key and table."""

    number: int
    area: Area
    shape: BaseGeometry


def _drawn(choropleth: Choropleth, laid: Ground) -> list[_Drawn]:
    """The areas that have a polygon."""
    with_polygon = [(number, area) for number, area in enumerate(choropleth.areas, 1) if area.geometry is not None]
    shapes = ground.simplified([laid.project(area.geometry) for _number, area in with_polygon if area.geometry])
    return [_Drawn(number, area, shape) for (number, area), shape in zip(with_polygon, shapes, strict=True)]


def _draw_areas(paper: Paper, choropleth: Choropleth, laid: Ground, picture: BaseGeometry) -> list[int]:
    """Everything within the map; the numbers that need a key, in their order."""
    drawn = _drawn(choropleth, laid)
    _fill_classes(paper, choropleth, drawn)
    _draw_outlines(paper, choropleth, laid, drawn)
    marks = [laid.place(place.longitude, place.latitude) for place in choropleth.places]
    for mark in marks:
        legend.mark(paper, *mark)
    wishes = [
        Wish(one.shape, one.area.label or one.area.name, one.number, choropleth.figure(one.area)) for one in drawn
    ]
    strict = len(wishes) > KEY_AT_MOST
    placed = [found for found in place_labels(wishes, picture, paper.size, marks=marks, strict=strict) if found]
    for found in placed:
        if found.label.number is None:
            _draw_name(paper, found)
        else:
            _draw_number(paper, found, found.label.number)
    return sorted(found.label.number for found in placed if found.label.number is not None)


def _fill_classes(paper: Paper, choropleth: Choropleth, drawn: list[_Drawn]) -> None:
    """All areas of a class at once, so that its pattern runs through them."""
    classes = choropleth.classes
    border = Pen(INK, round(0.055 * paper.size, 2))
    of_class: dict[int, list[BaseGeometry]] = {}
    for one in drawn:
        value = choropleth.rounded(one.area)
        of_class.setdefault(NO_CLASS if value is None else classes.of(value), []).append(one.shape)
    for number in sorted(of_class):
        pattern = patterns.UNKNOWN if number == NO_CLASS else patterns.pattern_of(number, len(classes.counts))
        patterns.fill(paper, of_class[number], pattern, border)


def _draw_outlines(paper: Paper, choropleth: Choropleth, laid: Ground, drawn: list[_Drawn]) -> None:
    """Priority neighbourhoods: areas of the map, inside their border, and polygons of their own layer."""
    size = paper.size
    own = [one.shape.buffer(-0.18 * size, join_style="mitre") for one in drawn if one.area.priority]
    others = [ground.alone(laid.project(outline.geometry)) for outline in choropleth.outlines]
    rings = [ring for polygon in own + others for ring in ground.rings_of(polygon)]
    paper.path(rings, pen=Pen(CARD, round(0.3 * size, 2)))
    paper.path(rings, pen=legend.outline_pen(size))


def _draw_card(paper: Paper, placed: Placed, radius: float) -> None:
    """A light card of its own, so that no pattern runs through letters."""
    width, height = placed.label.box(paper.size)
    start = paper.flip(placed.x) - width / 2
    paper.rect(start, placed.y - height / 2, width, height, fill=CARD, pen=Pen(EDGE, 0.5), radius=radius)


def _draw_name(paper: Paper, placed: Placed) -> None:
    label, size = placed.label, paper.size
    _draw_card(paper, placed, size * 0.3)
    across, down = paper.flip(placed.x), placed.y - label.box(size)[1] / 2 + size * 0.15
    for line in label.names:
        down += size * NAME * LEADING
        paper.text(across, down - size * 0.16, line, scale=NAME, bold=True, anchor=MIDDLE)
    paper.text(across, down + size * FIGURE, label.figure, scale=FIGURE, anchor=MIDDLE)


def _draw_number(paper: Paper, placed: Placed, number: int) -> None:
    label, size = placed.label, paper.size
    width, height = label.box(size)
    across, badge = paper.flip(placed.x) - width / 2, badge_width(number, size)
    if label.figure:
        _draw_card(paper, placed, height / 2)
        middle = across + badge + (width - badge) / 2 - size * 0.05
        paper.text(middle, placed.y + size * 0.33, label.figure, scale=FIGURE, anchor=MIDDLE)
    legend.badge(paper, across + badge / 2, placed.y, number)


def _write_foot(paper: Paper, choropleth: Choropleth, numbers: list[int]) -> None:
    """Sentences, and the source."""
    untold = ""
    if numbers and len(choropleth.areas) > KEY_AT_MOST:
        untold = _("The numbers are those of the table, which also has the areas too small for one.")
    heading.write_small_print(paper, [*choropleth.asides, choropleth.only_in_table, untold, choropleth.source])
