"""A card is found, given and replaced by the team, and looked at by its holder on a phone: nothing for axe to say."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, NARROW, PHONE
from tests.browser.measures import GRADE_A, faults_of, overflow_of, small_targets_of, weigh
from tests.test_routes_access import ONE_ENGINE
from tests.vouchers.carded import PAGE, resident
from tests.vouchers.given import DEVICE, TRAINING, campaign, card, category, handed, partner


def look(page):
    """Nothing for axe to say, nothing beside the page."""
    assert faults_of(page) + overflow_of(page) == [], page.url


@ONE_ENGINE
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_resident_sees_what_is_left_on_a_small_phone(site, cast, language):
    partner(cast)
    mine = card(cast, resident())
    for plan in (DEVICE, TRAINING):
        handed(cast, campaign(cast, plan).id, mine.id)
    page = site.visit(f"/c/{mine.number}", size=NARROW, language=language)
    for year in ("1900", "1957"):
        look(page)
        assert small_targets_of(page) == []
        page.locator("#year").fill(year)
        page.locator("main form button").click()
    expect(page.get_by_text("Jeanne")).to_be_visible()
    look(page)
    weight = weigh(site.visit("/", size=PHONE), page.url, site.home)
    assert weight.elements <= 350
    assert weight.requests <= 6
    assert weight.size <= 30_000
    assert weight.ecoindex > GRADE_A


@ONE_ENGINE
@pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["desktop", "narrow"])
def test_the_desk_finds_gives_and_replaces_a_card(site, cast, size):
    category()
    category("Étudiants")
    resident()
    page = site.visit(PAGE, size=size, account=cast.prescriber)
    look(page)
    page.get_by_role("searchbox").fill("kerlaz")
    with page.expect_navigation():
        page.get_by_role("button", name="Chercher").click()
    look(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Donner une carte").click()
    page.get_by_role("button", name="Donner la carte").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look(page)
    page.get_by_label("Catégorie").select_option("Étudiants")
    page.get_by_label("J’ai vu le justificatif").check()
    page.get_by_role("button", name="Donner la carte").click()
    expect(page.get_by_text("Vu par Odile Marchand")).to_be_visible()
    look(page)
    for link, button in (("La remplacer", "Remplacer la carte"), ("Suspendre…", "Suspendre la carte")):
        with page.expect_navigation():
            page.get_by_role("link", name=link).click()
        look(page)
        page.get_by_label("Pourquoi").fill("abîmée")
        with page.expect_navigation():
            page.get_by_role("button", name=button).click()
        look(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Renouveler", exact=True).click()
    look(page)


@ONE_ENGINE
def test_a_manager_imports_the_file_of_the_ccas(site, cast):
    category()
    page = site.visit(f"{PAGE}/import", size=NARROW, account=cast.manager)
    look(page)
    head = "N° carte;Nom;Prénom;Né en;Catégorie;Valable jusqu'au\n"
    rows = f"{head}C-1;Kerlaz;Jeanne;1957;Minima sociaux;31/12/2026\nC-2;X;;;Y;"
    file = {"name": "cartes.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    page.locator("input[type=file]").set_input_files([file])
    page.locator("main form button").click()
    expect(page.get_by_text("Rien n’est encore écrit.")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Importer", exact=True).click()
    expect(page.get_by_role("link", name="lignes refusées")).to_be_visible()
    look(page)
    page.goto(f"{site.home}{PAGE}/categories")
    look(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Minima sociaux").click()
    look(page)


@ONE_ENGINE
def test_on_a_small_phone_the_part_that_is_open_is_in_sight(site, cast):
    page = site.visit("/equipe/cheques/signes", size=NARROW, account=cast.manager)
    box = page.locator(".tabs [aria-current]").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]
