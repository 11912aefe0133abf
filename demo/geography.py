"""The ground of Valbriac: seven neighbourhoods cut out of one outline, and the IRIS in which people are counted."""

from __future__ import annotations

import json
from dataclasses import dataclass

from shapely import MultiPoint, Point, Polygon, voronoi_polygons
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

POSTCODE = "96038"
INSEE_CODE = "96038"
TOWN = "Valbriac"


@dataclass(frozen=True)
class Quarter:
    """One neighbourhood: a name, a point inside, how many live there, and its QPV code when it is a priority one."""

    code: str
    name: str
    longitude: float
    latitude: float
    population: int
    priority_code: str | None = None


QUARTERS = (
    Quarter("VB1", "Vieux-Bourg", 2.9512, 46.1034, 5870),
    Quarter("VB2", "Rive-Basse", 2.9628, 46.0986, 5240),
    Quarter("VB3", "Les Tanneurs", 2.9437, 46.0969, 4690),
    Quarter("VB4", "La Croix-Verte", 2.9381, 46.1085, 6130, "QN09601M"),
    Quarter("VB5", "Bellevue", 2.9649, 46.1096, 4480, "QN09602M"),
    Quarter("VB6", "Gare – Saint-Roch", 2.9537, 46.0905, 6720),
    Quarter("VB7", "Les Hauts-de-Vère", 2.9741, 46.1032, 3950),
)

PARTS = (("nord", 0.0, 0.0035, 0.41), ("ouest", -0.004, -0.002, 0.34), ("est", 0.004, -0.002, 0.25))
"""The IRIS of a neighbourhood: its side, degrees of longitude and latitude from the middle, and who lives there."""


@dataclass(frozen=True)
class Iris:
    """A part of a neighbourhood, some 2,000 inhabitants, with a point inside (longitude, latitude)."""

    code: str
    name: str
    population: int
    shape: BaseGeometry
    point: tuple[float, float]


OUTLINE = Polygon(
    [
        (2.9278, 46.1016), (2.9301, 46.1098), (2.9349, 46.1151), (2.9436, 46.1169), (2.9531, 46.1146),
        (2.9607, 46.1171), (2.9704, 46.1153), (2.9791, 46.1108), (2.9846, 46.1041), (2.9823, 46.0967),
        (2.9752, 46.0921), (2.9671, 46.0893), (2.9603, 46.0841), (2.9511, 46.0836), (2.9428, 46.0867),
        (2.9352, 46.0912), (2.9293, 46.0957),
    ]
)  # fmt: skip


def polygon_of(quarter: Quarter) -> BaseGeometry:
    """The part of the town that is nearer to this quarter's point than to any other's."""
    cells = voronoi_polygons(MultiPoint([(one.longitude, one.latitude) for one in QUARTERS]), extend_to=OUTLINE)
    centre = Point(quarter.longitude, quarter.latitude)
    cell = next(cell for cell in cells.geoms if cell.contains(centre))
    return cell.intersection(OUTLINE)


def iris_of(quarter: Quarter) -> list[Iris]:
    """Its three IRIS; together they have its inhabitants."""
    whole = polygon_of(quarter)
    middles = [Point(quarter.longitude + east, quarter.latitude + north) for _side, east, north, _share in PARTS]
    cells = voronoi_polygons(MultiPoint(middles), extend_to=whole).geoms
    found: list[Iris] = []
    for number, (middle, (side, _east, _north, share)) in enumerate(zip(middles, PARTS, strict=True), 1):
        shape = next(cell for cell in cells if cell.contains(middle)).intersection(whole)
        inside, rest = shape.representative_point(), quarter.population - sum(one.population for one in found)
        people = rest if number == len(PARTS) else round(quarter.population * share)
        code = f"{INSEE_CODE}{quarter.code.removeprefix('VB'):0>3}{number}"
        found.append(Iris(code, f"{quarter.name} {side}", people, shape, (inside.x, inside.y)))
    return found


def geojson_of(area: BaseGeometry) -> str:
    """A polygon as a GeoJSON geometry, rounded to about a metre."""
    shape = mapping(area)
    ring = [[round(longitude, 5), round(latitude, 5)] for longitude, latitude in shape["coordinates"][0]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})
