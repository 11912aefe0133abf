"""Labels of a map: all where there is room, names or numbers, none upon another."""

from __future__ import annotations

import itertools

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from reach.drawing.labels import Label, Wish, badge_width, place_labels

PICTURE = shapely.box(0, 0, 400, 400)


def wish(box, name="Capitole", number=1, figure="12,5"):
    return Wish(shapely.box(*box), name, number, figure)


def box_of(placed, size):
    width, height = placed.label.box(size)
    return shapely.box(placed.x - width / 2, placed.y - height / 2, placed.x + width / 2, placed.y + height / 2)


def test_a_name_that_fits_stands_on_its_area_with_the_figure():
    [placed] = place_labels([wish((0, 0, 200, 200))], PICTURE, 12)

    assert placed.label == Label(("Capitole",), None, "12,5")
    assert (placed.x, placed.y) == pytest.approx((100, 100), abs=2)


def test_a_name_goes_on_several_lines_where_the_area_is_narrow():
    [placed] = place_labels([wish((0, 0, 85, 200), "Pont des Demoiselles")], PICTURE, 12)

    assert placed.label.names == ("Pont des", "Demoiselles")


def test_a_name_too_long_for_its_area_becomes_a_number():
    [placed] = place_labels([wish((0, 0, 70, 70), "Jolimont / Soupetard / Roseraie / Gloire", 8)], PICTURE, 12)

    assert placed.label == Label((), 8, "12,5")


def test_where_few_names_fit_all_are_numbers():
    """A name here and a number there would be read as a rank."""
    wishes = [wish((0, 0, 200, 200))] + [
        wish((200, 60 * at, 260, 60 * at + 60), "Ginestous-Sesquières", at) for at in (0, 1)
    ]

    placed = place_labels(wishes, PICTURE, 12)

    assert all(found.label.number is not None for found in placed)


def test_where_most_names_fit_the_others_are_numbers():
    wishes = [wish((130 * at, 0, 130 * at + 130, 130), number=at) for at in range(3)]
    wishes.append(wish((0, 130, 60, 190), "Ginestous-Sesquières", 9))

    placed = place_labels(wishes, PICTURE, 12)

    assert [found.label.number for found in placed] == [None, None, None, 9]


def test_a_number_may_lean_over_the_border_of_a_small_area():
    [placed] = place_labels([wish((100, 100, 120, 120))], PICTURE, 12)

    assert placed.label.figure == "12,5"
    assert not shapely.box(100, 100, 120, 120).covers(box_of(placed, 12))


def test_on_a_map_of_very_many_areas_nothing_leans():
    wishes = [wish((100, 100, 120, 120)), wish((150, 100, 156, 106))]

    placed = place_labels(wishes, PICTURE, 12, strict=True)

    assert placed[0].label == Label((), 1, "")
    assert placed[1] is None


def test_no_label_leaves_the_picture():
    [placed] = place_labels([wish((0, 0, 15, 15))], PICTURE, 12)

    assert placed is None or PICTURE.covers(box_of(placed, 12))


def test_a_mark_of_a_place_is_kept_clear():
    area = (0, 0, 200, 200)

    [placed] = place_labels([wish(area)], PICTURE, 12, marks=[(100, 100)])

    assert not box_of(placed, 12).covers(shapely.Point(100, 100))


def test_an_area_that_has_no_room_at_all_has_no_label():
    wishes = [wish((0, 0, 8, 8), number=1), wish((1, 1, 7, 7), number=2)]

    placed = place_labels(wishes, shapely.box(0, 0, 50, 20), 12)

    assert [found is None for found in placed].count(True) >= 1


def test_the_badge_of_a_long_number_is_wider():
    assert badge_width(153, 12) > badge_width(1, 12) == pytest.approx(12 * 1.35)


def test_the_same_wishes_are_placed_in_the_same_way():
    wishes = [wish((60 * at, 0, 60 * at + 60, 90), f"Quartier {at}", at) for at in range(6)]

    assert place_labels(wishes, PICTURE, 11) == place_labels(wishes, PICTURE, 11)


AREAS = st.lists(
    st.tuples(st.integers(0, 330), st.integers(0, 330), st.integers(4, 150), st.integers(4, 150)),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(AREAS, st.sampled_from(["Saint-Cyprien", "Lardenne / Pradettes / Basso-Cambo", "Empalot"]), st.booleans())
def test_whatever_the_areas_labels_stand_apart_within_the_picture(areas, name, strict):
    wishes = [wish((x, y, x + wide, y + high), name, at) for at, (x, y, wide, high) in enumerate(areas)]

    placed = place_labels(wishes, PICTURE, 12, strict=strict)

    boxes = [box_of(found, 12) for found in placed if found]
    assert all(PICTURE.covers(box) for box in boxes)
    assert not any(one.intersects(other) for one, other in itertools.combinations(boxes, 2))
