"""Patterns tell the classes apart in greys and for those who see no colour."""

from __future__ import annotations

from itertools import pairwise

import pytest
import shapely

from reach.drawing import patterns
from reach.drawing.paper import CARD, INK, PAGE, Paper, Pen
from reach.drawing.patterns import CLASSES, SPREAD, UNKNOWN, dots, hatches, pattern_of
from reach.drawing.svg import to_svg
from tests.reach.drawings import parsed

SQUARE = shapely.box(100, 50, 160, 110)


def light(colour) -> float:
    """Relative luminance (WCAG 2.2), from 0 for black to 1 for white."""

    def linear(part):
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)


def contrast(one, other) -> float:
    bright, dark = sorted([light(one), light(other)], reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_five_classes_go_from_light_to_dark_in_one_hue():
    lights = [light(pattern.ground) for pattern in CLASSES]

    assert lights == sorted(lights, reverse=True)
    assert all(pattern.ground.green >= pattern.ground.red for pattern in CLASSES)
    assert all(before / after > 1.15 for before, after in pairwise(lights))


def test_no_two_patterns_are_told_apart_by_colour_only():
    drawn = [(pattern.angles, pattern.dotted) for pattern in (*CLASSES, UNKNOWN)]

    assert len(set(drawn)) == len(drawn)


def test_the_unknown_is_no_colour_and_no_pattern_of_a_class():
    assert UNKNOWN.dotted
    assert not any(pattern.dotted for pattern in CLASSES)
    assert UNKNOWN.ground not in [pattern.ground for pattern in CLASSES]
    assert UNKNOWN.ground.red > UNKNOWN.ground.blue, "warm, where the classes are cold"


def test_letters_on_their_cards_can_be_read_by_weak_eyes():
    assert contrast(INK, CARD) >= 7


@pytest.mark.parametrize("pattern", [one for one in (*CLASSES, UNKNOWN) if one.angles or one.dotted])
def test_each_pattern_is_seen_on_its_ground(pattern):
    assert contrast(pattern.ink, pattern.ground) >= 3


@pytest.mark.parametrize("classes", [1, 2, 3, 4, 5])
def test_fewer_classes_take_patterns_that_are_far_apart_in_the_same_order(classes):
    taken = [pattern_of(number, classes) for number in range(classes)]

    assert len({id(pattern) for pattern in taken}) == classes
    assert list(SPREAD[classes]) == sorted(SPREAD[classes])


def test_hatches_stay_within_their_area():
    lines = [shapely.LineString(line) for line in hatches(SQUARE, 45, 6)]

    assert len(lines) > 8
    assert all(SQUARE.buffer(0.01).covers(line) for line in lines)


@pytest.mark.parametrize("angle", [0, 45, -45])
def test_hatches_are_evenly_apart_and_of_their_angle(angle):
    lines = [shapely.LineString(line) for line in hatches(SQUARE, angle, 6)]

    apart = [one.distance(other) for one, other in pairwise(lines)]
    assert all(gap == pytest.approx(6, abs=0.5) for gap in apart[2:-2])
    (x1, y1), (x2, y2) = lines[3].coords
    assert abs(x2 - x1) == pytest.approx(abs(y2 - y1) if angle else abs(x2 - x1))
    assert (angle == 0) == (y1 == pytest.approx(y2))


def test_neighbours_share_the_raster_so_that_lines_run_through():
    left, right = shapely.box(0, 1, 50, 50), shapely.box(50, 1, 100, 50)

    apart = [*hatches(left, 0, 7), *hatches(right, 0, 7)]
    together = hatches(shapely.union_all([left, right]), 0, 7)

    assert {round(line[0][1], 6) for line in apart} == {round(line[0][1], 6) for line in together}
    assert len(together) * 2 == len(apart)


def test_hatches_leave_holes_free():
    ring = SQUARE - shapely.box(115, 65, 145, 95)

    assert all(ring.buffer(0.01).covers(shapely.LineString(line)) for line in hatches(ring, -45, 5))


def test_dots_are_staggered_and_away_from_the_edge():
    spots = [line[0] for line in dots(SQUARE, 8)]

    assert len(spots) > 30
    assert all(SQUARE.exterior.distance(shapely.Point(spot)) >= 1.9 for spot in spots)
    rows = {round(y, 3): {round(x % 8, 3) for place, y2 in spots if y2 == y for x in [place]} for _x, y in spots}
    assert len({frozenset(places) for places in rows.values()}) == 2


def test_an_area_too_small_for_a_dot_has_none_and_is_still_drawn():
    assert dots(shapely.box(0, 0, 1, 1), 8) == []
    paper = Paper(PAGE)
    paper.y = 20

    patterns.fill(paper, [shapely.box(0, 0, 1, 1)], UNKNOWN, Pen(INK))

    assert len(list(parsed(to_svg(paper.finished(), "t", "d")))) == 4


def test_grounds_of_a_class_are_drawn_each_and_their_pattern_once():
    paper = Paper(PAGE)
    paper.y = 200

    patterns.fill(paper, [SQUARE, shapely.box(160, 50, 220, 110)], CLASSES[3], Pen(INK))

    svg = to_svg(paper.finished(), "t", "d")
    assert svg.count("<path") == 2 + 2
