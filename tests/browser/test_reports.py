"""Reports as a manager publishes, corrects and sends them, in a real browser: nothing for axe to say."""

from __future__ import annotations

import pytest

from foundation import clock
from jobs import JOBS, perform
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.measures import faults_of, overflow_of, small_targets_of
from tests.reach.came import came
from tests.workshops.enrolments import WEEK

ROOT = "/equipe/portee/rapports"
PUBLISH = "main form button:not([formaction])"


@pytest.fixture
def town(site):
    """Some people who came last year."""
    came(site.cast, 42, at=clock.now() - 30 * WEEK)
    return site.cast


def faults(page):
    return faults_of(page) + overflow_of(page) + small_targets_of(page)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_manager_publishes_corrects_and_has_sent_without_a_script(site, town, size):
    page = site.visit(ROOT, size=size, account=town.administrator)
    assert faults(page) == [], "no report yet"
    page.click(f"main a[href='{ROOT}/nouveau']")
    page.select_option("#kind", "structure")
    page.click(PUBLISH)
    assert page.locator(".faults a[href='#subject']").count() == 1
    assert faults(page) == [], "refused"

    page.select_option("#kind", "year")
    page.click(PUBLISH)
    assert "en préparation" in page.inner_text("main [role=status]")
    assert faults(page) == [], "waiting"
    perform(JOBS["publish-reports"])
    page.wait_for_selector("#note")  # The page loads itself again; to do so beside it would be a race.
    first = page.url

    came(town, 15, at=clock.now() - 31 * WEEK)
    page.fill("#note", "Un compte rendu est arrivé tard.")
    page.click("main form button")
    perform(JOBS["publish-reports"])
    page.wait_for_selector("table tbody tr")
    assert page.locator("table tbody tr").count() > 3, "what it corrects, line by line"
    assert faults(page) == [], "revised"
    page.goto(first)
    assert "Un compte rendu est arrivé tard." in page.inner_text("main")

    page.goto(f"{ROOT}/envois")
    page.fill("#recipients", "conseil@valbriac.example")
    page.click("main .panel button")
    assert "conseil@valbriac.example" in page.inner_text("main table")
    assert faults(page) == [], "sent by itself"
    page.click("main table button")
    assert page.locator("main table").count() == 0
