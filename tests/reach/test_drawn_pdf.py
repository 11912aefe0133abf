"""The same drawing on paper: the same words, in embedded letters, at the same places."""

from __future__ import annotations

from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from foundation.pdf import PLAIN
from reach.drawing.bars import Bar, Bars, description, draw_bars
from reach.drawing.map import draw_map
from reach.drawing.paper import PAGE, PHONE, SHEET, Paper
from reach.drawing.pdf import draw_on
from reach.drawing.svg import to_svg
from tests.papers import facts, lowest, text
from tests.reach.drawings import grid, said, speaking

MARGIN = (A4[0] - SHEET.width) / 2


def on_paper(drawing) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, lang="fr", invariant=1, initialFontName=PLAIN)
    draw_on(canvas, drawing, MARGIN, A4[1] - 60 - drawing.height)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def bars() -> Bars:
    rows = [Bar("Médiathèque", 1234, 1100), Bar("CCAS", None, 41, note="moins de 11")]
    return Bars("Personnes touchées", "Personnes", rows, "Source : Parvis.", "2026", "2025")


def words(drawing) -> set[str]:
    return set(said(to_svg(drawing, "t", "d")))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_map_says_the_same_on_paper_as_on_the_page(language):
    with speaking(language):
        drawing = draw_map(grid([1.5, 20.25, None, 1234]), SHEET)
        lines = set(text(on_paper(drawing)).splitlines())

        assert lines == words(drawing)


def test_bars_say_the_same_on_paper_as_on_the_page():
    with speaking("fr"):
        drawing = draw_bars(bars(), SHEET)

        assert set(text(on_paper(drawing)).splitlines()) == words(drawing)


def test_all_letters_are_embedded_and_the_drawing_stays_on_its_sheet():
    with speaking("fr"):
        drawing = draw_map(grid([1.5, 20.25, None, 1234]), SHEET)
        content = on_paper(drawing)

    assert facts(content)["embedded"]
    assert facts(content)["sheets"] == 1
    assert lowest(content) > -drawing.height, "counted from the top of the drawing"


def test_arabic_is_joined_and_turned_on_paper_only():
    with speaking("ar"):
        made = Paper(SHEET)
        made.y = 50
        made.text(10, 20, "مركز الحي")
        drawing = made.finished()
        content = on_paper(drawing)

        assert "مركز الحي" in text(content)
        assert words(drawing) == {"\u2068مركز الحي\u2069"}, "browsers join and turn by themselves"


def test_the_drawing_is_the_same_after_it_was_put_on_paper():
    with speaking("ar"):
        drawing = draw_bars(bars(), SHEET)
        before = to_svg(drawing, "t", "d")
        on_paper(drawing)

        assert to_svg(drawing, "t", "d") == before


def test_the_same_drawing_makes_the_same_bytes():
    with speaking("fr"):
        assert on_paper(draw_bars(bars(), SHEET)) == on_paper(draw_bars(bars(), SHEET))


def test_a_frame_is_wide_when_things_can_stand_side_by_side():
    assert PAGE.is_wide
    assert SHEET.is_wide
    assert not PHONE.is_wide


def test_the_description_names_what_the_bars_count():
    with speaking("en"):
        assert description(bars()).startswith("Chart of 2 bars. Personnes, 2026. Médiathèque: 1,234.")
