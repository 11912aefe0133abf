"""At the desk, by keyboard alone; a mediator who goes away; a team's week on a telephone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from activity.models import Channel
from agenda.models import Absence
from foundation import clock
from foundation.db import db, in_transaction
from mediation.models import Appointment, Attendance, Origin
from mediation.rules.booking import Booking
from mediation.service import booking
from tests.browser.conftest import NARROW, PHONE
from tests.browser.measures import faults_of, overflow_of
from tests.mediation.booking_wishes import booked, local


def sound(page: Page) -> None:
    """Nothing is wrong with the page as it stands."""
    assert faults_of(page) + overflow_of(page) == []


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _count(model) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize("javascript", [True, False])
def test_books_by_keyboard_alone(site, cast, javascript):
    """Type a name, Enter, choose a time, Enter, Enter: without a mouse, and without script."""
    page = site.visit("/equipe/rendez-vous/nouveau", account=cast.mediator, javascript=javascript)
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("le goff")
    with page.expect_navigation():
        press(page, "Enter")
    assert page.locator("input[name=person_id]:checked").get_attribute("value") == str(cast.ids["resident"])
    expect(page.locator("input[name=slot]:focus")).to_have_count(1)
    press(page, "Space")
    with page.expect_navigation():
        press(page, "Enter")
    assert "Jeanne Le Goff" in page.locator("main").inner_text()
    expect(page.locator("button[autofocus]")).to_be_focused()
    with page.expect_navigation():
        press(page, "Enter")
    assert "Le rendez-vous est pris." in page.locator(".flash").inner_text()
    db.session.rollback()
    (appointment,) = db.session.scalars(select(Appointment)).all()
    assert (appointment.person_id, appointment.origin) == (cast.ids["resident"], Origin.DESK)


@pytest.mark.parametrize("size", [NARROW, PHONE])
def test_every_state_of_the_two_screens_is_sound_on_a_telephone(site, cast, size):
    page = site.visit("/equipe/rendez-vous/nouveau", account=cast.mediator, size=size)
    sound(page)
    page.locator("button[name=do][value=check]").click()
    assert page.locator(".faults li").count() == 2
    sound(page)
    page.locator("#q").fill("haddad")
    page.locator("button[name=do][value=search]").click()
    sound(page)
    page.locator("label.slot").first.click()
    page.locator("button[name=do][value=check]").click()
    sound(page)


def test_a_time_taken_meanwhile_loses_nothing_that_was_typed(site, cast):
    page = site.visit("/equipe/rendez-vous/nouveau", account=cast.mediator)
    page.locator("#given_name").fill("Ngozi")
    page.locator("#family_name").fill("Okafor")
    chosen = page.locator("label.slot").first
    key = chosen.locator("input").get_attribute("value") or ""
    chosen.click()
    page.locator("button[name=do][value=check]").click()
    page.locator("#remark").fill("Sa retraite")
    service, seconds, mediator, channel, venue = key.split(".")
    _taken_by_another(cast, int(service), int(seconds), int(mediator), channel, int(venue))
    page.locator("main form button.button:not(.quiet)").last.click()
    sound(page)
    assert page.locator("#given_name").input_value() == "Ngozi"
    near = page.locator(".near label.slot")
    assert near.count() == 3
    near.first.click()
    page.locator("button[name=do][value=check]").click()
    assert page.locator("#remark").input_value() == "Sa retraite"
    page.locator("main form button.button:not(.quiet)").last.click()
    db.session.rollback()
    names = {one.person.name for one in db.session.scalars(select(Appointment))}
    assert names == {"Ngozi Okafor", "Jeanne Le Goff"}


def _taken_by_another(cast, service_id, seconds, mediator_id, channel, venue_id):
    at = datetime.fromtimestamp(seconds, UTC)
    wanted = Booking(
        service_id=service_id, starts_at=at, channel=Channel(channel), venue_id=venue_id or None,
        mediator_id=mediator_id, origin=Origin.DESK, person_id=cast.ids["resident"],
    )  # fmt: skip
    in_transaction(lambda: booking.book(wanted, now=clock.now(), actor_id=cast.ids["mediator"]))


@pytest.mark.parametrize("javascript", [True, False])
def test_going_away_asks_first_and_tells_the_people(site, cast, javascript):
    appointment_id = booked(cast, starts_at=local(10)).id
    page = site.visit("/equipe/absences/nouvelle", account=cast.mediator, javascript=javascript)
    if javascript:
        sound(page)
    page.locator("#first_day").fill("2026-03-12")
    page.locator("#label").fill("Formation")
    page.locator("main form button.button").first.click()
    assert "Ali Ben Salah" in page.locator("main").inner_text()
    assert _count(Absence) == 0
    page.locator("button[name=back]").click()
    assert page.locator("#label").input_value() == "Formation"
    page.locator("main form button.button").first.click()
    page.locator("button[name=fate][value=cancel]").click()
    assert _count(Absence) == 1
    assert db.session.get_one(Appointment, appointment_id).attendance is Attendance.REVOKED


@pytest.mark.parametrize("size", [NARROW, PHONE])
def test_the_week_of_the_team_reads_on_a_telephone(site, life, cast, size):
    page = site.visit("/equipe/calendriers", account=cast.manager, size=size)
    sound(page)
    assert page.locator("table").get_attribute("role") == "table"
    words = page.locator("main").inner_text()
    assert "Salima Benali" in words
    assert "libres sur" in words
