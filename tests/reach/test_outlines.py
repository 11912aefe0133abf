"""Polygons as a report keeps them: far fewer corners, the same shape, and neighbours that still meet."""

from __future__ import annotations

import json

import pytest
import shapely

from places.geometry import from_text
from reach.rules import outlines
from tests.reach.drawings import cell, town

TOWNS = [
    ("toulouse/quartiers_democratie_locale.geojson", "nom_quartier"),
    ("nantes/quartiers_avec_population.geojson", "quartier"),
]


def test_squares_stay_squares_and_meet():
    squares = {number: cell(number % 3, number // 3) for number in range(6)}
    again = {one: from_text(text) for one, text in outlines.kept(squares).items()}
    assert list(again) == list(squares)
    for one, square in squares.items():
        assert again[one].symmetric_difference(square).area < square.area * 0.001
    assert shapely.coverage_is_valid(list(again.values()))


def test_a_coast_of_many_corners_is_kept_with_few_of_them():
    circle = shapely.Point(1.4, 43.6).buffer(0.02, quad_segs=500)
    text = outlines.kept_alone(circle)
    again = from_text(text)
    assert shapely.get_num_coordinates(again) < shapely.get_num_coordinates(circle) / 10
    assert again.symmetric_difference(circle).area < circle.area * 0.005


def test_what_is_too_small_to_be_straightened_is_kept_as_it_was():
    dot = shapely.box(1.4, 43.6, 1.40003, 43.60003)
    assert from_text(outlines.kept_alone(dot)).area > 0


def test_nothing_drawn_is_nothing_kept():
    assert outlines.kept({}) == {}


@pytest.mark.parametrize(("file", "name"), TOWNS)
def test_real_towns_are_kept_small_and_true(file, name):
    polygons = {number: polygon for number, (_name, polygon, _more) in enumerate(town(file, name))}
    kept = outlines.kept(polygons)
    assert len(json.dumps(kept)) < 40_000
    for one, polygon in polygons.items():
        again = from_text(kept[one])
        assert again.is_valid
        assert again.symmetric_difference(polygon).area < polygon.area * 0.02
