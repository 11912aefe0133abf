"""Finding, creating, joining and parting residents, and the accounts of the staff, by keyboard in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, NARROW
from tests.browser.measures import faults_of, overflow_of
from tests.cast import PASSWORD
from tests.people.residents import write


def sound(page: Page) -> None:
    """Nothing is wrong with the page as it stands."""
    assert faults_of(page) + overflow_of(page) == []


@pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["desktop", "narrow"])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_wrong_password_is_told_and_the_right_one_goes_on(site, cast, size, language):
    page = site.visit("/connexion?next=/equipe/habitants", size=size, language=language)
    page.locator("#email").fill(cast.mediator.email)
    page.locator("#password").fill("not the right one at all")
    page.keyboard.press("Enter")
    expect(page.locator(".faults a")).to_have_attribute("href", "#password")
    expect(page.locator("#email")).to_have_value(cast.mediator.email)
    sound(page)
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/equipe/habitants$"))


def test_somebody_is_created_without_leaving_the_keyboard(site, cast):
    page = site.visit("/equipe/habitants", account=cast.mediator)
    expect(page.locator("input[name=q]")).to_be_focused()
    page.keyboard.type("Nadia Roux")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Créer cette personne")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Créer cette personne").press("Enter")
    expect(page.locator("#family_name")).to_be_focused()
    expect(page.locator("#family_name")).to_have_value("Roux")
    expect(page.locator("#given_name")).to_have_value("Nadia")
    sound(page)
    page.locator("#family_name").press("Enter")
    expect(page.locator("h1")).to_have_text("Nadia Roux")
    sound(page)


@pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["desktop", "narrow"])
def test_who_is_known_already_is_shown_before_a_second_record(site, cast, size):
    page = site.visit("/equipe/habitants/nouveau", account=cast.mediator, size=size)
    page.locator("#family_name").fill("Legoff")
    page.locator("#given_name").fill("Jeanne")
    page.keyboard.press("Enter")
    known = page.get_by_role("link", name="Jeanne Le Goff")
    expect(known).to_have_attribute("href", f"/equipe/habitants/{cast.resident.id}")
    sound(page)
    page.get_by_role("button", name="Non, c’est une autre personne").click()
    expect(page.locator("h1")).to_have_text("Jeanne Legoff")


def test_a_form_without_a_name_says_what_to_do(site, cast):
    page = site.visit("/equipe/habitants/nouveau", account=cast.prescriber)
    page.locator("#phone").fill("06")
    page.keyboard.press("Enter")
    expect(page.locator(".faults")).to_contain_text("dix chiffres")
    sound(page)
    page.locator("#phone").fill("")
    page.keyboard.press("Enter")
    expect(page.locator(".faults")).to_contain_text("le nom de famille ou le prénom suffit")
    page.locator(".faults a").press("Enter")
    expect(page.locator("#family_name")).to_be_focused()


@pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["desktop", "narrow"])
def test_two_records_are_joined_and_parted(site, cast, size):
    double = write("Legoff", "Jeane", birth_year=1951)
    page = site.visit(f"/equipe/habitants/{cast.resident.id}", account=cast.mediator, size=size)
    page.get_by_role("link", name="Deux fiches pour la même personne").click()
    expect(page.get_by_role("link", name="Comparer Jeane Legoff")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Comparer Jeane Legoff").click()
    expect(page.get_by_role("button", name="Réunir les deux fiches")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Réunir les deux fiches").click()
    expect(page.locator("h1")).to_have_text("Jeanne Le Goff")
    sound(page)
    page.get_by_role("button", name="Séparer").click()
    expect(page).to_have_url(re.compile(f"/equipe/habitants/{double.id}$"))
    expect(page.locator("h1")).to_have_text("Jeane Legoff")


def test_a_companion_and_an_answer_are_noted(site, cast):
    page = site.visit(f"/equipe/habitants/{cast.resident.id}", account=cast.mediator)
    page.get_by_text("Ajouter quelqu’un").click()
    sound(page)
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.locator(".faults")).to_contain_text("Écrivez le nom de cette personne")
    sound(page)
    page.locator("#name").fill("Nolwenn Le Goff")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.get_by_text("Nolwenn Le Goff")).to_be_visible()
    page.get_by_text("Noter une réponse").click()
    page.get_by_label("D’accord", exact=True).check()
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.get_by_text(re.compile("D’accord, mardi 10 mars"))).to_be_visible()
    sound(page)


def test_a_manager_erases_on_request(site, cast):
    page = site.visit(f"/equipe/habitants/{cast.resident.id}", account=cast.manager)
    page.get_by_role("link", name="Effacer").click()
    expect(page.get_by_role("button", name="Effacer pour toujours")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Effacer pour toujours").click()
    expect(page.locator(".flash")).to_contain_text("effacées")
    page.goto(f"/equipe/habitants/{cast.ids['resident']}")
    expect(page.locator("h1")).to_have_text("Fiche effacée")
    sound(page)


def test_an_administrator_invites_and_the_invited_signs_in(site, cast):
    page = site.visit("/equipe/comptes/nouveau", account=cast.administrator)
    page.get_by_role("button", name="Ouvrir le compte").click()
    expect(page.locator(".faults li")).not_to_have_count(0)
    sound(page)
    page.locator("#name").fill("Lise Petit")
    page.locator("#email").fill("lise@rives.example")
    page.get_by_label("Médiation numérique").check()
    page.get_by_role("button", name="Ouvrir le compte").click()
    link = page.locator("a[href*='/mot-de-passe/']").get_attribute("href")
    sound(page)

    invited = site.visit(link.removeprefix("http://parvis.test"))
    invited.locator("#password").fill("trop court")
    invited.keyboard.press("Enter")
    expect(invited.locator(".faults")).to_contain_text("15 caractères")
    sound(invited)
    invited.locator("#password").fill("une tortue compte les nuages")
    invited.keyboard.press("Enter")
    expect(invited.locator(".flash")).to_contain_text("Votre mot de passe est enregistré")
    invited.locator("#email").fill("lise@rives.example")
    invited.locator("#password").fill("une tortue compte les nuages")
    invited.keyboard.press("Enter")
    expect(invited.locator("#password")).to_have_count(0)
    invited.goto("/equipe/mon-compte")
    expect(invited.locator("main")).to_contain_text("Lise Petit")
    sound(invited)
    invited.goto(link.removeprefix("http://parvis.test"))
    expect(invited.locator("h1")).to_have_text("Ce lien ne fonctionne plus")
    sound(invited)
