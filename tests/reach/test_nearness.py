"""What one more opening changes: distances to the nearest one, reckoned a second time in another way."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach.rules.nearness import Home, Homes, compared, nearest

EARTH = 6_371_000
CENTRE, NORTH, FAR = (48.0, -1.0), (48.01, -1.0), (48.2, -1.0)
points = st.tuples(st.floats(43, 49), st.floats(-2, 6))


def chord(one, other):
    """Metres along the great circle, from the straight line through the earth between two points on a sphere."""

    def on_sphere(point):
        latitude, longitude = (math.radians(value) for value in point)
        flat = math.cos(latitude)
        return flat * math.cos(longitude), flat * math.sin(longitude), math.sin(latitude)

    return 2 * EARTH * math.asin(math.dist(on_sphere(one), on_sphere(other)) / 2)


def at(id_, point, population=1000):
    return Homes(id_, f"Quartier {id_}", population, (Home(point, 1),))


def test_a_hundredth_of_a_degree_north_is_some_1112_metres():
    assert nearest(CENTRE, [FAR, NORTH]) == pytest.approx(1112, abs=5)


def test_without_openings_nothing_is_near():
    assert nearest(CENTRE, []) is None


@given(points, points)
def test_distances_are_those_of_another_formula(one, other):
    assert nearest(one, [other]) == pytest.approx(chord(one, other), rel=0.005, abs=1)


def test_an_opening_next_door_makes_it_nearer_for_those_who_live_there_only():
    found = compared([at(1, CENTRE, 3000), at(2, FAR, 1000)], [FAR], CENTRE)
    here, there = found.lines
    assert (here.before, here.after) == (pytest.approx(22_239, rel=0.005), 0)
    assert (here.nearer, there.before, there.after, there.nearer) == (3000, 0, 0, 0)
    assert (found.inhabitants, found.nearer) == (4000, 3000)
    assert found.before == pytest.approx(here.before * 3 / 4)
    assert found.after == 0


def test_the_first_opening_of_a_day_is_nearer_for_everybody():
    found = compared([at(1, CENTRE, 3000), at(2, FAR, 1000)], [], NORTH)
    assert (found.before, found.nearer) == (None, 4000)
    assert found.after == pytest.approx((chord(CENTRE, NORTH) * 3 + chord(FAR, NORTH)) / 4, rel=0.005)


def test_where_the_population_is_not_known_there_are_distances_and_no_inhabitants():
    found = compared([at(1, CENTRE, 3000), at(2, NORTH, None), at(3, FAR, 0)], [FAR], CENTRE)
    assert [line.nearer for line in found.lines] == [3000, None, 0]
    assert all(line.before is not None for line in found.lines)
    assert [one.neighbourhood_id for one in found.left_out] == [2, 3]
    assert found.inhabitants == 3000


def test_a_neighbourhood_that_nobody_drew_has_no_distance_and_is_left_out():
    found = compared([Homes(1, "Nulle part", 500, ()), at(2, CENTRE)], [NORTH], CENTRE)
    assert (found.lines[0].before, found.lines[0].after, found.lines[0].nearer) == (None, None, None)
    assert ([one.neighbourhood_id for one in found.left_out], found.inhabitants) == ([1], 1000)


def test_parts_of_a_neighbourhood_weigh_as_many_as_live_there():
    """Three quarters live at the centre and a quarter far away; the population is that of the neighbourhood."""
    homes = Homes(1, "Deux parts", 4400, (Home(CENTRE, 3000), Home(FAR, 1000)))
    found = compared([homes], [FAR], NORTH)
    line = found.lines[0]
    assert homes.weighted
    assert line.before == pytest.approx(chord(CENTRE, FAR) * 3 / 4, rel=0.005)
    assert line.after == pytest.approx(chord(CENTRE, NORTH) * 3 / 4, rel=0.005)
    assert line.nearer == 3300


def test_an_opening_where_there_is_one_changes_nothing():
    found = compared([at(1, CENTRE), at(2, FAR)], [NORTH], NORTH)
    assert (found.nearer, found.before) == (0, found.after)


def test_nobody_to_speak_of():
    found = compared([], [NORTH], CENTRE)
    assert (found.before, found.after, found.inhabitants, found.lines) == (None, None, 0, ())


neighbourhoods = st.lists(
    st.builds(
        lambda spots, population: (spots, population),
        st.lists(st.tuples(points, st.integers(1, 3000)), min_size=1, max_size=4),
        st.one_of(st.none(), st.integers(1, 9000)),
    ),
    min_size=1,
    max_size=6,
)


@given(neighbourhoods, st.lists(points, max_size=4), points)
def test_the_whole_is_what_a_second_computation_finds(places, openings, new):
    """By home rather than by neighbourhood, each way by the other formula."""
    rows = [
        Homes(id_, str(id_), population, tuple(Home(*spot) for spot in spots))
        for id_, (spots, population) in enumerate(places)
    ]
    found = compared(rows, openings, new)
    people, after, before = 0.0, 0.0, 0.0
    for spots, population in places:
        whole = sum(weight for _point, weight in spots)
        for point, weight in spots:
            living = (population or 0) * weight / whole
            ways = [chord(point, one) for one in openings]
            people += living
            before += living * min(ways, default=0)
            after += living * min([*ways, chord(point, new)])
    assert found.inhabitants == pytest.approx(people)
    if people:
        assert found.after == pytest.approx(after / people, rel=0.005, abs=1)
        assert (found.before is None) == (not openings)
        if openings:
            assert found.before == pytest.approx(before / people, rel=0.005, abs=1)
            assert found.after <= found.before + 1e-6


@given(neighbourhoods, st.lists(points, min_size=1, max_size=4), points)
def test_nobody_ever_gets_farther_and_no_more_people_than_live_there_get_nearer(places, openings, new):
    rows = [
        Homes(id_, str(id_), population, tuple(Home(*spot) for spot in spots))
        for id_, (spots, population) in enumerate(places)
    ]
    for line in compared(rows, openings, new).lines:
        assert line.after <= line.before + 1e-6
        assert line.nearer is None or 0 <= line.nearer <= line.where.population
