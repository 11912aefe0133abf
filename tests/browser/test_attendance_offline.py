"""A care home has no network: presses stay on the device, the page opens again, all is sent once it is back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error

from foundation.db import db, in_transaction
from tests.browser.conftest import PHONE
from tests.mediation.days import TEN
from tests.workshops.days import expected, marks, pressed
from workshops.models import HeadCount, Presence, PressReceipt
from workshops.service import changing

KEPT = """async () => {
  while ((await (await caches.open("parvis-day")).keys()).length < 4) await new Promise((done) => setTimeout(done, 20));
}"""
"""The page, its style sheet, its script and its icon."""
AGED = """async () => {
  const store = await caches.open("parvis-day"), page = await store.match(location.pathname);
  const headers = new Headers(page.headers);
  headers.set("kept-at", Date.now() - 36.1 * 3600e3);
  await store.put(location.pathname, new Response(await page.blob(), { headers }));
}"""


@pytest.fixture
def session(site):
    """A session of Salima's that has just begun, and its two participants."""
    return expected(site.cast, first=TEN)


@pytest.fixture
def page(session, site, visit):
    """Its page on a telephone, once the device keeps it."""
    page = visit(f"/equipe/ateliers/seances/{session[0]}/presence", size=PHONE, account=site.cast.mediator)
    page.evaluate(KEPT)
    return page


def button(page, participant_id, words="Est là"):
    return page.locator(f"#p-{participant_id} .do").get_by_role("button", name=words)


def waiting(page):
    return page.locator("#presses-kept")


def lose_network(page):
    """Chromium takes a moment to tell a page that it loads again; what is sent in that moment is stopped here."""
    page.context.set_offline(True)
    page.context.route(is_press, lambda route: route.abort("internetdisconnected"))


def find_network(page):
    page.context.unroute(is_press)
    page.context.set_offline(False)


def is_press(address):
    return "/presence/" in address


def sign_in(site, page, account):
    page.context.add_cookies([{"name": "session", "value": site._cookie(account), "url": site.home}])


def press_and_give_on(site, page, participant_id):
    """A press that nobody could send before its session ended; a colleague signs in on the same device."""
    lose_network(page)
    button(page, participant_id).click()
    page.context.clear_cookies()
    find_network(page)
    page.get_by_text("Votre session est terminée").wait_for()
    sign_in(site, page, site.cast.manager)
    page.goto("/equipe/ateliers/jour")


def come_back(site, page, participant_id):
    """Whoever pressed signs in again: it is sent from whichever page is opened."""
    sign_in(site, page, site.cast.mediator)
    with page.expect_response(f"**/presence/{participant_id}"):
        page.goto("/equipe/ateliers/jour")


def receipts():
    db.session.rollback()
    return db.session.query(PressReceipt).count()


def test_presses_without_network_outlast_a_reload_and_are_sent_once(session, page):
    session_id, (first, second) = session
    lose_network(page)
    button(page, first).click()
    button(page, second, "Pas là").click()
    assert "Pas de réseau" in waiting(page).inner_text()
    page.reload()
    assert button(page, first).get_attribute("aria-pressed") == "true"
    assert button(page, second, "Pas là").get_attribute("aria-pressed") == "true"
    assert waiting(page).locator("a").inner_text() == "2"
    assert marks(session_id) == {}
    find_network(page)
    waiting(page).wait_for(state="detached")
    assert marks(session_id) == {first: ("present", 1), second: ("absent", 1)}
    page.reload()
    assert button(page, second, "Pas là").get_attribute("aria-pressed") == "true"
    assert (marks(session_id)[second], receipts()) == (("absent", 1), 2)


def test_changing_ones_mind_without_network_is_no_conflict(session, page):
    session_id, (first, _second) = session
    with page.expect_response(f"**/presence/{first}"):
        button(page, first).click()
    waiting(page).wait_for(state="detached")
    lose_network(page)
    page.reload()
    assert button(page, first).get_attribute("aria-pressed") == "true", "what was sent is remembered"
    button(page, first, "A prévenu").click()
    button(page, first, "Pas là").click()
    find_network(page)
    waiting(page).wait_for(state="detached")
    assert marks(session_id) == {first: ("absent", 2)}


