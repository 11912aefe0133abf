"""Every page that each person can reach: nothing for axe to say, in the languages of each, on a phone and at a desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from foundation.security import Role
from tests.browser.conftest import DESKTOP, NARROW, PHONE, Site
from tests.browser.crawl import walk
from tests.browser.measures import GRADE_A, new_faults_of, overflow_of, small_targets_of, weigh
from tests.life import Life
from tests.test_routes_access import pages


def starts(site: Site, life: Life, role: Role | None = None) -> list[str]:
    """Where to set out from, and pages of a kind that looks otherwise for some."""
    return ["/", *pages(site.app, role), f"/ateliers/{life.club}/inscription", f"/ateliers/{life.workshop}/inscription"]


def look_everywhere(site: Site, life: Life, page: Page, role: Role | None) -> list[str]:
    """All that is wrong on the pages that `page`'s visitor can reach."""
    wrong: list[str] = []
    for response in walk(page, site.app, site.home, starts(site, life, role)):
        if response.status >= 500:
            wrong.append(f"{response.url} answered {response.status}")
        wrong += new_faults_of(page) + overflow_of(page)
    return wrong


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["desktop", "narrow"])
def test_pages_for_everyone_have_no_fault(site, life, language, size):
    wrong = look_everywhere(site, life, site.visit("/", size=size, language=language), None)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("role", "language"), [*((role, "fr") for role in Role), (Role.MEDIATOR, "en")])
def test_pages_of_staff_have_no_fault(site, life, role, language):
    page = site.visit(f"/langue/{language}?next=/debut", account=site.cast.account_of(role))
    assert page.locator("html").get_attribute("lang") == language
    wrong = look_everywhere(site, life, page, role)
    assert not wrong, "\n".join(wrong)


def test_what_is_pressed_on_a_phone_is_large_enough(site, life):
    page = site.visit("/", size=PHONE)
    wrong: list[str] = []
    for _response in walk(page, site.app, site.home, starts(site, life)):
        wrong += small_targets_of(page)
    assert not wrong, "\n".join(wrong)


def test_pages_of_residents_are_light(site, life):
    """Grade A of EcoIndex, at most 350 elements, 6 requests and 30 kB; nothing comes from elsewhere."""
    page = site.visit("/", size=PHONE)
    scale = site.visit("/", size=PHONE)
    heavy: list[str] = []
    for response in walk(page, site.app, site.home, starts(site, life)):
        weight = weigh(scale, response.url, site.home)
        light = weight.elements <= 350 and weight.requests <= 6 and weight.size <= 30_000
        if weight.strangers or not light or weight.ecoindex <= GRADE_A:
            heavy.append(f"{response.url}: {weight}, EcoIndex {weight.ecoindex:.0f}")
    assert not heavy, "\n".join(heavy)
