"""Neighbourhood pages as anybody opens them, and the page of blanks as a manager does: nothing for axe to say."""

from __future__ import annotations

import pytest

from accounts.models import Account
from foundation import clock
from foundation.db import db, in_transaction
from reach.models import ReportKind
from reach.rules import periods
from reach.rules.reporting import Wanted
from reach.service import publishing
from tests.browser.conftest import DESKTOP, NARROW, PHONE
from tests.browser.measures import GRADE_A, faults_of, overflow_of, small_targets_of, weigh
from tests.reach.came import came
from tests.workshops.enrolments import WEEK, opened

BLANKS = "/equipe/portee/angles-morts?periode=2026"


@pytest.fixture
def town(site):
    """Some people who came last year and this one, a report of last year, and workshops to come."""
    now = clock.now()
    came(site.cast, 42, at=now - 30 * WEEK)
    came(site.cast, 5, area="mills", heads=9)
    for _number in range(5):
        opened(site.cast, title="Atelier photo")
    manager_id, wanted = site.cast.ids["manager"], Wanted(ReportKind.YEAR, periods.year(2025), "fr")
    in_transaction(lambda: publishing.publish(wanted, db.session.get_one(Account, manager_id), now=now))
    assert publishing.publish_next(now) == 1
    return site.cast


def of_harbour(cast):
    return f"/quartiers/{cast.ids['harbour']}-le-port"


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE, NARROW], ids=["desktop", "phone", "narrow"])
def test_pages_of_neighbourhoods_have_no_fault(site, town, language, size):
    page = site.visit("/quartiers", size=size, language=language)
    assert faults_of(page) + overflow_of(page) + small_targets_of(page) == []
    page.goto(of_harbour(town))
    assert page.locator("dl.facts dd").count() == 4, "n.c. has no rate"
    assert faults_of(page) + overflow_of(page) + small_targets_of(page) == []
    page.goto(f"{site.home}/rapports")
    assert page.locator("a[type='application/pdf']").count() == 1
    assert faults_of(page) + overflow_of(page) + small_targets_of(page) == []


def test_they_are_light(site, town):
    page = site.visit("/", size=PHONE)
    for path in ("/quartiers", of_harbour(town), "/rapports"):
        weight = weigh(page, f"{site.home}{path}", site.home)
        assert weight.strangers == ()
        assert weight.elements <= 350, weight
        assert weight.requests <= 6, weight
        assert weight.size <= 30_000, weight
        assert weight.ecoindex > GRADE_A, weight


def test_from_home_one_finds_a_neighbourhood_without_a_script(site, town):
    page = site.visit("/", javascript=False)
    page.click("footer a[href='/quartiers']")
    page.click("text=Tous les bilans publiés")
    assert page.url.endswith("/rapports")
    page.click("text=Tous les quartiers")
    page.click("text=Le Port")
    assert page.url.endswith(of_harbour(town))
    assert page.locator("text=Médiathèque du Port").count() > 0


@pytest.mark.parametrize("size", [DESKTOP, PHONE, NARROW], ids=["desktop", "phone", "narrow"])
def test_the_page_of_blanks_has_no_fault_and_shows_its_maps(site, town, size):
    page = site.visit(f"{BLANKS}&ou=lieu-{town.ids['workshop']}&jour=5", size=size, account=town.manager)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("[...document.images].map(one => one.naturalWidth > 300)") == [True, True]
    assert faults_of(page) + overflow_of(page) + small_targets_of(page) == []


def test_by_keyboard_one_asks_what_an_opening_would_change(site, town):
    page = site.visit(BLANKS, account=town.manager)
    page.select_option("#ou", label="Atelier des Moulins")
    page.select_option("#jour", label="samedi")
    page.focus("#jour")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**jour=5**")
    assert "Le samedi, Atelier des Moulins" in page.inner_text("main")
    assert "rien n’est ouvert ce jour-là" in page.inner_text("main")
