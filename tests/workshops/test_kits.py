"""Kits are asked for in a few words and a number, at planning and afterwards; the same words for the same kind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from foundation.db import db, in_transaction
from foundation.errors import Refused
from tests.cast import NOW
from tests.mediation.planning import carried
from tests.papers import text
from tests.workshops.given import WEDNESDAY, hours, planned, programme, reread
from tests.workshops.pages import as_mediator, dates_form, main_of
from workshops.models import KitNeed
from workshops.rules.kits import NoKindOfKit, kits_asked
from workshops.rules.unplannable import BadKits
from workshops.service import changing

pytestmark = pytest.mark.usefixtures("stopped_clock")
TWO = {"kits-0-kind": "tablettes", "kits-0-count": "2", "kits-1-kind": "Robots", "kits-1-count": ""}


def needs():
    db.session.rollback()
    rows = db.session.execute(select(KitNeed.session_id, KitNeed.kind, KitNeed.count).order_by(KitNeed.session_id))
    return [(kind, count) for _session_id, kind, count in rows]


def test_empty_lines_ask_for_nothing_and_no_number_means_one():
    assert kits_asked([("", None), ("Tablettes", None), ("  ", 0)], []) == {"Tablettes": 1}


def test_the_same_kind_is_spelt_as_before_and_counted_together():
    assert kits_asked([("TABLETTES", 2), (" tablettes ", 1)], ["Tablettes"]) == {"Tablettes": 3}
    assert kits_asked([("Casques  VR", 1)], ["casques vr"]) == {"casques vr": 1}


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([("", 2)], NoKindOfKit),
        ([("Tablettes", 21)], BadKits),
        ([("Tablettes", 15), ("tablettes", 6)], BadKits),
        ([("Tablettes", 0)], BadKits),
        ([("x" * 41, 1)], BadKits),
        ([("1 84 12 76 451 089 46", 1)], Refused),
    ],
)
def test_what_can_not_be_asked_for_is_refused_beside_the_kits(rows, refusal):
    with pytest.raises(refusal) as refused:
        kits_asked(rows, [])
    assert refused.value.field == "kits"


def test_kits_are_asked_for_at_planning_and_shown_with_each_session(client, cast):
    found = programme(cast)
    address = f"/equipe/ateliers/{found.id}/dates"
    as_mediator(cast, client)
    page = client.post(address, data=dates_form(cast, **TWO)).get_data(as_text=True)
    assert client.post(address, data=carried(page) | {"do": "plan"}).status_code == 303
    assert sorted(needs()) == sorted([("Tablettes", 2), ("Robots", 1)] * 3)
    session_id = db.session.scalar(select(KitNeed.session_id))
    said = main_of(client.get(f"/equipe/ateliers/seances/{session_id}"))
    assert "2 × Tablettes" in said
    assert "1 × Robots" in said


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kits-0-count": "2"}, "Écrivez ce que contient la mallette"),
        ({"kits-0-kind": "Tablettes", "kits-0-count": "21"}, "de 1 à 20 mallettes"),
        ({"kits-0-kind": "x" * 41}, "40"),
        ({"kits-0-kind": "Tablettes", "kits-0-count": "deux"}, "de 1 à 20 mallettes"),
    ],
)
def test_a_fault_is_said_and_nothing_is_planned(client, cast, typed, sentence):
    address = f"/equipe/ateliers/{programme(cast).id}/dates"
    as_mediator(cast, client)
    response = client.post(address, data=dates_form(cast, **typed))
    assert response.status_code == 422
    assert sentence in main_of(response)
    assert needs() == []


def change_form(cast, **changes):
    place = f"lieu:{cast.ids['library']}:{cast.ids['room']}"
    return {"title": "", "team": [str(cast.ids["mediator"])], "place": place, "equipment_note": "", **changes}


def test_they_are_changed_with_the_session_and_proposed_to_the_next(client, cast):
    found = programme(cast)
    (session,) = planned(cast, found, kits={"Tablettes": 1, "Robots": 1})
    address = f"/equipe/ateliers/seances/{session.id}/modifier"
    as_mediator(cast, client)
    page = client.get(address).get_data(as_text=True)
    assert 'value="Tablettes"' in page
    assert '<option value="Robots">' in page
    typed = {"kits-0-kind": "tablettes", "kits-0-count": "3", "kits-1-kind": "", "kits-1-count": ""}
    assert client.post(address, data=change_form(cast, **typed)).status_code == 303
    assert needs() == [("Tablettes", 3)]
    response = client.post(address, data=change_form(cast, **{"kits-0-kind": "", "kits-0-count": "3"}))
    assert response.status_code == 422
    assert needs() == [("Tablettes", 3)]


def test_a_session_that_moves_keeps_its_kits(cast):
    (session,) = planned(cast, programme(cast), kits={"Tablettes": 2})
    week_later = hours(WEDNESDAY + timedelta(weeks=1))
    in_transaction(lambda: changing.move(session.id, week_later, now=NOW, actor_id=None))
    assert changing.kits_of(reread(session)) == {"Tablettes": 2}


def test_they_stand_where_the_team_gets_ready(client, cast):
    (session,) = planned(cast, programme(cast), kits={"Tablettes": 2}, equipment_note="Écran")
    assert reread(session).equipment == "2\u00a0× Tablettes · Écran"
    as_mediator(cast, client)
    for rest in ("", "/presence"):
        assert "2 × Tablettes · Écran" in main_of(client.get(f"/equipe/ateliers/seances/{session.id}{rest}")), rest
    paper = client.get(f"/equipe/ateliers/seances/{session.id}/emargement.pdf")
    assert "Matériel nécessaire : 2 × Tablettes · Écran" in text(paper.data)
