"""How far the nearest opening of a weekday is from where people live, as it is and with one more opening.

Distances are great circles (as the crow flies): no river, no railway and no bus is known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from places.geometry import distance

Point = tuple[float, float]
"""(latitude, longitude) in degrees, WGS84."""


@dataclass(frozen=True, slots=True)
class Home:
    """A point that stands for the homes around it; `weight`: inhabitants counted there, or 1 for the only one."""

    point: Point
    weight: int


@dataclass(frozen=True)
class Homes:
    """A neighbourhood: where its inhabitants are taken to live.

    Attributes:
        population: None when nobody told; then it has distances, and is in no sum.
        homes: the points of its IRIS with their inhabitants, or the one point inside it; none: nobody drew it.
    """

    neighbourhood_id: int
    name: str
    population: int | None
    homes: tuple[Home, ...]

    @property
    def weighted(self) -> bool:
        """Whether it is known in which part of it how many live."""
        return len(self.homes) > 1


@dataclass(frozen=True)
class Line:
    """One neighbourhood in metres: the mean over its homes of the way to the nearest opening.

    Attributes:
        before: None when there is no opening on that day, or nobody drew the neighbourhood.
        after: with the new opening.
        nearer: inhabitants for whom the nearest opening becomes nearer; None where the population is not known.
    """

    where: Homes
    before: float | None
    after: float | None
    nearer: int | None


@dataclass(frozen=True)
class Nearness:
    """All neighbourhoods, and inhabitants of those of known population and place together.

    Attributes:
        before, after: metres, the mean over inhabitants; None when there is no opening, or nobody to speak of.
        inhabitants: whom these means speak of.
        nearer: how many of them have a nearer opening.
        left_out: neighbourhoods in no sum: their population or their place is not known.
    """

    lines: tuple[Line, ...]
    before: float | None
    after: float | None
    inhabitants: int
    nearer: int
    left_out: tuple[Homes, ...]


def nearest(point: Point, openings: Iterable[Point]) -> float | None:
    """Metres to the nearest of `openings`; None when there is none."""
    return min((distance(*point, *one) for one in openings), default=None)


def compared(neighbourhoods: Sequence[Homes], openings: Sequence[Point], new: Point) -> Nearness:
    """Distances to `openings`, and to them with `new` among them."""
    lines = tuple(_line(one, openings, new) for one in neighbourhoods)
    counted = [line for line in lines if line.where.population and line.after is not None]
    people = [line.where.population or 0 for line in counted]
    return Nearness(
        lines,
        _mean([line.before for line in counted], people),
        _mean([line.after for line in counted], people),
        sum(people),
        sum(line.nearer or 0 for line in counted),
        tuple(line.where for line in lines if line not in counted),
    )


def _line(where: Homes, openings: Sequence[Point], new: Point) -> Line:
    weights = [home.weight for home in where.homes]
    before = [nearest(home.point, openings) for home in where.homes]
    after = [nearest(home.point, [*openings, new]) for home in where.homes]
    moved = sum(weight for weight, was, will in zip(weights, before, after, strict=True) if was is None or was != will)
    known = where.population is not None and sum(weights) > 0
    nearer = round((where.population or 0) * moved / sum(weights)) if known else None
    return Line(where, _mean(before, weights), _mean(after, weights), nearer)


def _mean(metres: Sequence[float | None], weights: Sequence[int]) -> float | None:
    """Weighted; None of nothing, or when one of them is not known."""
    known = [one for one in metres if one is not None]
    if not sum(weights) or len(known) < len(metres):
        return None
    return sum(one * weight for one, weight in zip(known, weights, strict=True)) / sum(weights)
