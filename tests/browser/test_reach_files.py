"""Exports and open data in a browser: asked for, watched without a script, fetched; nothing for axe to say."""

from __future__ import annotations

import pytest

from accounts.models import Account
from foundation import clock
from foundation.db import db, in_transaction
from reach.models import RecordExport, ReportKind
from reach.rules import periods
from reach.rules.reporting import Wanted
from reach.service import exports, publishing
from tests.browser.conftest import DESKTOP, NARROW, PHONE
from tests.browser.measures import GRADE_A, faults_of, overflow_of, small_targets_of, weigh
from tests.reach.came import came
from tests.workshops.enrolments import WEEK

EXPORTS = "/equipe/portee/exports"
OPEN = ("/donnees-ouvertes", "/donnees-ouvertes/dictionnaire")


@pytest.fixture
def town(site):
    """People who came last year, and a report of that year."""
    now = clock.now()
    came(site.cast, 42, at=now - 30 * WEEK, heads=9)
    actor_id, wanted = site.cast.ids["manager"], Wanted(ReportKind.YEAR, periods.year(2025), "fr")
    in_transaction(lambda: publishing.publish(wanted, db.session.get_one(Account, actor_id), now=now))
    assert publishing.publish_next(now) == 1
    return site.cast


def step():
    return in_transaction(lambda: exports.make_next(clock.now()))


def sound(page):
    return faults_of(page) + overflow_of(page) + small_targets_of(page)


@pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["desktop", "narrow"])
def test_without_a_script_a_file_is_asked_for_watched_fetched_and_thrown_away(site, town, size):
    page = site.visit(f"{EXPORTS}?periode=2025", size=size, account=town.manager, javascript=False)
    page.click("text=Faire le fichier")
    assert page.locator("progress").get_attribute("value") == "0"
    assert step()
    page.click("text=Recharger maintenant")
    assert page.locator("progress").get_attribute("value") == "1"
    while step():
        pass
    page.wait_for_selector("text=Le fichier est prêt")  # Nobody pressed anything: the page loads itself again.
    with page.expect_download() as download:
        page.click("text=Classeur (XLSX)")
    assert download.value.suggested_filename.endswith(".xlsx")
    page.click("text=Supprimer ce fichier")
    assert page.url.endswith(f"{EXPORTS}?periode=2025")
    assert db.session.query(RecordExport).count() == 0


@pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["desktop", "narrow"])
def test_pages_of_exports_have_no_fault_in_whatever_state_a_file_is(site, town, size):
    page = site.visit(f"{EXPORTS}?periode=2025", size=size, account=town.manager)
    assert sound(page) == []
    page.click("text=Faire le fichier")
    watched = page.url
    assert sound(page) == []
    while step():
        pass
    for state in ("ready", "failed"):
        if state == "failed":
            in_transaction(fail)
        page.goto(watched)
        assert sound(page) == [], state
        page.goto(f"{site.home}{EXPORTS}?periode=2025")
        assert sound(page) == [], state


def fail():
    export = db.session.query(RecordExport).one()
    export.ended_at, export.failed_at = None, clock.now()


@pytest.mark.parametrize(
    ("language", "size"), [("fr", DESKTOP), ("ar", PHONE), ("en", NARROW)], ids=["desktop", "phone", "narrow"]
)
def test_open_data_has_no_fault(site, town, language, size):
    page = site.visit("/", size=size, language=language)
    for path in OPEN:
        page.goto(f"{site.home}{path}")
        assert sound(page) == [], path


def test_open_data_is_light(site, town):
    page = site.visit("/", size=PHONE)
    for path in OPEN:
        weight = weigh(page, f"{site.home}{path}", site.home)
        assert (weight.strangers, weight.elements <= 350, weight.requests <= 6) == ((), True, True), weight
        assert weight.size <= 30_000, weight
        assert weight.ecoindex > GRADE_A, weight
