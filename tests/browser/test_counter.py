"""A voucher is taken on a shop's old phone, and undone: small pages without script, nothing for axe to say."""

from __future__ import annotations

from itertools import pairwise

from playwright.sync_api import expect

from tests.browser.conftest import NARROW, PHONE
from tests.browser.measures import faults_of, overflow_of, small_targets_of
from tests.test_routes_access import ONE_ENGINE
from tests.vouchers.given import amounts, campaign, card, handed, partner
from tests.vouchers.test_offers_catalogue import offered
from vouchers.rules.codes import spoken
from vouchers.rules.guessing import LIMITS


def look(page):
    """Nothing for axe to say, nothing beside the page, nothing too small to press."""
    assert faults_of(page) + overflow_of(page) + small_targets_of(page) == [], page.url


@ONE_ENGINE
def test_a_device_is_sold_on_an_old_phone(site, cast):
    partner(cast)
    voucher = handed(cast, campaign(cast).id, card(cast, cast.ids["resident"]).id)
    shop = site.visit("/debut", size=NARROW, account=cast.partner)
    look(shop)
    expect(shop.get_by_label("Code du chèque")).to_be_focused()
    shop.get_by_label("Code du chèque").fill("AAAAAAAAAA")
    with shop.expect_navigation():
        shop.get_by_role("button", name="Voir le chèque").click()
    look(shop)
    shop.get_by_label("Code du chèque").fill(spoken(voucher.code).lower())
    shop.get_by_role("button", name="Voir le chèque").click()
    expect(shop.get_by_text("Jeanne L.")).to_be_visible()
    look(shop)
    with shop.expect_navigation():
        shop.get_by_role("button", name="Vérifier les montants").click()
    look(shop)
    shop.get_by_label("Prix de l’appareil").fill("149,90")
    shop.get_by_label("Tablette").check()
    shop.get_by_label("Numéro de série").fill("sn 12")
    shop.get_by_role("button", name="Vérifier les montants").click()
    expect(shop.get_by_text("Vous payez encore 49,90 €.")).to_be_visible()
    look(shop)
    with shop.expect_navigation():
        shop.get_by_role("link", name="Changer quelque chose").click()
    assert shop.get_by_label("Prix de l’appareil").input_value() == "149,90"
    assert shop.get_by_label("Tablette").is_checked()
    with shop.expect_navigation():
        shop.get_by_role("button", name="Vérifier les montants").click()
    shop.get_by_role("button", name="Encaisser 100,00 €").click()
    expect(shop.get_by_role("heading", name="Chèque encaissé")).to_be_visible()
    look(shop)
    assert amounts(voucher.id) == (0, 10_000, 0, 0)
    shop.get_by_text("C’était une erreur : annuler").click()
    look(shop)
    shop.get_by_label("Pourquoi").fill("Mauvais appareil")
    with shop.expect_navigation():
        shop.get_by_role("button", name="Annuler l’encaissement").click()
    look(shop)
    assert amounts(voucher.id) == (10_000, 0, 0, 0)


@ONE_ENGINE
def test_everything_works_without_script(site, cast):
    partner(cast)
    voucher = handed(cast, campaign(cast).id)
    shop = site.visit(f"/cheque/{voucher.code}", size=PHONE, account=cast.partner, javascript=False)
    shop.get_by_label("Prix de l’appareil").fill("50")
    shop.get_by_label("Téléphone").check()
    shop.get_by_label("Numéro de série").fill("A1")
    with shop.expect_navigation():
        shop.get_by_role("button", name="Vérifier les montants").click()
    with shop.expect_navigation():
        shop.get_by_role("button", name="Encaisser 30,00 €").click()
    assert amounts(voucher.id) == (7_000, 3_000, 0, 0)


@ONE_ENGINE
def test_too_many_codes_and_a_page_that_says_when(site, cast):
    partner(cast)
    shop = site.visit("/partenaire", size=NARROW, account=cast.partner)
    for _try in range(LIMITS[0][1] + 1):
        shop.get_by_label("Code du chèque").fill("2222222222")
        shop.get_by_role("button", name="Voir le chèque").click()
    expect(shop.get_by_role("heading", name="Attendez un moment")).to_be_visible()
    look(shop)


@ONE_ENGINE
def test_what_is_on_offer_in_each_language(site, cast):
    offered(partner(cast), cast.ids["partner"])
    for language in ("fr", "en", "ar"):
        page = site.visit("/cheques/offres", size=NARROW, language=language)
        kinds = [one.bounding_box() for one in page.locator("nav.actions .button").all()]
        rows = sorted({one["y"] for one in kinds})
        assert all(below - above > kinds[0]["height"] for above, below in pairwise(rows)), "buttons touch one another"
        page.locator("summary").last.click()
        look(page)
        look(site.visit("/cheque/AAAA", size=NARROW, language=language))
    seller = site.visit("/partenaire/catalogue", size=NARROW, account=cast.partner)
    look(seller)
    with seller.expect_navigation():
        seller.get_by_role("link", name="Portable 14 pouces").click()
    look(seller)
