"""The page of blanks: for managers, within their scope, with maps that say what the tables say."""

from __future__ import annotations

import re
from datetime import date

import pytest

from agenda.models import Opening
from foundation.db import db, transaction
from foundation.security import Role
from people.models import Residence
from places.models import Neighbourhood
from tests.cast import make_account, sign_in
from tests.reach.came import YESTERDAY, came
from tests.reach.drawings import parsed, said
from tests.workshops.days import closed, counted, led
from tests.workshops.enrolments import only, opened
from workshops.models import ProgrammeAudience

pytestmark = pytest.mark.usefixtures("stopped_clock")
PAGE = "/equipe/portee/angles-morts"
MARCH = f"{PAGE}?periode=2026-03"


def read(client, address=MARCH, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", answer.get_data(as_text=True))


def changed(model, id_, **values):
    with transaction():
        row = db.session.get_one(model, id_)
        for name, value in values.items():
            setattr(row, name, value)


@pytest.fixture
def manager(client, cast):
    return sign_in(client, cast.manager)


@pytest.fixture
def seen(cast):
    """42 people of the harbour, 5 of the mills, and 3 of nobody knows where with 20 heads."""
    came(cast, 42)
    came(cast, 5, area="mills")
    came(cast, 3, residence=Residence.UNKNOWN, heads=20)


def row_of(page, name):
    """The cells of the line of a neighbourhood, in the first table that has one."""
    line = re.search(rf"<th role=\"rowheader\" scope=\"row\">(?:<a [^>]*>)?{name}.*?</tr>", page)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", line[0])]


def test_a_manager_reads_which_neighbourhood_is_under_half_the_rate(manager, cast, seen):
    page = read(manager)
    assert "Angles morts" in page
    assert row_of(page, "Les Moulins") == ["sous la moitié", "5", "2 600 (2022)", "1,9"]
    assert row_of(page, "Le Port") == ["–", "42", "4 200 (2022)", "10,0"]


def test_each_kind_stands_with_its_definition(manager, cast, seen):
    page = read(manager)
    for anchor in ("quartiers", "lieux", "ecoles", "residences", "ages", "equite", "ouvrir"):
        assert f'id="{anchor}"' in page
        assert f'href="#{anchor}"' in page
    assert "indice de dissimilarité" in page
    assert "à vol d’oiseau" in page


def test_what_is_not_located_is_told_with_its_share(manager, cast, seen):
    page = read(manager)
    assert "3 personnes touchées, 6,0 %" in page.replace("\u202f", " ")


def test_the_records_behind_a_blank_are_linked(manager, cast):
    page = read(manager)
    assert f'href="/equipe/lieux/institutions/ecoles/{cast.ids["school"]}"' in page
    assert f'href="/equipe/lieux/institutions/residences/{cast.ids["care_home"]}"' in page


def test_a_place_without_openings_is_linked(manager, cast):
    changed(Opening, cast.other_shift.opening_id, last_day=date(2026, 2, 27))
    assert f'href="/equipe/lieux/{cast.ids["workshop"]}"' in read(manager)


def test_a_manager_of_a_structure_sees_the_figures_of_the_structure_only(client, cast, seen):
    changed(type(cast.manager), cast.ids["manager"], structure_id=cast.ids["association"])
    page = read(sign_in(client, cast.manager))
    assert row_of(page, "Le Port")[1] == "0"
    assert "Les Clics solidaires" in page


@pytest.mark.parametrize("role", [Role.MEDIATOR, Role.PRESCRIBER, Role.HOST, Role.PARTNER])
@pytest.mark.parametrize("address", [PAGE, f"{PAGE}/carte-page.svg", f"{PAGE}/ouverture-page.svg"])
def test_others_do_not(client, cast, role, address):
    read(sign_in(client, cast.account_of(role)), address, 403)


def test_without_a_period_it_is_this_year(manager, cast, seen):
    assert re.search(r'<option value="2026" selected>2026</option>', read(manager, PAGE))


def test_a_period_that_is_not_offered_is_among_the_choices_when_the_address_names_it(manager, cast):
    assert 'value="2024-T2" selected' in read(manager, f"{PAGE}?periode=2024-T2")


def test_a_period_that_can_not_be_read_is_refused(manager, cast):
    read(manager, f"{PAGE}?periode=hier", 422)


@pytest.mark.parametrize("query", ["ou=lieu-999&jour=1", "ou=lieu-1&jour=7", "ou=lieu-1", "point=ici&jour=1"])
def test_where_nothing_can_be_opened_the_form_says_what_to_choose_and_the_page_stands(manager, cast, query):
    page = read(manager, f"{PAGE}?{query}", 422)
    assert re.search(r'id="ouvrir-fault" role="alert"><span class="unseen">Erreur\s?:</span> (Choisissez|Dites)', page)
    assert 'aria-describedby="point-hint ouvrir-fault" aria-invalid="true"' in page
    assert "Quartiers sous la moitié" in page
    assert "Ouvert ce jour-là" not in page


def test_what_one_more_opening_changes_is_told_by_neighbourhood(manager, cast):
    changed(Opening, cast.other_shift.opening_id, last_day=date(2026, 2, 27))
    page = read(manager, f"{MARCH}&ou=lieu-{cast.ids['workshop']}&jour=1").replace("\u202f", " ")
    assert "Le mardi, Atelier des Moulins" in page
    assert ">2 600<" in page
    assert "La distance moyenne passerait de 570 m à 0 m" in page.replace("\xa0", " ")


def test_an_opening_where_there_is_one_hardly_changes_the_distance(manager, cast):
    page = read(manager, f"{MARCH}&ou=lieu-{cast.ids['library']}&jour=1")
    assert "La distance moyenne ne changerait presque pas" in page
    assert "La distance moyenne passerait" not in page


def test_a_session_after_the_period_is_said_to_be_and_none_planned_is_feminine(manager, cast):
    opened(cast, care_home_id=cast.ids["care_home"], first=YESTERDAY)
    assert row_of(read(manager, f"{PAGE}?periode=2025"), "Résidence des Tilleuls")[2:] == [
        "lundi 9 mars 2026 après la période", "aucune",
    ]  # fmt: skip


def test_children_without_a_name_are_told_beside_the_ages(manager, cast):
    programme = led(cast, audience=ProgrammeAudience.TEENAGERS)
    assert "sans nom, hors tranches" not in read(manager)
    counted(cast, only(programme), 9)
    closed(cast, only(programme))
    assert "et 9 présences d’enfants et d’adolescents sans nom" in read(manager)


def test_on_a_day_without_openings_that_is_said(manager, cast):
    page = read(manager, f"{MARCH}&ou=quartier-{cast.ids['mills']}&jour=6")
    assert "Aujourd’hui, rien n’est ouvert ce jour-là." in page


def test_the_map_says_the_same_as_the_table(manager, cast, seen):
    answer = manager.get(f"{PAGE}/carte-page.svg?periode=2026-03")
    svg = answer.get_data(as_text=True)
    assert answer.mimetype == "image/svg+xml"
    assert {"10,0", "1,9"} <= set(said(svg))
    assert any("6,0 %" in line for line in said(svg))


def test_the_map_of_an_opening_draws_distances_and_places(manager, cast):
    address = f"{PAGE}/ouverture-telephone.svg?ou=lieu-{cast.ids['workshop']}&jour=5"
    svg = manager.get(address).get_data(as_text=True)
    assert {"0,0", "1,5"} <= set(said(svg))
    assert parsed(svg).get("width") == "360"


def test_without_a_place_to_open_there_is_no_such_map(manager, cast):
    read(manager, f"{PAGE}/ouverture-page.svg", 404)


def test_where_nothing_is_drawn_there_is_no_map_and_the_table_stands(manager, cast, seen):
    for name in ("harbour", "mills"):
        changed(Neighbourhood, cast.ids[name], geometry=None)
    page = read(manager)
    assert "<picture>" not in page
    assert row_of(page, "Le Port")[1] == "42"
    read(manager, f"{PAGE}/carte-page.svg", 404)


def test_an_empty_town_says_what_is_missing(client, app):
    page = read(sign_in(client, make_account(Role.MANAGER)))
    assert "Importez" in page
