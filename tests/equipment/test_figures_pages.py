"""The page of figures, its spreadsheet, its tables and its paper: the same numbers for those who may see them."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pikepdf
import pytest
import time_machine
from openpyxl import load_workbook

from foundation.db import transaction
from foundation.security import Role
from tests.cast import sign_in
from tests.counting import statements
from tests.equipment.given import kit, morning
from tests.equipment.test_figures import FIRST_OF_APRIL, broke, lent
from tests.papers import sheets

PAGE = "/equipe/materiel/chiffres"
WEEK = "?periode=dates&du=2026-03-16&au=2026-03-22"


@pytest.fixture(autouse=True)
def _in_april():
    with time_machine.travel(FIRST_OF_APRIL, tick=False):
        yield


@pytest.fixture
def busy(cast):
    """A kit that the school had for six hours and of which it told half."""
    blue = kit().id
    lent(blue, morning(), school_id=cast.ids["school"], head_count=24, minutes_in_use=90)
    lent(blue, morning(days=1), school_id=cast.ids["school"], back_at=morning(days=1).end + timedelta(hours=3))
    broke(blue, cast.ids["mediator"], morning().end, morning(1).end, 4050)
    return cast


def read(client, path=PAGE + WEEK, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.get_data(as_text=True)


def key_figures(page):
    """Label → what stands beside it."""
    pairs = re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)", page)
    return {label: value.replace("\u202f", " ").replace("\u00a0", " ") for label, value in pairs}


def test_a_manager_reads_the_week(client, busy):
    sign_in(client, busy.manager)
    page = read(client)
    found = key_figures(page)
    assert found["Prêts"] == "2"
    assert found["Taux d’usage des mallettes"] == "12 %"
    assert found["Heures d’usage par les élèves et résidents"] == "36 h"
    assert found["Incidents pour 100 prêts"] == "50"
    assert found["Retours en retard"] == "1"
    assert found["Coût des réparations"] == "0,00 €"
    assert "renseignées pour 1 prêts, non renseignées pour 1" in page
    for words in ("Mallette bleue", "École des Peupliers", "Résidence des Tilleuls", "Jamais"):
        assert words in page


def test_without_a_wish_it_is_the_school_year_at_hand(client, busy):
    sign_in(client, busy.manager)
    page = read(client, PAGE)
    assert '<option value="ecole-2025" selected>' in page
    assert "Année scolaire 2025–2026" in page
    assert "à ce jour" in page
    assert key_figures(page)["Coût des réparations"] == "40,50 €"
    assert key_figures(read(client, f"{PAGE}?periode=annee-2025"))["Prêts"] == "0"
    assert "pas encore commencé" in read(client, f"{PAGE}?periode=ecole-2026")


@pytest.mark.parametrize("odd", ["?periode=x", "?periode=ecole-1999", "?structure=x", "?structure=-1", "?structure="])
def test_odd_wishes_fall_back_on_the_school_year(client, busy, odd):
    sign_in(client, busy.manager)
    assert key_figures(read(client, PAGE + odd))["Prêts"] == "2"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("", "Choisissez le premier et le dernier jour"),
        ("&du=2026-03-16", "Choisissez le premier et le dernier jour"),
        ("&du=2026-03-16&au=hier", "Choisissez le premier et le dernier jour"),
        ("&du=2026-03-16&au=2026-03-15", "Le dernier jour vient avant le premier"),
        ("&du=2001-03-16&au=2026-03-15", "dix ans au plus"),
    ],
)
def test_own_days_have_to_be_days(client, busy, days, words):
    sign_in(client, busy.manager)
    page = read(client, f"{PAGE}?periode=dates{days}", 422)
    assert words in page
    assert '<option value="dates" selected>' in page


def test_a_manager_of_a_structure_reads_its_own_whatever_the_address_says(client, busy):
    theirs = kit("Mallette du bief", structure_id=busy.ids["association"]).id
    lent(theirs, morning(), care_home_id=busy.ids["care_home"])
    with transaction():
        busy.manager.structure_id = busy.ids["association"]
    sign_in(client, busy.manager)
    for asked in ("", "&structure=commun", f"&structure={busy.ids['town']}"):
        page = read(client, PAGE + WEEK + asked)
        assert "Mallette du bief" in page
        assert "Mallette bleue" not in page
        assert 'name="structure"' not in page
    assert "Mallette bleue" not in client.get(f"{PAGE}/mallettes.csv{WEEK}&structure=").get_data(as_text=True)


def test_the_territory_chooses_whose_kits(client, busy):
    theirs = kit("Mallette du bief", structure_id=busy.ids["association"]).id
    lent(theirs, morning(), care_home_id=busy.ids["care_home"])
    sign_in(client, busy.manager)
    of_theirs = read(client, f"{PAGE}{WEEK}&structure={busy.ids['association']}")
    assert f'<option value="{busy.ids["association"]}" selected>' in of_theirs
    assert key_figures(of_theirs)["Prêts"] == "1"
    assert key_figures(read(client, f"{PAGE}{WEEK}&structure=commun"))["Prêts"] == "2"
    assert key_figures(read(client))["Prêts"] == "3"


@pytest.mark.parametrize("role", [Role.MEDIATOR, Role.HOST, Role.PRESCRIBER, Role.PARTNER])
def test_figures_are_for_managers(client, cast, role):
    sign_in(client, cast.account_of(role))
    for path in (PAGE, f"{PAGE}.xlsx", f"{PAGE}.pdf", f"{PAGE}/mallettes.csv"):
        read(client, path, 403)


def test_an_empty_town_has_a_page_too(client, cast):
    sign_in(client, cast.administrator)
    page = read(client)
    assert "pas de mallette sur cette période" in page
    assert "Personne n’a emprunté" in page
    assert key_figures(page)["Taux d’usage des mallettes"] == "–"


def test_the_workbook_holds_each_table_with_numbers(client, busy):
    sign_in(client, busy.manager)
    response = client.get(f"{PAGE}.xlsx{WEEK}")
    assert response.status_code == 200
    book = load_workbook(io.BytesIO(response.get_data()))
    assert len(book.sheetnames) == 9
    (row,) = list(book["Mallettes"].values)[1:]
    assert row == ("Mallette bleue", "Tablettes", 2, 6, 36, 1, 50, 0.12, 1)


def test_a_table_alone_is_a_csv_file(client, busy):
    sign_in(client, busy.manager)
    response = client.get(f"{PAGE}/emprunteurs.csv{WEEK}")
    assert "materiel-emprunteurs-2026-03-16-2026-03-22.csv" in response.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.get_data(as_text=True).lstrip("\ufeff")), delimiter=";"))
    assert rows[1] == ["École des Peupliers", "École", "2", "6,0", "36,0", "1", "1,0", "1"]
    read(client, f"{PAGE}/rien.csv{WEEK}", 404)


def test_the_paper_tells_the_same(client, busy):
    sign_in(client, busy.manager)
    response = client.get(f"{PAGE}.pdf{WEEK}")
    assert response.mimetype == "application/pdf"
    with pikepdf.open(io.BytesIO(response.get_data())) as paper:
        assert len(paper.pages) == 2
        assert "Chiffres du matériel" in str(paper.docinfo["/Title"])


def test_in_english_too(client, busy):
    with transaction():
        busy.manager.locale = "en"
    sign_in(client, busy.manager)
    page = read(client)
    assert "Figures of equipment" in page
    assert "36 h" in page


def test_a_full_register_asks_no_more_of_the_database_than_a_small_one(client, busy):
    sign_in(client, busy.manager)
    read(client)
    with statements() as few:
        read(client)
    for number in range(4):
        more = kit(f"Mallette {number}").id
        lent(more, morning(), school_id=busy.ids["school"])
    with statements() as many:
        read(client)
    assert len(many) == len(few)


def test_two_days_in_an_address_are_a_period_of_ones_own_and_what_is_wrong_with_them_is_said(client, cast):
    sign_in(client, cast.manager)
    assert '<option value="dates" selected>' in read(client, f"{PAGE}?du=2026-03-16&au=2026-03-22")
    for days in ("du=2026-12-01&au=2026-01-01", "du=2026-13-45&au=zz", "du=2026-03-16"):
        read(client, f"{PAGE}?{days}", 422)


def test_no_table_of_the_paper_is_parted_and_no_heading_within_a_word(client, busy):
    sign_in(client, busy.manager)
    for number in range(8):
        kit(f"Mallette {number}")
    first, last = sheets(client.get(f"{PAGE}.pdf{WEEK}").get_data())
    assert {f"Mallette {number}" for number in range(8)} <= set(first)
    assert {"Emprunteurs", "École des Peupliers"} <= set(first)
    for title in ("Origine des appareils", "Batteries", "Appareils sortis définitivement"):
        assert title in last
    for whole in ("renseignés", "Incidents", "prêtable", "Nombre"):
        assert any(whole in line for line in first + last)
