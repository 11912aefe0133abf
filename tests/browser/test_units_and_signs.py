"""Seats paid with units, devices after three months, signs that a manager looks at: nothing for axe to say."""

from __future__ import annotations

import pytest
import time_machine
from playwright.sync_api import expect

from foundation.db import db, in_transaction
from tests.browser.conftest import DESKTOP, NARROW
from tests.browser.measures import faults_of, overflow_of, small_targets_of
from tests.cast import NOW
from tests.test_routes_access import ONE_ENGINE
from tests.vouchers.given import campaign, card, handed, paid, partner, person
from tests.vouchers.test_follow_ups import LIST, asked, own
from tests.vouchers.test_signs import PAGE as SIGNS
from tests.vouchers.test_signs import SUNDAY, namesakes, refused, sold
from tests.workshops.enrolments import adult, opened, registered
from tests.workshops.paying import voucher_of
from tests.workshops.test_registering_pages import own as registration_page
from tests.workshops.test_registering_pages import start
from vouchers.models import FollowUp
from vouchers.rules.signs import MANY_REFUSED, SAME_NAME
from workshops.service import registering

SIZES = pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["desktop", "narrow"])


def look(page):
    """Nothing for axe to say, nothing beside the page."""
    assert faults_of(page) + overflow_of(page) == [], page.url


def asked_about() -> FollowUp:
    """Somebody who bought a device, and was asked."""
    db.session.rollback()
    return db.session.query(FollowUp).order_by(FollowUp.id).first()


@ONE_ENGINE
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_resident_pays_with_a_voucher_and_changes_it_while_waiting(site, cast, language):
    programme = opened(cast, training_units=2, capacity=1, price_cents=500)
    first = registered(adult(programme, 1))
    waits = registered(adult(programme, 2, voucher_code=voucher_of(cast, "Numéro 2").code))
    page = site.visit(start(programme), size=NARROW, language=language)
    look(page)
    page.locator("#given_name").fill("Alix")
    page.locator("#family_name").fill("Numéro 3")
    page.locator("input[value=voucher]").check()
    page.locator("main form button:visible").last.click()
    expect(page.locator("#voucher_code-fault")).to_be_visible()
    look(page)
    page = site.visit(registration_page(waits, "/cheque"), size=NARROW, language=language)
    look(page)
    assert small_targets_of(page) == []
    page.locator("#voucher_code").fill("2222222222")
    page.locator("main form button").click()
    expect(page.locator("#voucher_code-fault")).to_be_visible()
    look(page)
    in_transaction(lambda: registering.cancel(first.id, now=NOW, by_resident=True))
    look(site.visit(registration_page(waits), size=NARROW, language=language))


@ONE_ENGINE
@SIZES
def test_the_team_notes_the_voucher_of_somebody_who_waits(site, cast, size):
    programme = opened(cast, training_units=2, capacity=1)
    registered(adult(programme, 1))
    waits = registered(adult(programme, 2))
    page = site.visit(f"/equipe/inscriptions/{waits.id}", size=size, account=cast.mediator)
    page.get_by_text("Payer avec un chèque culture numérique").click()
    look(page)
    page.get_by_role("button", name="Noter").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look(page)


@ONE_ENGINE
@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_one_press_says_whether_a_device_serves(site, cast, language):
    paid(handed(cast, campaign(cast).id, card(cast, person(given_name="Ada")).id).code, partner(cast))
    asked()
    page = site.visit(own(asked_about()), size=NARROW, language=language)
    look(page)
    assert small_targets_of(page) == []
    page.locator("main form button").first.click()
    expect(page.get_by_role("status").first).to_be_visible()
    look(page)


@ONE_ENGINE
@SIZES
def test_the_team_asks_corrects_and_counts(site, cast, size):
    for address in (LIST, f"{LIST}?reponses=1", f"{LIST}/chiffres"):
        look(site.visit(address, size=size, account=cast.manager))
    found, shop = campaign(cast), partner(cast)
    for name in ("Zola", "Abel"):
        paid(handed(cast, found.id, card(cast, person(family_name=name)).id).code, shop)
    asked()
    page = site.visit(LIST, size=size, account=cast.manager)
    look(page)
    page.get_by_text("Noter la réponse").first.click()
    with page.expect_navigation():
        page.get_by_role("button", name="Sert encore").first.click()
    look(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Répondu").click()
    page.locator("main summary").first.click()
    look(page)
    look(site.visit(f"{LIST}/chiffres", size=size, account=cast.manager))


@ONE_ENGINE
@SIZES
def test_a_manager_looks_at_each_sign_and_settles_it(site, cast, size):
    look(site.visit(SIGNS, size=size, account=cast.manager))
    shop, found = partner(cast), campaign(cast)
    with time_machine.travel(NOW, tick=False):
        refused(shop, MANY_REFUSED)
        sold(cast, shop, "SN7", SUNDAY, found), sold(cast, shop, "SN7", SUNDAY, found)
        namesakes(cast, SAME_NAME, found)
    for _sign in range(5):
        page = site.visit(SIGNS, size=size, account=cast.manager)
        look(page)
        with page.expect_navigation():
            page.locator("main section ul a").first.click()
        look(page)
        page.locator("#reason").fill("Une famille de cinq")
        with page.expect_navigation():
            page.get_by_role("button", name="Vu, rien d’anormal").click()
        look(page)
    assert page.locator("main section ul a").count() == 0
