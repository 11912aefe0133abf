"""Writing the record of a session: what is filled in, what is said before saving, and what waits."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from activity.models import ActivityRecord, Aspect
from foundation.db import db
from tests.cast import NOW, sign_in
from tests.workshops.days import OVER, address, closed, counted, expected, led, pressed
from tests.workshops.enrolments import FIRST, group, only, registered
from tests.workshops.given import count
from tests.workshops.pages import as_mediator, main_of
from workshops.models import SessionState, WorkshopSession

TODAY = "/equipe/ateliers/jour"


@pytest.fixture(autouse=True)
def after_the_session():
    with time_machine.travel(OVER, tick=False):
        yield


def record_page(session_id):
    return f"/equipe/ateliers/seances/{session_id}/compte-rendu"


def record_form(**changes):
    return {"themes": ["files"], "minutes": "120", "equipment": ["tablet"], "note": "", "request_key": "k", **changes}


def test_it_is_filled_in_with_what_is_known(cast, client):
    session_id, (first, _second) = expected(cast, themes=["files", "creating"])
    pressed(cast, session_id, first)
    counted(cast, session_id, 9, done="Photos triées")
    as_mediator(cast, client)
    page = client.get(record_page(session_id))
    text, said = page.get_data(as_text=True), main_of(page)
    assert re.findall(r"<input checked[^>]* name=\"themes\"[^>]* value=\"(\w+)\"", text) == ["files", "creating"]
    assert ('value="120"' in text, "Photos triées</textarea>" in text) == (True, True)
    assert ("Alix Numéro 1" in said, "9 personnes sans nom" in said) == (True, True)


def test_who_is_not_marked_is_said_before_saving(cast, client):
    session_id, (first, _second) = expected(cast)
    pressed(cast, session_id, first)
    as_mediator(cast, client)
    assert "1 personne inscrite n’est pas notée : elle n’est pas comptée. Alix Numéro 2" in main_of(
        client.get(record_page(session_id))
    )


def test_a_group_that_was_not_counted_is_said_too(cast, client):
    programme = led(cast, capacity=30)
    registered(group(programme, 12), now=NOW)
    as_mediator(cast, client)
    assert "Un groupe est inscrit et n’a pas été compté" in main_of(client.get(record_page(only(programme))))


def test_saved_it_stands_with_the_records_and_the_session_took_place(cast, client):
    session_id, (first, _second) = expected(cast)
    pressed(cast, session_id, first)
    as_mediator(cast, client)
    answer = client.post(record_page(session_id), data=record_form(note="Tout le monde a fini"))
    assert (answer.status_code, answer.location) == (303, address(session_id))
    record = db.session.query(ActivityRecord).one()
    assert (record.reference, record.values(Aspect.THEME)) == (f"session:{session_id}", ["files"])
    assert "Le compte rendu est écrit" in main_of(client.get(address(session_id)))
    assert "Atelier photo" in main_of(client.get(f"/equipe/comptes-rendus/{record.id}"))
    assert db.session.get_one(WorkshopSession, session_id).state is SessionState.HELD


def test_pressed_twice_it_is_written_once(cast, client):
    session_id, (first, _second) = expected(cast)
    pressed(cast, session_id, first)
    as_mediator(cast, client)
    for key in ("k", "k", "other"):
        assert client.post(record_page(session_id), data=record_form(request_key=key)).status_code == 303
    assert count(ActivityRecord) == 1
    assert client.get(record_page(session_id)).status_code == 303, "there is nothing left to write"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"themes": []}, "Choisissez au moins une thématique"),
        ({"themes": ["nonsense"]}, "réponses proposées"),
        ({"minutes": ""}, "combien de temps"),
        ({"minutes": "9" * 30}, "nombre"),
        ({"minutes": "1441"}, "1440"),
        ({"note": "x" * 501}, "500"),
        ({"note": "NIR 2 55 08 14 168 025 38"}, "sécurité sociale"),
        ({"equipment": ["none", "tablet"]}, "pas les deux"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(cast, client, wrong, sentence):
    session_id, (first, _second) = expected(cast)
    pressed(cast, session_id, first)
    as_mediator(cast, client)
    page = client.post(record_page(session_id), data=record_form(**wrong))
    assert (page.status_code, sentence in main_of(page)) == (422, True), main_of(page)
    assert count(ActivityRecord) == 0


def test_nobody_came_closes_it_without_a_record(cast, client):
    session_id, _people = expected(cast)
    as_mediator(cast, client)
    page = client.post(record_page(session_id), data=record_form())
    assert (page.status_code, 'name="nobody_came"' in page.get_data(as_text=True)) == (422, True)
    answer = client.post(record_page(session_id), data={"nobody_came": "y"})
    assert (answer.status_code, count(ActivityRecord)) == (303, 0)
    assert db.session.get_one(WorkshopSession, session_id).state is SessionState.HELD


def test_before_it_begins_there_is_nothing_to_write(cast, client):
    session_id, _people = expected(cast)
    with time_machine.travel(FIRST - timedelta(hours=2), tick=False):
        as_mediator(cast, client)
        assert client.get(record_page(session_id)).status_code == 422


def test_the_day_lists_ones_own_sessions_and_what_waits(cast, client):
    session_id, (first, _second) = expected(cast)
    as_mediator(cast, client)
    said = main_of(client.get(TODAY))
    assert ("Mercredi 18 mars" in said, "Compte rendu : Atelier photo" in said) == (True, True)
    said = main_of(client.get(TODAY + "?jour=2026-03-17"))
    assert ("Aucun atelier ce jour-là" in said, "1 atelier sans compte rendu" in said) == (True, True)
    pressed(cast, session_id, first, now=OVER)
    closed(cast, session_id)
    said = main_of(client.get(TODAY))
    assert ("A eu lieu" in said, "Compte rendu" in said) == (True, False)
    assert "sans compte rendu" not in main_of(client.get(TODAY + "?jour=2026-03-17"))


@pytest.mark.parametrize("day", ["yesterday", "1999-01-01", "2026-13-01", "9999-12-31"])
def test_a_day_that_is_none_is_today(cast, client, day):
    as_mediator(cast, client)
    assert "Mercredi 18 mars" in main_of(client.get(f"{TODAY}?jour={day}"))


def test_another_mediator_has_nothing_that_day(cast, client):
    expected(cast)
    sign_in(client, cast.other_mediator)
    assert "Aucun atelier ce jour-là" in main_of(client.get(TODAY))


def test_the_mediators_day_tells_of_workshops(cast, client):
    session_id, (first, _second) = expected(cast)
    as_mediator(cast, client)
    said = main_of(client.get("/equipe/journee"))
    assert ("1 atelier aujourd’hui" in said, "1 atelier sans compte rendu" in said) == (True, True)
    pressed(cast, session_id, first, now=OVER)
    closed(cast, session_id)
    assert "sans compte rendu" not in main_of(client.get("/equipe/journee"))
    assert "atelier" not in main_of(client.get("/equipe/journee/2026-03-17")), "told of today only"
