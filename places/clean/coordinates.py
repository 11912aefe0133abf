"""Latitude and longitude: swapped ones put right, Web Mercator metres converted, impossible ones refused."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from places.clean.text import one_line

EARTH_RADIUS_M = 6_378_137.0
# (south, north, west, east) of the parts of France.
_FRANCE = (
    (41.2, 51.3, -5.6, 9.9),
    (15.7, 16.7, -62.0, -60.9),
    (17.8, 18.2, -63.2, -62.7),
    (14.3, 15.0, -61.3, -60.7),
    (2.0, 6.0, -54.7, -51.5),
    (-21.5, -20.8, 55.1, 55.9),
    (-13.1, -12.5, 44.9, 45.4),
    (46.7, 47.2, -56.5, -56.0),
    (-22.9, -19.4, 163.4, 168.3),
    (-28.0, -7.7, -155.0, -134.0),
    (-14.5, -13.1, -178.3, -176.0),
)


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the ground in WGS84 degrees, and what had to be done to read it."""

    latitude: float
    longitude: float
    swapped: bool = False
    projected: bool = False


class ImpossiblePointError(ValueError):
    """The coordinates given are no place in France."""


def clean_point(latitude: Any, longitude: Any) -> Point | None:
    """The point given, or None when none is.

    Raises:
        ImpossiblePointError: when a half is missing, is no number, or both lie out of France whatever their order.
    """
    first, second = one_line(latitude), one_line(longitude)
    if not first and not second:
        return None
    north, east = _number(first), _number(second)
    if in_france(north, east):
        return Point(north, east)
    if in_france(east, north):
        return Point(east, north, swapped=True)
    for metres_north, metres_east, swapped in ((north, east, False), (east, north, True)):
        degrees = from_web_mercator(metres_east, metres_north)
        if in_france(*degrees):
            return Point(*degrees, swapped=swapped, projected=True)
    raise ImpossiblePointError


def _number(text: str) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        raise ImpossiblePointError from None
    if not math.isfinite(number):
        raise ImpossiblePointError
    return number


def in_france(latitude: float, longitude: float) -> bool:
    return any(south <= latitude <= north and west <= longitude <= east for south, north, west, east in _FRANCE)


def from_web_mercator(east: float, north: float) -> tuple[float, float]:
    """(latitude, longitude) of a point in metres of EPSG:3857, rounded to 11 cm."""
    longitude = math.degrees(east / EARTH_RADIUS_M)
    latitude = math.degrees(2 * math.atan(math.exp(min(north / EARTH_RADIUS_M, 20.0))) - math.pi / 2)
    return round(latitude, 6), round(longitude, 6)
