"""A manager sees the week of the whole team at a glance."""

from __future__ import annotations

import re

import pytest

from foundation.security import Role
from tests.cast import sign_in
from tests.counting import statements
from tests.mediation.booking_wishes import booked, local
from tests.mediation.planning import absence_form, account_in, town_manager

pytestmark = pytest.mark.usefixtures("stopped_clock")
WEEK = "/equipe/calendriers"


def _rows(page: str) -> dict[str, list[str]]:
    """The words of each cell, by the name that begins the row."""
    rows = {}
    for row in re.findall(r'<tr role="row">(.*?)</tr>', page, re.DOTALL)[1:]:
        name, *cells = (_words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL))
        rows[name] = cells
    return rows


def _words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def _page(client, query=""):
    response = client.get(f"{WEEK}{query}")
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_says_what_is_free_of_what_is_offered(client, cast):
    booked(cast)
    booked(cast, service_id=cast.first_steps.id, starts_at=local(14), newcomer=None, person_id=cast.resident.id)
    sign_in(client, cast.manager)
    salima = _rows(_page(client))["Salima Benali"]
    assert salima[0] == "8 h libres sur 8 h"
    assert salima[3] == "6 h 20 libres sur 8 h 2 rendez-vous"
    assert salima[-1] == "38 h 20 libres sur 40 h 2 rendez-vous 4 % pris"


def test_sums_the_team(client, cast):
    booked(cast)
    sign_in(client, cast.manager)
    rows = _rows(_page(client))
    assert list(rows) == ["Salima Benali", "Yann Kerdoncuff", "L’équipe"]
    assert rows["L’équipe"][3] == "11 h 30 libres sur 12 h 1 rendez-vous"


def test_days_without_anything_are_left_out(client, cast):
    sign_in(client, cast.manager)
    assert "sam." not in _page(client)
    assert "ven. 13 mars" in _page(client)


def test_absences_and_full_days_are_said_in_words(client, cast):
    sign_in(client, cast.mediator)
    client.post("/equipe/absences/nouvelle", data=absence_form())
    sign_in(client, cast.manager)
    assert _rows(_page(client))["Salima Benali"][3] == "Absence"


def test_other_weeks(client, cast):
    sign_in(client, cast.manager)
    assert "Semaine du lundi 16 mars" in _page(client, "?semaine=2026-03-18")
    for wrong in ("?semaine=hier", "?semaine=9999-12-31", "?semaine=0001-01-01", "?semaine=2026-02-30"):
        assert "Semaine du lundi 9 mars" in _page(client, wrong)


def test_one_structure_of_the_territory(client, cast):
    sign_in(client, cast.manager)
    assert "Salima Benali" not in _rows(_page(client, f"?structure={cast.association.id}"))


def test_a_manager_of_a_structure_sees_its_team_alone(client, cast):
    town_manager(cast, client)
    assert list(_rows(_page(client))) == ["Salima Benali", "L’équipe"]
    assert client.get(f"{WEEK}?structure={cast.association.id}").status_code == 404


@pytest.mark.parametrize("role", [Role.MEDIATOR, Role.PRESCRIBER, Role.HOST])
def test_it_is_for_managers_and_administrators(client, cast, role):
    sign_in(client, cast.account_of(role))
    assert client.get(WEEK).status_code == 403


def test_asks_as_often_whatever_is_booked(client, cast):
    sign_in(client, account_in(cast, "town", Role.ADMINISTRATOR))
    _page(client)
    with statements() as few:
        _page(client)
    for hour in (9, 11, 13, 15):
        booked(cast, starts_at=local(hour), newcomer=None, person_id=cast.resident.id)
    _page(client)
    with statements() as many:
        _page(client)
    assert len(many) == len(few)
