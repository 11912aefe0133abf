"""On a narrow telephone nothing of a list is written over what stands beside it."""

from __future__ import annotations

from pathlib import Path

from tests.browser.conftest import PHONE

STYLE = Path(__file__).parents[2] / "static" / "parvis.css"
ROW = (
    '<main><ol class="agenda dated"><li><time>jeu. 13 févr. 2025<small>jour de l’inscription</small></time>'
    "<div>Odette</div></li></ol></main>"
)


def test_a_date_with_its_year_stays_in_its_column(browser):
    with browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}) as context:
        page = context.new_page()
        page.set_content(f"<style>{STYLE.read_text()}</style>{ROW}")
        time, beside = page.locator("time").bounding_box(), page.locator("div").bounding_box()
        assert page.locator("time").evaluate("one => one.scrollWidth <= one.clientWidth")
        assert time["x"] + time["width"] <= beside["x"]
