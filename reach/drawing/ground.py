"""The ground of a map: polygons brought from degrees to the drawing's points, with fewer corners and no gaps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from reach.drawing.paper import Ring

METRES_A_DEGREE = 111_320.0
"""Of latitude; of longitude, times the cosine of the latitude. Within 0.5 % over a métropole."""
DETAIL = 1.8
"""Points: triangles of a smaller side are straightened, as an eye would."""
GAP = 0.3
"""Points: cracks between polygons that are drawn apart by mistake, closed as the eye would close them."""
CRUMB = 3.0
"""Square points: islands that are smaller are left out, unless they are all there is."""


@dataclass(frozen=True, slots=True)
class Ground:
    """From degrees to points of the drawing: `left` and `top` are where the north-western corner stands."""

    west: float
    north: float
    stretch: float
    points_a_metre: float
    left: float
    top: float
    width: float
    height: float

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """(from the left, down) of one point of the earth."""
        east = (longitude - self.west) * self.stretch
        south = (self.north - latitude) * METRES_A_DEGREE
        return self.left + east * self.points_a_metre, self.top + south * self.points_a_metre

    def project(self, geometry: BaseGeometry) -> BaseGeometry:
        """The polygon in points, with all its corners."""

        def placed(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
            x, y = self.place(degrees[:, 0], degrees[:, 1])  # type: ignore[arg-type]  # columns at once
            return np.column_stack([x, y])

        return shapely.transform(geometry, placed)


def fitted_ground(geometries: Sequence[BaseGeometry], left: float, top: float, width: float, highest: float) -> Ground:
    """The ground on which all `geometries` fit in `width` and `highest` points, as large as may be, centred across.

    Longitudes are shortened by the cosine of the mean latitude: true to shape for a town, whatever its latitude.
    """
    west, south, east, north = shapely.total_bounds(np.array(geometries, dtype=object)).tolist()
    stretch = METRES_A_DEGREE * math.cos(math.radians((south + north) / 2))
    across, along = max((east - west) * stretch, 1.0), max((north - south) * METRES_A_DEGREE, 1.0)
    scale = min(width / across, highest / along)
    spare = (width - across * scale) / 2
    return Ground(west, north, stretch, scale, left + spare, top, across * scale, along * scale)


def simplified(projected: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Polygons of one layer, in points, with the corners that an eye can see; neighbours still meet exactly.

    Cracks and overlaps narrower than an eye sees are closed first (GEOS's CoverageCleaner), then borders are
    straightened once for both sides (Visvalingam-Whyatt, CoverageSimplifier). A polygon that would vanish is kept.
    """
    layer = np.array(projected, dtype=object)
    cleaned = shapely.coverage_clean(layer, gap_width=GAP, snapping_distance=GAP)  # type: ignore[attr-defined]  # the stubs are of 2.1
    straight = shapely.coverage_simplify(cleaned, DETAIL)
    return [without_crumbs(after) if after.area > 0 else before for before, after in zip(layer, straight, strict=True)]


def alone(projected: BaseGeometry) -> BaseGeometry:
    """A polygon that shares no border, with the corners that an eye can see."""
    return without_crumbs(shapely.simplify(projected, DETAIL / 3))


def without_crumbs(geometry: BaseGeometry) -> BaseGeometry:
    """The parts and holes that can be seen."""
    parts = [_filled(part) for part in shapely.get_parts([geometry]) if isinstance(part, Polygon)]
    seen = [part for part in parts if part.area >= CRUMB] or sorted(parts, key=lambda part: part.area)[-1:]
    return seen[0] if len(seen) == 1 else MultiPolygon(seen)


def _filled(part: Polygon) -> Polygon:
    return Polygon(part.exterior, [hole for hole in part.interiors if Polygon(hole).area >= CRUMB])


def rings_of(geometry: BaseGeometry) -> list[Ring]:
    """Outlines and holes of a polygon or of many, each ending where it began."""
    parts = [part for part in shapely.get_parts([geometry]) if isinstance(part, Polygon)]
    return [list(ring.coords) for part in parts for ring in (part.exterior, *part.interiors)]


def pole(area: BaseGeometry) -> tuple[float, float]:
    """The point inside that is farthest from the border, where a label has most room."""
    largest = max(shapely.get_parts([area]), key=lambda part: part.area)
    x, y = shapely.maximum_inscribed_circle(largest, tolerance=0.5).coords[0][:2]
    return x, y
