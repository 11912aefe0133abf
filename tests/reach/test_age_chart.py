"""Ages back to back: both sides on one scale, what nobody told in its own column."""

from __future__ import annotations

import pytest

from reach.drawing.ages import AgeBand, Ages, description, draw_ages, table
from reach.drawing.paper import PAGE, PHONE, SHEET, Frame
from reach.drawing.patterns import CLASSES
from reach.drawing.svg import to_svg
from tests.reach.drawings import SVG, check_that_words_stand_apart, colours, parsed, said, speaking

BANDS = [
    AgeBand("under 12", 34, 51, 3),
    AgeBand("12–17", 60, 82, 4),
    AgeBand("40–59", 220, None, 12),
    AgeBand("70 and over", 402, 230, 14),
    AgeBand("not communicated", 40, 31, 88),
]


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


def chart(bands=BANDS, **more) -> Ages:
    return Ages("Ages and genders", "People reached", bands, "Source: here.", **more)


def picture(ages: Ages, frame: Frame = PAGE) -> str:
    return to_svg(draw_ages(ages, frame), ages.title, description(ages))


def place(svg: str, text: str) -> tuple[float, float]:
    found = next(one for one in parsed(svg).iter(f"{SVG}text") if one.text == text)
    return float(found.get("x", "")), float(found.get("y", ""))


def test_the_oldest_are_on_top_and_those_of_no_known_age_at_the_foot():
    svg = picture(chart())

    heights = [place(svg, label)[1] for label in ("70 and over", "40–59", "12–17", "under 12", "not")]
    assert heights == sorted(heights)


def test_women_and_men_stand_on_their_own_sides():
    svg = picture(chart())

    assert place(svg, "Women")[0] < place(svg, "70 and over")[0] < place(svg, "Men")[0]
    assert place(svg, "402")[0] < place(svg, "230")[0]


def test_the_sides_differ_by_pattern_as_well_as_by_colour():
    svg = picture(chart())

    assert {f"#{one.ground.hexval()[2:]}" for one in (CLASSES[4], CLASSES[1])} <= colours(svg)
    assert {f"#{one.ink.hexval()[2:]}" for one in (CLASSES[4], CLASSES[1])} <= colours(svg)


def test_every_figure_is_written_and_what_is_not_told_says_so():
    lines = said(picture(chart()))

    assert {"34", "51", "3", "88", "402", "n.c."} <= set(lines)


def test_nobody_at_all_can_be_drawn():
    lines = said(picture(chart([AgeBand("12–17", 0, 0, 0), AgeBand("n. c.", None, None, None)])))

    assert lines.count("0") == 3
    assert lines.count("n.c.") == 3


def test_one_band_alone_can_be_drawn():
    assert "12–17" in said(picture(chart([AgeBand("12–17", 5, 6, 7)])))


@pytest.mark.parametrize("frame", [PAGE, PHONE, SHEET], ids=["page", "phone", "sheet"])
@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_words_stand_apart_within_the_picture(frame, language):
    bands = [*BANDS, AgeBand("70 ans et plus, ou presque", 123_456, 99_999, 88_888), AgeBand("n. c.", 1, 1, 1)]

    with speaking(language):
        check_that_words_stand_apart(picture(chart(bands), frame), frame)


def test_where_one_reads_from_the_right_the_sides_are_mirrored():
    with speaking("ar"):
        svg = picture(chart())

    assert place(svg, "402")[0] > place(svg, "230")[0]


def test_the_table_is_in_the_order_given_with_a_column_for_those_who_did_not_tell():
    made = table(chart())

    assert made.header == ("Age", "Women", "Men", "Not communicated")
    assert made.rows[0] == ("under 12", "34", "51", "3")
    assert made.rows[2] == ("40–59", "220", "n.c.", "12")
    assert len(made.rows) == len(BANDS)


def test_the_description_reads_every_band():
    words = description(chart(BANDS[:1], asides=["A note."]))

    assert words == "People reached. under 12: women 34, men 51, not communicated 3. A note."


def test_the_same_ages_make_the_same_bytes():
    assert picture(chart()) == picture(chart())
