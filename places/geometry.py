"""Points and polygons: which neighbourhood, how far. Pure: shapely in, plain values out. WGS84, longitude first."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from places.clean.coordinates import EARTH_RADIUS_M, from_web_mercator, in_france
from places.models.territory import Level, Placement


class NoPolygonError(ValueError):
    """The geometry given holds no area in France."""


@dataclass(frozen=True, slots=True)
class Area:
    """The polygon of one neighbourhood."""

    id: int
    level: Level
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a point lies.

    Attributes:
        placement: inside a neighbourhood, outside all, or not known (no point, or no polygon to tell).
        neighbourhoods: id of the polygon of each level that holds the point.
    """

    placement: Placement
    neighbourhoods: Mapping[Level, int]

    @property
    def neighbourhood_id(self) -> int | None:
        """The neighbourhood of the town (level `quartier`)."""
        return self.neighbourhoods.get(Level.QUARTIER)


UNKNOWN_SPOT = Spot(Placement.UNKNOWN, {})


class Atlas:
    """Polygons, indexed to be asked many times."""

    def __init__(self, areas: Iterable[Area], levels: Iterable[Level] | None = None) -> None:
        """Index `areas`; `levels` says which are drawn at all, when only the polygons around a point are given."""
        self._areas = list(areas)
        self._tree = shapely.STRtree([area.geometry for area in self._areas])
        for area in self._areas:
            shapely.prepare(area.geometry)
        self._levels = {area.level for area in self._areas} if levels is None else set(levels)

    def locate(self, latitude: float | None, longitude: float | None) -> Spot:
        """Where a point lies. A border belongs to both sides: the smallest polygon is taken, then the oldest."""
        if latitude is None or longitude is None:
            return UNKNOWN_SPOT
        hits = self._tree.query(shapely.Point(longitude, latitude), predicate="intersects")
        found = sorted((self._areas[hit] for hit in hits), key=lambda area: (area.geometry.area, area.id))
        inside: dict[Level, int] = {}
        for area in found:
            inside.setdefault(area.level, area.id)
        return Spot(self._placement(inside), inside)

    def _placement(self, inside: Mapping[Level, int]) -> Placement:
        """In no neighbourhood, but in the commune, where neighbourhoods are not drawn: not known."""
        if Level.QUARTIER in inside:
            return Placement.INSIDE
        if Level.COMMUNE in self._levels:
            return Placement.UNKNOWN if Level.COMMUNE in inside else Placement.OUTSIDE
        return Placement.OUTSIDE if Level.QUARTIER in self._levels else Placement.UNKNOWN

    def largest_overlap(self, geometry: BaseGeometry, level: Level) -> int | None:
        """The polygon of `level` that covers most of `geometry`."""
        best: tuple[float, int] | None = None
        for hit in self._tree.query(geometry, predicate="intersects"):
            area = self._areas[hit]
            if area.level == level:
                shared = (area.geometry.intersection(geometry).area, -area.id)
                best = max(best, shared) if best else shared
        return -best[1] if best and best[0] > 0 else None


def from_text(text: str) -> BaseGeometry:
    """The geometry of a stored GeoJSON text."""
    return shape(json.loads(text))


def to_text(geometry: BaseGeometry) -> str:
    """GeoJSON text, the same for the same geometry."""
    return json.dumps(shapely.geometry.mapping(geometry), separators=(",", ":"))


def read_polygon(document: Any) -> tuple[BaseGeometry, bool]:
    """(valid polygon, whether it had to be repaired) of a GeoJSON geometry.

    Swapped axes are put right and Web Mercator metres converted; heights are dropped; an invalid polygon is
    repaired and keeps its area.

    Raises:
        NoPolygonError: when there is no polygon, or it is not in France.
    """
    try:
        geometry = shapely.force_2d(shape(document))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, shapely.errors.ShapelyError) as error:
        raise NoPolygonError from error
    if geometry.is_empty or geometry.geom_type not in {"Polygon", "MultiPolygon", "GeometryCollection"}:
        raise NoPolygonError
    geometry = _in_degrees(geometry)
    valid = geometry.is_valid
    if not valid:
        geometry = shapely.make_valid(geometry)
    polygons = [part for part in shapely.get_parts([geometry]) for part in _polygons(part)]
    if not polygons:
        raise NoPolygonError
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons), not valid


def _polygons(geometry: BaseGeometry) -> list[Polygon]:
    """The areas of a geometry; lines and points that a repair leaves behind are none."""
    if isinstance(geometry, Polygon):
        return [geometry] if geometry.area > 0 else []
    return [polygon for part in getattr(geometry, "geoms", []) for polygon in _polygons(part)]


def _in_degrees(geometry: BaseGeometry) -> BaseGeometry:
    west, south, _east, _north = geometry.bounds
    if in_france(south, west):
        return geometry
    if in_france(west, south):
        return shapely.transform(geometry, lambda xy: xy[:, ::-1])
    if in_france(*from_web_mercator(west, south)):
        return shapely.transform(geometry, _degrees)
    raise NoPolygonError


def _degrees(metres: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows of (longitude, latitude) for rows of (east, north)."""
    return np.array([from_web_mercator(east, north)[::-1] for east, north in metres.tolist()])


def inner_point(geometry: BaseGeometry) -> tuple[float, float]:
    """(latitude, longitude) of the centre of gravity, or of a point inside when that one falls out."""
    centre = geometry.centroid
    point = centre if geometry.contains(centre) else geometry.representative_point()
    return round(point.y, 6), round(point.x, 6)


def distance(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Metres between two points as the crow flies, within 0.5 % (haversine)."""
    north, south = math.radians(latitude), math.radians(other_latitude)
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(math.radians(longitude - other_longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))
