"""The figures of reach as a manager opens them: nothing for axe to say, nothing that needs a mouse or a script."""

from __future__ import annotations

import pytest

from tests.browser.conftest import DESKTOP, NARROW, PHONE
from tests.browser.measures import faults_of, overflow_of, small_targets_of
from tests.reach.came import came

HERE = "/equipe/portee"


@pytest.fixture
def town(site):
    """Some people who came this month, and heads that nobody named."""
    came(site.cast, 12)
    came(site.cast, 3, area="mills", heads=9)
    return site.cast


@pytest.mark.parametrize("size", [DESKTOP, PHONE, NARROW], ids=["desktop", "phone", "narrow"])
def test_the_dashboard_and_its_lists_have_no_fault(site, town, size):
    page = site.visit(HERE, size=size, account=town.manager)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("[...document.images].map(one => one.naturalWidth > 300)") == [True, True]
    tabs = page.locator(".tabs").evaluate("one => [one.scrollWidth <= one.clientWidth, one.children.length]")
    assert size == NARROW or tabs == [True, 4], "a tab is cut off"
    for summary in page.locator("main summary").all():
        summary.press("Enter")
    wrong = faults_of(page) + overflow_of(page) + small_targets_of(page)
    for path in ("/liste/personnes", "/liste/passages", "?periode=xyz", "?age=70_plus&quartier=1", "?periode=2090"):
        page.goto(f"{site.home}{HERE}{path}")
        wrong += faults_of(page) + overflow_of(page) + small_targets_of(page)
    assert wrong == []


def test_by_keyboard_a_figure_leads_to_its_records_and_on_to_one_of_them(site, town):
    page = site.visit(f"{HERE}?canal=venue", account=town.manager, javascript=False)
    figure = page.locator("dl.glance a").first
    for _press in range(60):
        page.keyboard.press("Tab")
        if figure.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/liste/personnes?*canal=venue")
    assert page.locator("tbody tr").count() == 15
    page.locator("tbody a").first.press("Enter")
    page.wait_for_url("**/equipe/habitants/*")


def test_by_keyboard_and_without_a_script_one_asks_for_other_days(site, town):
    page = site.visit(HERE, account=town.manager, javascript=False)
    page.locator("details:has(#du) > summary").press("Enter")
    page.locator("#age").select_option("70_plus")
    page.locator("#age").press("Tab")
    page.locator("details:has(#du) button").press("Enter")
    page.wait_for_url("**/equipe/portee?periode=*&age=70_plus")
    assert page.locator("p.todo").first.is_visible()
