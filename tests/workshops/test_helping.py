"""How many people lead and help: said wherever a team is looked at, with a warning when it is too small."""

from __future__ import annotations

import pytest
import time_machine

from tests.papers import text
from tests.workshops.days import BEGUN, address
from tests.workshops.given import WEDNESDAY, hours, planned, programme
from tests.workshops.pages import as_mediator, dates_form, main_of
from workshops.rules.helping import helpers_missing, helpers_needed

pytestmark = pytest.mark.usefixtures("stopped_clock")
CLASS = {"capacity": 24, "people_per_helper": 6}
NEEDED = "4 personnes accompagnent pour 24 places (une pour 6)"
FEW = "Il faut 3 personnes de plus pour accompagner, de l’équipe ou du lieu."


@pytest.mark.parametrize(
    ("people", "ratio", "needed", "missing"),
    [(24, 6, 4, 3), (25, 6, 5, 4), (6, 6, 1, 0), (1, 100, 1, 0), (24, None, None, 0)],
)
def test_a_part_of_a_helper_is_a_whole_one(people, ratio, needed, missing):
    assert helpers_needed(people, ratio) == needed
    assert helpers_missing(people, ratio, 1) == missing


def test_it_is_said_of_the_programme_at_planning_of_the_session_on_the_day_and_on_paper(client, cast):
    found = programme(cast, **CLASS)
    as_mediator(cast, client)
    assert NEEDED in main_of(client.get(f"/equipe/ateliers/{found.id}"))
    preview = main_of(client.post(f"/equipe/ateliers/{found.id}/dates", data=dates_form(cast, capacity=24)))
    assert f"{NEEDED}. {FEW}" in preview
    (session,) = planned(cast, found, [hours(WEDNESDAY)])
    page = main_of(client.get(f"/equipe/ateliers/seances/{session.id}"))
    assert NEEDED in page
    assert FEW in page
    paper = client.get(f"/equipe/ateliers/seances/{session.id}/emargement.pdf")
    assert "4 personnes accompagnent" in text(paper.data)
    assert FEW in main_of(client.get(f"/equipe/ateliers/jour?jour={WEDNESDAY}"))
    with time_machine.travel(BEGUN, tick=False):
        as_mediator(cast, client)
        assert FEW in main_of(client.get(address(session.id)))


def test_a_team_that_is_large_enough_is_not_warned_of(client, cast):
    found = programme(cast, people_per_helper=8)
    (session,) = planned(cast, found)
    as_mediator(cast, client)
    page = main_of(client.get(f"/equipe/ateliers/seances/{session.id}"))
    assert "1 personne accompagne pour 8 places (une pour 8)" in page
    assert "de plus pour accompagner" not in page


def test_where_it_is_not_counted_nothing_is_said(client, cast):
    found = programme(cast, people_per_helper=None)
    as_mediator(cast, client)
    said = main_of(client.post(f"/equipe/ateliers/{found.id}/dates", data=dates_form(cast, capacity=24)))
    assert "accompagne" not in said
