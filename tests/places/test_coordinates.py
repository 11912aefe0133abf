"""Points that were swapped, projected, cut in half or never in France."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.clean.coordinates import ImpossiblePointError, Point, clean_point, from_web_mercator, in_france


@pytest.mark.parametrize(
    ("latitude", "longitude", "point"),
    [
        (47.2184, -1.5536, Point(47.2184, -1.5536)),
        ("47,2184", "-1,5536", Point(47.2184, -1.5536)),
        (-1.5536, 47.2184, Point(47.2184, -1.5536, swapped=True)),
        ("-21.1", "55.5", Point(-21.1, 55.5)),
        ("16.2", "-61.5", Point(16.2, -61.5)),
        (5832291.152, -53001.643, Point(46.32318, -0.476122, projected=True)),
        (-53001.643, 5832291.152, Point(46.32318, -0.476122, swapped=True, projected=True)),
    ],
)
def test_a_point_is_put_right(latitude, longitude, point):
    assert clean_point(latitude, longitude) == point


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_no_coordinates_is_no_point(blank):
    assert clean_point(blank, blank) is None


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(0, 0), (47.2, None), ("", "-1.5"), ("nord", "ouest"), (91, 181), (40.7, -74.0), ("nan", "nan"), ("inf", 1)],
)
def test_an_impossible_point_is_refused(latitude, longitude):
    with pytest.raises(ImpossiblePointError):
        clean_point(latitude, longitude)


@given(st.floats(allow_nan=True), st.floats(allow_nan=True))
def test_whatever_is_given_a_point_is_in_france_or_refused(latitude, longitude):
    try:
        point = clean_point(latitude, longitude)
    except ImpossiblePointError:
        return
    assert point is not None
    assert in_france(point.latitude, point.longitude)


def test_web_mercator_of_the_origin():
    assert from_web_mercator(0, 0) == (0.0, 0.0)
