"""Polygons as a report keeps them: with the corners that its map can show, so that a later drawing changes nothing."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from reach.drawing.ground import METRES_A_DEGREE

METRES = 12.0
"""Sides of triangles that are straightened: a third of a point on the map of a town that is ten kilometres wide."""
DECIMALS = 5
"""Of degrees: a metre."""


def kept(polygons: Mapping[int, BaseGeometry]) -> dict[int, str]:
    """GeoJSON of a layer of neighbours, which still meet: borders are straightened once for both sides.

    Method: Visvalingam-Whyatt on the borders they share (GEOS's CoverageSimplifier), in metres true to the shape of a
    town. A polygon that would vanish, or be broken by rounding, is kept as it was.

    Args:
        polygons: in degrees, longitude first.
    """
    if not polygons:
        return {}
    layer = np.array(list(polygons.values()), dtype=object)
    stretch = math.cos(math.radians(float(shapely.total_bounds(layer)[[1, 3]].mean())))
    metres = shapely.transform(layer, _times(METRES_A_DEGREE * stretch, METRES_A_DEGREE))
    cleaned = shapely.coverage_clean(metres, gap_width=1.0, snapping_distance=1.0)  # type: ignore[attr-defined]  # the stubs are of 2.1
    straight = shapely.coverage_simplify(cleaned, METRES)
    degrees = shapely.transform(straight, _times(1 / (METRES_A_DEGREE * stretch), 1 / METRES_A_DEGREE))
    return {
        one: written(_rounded(after) if after.area else before)
        for one, after, before in zip(polygons, degrees, layer, strict=True)
    }


def kept_alone(polygon: BaseGeometry) -> str:
    """GeoJSON of a polygon that shares no border with another one."""
    return kept({0: polygon})[0]


def written(polygon: BaseGeometry) -> str:
    """GeoJSON without blanks."""
    return json.dumps(shapely.geometry.mapping(polygon), separators=(",", ":"))


def _times(across: float, along: float) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    return lambda points: points * np.array([across, along])


def _rounded(polygon: BaseGeometry) -> BaseGeometry:
    rounded = shapely.transform(polygon, lambda points: np.round(points, DECIMALS))
    return rounded if rounded.is_valid else polygon
