"""The day of a coding club on a telephone and without any script: marked, decided, somebody let in, written down."""

from __future__ import annotations

from playwright.sync_api import Page

from activity.models import ActivityRecord
from foundation.db import db
from tests.browser.conftest import PHONE
from tests.browser.measures import faults_of, overflow_of
from tests.cast import NOW
from tests.mediation.days import TEN
from tests.workshops.days import closed, led, marks, pressed
from tests.workshops.enrolments import family, only, registered
from workshops.models import Presence, ProgrammeAudience


def press(page: Page, participant_id: int, words: str, inside: str = ".do") -> None:
    with page.expect_navigation():
        page.locator(f"#p-{participant_id} {inside}").get_by_role("button", name=words).click()


def test_a_mediator_marks_a_club_and_writes_its_record(site, cast):
    programme = led(cast, first=TEN, capacity=2, audience=ProgrammeAudience.CHILDREN, themes=["creating"])
    lina, sami = (one.id for one in registered(family(programme, "Lina", "Sami"), now=NOW).participants)
    session_id = only(programme)
    page = site.visit("/equipe/journee", account=cast.mediator, javascript=False, size=PHONE)
    page.get_by_role("link", name="Noter qui est là").click()
    page.get_by_role("link", name="Présences").click()
    page.locator(f"#p-{lina} summary").click()
    assert "Mamie Jo" in page.locator(f"#p-{lina}").inner_text()
    press(page, lina, "Est là")
    pressed(cast, session_id, sami, who="manager", now=TEN)
    press(page, sami, "Pas là")
    press(page, sami, "Est là", inside=".faults")
    assert {value for value, _version in marks(session_id).values()} == {Presence.PRESENT.value}
    page.get_by_role("link", name="Une autre personne vient").click()
    page.locator("#q").fill("haddad")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("button", name="Ajouter en plus des places").click()
    page.get_by_role("link", name="Compte rendu").click()
    page.get_by_role("button", name="Enregistrer le compte rendu").click()
    db.session.rollback()
    record = db.session.query(ActivityRecord).filter_by(reference=f"session:{session_id}").one()
    assert sorted(one.person.given_name for one in record.participants) == ["Farid", "Lina", "Sami"]


def test_every_state_of_its_pages_is_sound(site, cast):
    programme = led(cast, first=TEN, capacity=3, audience=ProgrammeAudience.CHILDREN)
    lina = registered(family(programme, "Lina", "Sami"), now=NOW).participants[0].id
    session_id = only(programme)
    pressed(cast, session_id, lina, who="manager", now=TEN)
    pressed(cast, session_id, lina, Presence.ABSENT, now=TEN)
    home = f"/equipe/ateliers/seances/{session_id}"
    page, wrong = site.visit("/equipe/ateliers/jour", account=cast.mediator, size=PHONE), []
    for path in ("/equipe/journee", f"{home}/presence", f"{home}/presence/arrivee?q=haddad", f"{home}/compte-rendu"):
        wrong += faults_of(page) + overflow_of(page)
        page.goto(path)
    wrong += faults_of(page) + overflow_of(page)
    closed(cast, session_id, now=TEN)
    page.goto(f"{home}/presence")
    assert wrong + faults_of(page) + overflow_of(page) == []
