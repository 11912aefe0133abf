"""A mediator's day on a phone: marks, a record, somebody without appointment, the week, the printed sheet."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from activity.models import ActivityRecord, Aspect
from foundation.db import db
from mediation.models import Appointment, Attendance, Origin
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.measures import faults_of, overflow_of
from tests.mediation.days import TEN, minutes, planned

MARK = "li#rdv-{id} form[action$='/{act}'] button"


def opened(site, **how) -> tuple[Page, int]:
    """The page of today, with somebody expected now; and the id of that appointment."""
    id_ = planned(site.cast)
    planned(site.cast, TEN + minutes(90), code="LATER1", person_id=site.cast.ids["neighbour"])
    return site.visit("/equipe/journee", size=PHONE, account=site.cast.mediator, **how), id_


@pytest.fixture
def day(site) -> tuple[Page, int]:
    return opened(site)


@pytest.fixture
def plain_day(site) -> tuple[Page, int]:
    """In a browser without JavaScript, in which axe can not look."""
    return opened(site, javascript=False)


def well_made(page: Page) -> None:
    assert faults_of(page) + overflow_of(page) == []


def stored(model, **known):
    db.session.rollback()
    return db.session.scalars(select(model).filter_by(**known)).one()


def test_one_press_says_that_somebody_is_here_and_one_that_it_is_done(plain_day):
    page, id_ = plain_day
    page.click(MARK.format(id=id_, act="arrive"))
    assert stored(Appointment, id=id_).arrived_at is not None
    page.click(MARK.format(id=id_, act="seen"))
    assert page.url.endswith(f"#rdv-{id_}")
    assert stored(Appointment, id=id_).attendance is Attendance.SEEN
    page.click(MARK.format(id=id_, act="reopen"))
    assert stored(Appointment, id=id_).attendance is Attendance.EXPECTED


def test_a_record_in_three_presses(plain_day):
    page, id_ = plain_day
    page.click(MARK.format(id=id_, act="seen"))
    page.click(f"li#rdv-{id_} a[href*='rendez_vous']")
    page.click(".stay button[value=save]")
    record = stored(ActivityRecord)
    assert (record.reference, record.duration_minutes) == (f"appointment:{id_}", 45)
    assert record.values(Aspect.THEME) == ["device_start"]
    assert page.url.endswith(f"/equipe/journee/2026-03-10#rdv-{id_}")


def test_procedures_are_hidden_until_their_theme_is_ticked(plain_day):
    page, id_ = plain_day
    page.goto(f"/equipe/comptes-rendus/nouveau?rendez_vous={id_}")
    expect(page.locator("#procedures")).to_be_hidden()
    page.check("[name=themes][value=procedures]")
    expect(page.locator("#procedures")).to_be_visible()
    page.check("[name=procedures][value=housing]")
    page.click(".stay button[value=save]")
    assert stored(ActivityRecord).values(Aspect.PROCEDURE) == ["housing"]


def test_a_password_in_the_note_is_refused_and_the_rest_is_kept(day):
    page, id_ = day
    page.goto(f"/equipe/comptes-rendus/nouveau?rendez_vous={id_}")
    page.check("[name=equipment][value=tablet]")
    page.fill("[name=note]", "Son mot de passe : Tournesol44")
    page.click(".stay button[value=save]")
    expect(page.get_by_role("alert")).to_be_visible()
    well_made(page)
    assert page.is_checked("[name=equipment][value=tablet]")
    page.fill("[name=note]", "Revient en mai")
    page.click(".stay button[value=save]")
    assert stored(ActivityRecord).note == "Revient en mai"


def test_somebody_without_appointment_is_received_in_the_gap(site):
    page = site.visit("/equipe/journee", size=PHONE, javascript=False, account=site.cast.mediator)
    page.fill("#walk-name", "Ousmane Diallo")
    page.click(".walk button")
    came = stored(Appointment)
    assert (came.origin, came.attendance, came.person.name) == (Origin.WALK_IN, Attendance.SEEN, "Ousmane Diallo")
    expect(page.locator(f"li#rdv-{came.id}")).to_contain_text("Ousmane Diallo")


def test_somebody_who_gives_no_name_is_counted(site):
    page = site.visit("/equipe/journee", size=PHONE, account=site.cast.mediator)
    page.click(".walk button")
    well_made(page)
    page.click(".stay button[value=save]")
    assert stored(ActivityRecord).anonymous_count == 1


def test_a_group_is_told_with_names_and_a_head_count(site):
    page = site.visit("/equipe/comptes-rendus/nouveau?groupe=1", size=PHONE, account=site.cast.mediator)
    page.fill("[name=find]", "le goff")
    page.press("[name=find]", "Enter")
    well_made(page)
    page.click("button[name=add]")
    page.fill("[name=anonymous_count]", "6")
    page.check("[name=themes][value=online_safety]")
    page.click(".stay button[value=save]")
    record = stored(ActivityRecord)
    assert (len(record.participants), record.anonymous_count) == (1, 6)


def test_a_refused_press_is_told_on_the_day(day):
    page, id_ = day
    stale = page.context.new_page()
    stale.goto("/equipe/journee")
    page.goto(f"/equipe/comptes-rendus/nouveau?rendez_vous={id_}")
    page.click(".stay button[value=save]")
    stale.click(MARK.format(id=id_, act="noshow"))
    expect(stale.get_by_role("alert")).to_be_visible()
    well_made(stale)
    assert stored(Appointment, id=id_).attendance is Attendance.SEEN


def test_the_buttons_stay_on_the_row_of_the_longest_heading(site):
    page = site.visit("/equipe/journee/2026-09-23", size=DESKTOP, account=site.cast.mediator)
    expect(page.locator("h1")).to_have_text("Mercredi 23 septembre")
    heading, button = (page.locator(f".bar {one}").bounding_box() for one in ("h1", "a.button:not(.quiet)"))
    assert button["y"] < heading["y"] + heading["height"]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_week_reads_well(day, site, size):
    page = site.visit("/equipe/semaine", size=size, account=site.cast.mediator)
    well_made(page)
    page.get_by_text("Jeanne Le Goff").click()
    assert page.url.endswith(f"#rdv-{day[1]}")


def test_the_sheet_has_names_and_numbers_and_no_buttons(day):
    page, id_ = day
    page.emulate_media(media="print")
    expect(page.locator(f"li#rdv-{id_}")).to_contain_text("06 39 98 00 21")
    expect(page.locator(f"li#rdv-{id_} button").first).to_be_hidden()
    expect(page.locator(".mast nav")).to_be_hidden()
