"""A resident books, finds, moves and cancels: on a small phone without JavaScript, and by keyboard in Arabic."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from activity.models import Channel
from agenda.models import Hold
from foundation.db import db, transaction
from mediation.models import Appointment, Attendance, Origin
from mediation.rules.booking import Booking
from mediation.rules.journey import read_start
from mediation.service import booking
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.measures import faults_of, overflow_of
from tests.mediation.days import TEN
from tests.squares import read_pdf, read_picture


def the_appointment() -> Appointment:
    db.session.rollback()
    return db.session.scalars(select(Appointment)).one()


def choose_what_and_where(page: Page) -> None:
    page.locator("main a[href='/rendez-vous']").click()
    page.locator(".pick a").first.click()
    if "/lieu" in page.url:
        page.locator(".pick a").first.click()
    assert "/rendez-vous/jour" in page.url


def choose_a_time(page: Page, number: int = 0) -> None:
    page.locator("label.slot").nth(number).click()
    page.locator("main form button.button").last.click()


def say_who(page: Page, phone: str = "06 39 98 00 77") -> None:
    page.locator("#given_name").fill("Maryam")
    page.locator("#family_name").fill("Traoré")
    page.locator("#phone").fill(phone)
    page.locator("main form button").last.click()


def book(page: Page) -> None:
    choose_what_and_where(page)
    choose_a_time(page)
    say_who(page)
    assert "/rendez-vous/verifier" in page.url
    page.locator("main form button").click()
    assert page.url.endswith("/confirme")


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_a_telephone_reads_the_square_of_the_slip_on_the_screen(visit, size):
    page = visit("/", size=size)
    book(page)
    own = urlsplit(page.url).path.removesuffix("/confirme")
    page.goto(f"{own}/fiche")
    link = read_picture(page.locator("main img").screenshot())
    assert link is not None
    assert urlsplit(link).path == own
    with page.expect_download() as download:
        page.locator("a[href$='.pdf']").first.click()
    assert read_pdf(download.value.path().read_bytes()) == link


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_on_a_small_phone_without_javascript(visit):
    page = visit("/", size=PHONE, javascript=False)
    book(page)
    booked = the_appointment()
    shown = page.locator(".code").inner_text()
    assert "".join(shown.split()) == booked.code
    assert booked.person.name == "Maryam Traoré"
    assert booked.person.phone == "+33639980077"
    assert db.session.scalars(select(Hold.reference)).all()[0] == booked.reference


def test_the_code_and_the_number_find_it_again_to_move_and_to_cancel_it(visit):
    page = visit("/", size=PHONE, javascript=False)
    book(page)
    before = the_appointment().starts_at
    page.goto("/mon-rendez-vous")
    page.locator("#code").fill(the_appointment().code.lower())
    page.locator("#proof").fill("0639980077")
    page.locator("main form button").click()
    page.locator("a[href$='/deplacer']").click()
    choose_a_time(page, 2)
    assert the_appointment().starts_at > before
    page.locator("a[href$='/annuler']").click()
    page.locator("textarea").fill("Je garde mes petits-enfants.")
    page.locator("main form button").click()
    assert the_appointment().attendance is Attendance.EXCUSED
    assert db.session.scalars(select(Hold)).all() == []


def test_a_slot_that_goes_meanwhile_costs_nothing_that_was_typed(visit, cast):
    page = visit("/", size=PHONE, javascript=False)
    choose_what_and_where(page)
    choose_a_time(page)
    say_who(page)
    start = take_every_mediator_at(page, cast)
    page.locator("main form button").click()
    others = page.locator(".picks form button")
    assert others.count() == 3
    others.first.click()
    assert page.url.endswith("/confirme")
    booked = db.session.scalars(select(Appointment).where(Appointment.origin == Origin.RESIDENT)).one()
    assert booked.person.name == "Maryam Traoré"
    assert booked.starts_at != start


def take_every_mediator_at(page: Page, cast):
    """Somebody else books the time that the page is about to confirm."""
    query = parse_qs(urlsplit(page.url).query)
    offered = db.session.scalars(select(Appointment)).all()
    assert offered == []
    with transaction():
        wish = Booking(
            service_id=int(query["motif"][0]),
            starts_at=read_start(query["debut"][0]),
            channel=Channel.VENUE,
            origin=Origin.DESK,
            venue_id=int(query["ou"][0]) if query["ou"][0].isdigit() else cast.ids["library"],
            person_id=cast.ids["resident"],
        )
        return booking.book(wish, now=TEN, actor_id=cast.ids["mediator"]).starts_at


def press(page: Page, selector: str, key: str = "Enter", most: int = 80) -> None:
    """Walk with the tabulator to what matches, and press: nothing that can not be reached passes."""
    for _ in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert seen != "none" or "radio" in selector, f"the focus on {selector} is not seen"
            if key != "Enter":
                page.keyboard.press(key)
                return
            with page.expect_navigation():
                page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by the tabulator on {page.url}")


def test_by_keyboard_alone_in_arabic(visit):
    page = visit("/", size=PHONE, language="ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    press(page, "main a[href='/rendez-vous']")
    press(page, ".pick a")
    if "/lieu" in page.url:
        press(page, ".pick a")
    press(page, "input[type=radio]", "Space")
    press(page, "main form:has(.slots) button")
    press(page, "#family_name", "ArrowRight")
    page.keyboard.type("حداد")
    press(page, "main form button")
    assert "/verifier" in page.url
    press(page, "main form button")
    assert page.url.endswith("/confirme")
    assert faults_of(page) + overflow_of(page) == []
    assert the_appointment().locale == "ar"


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_refused_form_says_so_to_everyone(visit, language):
    page = visit("/", size=PHONE, language=language)
    choose_what_and_where(page)
    choose_a_time(page)
    page.locator("#phone").fill("12")
    page.locator("main form button").last.click()
    assert page.locator(".faults a").count() == 2
    assert faults_of(page) + overflow_of(page) == []
    page.locator(".faults a").first.click()
    assert page.evaluate("document.activeElement.id") == "family_name"
