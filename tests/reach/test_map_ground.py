"""The ground of a map: true to shape, with few corners, and without gaps between neighbours."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon

from reach.drawing.ground import CRUMB, alone, fitted_ground, pole, rings_of, simplified, without_crumbs
from tests.reach.drawings import cell, town

TOWNS = [
    ("toulouse/quartiers_democratie_locale.geojson", "nom_quartier", 20),
    ("toulouse/iris_31555.geojson", "nom_iris", 153),
    ("nantes/quartiers_avec_population.geojson", "quartier", 11),
    ("rennes/quartiers_12.geojson", "nom", 12),
]


def drawn(geometries, width=480.0):
    laid = fitted_ground(geometries, 0, 0, width, width * 1.25)
    return laid, [laid.project(one) for one in geometries]


def test_north_is_up_and_east_is_right():
    laid = fitted_ground([cell(0, 0), cell(1, 1)], 10, 20, 300, 300)

    west, south = laid.place(1.4, 43.6)
    east, north = laid.place(1.42, 43.62)

    assert west < east
    assert north < south


def test_the_map_fills_its_width_and_stands_where_it_is_put():
    laid = fitted_ground([cell(0, 0), cell(1, 0), cell(2, 0), cell(3, 0)], 10, 20, 300, 300)

    assert laid.place(1.4, 43.61) == pytest.approx((10, 20))
    assert laid.width == pytest.approx(300)


def test_a_long_town_is_as_high_as_may_be_and_centred():
    laid = fitted_ground([cell(0, row) for row in range(9)], 0, 0, 300, 300)

    assert laid.height == pytest.approx(300)
    assert laid.left + laid.width / 2 == pytest.approx(150)


def test_a_kilometre_is_as_long_to_the_east_as_to_the_north():
    laid = fitted_ground([cell(0, 0), cell(2, 2)], 0, 0, 300, 300)
    east = 1000 / (111_320 * math.cos(math.radians(43.615)))

    west, south = laid.place(1.4, 43.6)
    right = laid.place(1.4 + east, 43.6)[0] - west
    up = south - laid.place(1.4, 43.6 + 1000 / 111_320)[1]

    assert right == pytest.approx(up, rel=0.001)
    assert up == pytest.approx(1000 * laid.points_a_metre)


def test_a_single_point_of_a_town_is_no_reason_to_divide_by_zero():
    laid = fitted_ground([shapely.box(1.4, 43.6, 1.4, 43.6)], 0, 0, 300, 300)

    assert math.isfinite(laid.points_a_metre)


@pytest.mark.parametrize(("file", "name", "count"), TOWNS, ids=[one[0] for one in TOWNS])
def test_real_neighbours_meet_exactly_after_they_were_straightened(file, name, count):
    geometries = [polygon for _name, polygon, _properties in town(file, name)]
    _laid, projected = drawn(geometries)

    straight = simplified(projected)

    assert len(straight) == count
    assert all(one.is_valid and one.area > 0 for one in straight)
    whole = shapely.union_all(straight)
    assert sum(one.area for one in straight) == pytest.approx(whole.area, rel=1e-6), "they overlap"
    slivers = [Polygon(hole).area for part in shapely.get_parts([whole]) for hole in part.interiors]
    assert all(area > CRUMB for area in slivers), "there are gaps between them"


@pytest.mark.parametrize(("file", "name", "count"), TOWNS, ids=[one[0] for one in TOWNS])
def test_real_areas_stay_as_large_as_they_are_with_far_fewer_corners(file, name, count):
    geometries = [polygon for _name, polygon, _properties in town(file, name)]
    _laid, projected = drawn(geometries)

    straight = simplified(projected)

    before, after = (shapely.get_num_coordinates(np.array(one)).sum() for one in (projected, straight))
    assert after < before * (0.75 if count > 100 else 0.45)
    for old, new in zip(projected, straight, strict=True):
        assert old.symmetric_difference(new).area < 0.05 * old.area + 12, "a shape is not recognised any more"


def test_neighbours_whose_border_was_drawn_twice_are_drawn_once():
    """Two files, two hands: a sliver between them, which no eye sees and no map should show."""
    left = Polygon([(0, 0), (100, 0), (100.1, 50), (100, 100), (0, 100)])
    right = Polygon([(100.15, 0), (200, 0), (200, 100), (100.05, 100)])

    straight = simplified([left, right])

    whole = shapely.union_all(straight)
    assert whole.geom_type == "Polygon"
    assert whole.area == pytest.approx(sum(one.area for one in straight))


def test_an_area_too_small_to_be_seen_is_still_drawn():
    whole = [shapely.box(0, 0, 100, 100), shapely.box(100, 0, 100.2, 0.2)]

    straight = simplified(whole)

    assert [one.is_empty for one in straight] == [False, False]


def test_an_area_under_another_is_not_lost():
    straight = simplified([shapely.box(0, 0, 100, 100), shapely.box(20, 20, 60, 60)])

    assert all(one.area > 0 for one in straight)


def test_islands_that_are_crumbs_are_left_out_and_others_stay():
    town_with_islands = MultiPolygon([shapely.box(0, 0, 50, 50), shapely.box(60, 0, 61, 1), shapely.box(70, 0, 80, 9)])

    assert without_crumbs(town_with_islands).area == pytest.approx(2500 + 90)


def test_the_largest_crumb_stays_where_there_is_nothing_else():
    crumbs = MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 0, 5.5, 0.5)])

    assert without_crumbs(crumbs).area == pytest.approx(1)


def test_holes_that_can_be_seen_stay():
    ring = shapely.box(0, 0, 50, 50) - shapely.box(10, 10, 20, 20) - shapely.box(30, 30, 31, 31)

    seen = without_crumbs(ring)

    assert len(seen.interiors) == 1
    assert len(rings_of(seen)) == 2


def test_a_polygon_that_shares_no_border_is_straightened_by_itself():
    circle = shapely.Point(0, 0).buffer(40, quad_segs=64)

    straight = alone(circle)

    assert shapely.get_num_coordinates(straight) < shapely.get_num_coordinates(circle) / 2
    assert straight.area == pytest.approx(circle.area, rel=0.03)


def test_a_label_stands_inside_even_where_the_centre_of_gravity_does_not():
    horseshoe = shapely.box(0, 0, 90, 90) - shapely.box(20, -1, 70, 70)

    assert not horseshoe.contains(horseshoe.centroid)
    assert horseshoe.contains(shapely.Point(pole(horseshoe)))


def test_a_label_of_many_islands_stands_on_the_largest():
    islands = MultiPolygon([shapely.box(0, 0, 10, 10), shapely.box(50, 50, 90, 90)])

    assert shapely.box(50, 50, 90, 90).contains(shapely.Point(pole(islands)))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=12, unique=True))
def test_a_town_of_squares_keeps_all_of_its_ground(places):
    _laid, projected = drawn([cell(*place) for place in places])

    straight = simplified(projected)

    assert sum(one.area for one in straight) == pytest.approx(sum(one.area for one in projected), rel=1e-6)
