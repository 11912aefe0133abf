"""A teacher reserves a kit at a desk, on a phone without scripts, by keyboard; a problem is reported in two presses."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from equipment.models import Approval, Incident, Reservation, ReservationState
from equipment.rules.lending import Wish
from foundation.db import db, transaction
from foundation.period import Period
from tests.browser.conftest import DESKTOP, NARROW, PHONE
from tests.browser.measures import faults_of, overflow_of, small_targets_of
from tests.equipment.given import host_of_school, kit, morning, reserved
from tests.mediation.days import TEN, minutes

HOME = "/hote/mallettes"


def look(page):
    """Nothing for axe to say, nothing beside the page."""
    assert faults_of(page) + overflow_of(page) == [], page.url


def states():
    db.session.rollback()
    return [one.state for one in db.session.scalars(select(Reservation).order_by(Reservation.id))]


@pytest.mark.parametrize(
    ("size", "javascript"), [(DESKTOP, True), (NARROW, True), (PHONE, False)], ids=["desktop", "narrow", "plain"]
)
def test_twelve_tablets_for_cm1_on_tuesday_mornings(site, cast, size, javascript):
    blue = kit(units=12, rules="Charger\nCompter", home_venue_id=cast.ids["library"])
    kit("Mallette rouge", units=12, broken=1)
    reserved(blue.id, morning(1), cast.ids["mediator"])
    page = site.visit(HOME, size=size, javascript=javascript, account=host_of_school(cast))

    def step():
        if javascript:
            look(page)

    step()
    page.get_by_role("link", name="Réserver une mallette").click()
    page.get_by_label("Combien d’appareils").fill("12")
    page.get_by_label("Pour quel groupe").fill("CM1")
    page.get_by_role("button", name="Voir les mallettes").click()
    assert page.get_by_role("link", name="Choisissez le jour.").is_visible()
    assert page.get_by_label("Pour quel groupe").input_value() == "CM1"
    step()
    page.get_by_label("Quel jour").fill("2026-03-17")
    page.get_by_label("Matin, de").first.check()
    page.get_by_text("Répéter sur plusieurs semaines").click()
    page.get_by_label("À quel rythme").select_option("1")
    page.get_by_label("Jusqu’au").fill("2026-03-31")
    page.get_by_role("button", name="Voir les mallettes").click()
    assert page.get_by_text("1 appareil de moins que souhaité").is_visible()
    step()
    page.get_by_role("button", name="La prendre aux 2 dates libres").click()
    step()
    page.get_by_label("L’équipe l’apporte").check()
    page.get_by_role("button", name="Continuer").click()
    assert page.get_by_role("link", name="Cochez cette case").is_visible()
    assert page.get_by_label("L’équipe l’apporte").is_checked()
    page.get_by_label("Nous respecterons ces conditions").check()
    page.get_by_role("button", name="Continuer").click()
    step()
    page.get_by_role("button", name="Réserver la mallette").click()
    assert page.get_by_text("2 dates sont réservées.").is_visible()
    step()
    assert states()[1:] == [ReservationState.APPROVED] * 2
    page.go_back()
    page.reload()
    assert page.get_by_text("2 dates sont réservées.").is_visible()
    page.goto(HOME)
    assert page.get_by_text("Nous l’apportons").is_visible()
    step()


def test_by_keyboard_alone_from_a_free_half_day(site, cast):
    kit(units=12)
    page = site.visit(f"{HOME}/calendrier?semaine=2026-03-16", account=host_of_school(cast))
    look(page)
    page.locator("table a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reserver?**")
    assert page.get_by_label("Matin, de").first.is_checked()
    page.locator("#units_wanted").focus()
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    page.wait_for_url("**/conditions?**")
    page.locator("#contact_phone").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/verifier?**")
    page.locator("main form button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**?fait=1")
    assert states() == [ReservationState.APPROVED]


def test_two_presses_report_a_problem_on_a_phone(site, cast):
    blue, host = kit(units=12), host_of_school(cast)
    one = reserved(blue.id, morning(), host.id)
    with transaction():
        db.session.get(Reservation, one.id).state = ReservationState.HANDED_OVER
    page = site.visit(HOME, size=PHONE, javascript=True, account=host_of_school(cast))
    look(page)
    page.get_by_role("link", name="Signaler un problème").first.click()
    look(page)
    assert small_targets_of(page) == []
    page.get_by_role("button", name="Ne démarre pas").click()
    assert page.get_by_text("Merci").is_visible()
    look(page)
    db.session.rollback()
    assert db.session.scalars(select(Incident)).one().reservation_id == one.id


def test_what_else_a_reservation_shows(site, cast):
    """A head teacher's answer, another time, another kit."""
    kit("Mallette rouge", units=12)
    host = host_of_school(cast, approves=True)
    one = reserved(kit(units=12, approval=Approval.HEAD_TEACHER, rules="Compter").id, morning(), host.id)
    with transaction():
        db.session.get(Reservation, one.id).state = ReservationState.REQUESTED
    page = site.visit(f"{HOME}/a-repondre", size=NARROW, account=host_of_school(cast))
    for path in ("/a-repondre", f"/{one.code}", f"/{one.code}/deplacer", f"/{one.code}/autre-mallette"):
        page.goto(HOME + path)
        look(page)
    page.goto(f"{HOME}/{one.code}")
    page.locator("summary", has_text="Refuser").click()
    page.get_by_role("button", name="Refuser").click()
    assert page.locator(".faults a[href='#reason']").is_visible()
    look(page)
    page.get_by_role("button", name="Accepter").click()
    assert states() == [ReservationState.APPROVED]


