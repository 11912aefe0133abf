"""Bars: as long as their figures, the period before marked and written, and nothing by colour alone."""

from __future__ import annotations

import pytest

from reach.drawing.bars import Bar, Bars, description, draw_bars, table
from reach.drawing.paper import BRAND, INK, PAGE, PHONE, SHEET, Frame
from reach.drawing.svg import to_svg
from tests.reach.drawings import SVG, check_that_words_stand_apart, colours, parsed, said, speaking, word_boxes

FRAMES = pytest.mark.parametrize("frame", [PAGE, PHONE, SHEET], ids=["page", "phone", "sheet"])
LONG = "Association Déclic — ateliers numériques du quartier de la Reynerie et de Bellefontaine, Toulouse"


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


def chart(*rows: Bar, before: str = "2025", **more) -> Bars:
    return Bars("People reached by structure", "People reached", rows, "Source: here.", "2026", before, **more)


def picture(bars: Bars, frame: Frame = PAGE) -> str:
    return to_svg(draw_bars(bars, frame), bars.title, description(bars))


def lengths(svg: str) -> list[float]:
    """Of the bars, from the top; the swatch of the legend is the first."""
    full = f"#{BRAND.hexval()[2:]}"
    return [float(one.get("width", "")) for one in parsed(svg).iter(f"{SVG}rect") if one.get("fill") == full]


def ticks(svg: str) -> list[float]:
    """Where the dark marks of the period before stand, from the left; the one of the legend is the first."""
    dark = f"#{INK.hexval()[2:]}"
    return [float(one.get("x1", "")) for one in parsed(svg).iter(f"{SVG}line") if one.get("stroke") == dark]


def test_bars_are_as_long_as_their_figures():
    _legend, first, second = lengths(picture(chart(Bar("A", 100), Bar("B", 25))))

    assert first == pytest.approx(4 * second, abs=0.2)


def test_the_period_before_is_a_mark_at_its_figure_on_the_scale_of_the_bars():
    svg = picture(chart(Bar("A", 100, 50), Bar("B", 50, 100)))
    _legend, long, short = lengths(svg)
    _swatch, first, second = ticks(svg)

    assert second - first == pytest.approx(long - short, abs=0.2)


def test_figures_of_both_periods_are_written():
    lines = said(picture(chart(Bar("A", 1234, 1100))))

    assert "1,234" in lines
    assert "(1,100)" in lines
    assert "2025 (in brackets)" in lines


def test_without_a_period_before_there_is_neither_mark_nor_legend():
    svg = picture(chart(Bar("A", 10, 9), before=""))

    assert ticks(svg) == []
    assert "(9)" not in said(svg)
    assert "2026" not in said(svg)


@pytest.mark.parametrize("before", ["2025", ""], ids=["compared", "alone"])
@FRAMES
def test_no_bar_begins_in_the_line_that_says_what_is_counted(frame, before):
    svg = picture(chart(Bar("A", 10, 9), before=before), frame)
    measure = next(box for words, box in word_boxes(svg) if words == "People reached")
    first = next(box for words, box in word_boxes(svg) if words == "A")
    assert first.bounds[1] - measure.bounds[3] > 0.8 * (measure.bounds[3] - measure.bounds[1])


def test_zero_is_written_and_has_no_bar():
    svg = picture(chart(Bar("A", 0, 14), Bar("B", 3)))

    assert len(lengths(svg)) == 2
    assert "0" in said(svg)


def test_all_zeros_can_be_drawn():
    assert said(picture(chart(Bar("A", 0), Bar("B", 0)))).count("0") == 2


def test_no_rows_make_a_picture_that_says_its_title():
    assert "People reached by structure" in said(picture(chart()))


def test_a_figure_that_is_not_told_says_why_and_has_no_bar():
    svg = picture(chart(Bar("A", None, note="fewer than 11"), Bar("B", None), Bar("C", 5)))

    assert len(lengths(svg)) == 2
    assert "fewer than 11" in said(svg)
    assert "n.c." in said(svg)


def test_a_figure_before_that_is_not_told_has_no_mark():
    assert len(ticks(picture(chart(Bar("A", 5, None))))) == 1


def test_a_negative_figure_is_refused():
    with pytest.raises(ValueError, match="People reached"):
        chart(Bar("A", -1))


def test_a_negative_figure_before_is_refused():
    with pytest.raises(ValueError, match="People reached"):
        chart(Bar("A", 1, -1))


@FRAMES
@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_words_stand_apart_within_the_picture(frame, language):
    rows = [Bar(LONG, 640, 702), Bar("CCAS", 1_234_567, 1_100_000), Bar("Rien", 0, 0), Bar(LONG * 3, None, 12)]

    with speaking(language):
        check_that_words_stand_apart(picture(chart(*rows, asides=[LONG * 2]), frame), frame)


@FRAMES
def test_no_bar_runs_out_of_the_picture(frame):
    svg = picture(chart(Bar(LONG, 98_765.4, 99_999.9), Bar("B", 1), decimals=1), frame)

    for one in parsed(svg).iter(f"{SVG}rect"):
        assert float(one.get("x", 0)) + float(one.get("width", "")) <= frame.width
    assert all(place <= frame.width for place in ticks(svg))


def test_a_long_label_is_cut_in_the_picture_and_whole_in_the_table():
    bars = chart(Bar(LONG, 640))

    assert any(line.endswith("…") for line in said(picture(bars)))
    assert table(bars).rows[0][0] == LONG


def test_in_a_narrow_frame_a_label_stands_above_its_bar():
    root = parsed(picture(chart(Bar("CCAS", 8)), PHONE))
    label = next(one for one in root.iter(f"{SVG}text") if one.text == "CCAS")
    bar = [one for one in root.iter(f"{SVG}rect")][-1]

    assert float(label.get("y", "")) < float(bar.get("y", ""))


def test_where_one_reads_from_the_right_bars_grow_to_the_left():
    with speaking("ar"):
        root = parsed(picture(chart(Bar("CCAS", 8))))
    bar = [one for one in root.iter(f"{SVG}rect")][-1]
    label = next(one for one in root.iter(f"{SVG}text") if one.text == "CCAS")

    assert float(label.get("x", "")) > float(bar.get("x", "")) + float(bar.get("width", ""))
    assert label.get("text-anchor") == "end"


def test_the_table_has_both_periods_for_each_label():
    made = table(chart(Bar("A", 1234.5, None), Bar("B", None, 3, note="fewer than 11"), decimals=1))

    assert made.header == ("People reached", "2026", "2025")
    assert made.rows == (("A", "1,234.5", "n.c."), ("B", "fewer than 11", "3.0"))


def test_the_table_of_one_period_has_one_column_of_figures():
    assert table(chart(Bar("A", 3), before="")).rows == (("A", "3"),)


def test_the_description_reads_every_bar():
    with speaking("fr"):
        words = description(chart(Bar("A", 3), Bar("B", None, note="moins de 11"), asides=["À savoir."]))

    assert words.replace("\u00a0", " ") == (
        "Graphique de 2 barres. People reached, 2026. A : 3. B : moins de 11. À savoir."
    )


def test_both_periods_are_told_apart_by_shape():
    """One colour for bars, ink for marks: in greys they differ by their form, and the legend shows both forms."""
    svg = picture(chart(Bar("A", 5, 4)))

    assert len(lengths(svg)) == 2
    assert len(ticks(svg)) == 2
    assert f"#{BRAND.hexval()[2:]}" in colours(svg)


def test_the_same_figures_make_the_same_bytes():
    assert picture(chart(Bar("A", 5, 4))) == picture(chart(Bar("A", 5, 4)))
