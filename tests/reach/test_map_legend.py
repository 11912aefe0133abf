"""What explains a map: the key where there is room for it, the scale, and the head and foot of every drawing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach.drawing import heading
from reach.drawing.choropleth import description
from reach.drawing.legend import key_height, round_length, write_key, write_key_in_columns
from reach.drawing.map import KEY_AT_MOST, draw_map
from reach.drawing.paper import PAGE, PHONE, Paper
from reach.drawing.svg import to_svg
from tests.reach.drawings import SVG, cell, check_that_words_stand_apart, grid, parsed, said, speaking

LONG = "Jolimont / Soupetard / Roseraie / Gloire / Gramont / Amouroux"


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


def numbered(count: int, name: str = LONG):
    """A town whose names are all too long for the map."""
    town = grid([1.0 + at for at in range(count)], columns=8)
    return replace(town, areas=[replace(area, name=f"{name} {at}") for at, area in enumerate(town.areas)])


def picture(choropleth, frame=PAGE) -> str:
    return to_svg(draw_map(choropleth, frame), choropleth.title, description(choropleth))


def places(svg: str) -> dict[str, tuple[float, float]]:
    return {
        one.text or "": (float(one.get("x", "")), float(one.get("y", ""))) for one in parsed(svg).iter(f"{SVG}text")
    }


def key_of(choropleth, frame=PAGE) -> Paper:
    paper = Paper(frame)
    write_key_in_columns(paper, choropleth, list(range(1, len(choropleth.areas) + 1)))
    return paper


def test_a_short_key_stands_beside_the_map_under_the_legend():
    town = grid([1.0, 2.0, 3.0, 4.0], columns=2)
    choropleth = replace(
        town, areas=[replace(area, name=f"{LONG} / {LONG} {at}") for at, area in enumerate(town.areas)]
    )

    found = places(picture(choropleth))

    first = next(place for text, place in found.items() if text.startswith("Jolimont"))
    assert first[0] > PAGE.width * 0.66
    assert first[1] > found["Range"][1]
    assert first[1] < found["North"][1]


def test_a_long_key_stands_under_the_map_in_two_columns():
    found = [place for text, place in places(picture(numbered(32))).items() if "Amouroux" in text or "Gramont" in text]

    assert {x > PAGE.width / 2 for x, _y in found} == {True, False}


def test_a_key_of_a_narrow_picture_has_one_column():
    root = parsed(to_svg(key_of(numbered(4), PHONE).finished(), "t", "d"))

    starts = {one.get("x") for one in root.iter(f"{SVG}text") if "Jolimont" in (one.text or "")}
    assert len(starts) == 1


def test_columns_of_a_key_are_read_downwards():
    found = places(to_svg(key_of(numbered(4, "Gloire")).finished(), "t", "d"))

    assert found["Gloire 0"][0] == found["Gloire 1"][0] < found["Gloire 2"][0] == found["Gloire 3"][0]
    assert found["Gloire 0"][1] < found["Gloire 1"][1]


def test_a_key_of_nothing_takes_no_room():
    assert key_of(grid([])).y == 0


def test_the_room_of_a_key_is_known_before_it_is_written():
    choropleth = numbered(7)
    paper = Paper(PAGE)

    foreseen = key_height(paper, choropleth, [1, 2, 3, 7], 200)
    write_key(paper, choropleth, [1, 2, 3, 7], 10, 200)

    assert paper.y == pytest.approx(foreseen)


def test_as_many_areas_as_a_key_may_have_are_all_in_it():
    lines = " ".join(said(picture(numbered(KEY_AT_MOST, "Jolimont-Soupetard-Roseraie"))))

    assert all(f"Jolimont-Soupetard-Roseraie {at}" in lines for at in range(KEY_AT_MOST))


def test_one_area_more_and_the_table_is_the_key():
    lines = said(picture(numbered(KEY_AT_MOST + 1)))

    assert not any("Jolimont" in line for line in lines)
    assert any("too small for one" in line for line in lines)


@pytest.mark.parametrize("frame", [PAGE, PHONE], ids=["page", "phone"])
@pytest.mark.parametrize("count", [1, 2, 9, 32, 41])
def test_words_stand_apart_whatever_the_number_of_areas(frame, count):
    check_that_words_stand_apart(picture(numbered(count), frame), frame)


@pytest.mark.parametrize(("metres", "length"), [(7, 5), (99, 50), (100, 100), (1999, 1000), (5001, 5000), (0.2, 1)])
def test_a_scale_is_1_2_or_5_times_a_power_of_ten(metres, length):
    assert round_length(metres) == length


@given(st.floats(1, 1e6))
def test_a_scale_is_never_longer_than_may_be_nor_much_shorter(metres):
    assert metres / 2.5 <= round_length(metres) + 0.5
    assert round_length(metres) <= metres


@pytest.mark.parametrize(("size", "written"), [(0.003, "m"), (0.05, "km")])
def test_a_scale_is_in_metres_or_kilometres(size, written):
    choropleth = replace(grid([1.0]), areas=[replace(grid([1.0]).areas[0], geometry=cell(0, 0, size))])

    assert any(line.split()[-1] == written and line.split()[0].isdigit() for line in said(picture(choropleth)))


def test_the_title_stands_on_top_and_the_source_at_the_foot():
    found = places(picture(grid([1.0, 2.0])))

    assert found["A title"][1] == min(y for _x, y in found.values())
    assert found["Source: here."][1] == max(y for _x, y in found.values())


def test_an_empty_sentence_takes_no_room():
    with_empty, without = Paper(PAGE), Paper(PAGE)

    heading.write_small_print(with_empty, ["", "A.", ""])
    heading.write_small_print(without, ["A."])

    assert with_empty.y == without.y


def test_a_title_of_several_lines_pushes_down_what_follows():
    short, long = Paper(PHONE), Paper(PHONE)

    heading.write_title(short, "Reach")
    heading.write_title(long, "People reached in each neighbourhood for 1 000 inhabitants in 2026")

    assert long.y > short.y + PHONE.size
