"""A mediator asks with one press, a child answers on a phone in Arabic, paper is typed in, and progress is seen."""

from __future__ import annotations

from foundation.db import in_transaction
from tests.browser.conftest import DESKTOP, NARROW
from tests.browser.measures import faults_of, overflow_of, small_targets_of, weigh
from tests.cast import NOW
from tests.test_routes_access import ONE_ENGINE
from tests.workshops.enrolments import family, opened, registered
from tests.workshops.learning import AFTER
from workshops.models import Enrolment, ProgrammeKind
from workshops.queries import skills as queries
from workshops.service import skills
from workshops.service.links import secret_of


def look(page):
    """Nothing for axe to say, nothing beside the page."""
    assert faults_of(page) + overflow_of(page) == [], page.url


def asking(site, cast):
    """A club, the page of its skills as the mediator sees it, and a family with two children."""
    programme = opened(cast, sessions=3, capacity=9, kind=ProgrammeKind.CODING_CLUB, enrolment=Enrolment.CYCLE)
    desk = site.visit(f"/equipe/ateliers/{programme.id}/competences", size=DESKTOP, account=cast.mediator)
    return programme, desk, registered(family(programme, "Lina", "Noé"))


@ONE_ENGINE
def test_from_the_first_question_to_progress(site, cast):
    programme, desk, registration = asking(site, cast)
    look(desk)
    desk.get_by_role("button", name="Poser ces questions").click()
    look(desk)
    desk.get_by_role("link", name="Modifier Faire bouger un personnage").click()
    look(desk)
    desk.get_by_role("button", name="Enregistrer").click()

    child_answers(site, registration)

    desk.get_by_role("link", name="Saisir les réponses").click()
    look(desk)
    assert desk.get_by_label("Lina Moreau, 1").input_value() == "2"
    desk.get_by_label("Noé Moreau, 1").fill("7")
    desk.get_by_role("button", name="Enregistrer").click()
    assert desk.get_by_role("link", name="Écrivez 1, 2, 3 ou 4, ou rien.").is_visible()
    look(desk)
    desk.get_by_label("Noé Moreau, 1").fill("1")
    desk.get_by_role("button", name="Enregistrer").click()
    assert desk.get_by_text("1 réponse enregistrée.").is_visible()

    desk.get_by_role("link", name="Compter les croix sans nom").click()
    look(desk)
    desk.get_by_label("1, Pas du tout").fill("3")
    desk.get_by_role("button", name="Enregistrer").click()

    afterwards(programme, registration)
    for size in (DESKTOP, NARROW):
        page = site.visit(f"/equipe/ateliers/{programme.id}/competences", size=size, account=cast.mediator)
        assert page.get_by_text("2 personnes ont répondu avant et après.").is_visible()
        assert page.locator("img").evaluate("one => one.complete && one.naturalWidth > 0")
        look(page)


def child_answers(site, registration):
    """Lina, on the telephone of her father, who reads Arabic."""
    own = f"/mon-inscription/{registration.code}/{secret_of(registration)}"
    phone = site.visit(own, size=NARROW, language="ar")
    phone.get_by_role("link", name="ما تستطيعون فعله، قبل وبعد").click()
    look(phone)
    phone.get_by_role("link", name="Lina").click()
    look(phone)
    assert small_targets_of(phone) == []
    weight = weigh(site.visit(own, size=NARROW), phone.url, site.home)
    assert weight.elements <= 350
    assert weight.size <= 30_000
    phone.get_by_label("بمساعدة", exact=True).first.check()
    phone.get_by_role("button", name="حفظ إجاباتي").click()
    assert phone.get_by_text("حُفظت إجاباتكم").is_visible()
    look(phone)


def afterwards(programme, registration):
    """Both children can do more at the end."""
    (first, *_others) = queries.questions_of(programme.id)
    given = {one.id: {first.id: 4} for one in registration.participants}
    in_transaction(lambda: skills.answer(programme.id, AFTER, given, now=NOW, actor_id=None))


@ONE_ENGINE
def test_kits_and_titles_are_asked_for_without_a_fault(site, cast):
    programme, _desk, _registration = asking(site, cast)
    page = site.visit(f"/equipe/ateliers/{programme.id}/dates", size=NARROW, account=cast.mediator)
    look(page)
    page.get_by_label("Premier jour", exact=True).fill("2026-04-01")
    page.get_by_label("Combien de séances").fill("2")
    page.get_by_label("Lieu", exact=True).select_option(index=1)
    page.get_by_label("Contenu de la mallette 1").fill("tablettes")
    page.get_by_label("Le sujet de chaque séance").fill("Un\nDeux\nTrois")
    page.get_by_role("button", name="Voir les dates").click()
    assert page.get_by_text("1 titre n’a pas de date.").is_visible()
    look(page)
