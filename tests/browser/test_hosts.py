"""A teacher asks on a phone, a manager makes a programme of it at a desk, the teacher sees the dates."""

from __future__ import annotations

from sqlalchemy import select

from foundation.db import db, in_transaction
from tests.browser.conftest import DESKTOP, NARROW
from tests.browser.measures import faults_of, overflow_of
from tests.cast import NOW
from tests.test_routes_access import ONE_ENGINE
from tests.workshops.asking import account
from tests.workshops.given import planned, weekly
from workshops.models import Programme
from workshops.service import programmes


def look(page):
    """Nothing for axe to say, nothing beside the page."""
    assert faults_of(page) + overflow_of(page) == [], page.url


@ONE_ENGINE
def test_a_wish_becomes_dates(site, cast):
    teacher = site.visit("/debut", size=NARROW, account=cast.host)
    look(teacher)
    teacher.get_by_role("link", name="Demander un atelier").first.click()
    look(teacher)
    teacher.get_by_label("Programmation, robots et jeux avec une classe").check()
    teacher.get_by_label("En quelques mots").fill("Programmer des robots avec toute la classe.")
    teacher.get_by_label("Nom du groupe").fill("CM1")
    teacher.get_by_label("Combien de séances").fill("2")
    teacher.get_by_label("Quand est-ce possible").fill("Le mercredi.")
    teacher.get_by_role("button", name="Vérifier et envoyer").click()
    assert teacher.get_by_role("link", name="Écrivez combien de personnes participent.").is_visible()
    look(teacher)
    teacher.get_by_label("Combien de personnes").fill("24")
    teacher.get_by_role("button", name="Vérifier et envoyer").click()
    look(teacher)
    teacher.get_by_role("button", name="Envoyer la demande").click()
    assert teacher.get_by_text("Votre demande est envoyée.").is_visible()
    look(teacher)

    manager = site.visit("/equipe/demandes", size=DESKTOP, account=cast.manager)
    look(manager)
    manager.get_by_role("link", name="École des Peupliers, CM1").click()
    look(manager)
    manager.get_by_role("button", name="Accepter et planifier les dates").click()
    assert manager.get_by_text("Le mercredi.").is_visible()
    assert manager.get_by_label("Combien de séances").input_value() == "2"
    look(manager)

    programme = settle(cast)
    manager.goto(f"/equipe/ateliers/{programme}/visite")
    look(manager)
    for path in ("/hote", f"/hote/ateliers/{programme}", "/hote/groupes/1", "/hote/demandes/1"):
        teacher.goto(path)
        look(teacher)
    assert teacher.get_by_text("Les dates sont fixées").is_visible()


def settle(cast):
    """Two sessions planned, and the programme published; the pages for it are tested elsewhere."""
    found, manager_id = db.session.scalars(select(Programme)).one(), cast.ids["manager"]
    planned(cast, found, weekly(2))
    programme_id = found.id
    in_transaction(lambda: programmes.publish(programme_id, account(manager_id), now=NOW))
    return programme_id