def test_two_devices_that_disagree_are_shown_to_whoever_looks(session, site, page):
    session_id, (first, _second) = session
    lose_network(page)
    button(page, first, "Pas là").click()
    pressed(site.cast, session_id, first, who="manager", now=TEN)
    find_network(page)
    box = page.locator(f"#p-{first} .faults")
    box.wait_for()
    assert "Claire Vasseur" in box.inner_text()
    assert marks(session_id) == {first: (Presence.PRESENT.value, 1)}
    box.get_by_role("button", name="Pas là").click()
    box.wait_for(state="detached")
    assert marks(session_id) == {first: ("absent", 2)}


def test_a_refused_press_stays_until_it_is_understood(session, site, page):
    session_id, (first, _second) = session
    lose_network(page)
    button(page, first).click()
    in_transaction(lambda: changing.cancel(session_id, reason="", now=TEN, actor_id=None))
    find_network(page)
    refusal = page.locator(f"#p-{first} .fault")
    refusal.wait_for()
    assert "Cette séance a été annulée" in refusal.inner_text()
    page.goto("/equipe/ateliers/jour")
    assert waiting(page).locator("a").inner_text() == "1", "it is told of on other pages too"
    assert marks(session_id) == {}


def test_signing_out_asks_before_presses_are_lost_and_leaves_no_page_behind(session, site, page):
    session_id, (first, _second) = session
    lose_network(page)
    button(page, first).click()
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.locator(".menu > summary").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_event("dialog") if not asked else None
    assert "pas encore envoyées" in asked[0]
    find_network(page)
    waiting(page).wait_for(state="detached")
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/connexion")
    assert page.evaluate("async () => [(await caches.keys()).length, localStorage.length]") == [0, 0]
    assert marks(session_id) == {first: ("present", 1)}


def test_two_sign_ins_on_one_device_do_not_share_what_is_kept(session, site, page):
    session_id, (first, _second) = session
    press_and_give_on(site, page, first)
    assert "quelqu’un d’autre" in waiting(page).inner_text()
    assert page.evaluate("async () => (await caches.keys()).length") == 0
    assert marks(session_id) == {}
    come_back(site, page, first)
    assert marks(session_id) == {first: ("present", 1)}


def test_signing_out_leaves_the_presses_of_somebody_else_and_says_so(session, site, page):
    session_id, (first, _second) = session
    press_and_give_on(site, page, first)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.locator(".menu > summary").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/connexion")
    assert "Elles y restent" in asked[0]
    assert page.evaluate("async () => (await caches.keys()).length") == 0
    come_back(site, page, first)
    assert marks(session_id) == {first: ("present", 1)}


def test_two_sessions_of_one_day_are_remembered_side_by_side(session, site, page):
    session_id, (first, _second) = session
    other_id, (other, _last) = expected(site.cast, first=TEN)
    with page.expect_response(f"**/presence/{first}"):
        button(page, first).click()
    waiting(page).wait_for(state="detached")
    page.goto(f"/equipe/ateliers/seances/{other_id}/presence")
    button(page, other).wait_for()
    lose_network(page)
    page.goto(f"/equipe/ateliers/seances/{session_id}/presence")
    assert button(page, first).get_attribute("aria-pressed") == "true", "though the page was kept before the press"


def test_a_head_count_waits_too_and_an_old_form_is_renewed(session, page):
    session_id, _people = session
    lose_network(page)
    page.locator("#count summary").click()
    page.get_by_label("Combien de personnes").fill("9")
    page.get_by_label("Accompagnants").fill("2")
    page.get_by_role("button", name="Enregistrer le nombre").click()
    assert waiting(page).locator("a").inner_text() == "1"
    page.evaluate("() => document.querySelectorAll('[name=csrf_token]').forEach((one) => (one.value = 'old'))")
    find_network(page)
    page.get_by_text("9 personnes, 2 accompagnants").wait_for()
    db.session.rollback()
    assert db.session.get_one(HeadCount, session_id).version == 1


def test_a_page_is_not_shown_a_day_and_a_half_later(page):
    page.evaluate(AGED)
    lose_network(page)
    with pytest.raises(Error, match="ERR_FAILED"):
        page.reload()
