"""Labels of a map: each where it has room, none on another, none outside the picture. Pure: boxes in, places out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from reach.drawing.ground import pole
from reach.drawing.words import fitted, widest_piece, width_of

Spots = NDArray[np.float64]
"""Rows of (from the left, down)."""
AIR = 0.18
"""Around a label, in letter heights."""
NAME, FIGURE = 0.82, 0.92
"""Letters of a name and of its figure, against those of the text."""
LEADING = 1.2
NAMED_AT_LEAST = 0.6
"""Share of the areas whose name must fit, for names to be used at all: a few names among numbers are read as a rank."""


@dataclass(frozen=True, slots=True)
class Label:
    """What may stand on an area: lines of its name and a figure, or a number that a key explains and a figure.

    `number` is None when the name itself stands there. `figure` is empty when there is room for the number only.
    """

    names: tuple[str, ...]
    number: int | None
    figure: str

    def box(self, size: float) -> tuple[float, float]:
        """(width, height) in points, for letters of `size`."""
        if self.number is not None:
            badge = badge_width(self.number, size)
            figure = width_of(self.figure, size * FIGURE) + size * 0.55 if self.figure else 0.0
            return badge + figure, size * 1.35
        widest = max(width_of(line, size * NAME, bold=True) for line in self.names)
        across = max(widest, width_of(self.figure, size * FIGURE)) + size * 0.6
        return across, size * (len(self.names) * NAME * LEADING + FIGURE * LEADING + 0.3)


@dataclass(frozen=True, slots=True)
class Placed:
    """A label and the middle of its box."""

    label: Label
    x: float
    y: float


def badge_width(number: int, size: float) -> float:
    """Of the round mark that holds a number."""
    return max(size * 1.35, width_of(str(number), size * NAME, bold=True) + size * 0.6)


@dataclass(frozen=True, slots=True)
class Wish:
    """What an area would like to say: `name` as it may be written on the map, its number in the key, its figure."""

    area: BaseGeometry
    name: str
    number: int
    figure: str


@dataclass(slots=True)
class _Room:
    """The picture that is being filled, and what stands in it already."""

    picture: BaseGeometry
    size: float
    strict: bool
    taken: list[BaseGeometry]

    def take(self, x: float, y: float, width: float, height: float) -> None:
        self.taken.append(_box(x, y, width, height).buffer(AIR * self.size, join_style="mitre"))

    def first(self, spots: Spots, width: float, height: float, home: BaseGeometry) -> tuple[float, float] | None:
        """The first of the spots where a box stands in the picture and at `home`, and on nothing else."""
        x, y = spots[:, 0], spots[:, 1]
        boxes = shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        free = shapely.covers(self.picture, boxes) & shapely.covers(home, boxes)
        for at in free.nonzero()[0]:
            if not shapely.intersects(boxes[at], self.taken).any():
                return float(x[at]), float(y[at])
        return None


def place_labels(
    wishes: Sequence[Wish],
    picture: BaseGeometry,
    size: float,
    *,
    marks: Sequence[tuple[float, float]] = (),
    strict: bool = False,
) -> list[Placed | None]:
    """Where the label of each area stands; None for one that has no room at all.

    Names where most of them fit within their areas, else numbers everywhere. Areas choose by size, the smallest
    first, since they have least to choose from. `marks` are kept clear. When `strict`, as on a map of very many
    areas, there are numbers only, and none leans over the border of its area.
    """

    def attempt(*, names: bool) -> list[Placed | None]:
        room = _Room(picture, size, strict, [])
        for x, y in marks:
            room.take(x, y, size * 0.6, size * 0.6)
        return _placed(wishes, room, names=names)

    if strict:
        return attempt(names=False)
    named = attempt(names=True)
    those = sum(found is not None and found.label.number is None for found in named)
    return named if those >= NAMED_AT_LEAST * len(wishes) else attempt(names=False)


def _placed(wishes: Sequence[Wish], room: _Room, *, names: bool) -> list[Placed | None]:
    found: list[Placed | None] = [None] * len(wishes)
    for at in sorted(range(len(wishes)), key=lambda at: (wishes[at].area.area, at)):
        found[at] = placed = _first_that_fits(wishes[at], room, names=names)
        if placed:
            room.take(placed.x, placed.y, *placed.label.box(room.size))
    return found


def _first_that_fits(wish: Wish, room: _Room, *, names: bool) -> Placed | None:
    """The fullest label that finds a place: within its area at best; a number may lean over the border, a name not."""
    spots = _spots(wish.area, room.size)
    within = wish.area.buffer(room.size * 0.25)
    shapely.prepare(within)
    for leaning in (False,) if room.strict else (False, True):
        for label in _labels(wish, room.size, names=names and not leaning):
            if leaning or label.figure or room.strict:
                spot = room.first(spots, *label.box(room.size), room.picture if leaning else within)
                if spot:
                    return Placed(label, *spot)
    return None


def _labels(wish: Wish, size: float, *, names: bool) -> Iterator[Label]:
    """From the fullest to the shortest. A name whose words would have to be broken is no name."""
    written: set[tuple[str, ...]] = set()
    longest = widest_piece(wish.name, size * NAME, bold=True)
    for ems in (16, 11, 8, 6) if names else ():
        if longest > ems * size * NAME:
            break
        lines = tuple(fitted(wish.name, ems * size * NAME, size * NAME, bold=True))
        if len(lines) <= 4 and lines not in written:
            written.add(lines)
            yield Label(lines, None, wish.figure)
    yield Label((), wish.number, wish.figure)
    yield Label((), wish.number, "")


def _spots(area: BaseGeometry, size: float) -> Spots:
    """Points inside, from the one with most room outwards."""
    middle = np.array(pole(area))
    west, north, east, south = area.bounds
    step = max(size * 0.5, max(east - west, south - north) / 24)
    x, y = np.meshgrid(np.arange(west, east, step), np.arange(north, south, step))
    raster = np.column_stack([x.ravel(), y.ravel()])
    inside = raster[shapely.contains_xy(area, raster[:, 0], raster[:, 1])]
    away = ((inside - middle) ** 2).sum(axis=1).round(3)
    return np.vstack([middle, inside[np.lexsort((inside[:, 1], inside[:, 0], away))]])


def _box(x: float, y: float, width: float, height: float) -> BaseGeometry:
    return shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
