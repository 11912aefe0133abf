"""Points in polygons, repaired polygons, distances."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon, box

from places.geometry import (
    UNKNOWN_SPOT,
    Area,
    Atlas,
    NoPolygonError,
    distance,
    from_text,
    inner_point,
    read_polygon,
    to_text,
)
from places.models import Level, Placement

EAST, WEST = box(-1.50, 47.20, -1.40, 47.30), box(-1.60, 47.20, -1.50, 47.30)
TOWN = box(-1.70, 47.10, -1.30, 47.40)


def atlas(*areas: tuple[int, Level, Polygon]) -> Atlas:
    return Atlas(Area(*area) for area in areas)


QUARTIERS = ((1, Level.QUARTIER, EAST), (2, Level.QUARTIER, WEST))


class TestPlacement:
    def test_inside_a_neighbourhood(self):
        spot = atlas(*QUARTIERS).locate(47.25, -1.45)
        assert (spot.placement, spot.neighbourhood_id) == (Placement.INSIDE, 1)

    def test_outside_all(self):
        spot = atlas(*QUARTIERS).locate(48.0, -1.45)
        assert (spot.placement, spot.neighbourhood_id) == (Placement.OUTSIDE, None)

    @pytest.mark.parametrize(("latitude", "longitude"), [(None, None), (47.2, None), (None, -1.5)])
    def test_no_point_is_not_known(self, latitude, longitude):
        assert atlas(*QUARTIERS).locate(latitude, longitude) == UNKNOWN_SPOT

    def test_no_polygon_is_not_known(self):
        assert atlas().locate(47.25, -1.45) == UNKNOWN_SPOT

    def test_only_iris_drawn_is_not_known(self):
        spot = atlas((7, Level.IRIS, EAST)).locate(47.25, -1.45)
        assert (spot.placement, spot.neighbourhoods) == (Placement.UNKNOWN, {Level.IRIS: 7})

    def test_in_the_commune_but_in_no_neighbourhood_is_not_known(self):
        drawn = atlas(*QUARTIERS, (3, Level.COMMUNE, TOWN))
        assert drawn.locate(47.35, -1.45).placement is Placement.UNKNOWN
        assert drawn.locate(47.45, -1.45).placement is Placement.OUTSIDE

    def test_a_border_belongs_to_the_smallest_then_the_oldest(self):
        assert atlas(*QUARTIERS).locate(47.25, -1.50).neighbourhood_id == 1
        smaller = box(-1.60, 47.20, -1.50, 47.29)
        assert atlas((1, Level.QUARTIER, EAST), (2, Level.QUARTIER, smaller)).locate(47.25, -1.5).neighbourhood_id == 2

    def test_each_level_has_its_polygon(self):
        spot = atlas(*QUARTIERS, (5, Level.QPV, box(-1.46, 47.24, -1.44, 47.26))).locate(47.25, -1.45)
        assert spot.neighbourhoods == {Level.QUARTIER: 1, Level.QPV: 5}

    def test_the_levels_that_are_drawn_can_be_told(self):
        assert Atlas([], [Level.QUARTIER]).locate(47.25, -1.45).placement is Placement.OUTSIDE

    @given(st.floats(-1.70, -1.30), st.floats(47.10, 47.40))
    def test_a_point_is_in_one_neighbourhood_or_none(self, longitude, latitude):
        spot = atlas(*QUARTIERS).locate(latitude, longitude)
        assert (spot.neighbourhood_id is not None) == (spot.placement is Placement.INSIDE)
        inside = 47.20 <= latitude <= 47.30 and -1.60 <= longitude <= -1.40
        assert inside == (spot.placement is Placement.INSIDE)

    def test_the_parent_is_the_one_that_shares_most(self):
        straddling = box(-1.55, 47.20, -1.40, 47.30)
        assert atlas(*QUARTIERS).largest_overlap(straddling, Level.QUARTIER) == 1
        assert atlas(*QUARTIERS).largest_overlap(box(0, 45, 1, 46), Level.QUARTIER) is None
        assert atlas(*QUARTIERS).largest_overlap(straddling, Level.QPV) is None


def polygon(*ring: tuple[float, float]) -> dict:
    return {"type": "Polygon", "coordinates": [[list(point) for point in ring]]}


SQUARE = ((-1.5, 47.2), (-1.4, 47.2), (-1.4, 47.3), (-1.5, 47.3), (-1.5, 47.2))
BOW_TIE = ((-1.5, 47.2), (-1.4, 47.3), (-1.4, 47.2), (-1.5, 47.3), (-1.5, 47.2))


class TestReading:
    def test_a_valid_polygon_is_kept(self):
        geometry, repaired = read_polygon(polygon(*SQUARE))
        assert geometry.equals(EAST)
        assert not repaired

    def test_an_invalid_one_is_repaired_and_keeps_its_area(self):
        geometry, repaired = read_polygon(polygon(*BOW_TIE))
        assert repaired
        assert geometry.is_valid
        assert geometry.geom_type == "MultiPolygon"
        assert geometry.area == pytest.approx(0.005)

    def test_swapped_axes_are_put_right(self):
        geometry, _ = read_polygon(polygon(*((north, east) for east, north in SQUARE)))
        assert geometry.equals(EAST)

    def test_web_mercator_is_converted(self):
        metres = [(-166979.2, 5975000.0), (-155847.3, 5975000.0), (-155847.3, 5990000.0), (-166979.2, 5975000.0)]
        geometry, _ = read_polygon(polygon(*metres))
        assert geometry.bounds[0] == pytest.approx(-1.5, abs=0.001)

    def test_heights_are_dropped(self):
        geometry, _ = read_polygon(polygon(*((east, north, 12.0) for east, north in SQUARE)))
        assert not geometry.has_z

    @pytest.mark.parametrize(
        "document",
        [
            None,
            {},
            {"type": "Polygon"},
            {"type": "Polygon", "coordinates": []},
            {"type": "Polygon", "coordinates": [[[0, 0]]]},
            {"type": "Polygon", "coordinates": "x"},
            {"type": "Point", "coordinates": [-1.5, 47.2]},
            {"type": "Nonsense", "coordinates": []},
            polygon((2, 3), (4, 5), (6, 3), (2, 3)),
            polygon((-1.5, 47.2), (-1.4, 47.2), (-1.5, 47.2), (-1.5, 47.2)),
        ],
    )
    def test_what_has_no_area_in_france_is_refused(self, document):
        with pytest.raises(NoPolygonError):
            read_polygon(document)

    def test_text_and_back(self):
        assert from_text(to_text(EAST)).equals(EAST)
        assert json.loads(to_text(EAST))["type"] == "Polygon"


class TestDistance:
    def test_a_degree_of_latitude(self):
        assert distance(47, 0, 48, 0) == pytest.approx(111_000, rel=0.005)

    def test_a_degree_of_longitude_is_shorter_up_north(self):
        assert distance(47, 0, 47, 1) == pytest.approx(76_000, rel=0.005)

    @given(*[st.floats(41, 51)] * 2, *[st.floats(-5, 9)] * 2)
    def test_there_is_as_far_as_back(self, north, other_north, east, other_east):
        there = distance(north, east, other_north, other_east)
        assert there == pytest.approx(distance(other_north, other_east, north, east))
        assert there >= 0

    def test_the_middle_is_inside_even_of_a_crescent(self):
        crescent = Polygon([(-1.5, 47.2), (-1.3, 47.2), (-1.3, 47.4), (-1.31, 47.4), (-1.31, 47.21), (-1.5, 47.21)])
        latitude, longitude = inner_point(crescent)
        assert atlas((1, Level.QUARTIER, crescent)).locate(latitude, longitude).placement is Placement.INSIDE
        assert inner_point(EAST) == (47.25, -1.45)
