"""Months: columns with a line of the period before, or bars where figures would not stand on columns."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach.drawing.bars import Bar, Bars, description
from reach.drawing.lines import draw_months, steps
from reach.drawing.paper import BRAND, PAGE, PHONE, SHEET, Frame
from reach.drawing.svg import to_svg
from tests.reach.drawings import SVG, check_that_words_stand_apart, parsed, said, speaking, word_boxes

NAMES = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
LONG = [f"septembre {year}" for year in range(2015, 2027)]
NOW = [312, 280, 355, 290, 240, 300, 120, 45, 410, 432, 390, None]
BEFORE = [300, 310, 320, 280, 260, 250, 140, 60, 350, 380, 400, 310]


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


def year(now=NOW, before=BEFORE, names=NAMES, compared="2025") -> Bars:
    rows = [Bar(name, value, earlier) for name, value, earlier in zip(names, now, before, strict=True)]
    return Bars("Contacts by month", "Contacts", rows, "Source: here.", "2026", compared)


def picture(months: Bars, frame: Frame = PAGE) -> str:
    return to_svg(draw_months(months, frame), months.title, description(months))


def columns(svg: str) -> list[tuple[float, float]]:
    """(upper edge, height) of each column, without the swatch of the legend."""
    full = f"#{BRAND.hexval()[2:]}"
    found = [one for one in parsed(svg).iter(f"{SVG}rect") if one.get("fill") == full]
    return [(float(one.get("y", "")), float(one.get("height", ""))) for one in found][1:]


def test_columns_stand_on_one_floor_and_are_as_high_as_their_figures():
    found = columns(picture(year()))

    assert len(found) == 11
    assert max(top + height for top, height in found) - min(top + height for top, height in found) < 0.25
    assert found[0][1] / found[7][1] == pytest.approx(312 / 45, rel=0.02)


def test_every_month_and_every_figure_is_written():
    lines = said(picture(year()))

    assert all(name in lines for name in NAMES)
    assert all(str(value) in lines for value in NOW if value)
    assert "n.c." in lines


def test_a_month_to_come_says_so_on_the_floor_and_not_over_the_line_of_the_year_before():
    months = year()
    rows = [*months.rows[:-1], Bar("déc.", None, 784, note="–")]
    boxes = word_boxes(picture(replace(months, rows=rows)))
    dash = next(box for words, box in boxes if words == "–")
    november = next(box for words, box in boxes if words == "390")
    assert dash.bounds[1] > november.bounds[3], "lower than any figure on a column"
    assert "n.c." not in [words for words, _box in boxes]


def test_the_period_before_is_a_broken_line_with_a_dot_for_each_month():
    svg = picture(year())

    assert len(list(parsed(svg).iter(f"{SVG}circle"))) == 12 + 1
    assert svg.count("stroke-dasharray") == 2, "the line, and that of the legend"


def test_the_line_stops_where_a_month_is_not_known():
    holed = [*BEFORE[:4], None, None, *BEFORE[6:]]

    svg = picture(year(before=holed))

    assert len(list(parsed(svg).iter(f"{SVG}circle"))) == 10 + 1
    assert svg.count("stroke-dasharray") == 3


def test_a_month_alone_between_unknown_ones_is_a_dot():
    alone = [None, 20, *[None] * 10]

    svg = picture(year(before=alone))

    assert len(list(parsed(svg).iter(f"{SVG}circle"))) == 1 + 1


def test_without_a_period_before_there_are_columns_only():
    svg = picture(year(compared=""))

    assert "<circle" not in svg
    assert "stroke-dasharray" not in svg
    assert "2025" not in " ".join(said(svg))


def test_months_without_any_contact_can_be_drawn():
    lines = said(picture(year(now=[0] * 12, before=[0] * 12)))

    assert lines.count("0") >= 12


def test_where_figures_are_too_wide_for_columns_months_are_bars():
    svg = picture(year(now=[1_234_567] * 12), PHONE)

    assert all(name in said(svg) for name in NAMES)
    assert said(svg).count("1,234,567") == 12
    assert "<circle" not in svg


def test_a_short_month_with_its_year_stands_in_two_lines_under_its_column():
    lines = said(picture(year(names=[f"sept. {year}" for year in range(2015, 2027)])))

    assert lines.count("sept.") == 12
    assert {str(year) for year in range(2015, 2027)} <= set(lines)


def test_long_month_names_are_written_every_second_time():
    lines = said(picture(year(names=LONG)))

    assert [line for line in lines if line.startswith("septembre")] == LONG[::2]


@pytest.mark.parametrize("frame", [PAGE, SHEET], ids=["page", "sheet"])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_first_name_does_not_stand_over_the_figures_of_the_axis(frame, language):
    """As `décembre 2025` did, under the nought of the dashboard."""
    with speaking(language):
        svg = picture(year(names=LONG), frame)
    boxes = word_boxes(svg)
    nought = next(box for text, box in boxes if text == "0")
    first = next(box for text, box in boxes if text.startswith("septembre"))
    apart = nought.bounds[0] - first.bounds[2] if language == "ar" else first.bounds[0] - nought.bounds[2]
    assert apart > 0
    check_that_words_stand_apart(svg, frame)


@pytest.mark.parametrize("frame", [PAGE, PHONE, SHEET], ids=["page", "phone", "sheet"])
@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_words_stand_apart_within_the_picture(frame, language):
    with speaking(language):
        check_that_words_stand_apart(picture(year(), frame), frame)


@pytest.mark.parametrize("frame", [PAGE, PHONE, SHEET], ids=["page", "phone", "sheet"])
def test_figures_stand_apart_where_the_line_before_is_far_above_or_below(frame):
    months = year(now=[10, 400] * 6, before=[400, 10] * 6)

    check_that_words_stand_apart(picture(months, frame), frame)


def test_time_runs_to_the_left_where_one_reads_from_the_right():
    with speaking("ar"):
        root = parsed(picture(year()))
    places = {one.text: float(one.get("x", "")) for one in root.iter(f"{SVG}text")}

    assert places["janv."] > places["nov."]


def test_the_same_months_make_the_same_bytes():
    assert picture(year()) == picture(year())


@pytest.mark.parametrize(
    ("highest", "wanted"),
    [(432, [0, 100, 200, 300, 400, 500]), (1.0, [0, 0.2, 0.4, 0.6, 0.8, 1]), (11, [0, 5, 10, 15])],
)
def test_heights_are_written_in_round_steps(highest, wanted):
    assert steps(highest) == wanted


@given(st.floats(0.01, 1e7))
def test_no_column_is_above_the_highest_step_and_there_are_few_of_them(highest):
    made = steps(highest)

    assert made[0] == 0
    assert made[-1] >= highest * (1 - 1e-9)
    assert 3 <= len(made) <= 6