def test_the_enter_key_in_the_words_of_a_problem_reports_nothing(site, cast):
    one = reserved(kit(units=12).id, morning(), host_of_school(cast).id)
    with transaction():
        db.session.get(Reservation, one.id).state = ReservationState.HANDED_OVER
    page = site.visit(f"{HOME}/{one.code}/probleme", account=host_of_school(cast))
    page.locator("#note").fill("Il clignote")
    page.keyboard.press("Enter")
    page.get_by_text("Choisissez ce qui ne va pas").first.wait_for()
    assert page.locator("#note").input_value() == "Il clignote"
    look(page)
    db.session.rollback()
    assert db.session.scalar(select(Incident)) is None


LOW = """() => [...document.querySelectorAll('main a')]
  .filter(one => one.getBoundingClientRect().height < 24).map(one => one.text)"""


def test_links_of_my_kits_are_high_enough_to_touch(site, cast):
    host = host_of_school(cast, approves=True)
    one = reserved(kit(units=12, approval=Approval.MANAGER).id, morning(), host.id)
    reserved(kit("Mallette rouge").id, morning(1), host.id)
    for path in ("", f"/{one.code}", "/a-repondre"):
        page = site.visit(f"{HOME}{path}", size=PHONE, account=host_of_school(cast))
        assert page.evaluate(LOW) == [], path


OVERRUN = """() => [...document.querySelectorAll('.agenda time, .agenda time small')]
  .filter(one => one.scrollWidth > one.clientWidth + 1 && one.clientWidth).map(one => one.textContent)"""


def test_the_hours_of_a_loan_over_several_days_stay_in_their_column(site, cast):
    host = host_of_school(cast)
    days = Period(morning().start, morning(days=4).end)
    one = reserved(kit(units=12).id, days, host.id, Wish(group_label="CM1", activity="Raconter la rivière"))
    with transaction():
        db.session.get(Reservation, one.id).state = ReservationState.HANDED_OVER
    for size in (PHONE, DESKTOP):
        page = site.visit(HOME, size=size, account=host_of_school(cast))
        assert page.evaluate(OVERRUN) == []
        look_wide = page.evaluate("getComputedStyle(document.querySelector('.agenda time small')).whiteSpace")
        assert look_wide == "normal"


CHIPS = """() => [...document.querySelectorAll('.kits th .tag')].map(one => [
  one.textContent, one.getBoundingClientRect().right <= one.closest('th').getBoundingClientRect().right])"""


def test_what_is_said_of_a_kit_stays_in_its_column_of_the_week(site, cast):
    out = reserved(kit(lead_hours=0).id, Period(TEN, TEN + minutes(60)), host_of_school(cast).id)
    with transaction():
        row = db.session.get_one(Reservation, out.id)
        row.state, row.starts_at, row.ends_at = ReservationState.HANDED_OVER, TEN - minutes(180), TEN - minutes(120)
    page = site.visit("/equipe/materiel/semaine", size=DESKTOP, account=cast.manager)
    assert page.evaluate(CHIPS) == [["Pas encore rendue", True]]
