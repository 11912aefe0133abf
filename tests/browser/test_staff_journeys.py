"""A day's work in the browser: a mediator marks and records, a prescriber books, a manager offers a service."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from activity.models import ActivityRecord, Aspect
from foundation.db import db
from mediation.models import Appointment, Attendance, Origin, Service, reference_of
from tests.browser.measures import faults_of, overflow_of


def read_again(model, number: int):
    db.session.rollback()
    return db.session.get_one(model, number)


def sound(page: Page) -> None:
    """Nothing is wrong with the page as it stands."""
    assert faults_of(page) + overflow_of(page) == []


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_a_mediator_marks_somebody_seen_and_writes_the_record(site, life, cast):
    page = site.visit("/equipe/journee", account=cast.mediator, javascript=False)
    with page.expect_navigation():
        page.locator(f"form[action*='/{life.forgotten}/'] button").first.click()
    assert read_again(Appointment, life.forgotten).attendance is Attendance.SEEN
    page.locator(f"a[href*='rendez_vous={life.expected}']").click()
    with page.expect_navigation():
        page.locator("button[name=act][value=save]:not(.unseen)").click()
    assert "/comptes-rendus/nouveau" not in page.url
    db.session.rollback()
    record = db.session.scalars(
        select(ActivityRecord).where(ActivityRecord.reference == reference_of(life.expected))
    ).one()
    assert record.values(Aspect.THEME) == ["device_start"], "what the service is about is filled in"
    assert read_again(Appointment, life.expected).attendance is Attendance.SEEN


def test_a_mediator_receives_somebody_without_appointment(site, cast):
    page = site.visit("/equipe/accueil", account=cast.mediator)
    sound(page)
    page.locator("#name").fill("Ali")
    with page.expect_navigation():
        page.locator("main form button.button").last.click()
    sound(page)
    db.session.rollback()
    came = db.session.scalars(select(Appointment).where(Appointment.origin == Origin.WALK_IN)).one()
    assert came.mediator_id == cast.ids["mediator"]


def test_a_note_with_a_card_number_is_refused_with_the_reason(site, life, cast):
    page = site.visit(f"/equipe/comptes-rendus/nouveau?rendez_vous={life.seen}", account=cast.mediator)
    page.locator("#note").fill("Sa carte : 4539 1488 0343 6467")
    page.locator("button[name=act][value=save]:not(.unseen)").click()
    assert page.locator(".faults a[href='#note']").count() == 1
    sound(page)
    assert (
        db.session.scalars(select(ActivityRecord).where(ActivityRecord.reference == reference_of(life.seen))).all()
        == []
    )


def test_a_prescriber_books_for_somebody_who_is_not_known_yet(site, cast):
    page = site.visit("/equipe/rendez-vous/nouveau", account=cast.prescriber)
    page.locator("#family_name").fill("Okafor")
    page.locator("#given_name").fill("Ngozi")
    page.locator("label.slot").first.click()
    sound(page)
    page.locator("button[name=do][value=check]").click()
    sound(page)
    page.locator("main form button.button:not(.quiet)").last.click()
    db.session.rollback()
    booked = db.session.scalars(select(Appointment)).one()
    assert (booked.origin, booked.person.name) == (Origin.PRESCRIBER, "Ngozi Okafor")
    assert booked.booked_by_id == cast.prescriber.id
    sound(page)


def test_a_prescriber_sees_who_came_and_never_the_notes(site, life, cast):
    page = site.visit("/equipe/mes-orientations", account=cast.prescriber)
    assert "Farid Haddad" in page.locator("main").inner_text()
    assert page.locator("a[href*='/comptes-rendus/']").count() == 0
    answer = page.goto(f"/equipe/comptes-rendus/{life.record}")
    assert answer is not None
    assert answer.status == 403


def test_a_manager_offers_a_service(site, cast):
    page = site.visit("/equipe/motifs/nouveau", account=cast.manager)
    page.locator("main form button.button").first.click()
    assert page.locator(".faults").count() == 1
    sound(page)
    page.locator("#label").fill("Aide à la carte grise")
    page.locator("#duration_minutes").fill("30")
    page.locator("main form button.button").first.click()
    db.session.rollback()
    assert db.session.scalars(select(Service).where(Service.label == "Aide à la carte grise")).one().active


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_signing_in_with_a_wrong_then_the_right_password(site, cast, language):
    page = site.visit("/equipe/journee", language=language)
    page.locator("#email").fill(cast.mediator.email)
    page.locator("#password").fill("not this one at all")
    page.locator("main form button").click()
    sound(page)
    page.locator("#password").fill("quatre lampes sur la place")
    page.locator("main form button").click()
    assert page.url.endswith("/equipe/journee")
