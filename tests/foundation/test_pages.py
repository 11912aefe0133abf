"""What every page shares: the town's colours and languages, the first page of each role."""

from __future__ import annotations

import re

import pytest

from foundation.db import db, transaction
from foundation.security import Role
from places.models import Territory
from tests.cast import sign_in


@pytest.fixture
def town(app):
    with transaction():
        db.session.add(Territory(id=1, name="Ville de Sauvette", helpline="+33261910100"))


def paint(**changes) -> None:
    with transaction():
        territory = db.session.get(Territory, 1)
        for name, value in changes.items():
            setattr(territory, name, value)


def test_a_town_without_colours_asks_for_no_second_sheet(client, town):
    assert "couleurs.css" not in client.get("/nowhere").get_data(as_text=True)


def test_the_towns_colours_lie_over_those_of_the_house(client, town):
    paint(accent_colour="#7a1f5c")
    page = client.get("/nowhere").get_data(as_text=True)
    address = page.split('href="/couleurs.css')[1].split('"')[0]
    sheet = client.get(f"/couleurs.css{address}")
    assert sheet.mimetype == "text/css"
    assert "--brand: #7a1f5c" in sheet.get_data(as_text=True)
    assert "#7fd0c4" in sheet.get_data(as_text=True)


def test_the_address_of_the_colours_changes_with_them(client, town):
    paint(accent_colour="#7a1f5c")
    before = client.get("/nowhere").get_data(as_text=True)
    paint(accent_colour="#123456")
    after = client.get("/nowhere").get_data(as_text=True)
    assert "7a1f5c-7fd0c4" in before
    assert "123456-7fd0c4" in after


def test_only_the_towns_languages_are_offered_and_french_always(client, town):
    paint(languages=["ar"])
    page = client.get("/nowhere").get_data(as_text=True)
    assert 'hreflang="fr"' in page
    assert 'hreflang="ar"' in page
    assert 'hreflang="en"' not in page


def test_before_the_town_is_set_up_pages_still_answer(client):
    page = client.get("/nowhere").get_data(as_text=True)
    assert "– Parvis</title>" in page


def test_the_mark_leads_residents_home_and_a_mediator_to_the_day(client, cast):
    assert client.get("/debut").location == "/"
    sign_in(client, cast.mediator)
    assert client.get("/debut").location == "/equipe/journee"


def test_staff_are_offered_only_languages_that_their_pages_are_in(client, cast):
    assert 'hreflang="ar"' in client.get("/nowhere").get_data(as_text=True)
    sign_in(client, cast.mediator)
    page = client.get("/nowhere").get_data(as_text=True)
    assert 'hreflang="en"' in page
    assert 'hreflang="ar"' not in page


def lit(client, address: str) -> list[str]:
    """Addresses of the entries of the main menu that are lit."""
    return re.findall(r'<a href="([^"]*)" aria-current', menu(client, address))


def menu(client, address: str) -> str:
    page = client.get(address).get_data(as_text=True)
    return page.split('class="menu-nav"')[1].split("</nav>")[0]


@pytest.mark.parametrize(
    ("role", "address", "entry"),
    [
        ("mediator", "/equipe/journee", "/equipe/journee"),
        ("mediator", "/equipe/journee/2026-03-12", "/equipe/journee"),
        ("mediator", "/equipe/semaine", "/equipe/journee"),
        ("mediator", "/equipe/accueil", "/equipe/journee"),
        ("mediator", "/equipe/pourquoi", "/equipe/rendez-vous/nouveau"),
        ("mediator", "/equipe/comptes-rendus/nouveau?groupe=1", "/equipe/comptes-rendus"),
        ("mediator", "/equipe/comptes-rendus/a-ecrire", "/equipe/comptes-rendus"),
        ("mediator", "/equipe/habitants/nouveau", "/equipe/habitants"),
        ("mediator", "/equipe/absences/nouvelle", "/equipe/permanences"),
        ("manager", "/equipe/motifs/nouveau", "/equipe/motifs"),
        ("manager", "/equipe/lieux/quartiers", "/equipe/lieux"),
        ("administrator", "/equipe/comptes/nouveau", "/equipe/comptes"),
        ("administrator", "/equipe/mon-compte", "/equipe/mon-compte"),
    ],
)
def test_each_page_lights_the_one_entry_that_it_belongs_to(client, cast, role, address, entry):
    sign_in(client, cast.account_of(Role(role)))
    assert lit(client, address) == [entry]


def test_what_is_set_up_once_in_a_while_is_folded_away_and_says_when_one_is_there(client, cast):
    sign_in(client, cast.manager)
    daily, _more, folded = menu(client, "/equipe/lieux").partition('<li class="more">')
    assert "/equipe/habitants" in daily
    assert "/equipe/lieux" not in daily
    assert [address in folded for address in ("/equipe/lieux", "/equipe/motifs", "/equipe/permanences")] == [True] * 3
    assert '<summary aria-current="true">Réglages' in folded
    assert "<summary>Réglages" in menu(client, "/equipe/habitants")


def test_a_single_setting_is_not_worth_folding(client, cast):
    sign_in(client, cast.prescriber)
    assert "Réglages" not in menu(client, "/nowhere")
