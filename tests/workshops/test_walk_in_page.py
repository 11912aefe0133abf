"""Somebody comes who is not registered: found, or a new name."""

from __future__ import annotations

import pytest
import time_machine

from foundation.db import db
from tests.cast import NOW
from tests.workshops.days import BEGUN, address, expected, led, marks
from tests.workshops.enrolments import adult, fill, only, registered, sessions_of, state
from tests.workshops.given import reread
from tests.workshops.pages import as_mediator, main_of
from workshops.models import Enrolment, Registration, WorkshopSession


@pytest.fixture(autouse=True)
def during_the_session():
    with time_machine.travel(BEGUN, tick=False):
        yield


def test_somebody_who_comes_is_found_added_and_marked(cast, client):
    session_id, _people = expected(cast, 1)
    as_mediator(cast, client)
    page = client.get(address(session_id, "arrivee") + "?q=le+goff")
    assert "Jeanne Le Goff" in main_of(page)
    answer = client.post(address(session_id, "arrivee"), data={"person_id": cast.ids["resident"], "request_key": "a"})
    assert answer.status_code == 303
    assert "Jeanne Le Goff est sur la liste" in main_of(client.get(address(session_id)))
    assert [mark for mark, _version in marks(session_id).values()] == ["present"]


def test_without_a_seat_it_has_to_be_said(cast, client):
    session_id, _people = expected(cast, 2, capacity=2)
    as_mediator(cast, client)
    sent = {"given_name": "Paul", "family_name": "Riou", "request_key": "b"}
    page = client.post(address(session_id, "arrivee"), data=sent)
    assert (page.status_code, 'name="beyond"' in page.get_data(as_text=True)) == (409, True)
    assert client.post(address(session_id, "arrivee"), data={**sent, "beyond": "y"}).status_code == 303
    assert reread(db.session.get_one(WorkshopSession, session_id)).extra == 1


@pytest.mark.parametrize(
    "wrong", [{}, {"person_id": "999999"}, {"person_id": "x"}, {"family_name": "R", "phone": "12"}]
)
def test_nobody_in_particular_is_not_added(cast, client, wrong):
    session_id, _people = expected(cast, 1)
    as_mediator(cast, client)
    assert client.post(address(session_id, "arrivee"), data=wrong).status_code in {404, 422}
    assert db.session.query(Registration).count() == 1


def test_the_names_of_those_who_are_here_already_are_refused(cast, client):
    session_id, _people = expected(cast, 1)
    as_mediator(cast, client)
    for expected_status in (303, 409):
        sent = {"person_id": cast.ids["resident"], "request_key": str(expected_status)}
        assert client.post(address(session_id, "arrivee"), data=sent).status_code == expected_status


def test_whoever_waits_is_let_in_by_one_press(cast, client):
    programme = led(cast, capacity=1)
    fill(programme, 1)
    waits = registered(adult(programme, 50), now=NOW)
    as_mediator(cast, client)
    door = address(only(programme), "arrivee")
    assert "Sur la liste d’attente Alix Numéro 50" in main_of(client.get(door))
    answer = client.post(address(only(programme), "liste-attente", waits.id))
    assert (answer.status_code, state(waits)) == (303, "registered")
    assert "liste d’attente" not in main_of(client.get(door))
    assert client.post(address(only(programme), "liste-attente", 999_999)).status_code == 404


def test_letting_in_whoever_waits_for_a_series_says_that_it_is_for_all_of_it(cast, client):
    programme = led(cast, capacity=1, sessions=2, enrolment=Enrolment.CYCLE)
    fill(programme, 1)
    waits = registered(adult(programme, 50), now=NOW)
    session_id = sessions_of(programme)[0].id
    as_mediator(cast, client)
    assert "Faire entrer, pour tout le cycle" in main_of(client.get(address(session_id, "arrivee")))
    assert client.post(address(session_id, "liste-attente", waits.id)).status_code == 303
    assert (state(waits), list(marks(session_id).values())) == ("registered", [("present", 1)])
