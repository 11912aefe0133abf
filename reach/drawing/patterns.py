"""Patterns that tell the classes apart without colour: the higher the class, the more ink."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import shapely
from reportlab.lib.colors import Color, HexColor
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from reach.drawing.ground import rings_of
from reach.drawing.paper import BRAND, EDGE, Paper, Pen, Ring


@dataclass(frozen=True, slots=True)
class Pattern:
    """A ground and what is drawn on it.

    Attributes:
        angles: of the families of lines, in degrees from the horizontal; none for a plain ground.
        pitch: between two lines (or dots), in letter heights, so that a pattern is as coarse as its legend.
        dotted: dots in staggered rows in the place of lines.
    """

    ground: Color
    ink: Color = BRAND
    angles: tuple[int, ...] = ()
    pitch: float = 0.6
    width: float = 0.07
    dotted: bool = False


CLASSES = (
    Pattern(HexColor("#f3f8f6")),
    Pattern(HexColor("#d4e8e3"), HexColor("#3d8a82"), (45,), 0.72, 0.075),
    Pattern(HexColor("#b4d6cf"), HexColor("#2b7971"), (-45,), 0.44, 0.09),
    Pattern(HexColor("#79b3aa"), BRAND, (45, -45), 0.5, 0.1),
    Pattern(HexColor("#1f6f68"), HexColor("#cfe6e1"), (0,), 0.55, 0.07),
)
UNKNOWN = Pattern(HexColor("#f6f1e7"), EDGE, pitch=0.62, width=0.17, dotted=True)
"""Warm grey and dots: no class has either."""
SPREAD = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
"""Which of the five patterns stand for fewer classes: as far apart as they can be."""


def pattern_of(number: int, classes: int) -> Pattern:
    """The pattern of class `number`, counted from 0, out of so many classes (1 to 5)."""
    return CLASSES[SPREAD[classes][number]]


def fill(paper: Paper, areas: Sequence[BaseGeometry], pattern: Pattern, border: Pen) -> None:
    """Ground, border and pattern of areas in the drawing's own points; neighbours of a class share their lines."""
    for area in areas:
        paper.path(rings_of(area), fill=pattern.ground, pen=border)
    whole = shapely.union_all(areas)
    pen = Pen(pattern.ink, round(pattern.width * paper.size, 2), round_ends=pattern.dotted)
    if pattern.dotted:
        paper.path(dots(whole, pattern.pitch * paper.size), pen=pen, closed=False)
    for angle in pattern.angles:
        paper.path(hatches(whole, angle, pattern.pitch * paper.size), pen=pen, closed=False)


def hatches(area: BaseGeometry, angle: int, pitch: float) -> list[Ring]:
    """Parallel lines within `area`, on a raster common to the whole drawing; crumbs are left out."""
    west, north, east, south = area.bounds
    along = (math.cos(math.radians(angle)), -math.sin(math.radians(angle)))
    across = (-along[1], along[0])
    corners = [(x, y) for x in (west, east) for y in (north, south)]
    reach = max(math.hypot(x, y) for x, y in corners)
    places = [x * across[0] + y * across[1] for x, y in corners]
    ruled = [
        LineString(
            [(place * across[0] + way * along[0], place * across[1] + way * along[1]) for way in (-reach, reach)]
        )
        for place in _raster(min(places), max(places), pitch)
    ]
    cut = shapely.get_parts(shapely.intersection(ruled, area))
    return [list(line.coords) for line in cut if line.geom_type == "LineString" and line.length > pitch / 4]


def dots(area: BaseGeometry, pitch: float) -> list[Ring]:
    """Strokes too short to be seen as such, whose round ends make dots; staggered, away from the edges."""
    inner = area.buffer(-pitch / 4)
    if inner.is_empty:
        return []
    west, north, east, south = inner.bounds
    spots = [
        (x + pitch / 2 * (row % 2), y)
        for row, y in enumerate(_raster(north, south, pitch))
        for x in _raster(west, east, pitch)
    ]
    within = shapely.contains_xy(inner, [x for x, _y in spots], [y for _x, y in spots])
    return [[(x, y), (x + 0.1, y)] for (x, y), hit in zip(spots, within, strict=True) if hit]


def _raster(low: float, high: float, pitch: float) -> Iterator[float]:
    """Multiples of `pitch` from `low` to `high`."""
    for step in range(math.ceil(low / pitch), math.floor(high / pitch) + 1):
        yield step * pitch
