"""Maps and charts in a real browser, with the letters of its machine: shown as images, no word on another."""

from __future__ import annotations

from base64 import b64encode

import pytest

from reach.drawing.bars import Bar as Row
from reach.drawing.bars import Bars, draw_bars
from reach.drawing.choropleth import description
from reach.drawing.map import draw_map
from reach.drawing.paper import PAGE, PHONE
from reach.drawing.svg import to_svg
from tests.reach.drawings import grid, speaking
from tests.reach.test_map import nantes, toulouse

POLICY = "default-src 'none'; img-src data:"
BOXES = """() => [...document.querySelectorAll("text")].map(one => {
    const box = one.getBoundingClientRect(), size = parseFloat(getComputedStyle(one).fontSize);
    return [one.textContent, box.left, box.bottom - size, box.right, box.bottom - size * 0.3];
})"""


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 800, "height": 600})
    yield page
    page.close()


@pytest.mark.parametrize("frame", [PAGE, PHONE], ids=["page", "phone"])
def test_a_map_is_shown_as_an_image_under_the_strictest_policy(page, frame):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    choropleth = grid([1.0, 20.0, None])
    with speaking("fr"):
        svg = to_svg(draw_map(choropleth, frame), choropleth.title, description(choropleth))

    page.set_content(
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<img alt="map" src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}">'
    )
    page.wait_for_function("document.images[0].complete")

    assert page.evaluate("document.images[0].naturalWidth") == frame.width
    assert complaints == []


@pytest.mark.parametrize("make", [toulouse, nantes])
@pytest.mark.parametrize("frame", [PAGE, PHONE], ids=["page", "phone"])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_with_the_letters_of_this_machine_the_words_of_a_real_map_stand_apart(page, make, frame, language):
    with speaking(language):
        choropleth = make()
        svg = to_svg(draw_map(choropleth, frame), choropleth.title, description(choropleth))

    assert overlapping(page, svg, frame.width) == []


@pytest.mark.parametrize("frame", [PAGE, PHONE], ids=["page", "phone"])
def test_with_the_letters_of_this_machine_the_words_of_bars_stand_apart(page, frame):
    rows = [Row("Médiathèque José-Cabanis", 1234, 1100), Row("مركز الحي (3)", 640, 702), Row("CCAS", 0, 9)]
    bars = Bars("Personnes touchées", "Personnes", rows, "Source : Parvis.", "2026", "2025")
    with speaking("fr"):
        svg = to_svg(draw_bars(bars, frame), bars.title, "")

    assert overlapping(page, svg, frame.width) == []


def overlapping(page, svg: str, width: float) -> list[tuple[str, str]]:
    """Pairs of lines that stand on each other, and lines that leave the picture."""
    page.set_content(f'<body style="margin:0">{svg}</body>')
    boxes = page.evaluate(BOXES)
    found = [(text, "the edge") for text, left, _top, right, _bottom in boxes if left < -0.5 or right > width + 0.5]
    for at, (text, left, top, right, bottom) in enumerate(boxes):
        for other, its_left, its_top, its_right, its_bottom in boxes[at + 1 :]:
            across = min(right, its_right) - max(left, its_left)
            down = min(bottom, its_bottom) - max(top, its_top)
            if across > 0.5 and down > 0.5:
                found.append((text, other))
    return found
