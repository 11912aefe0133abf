"""Each session may have a title of its own: one a line when planning, in the order of the dates."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from foundation.db import db, transaction
from people.service import Details
from tests.mediation.planning import carried
from tests.workshops.enrolments import adult, messages, opened, registered, sessions_of
from tests.workshops.given import WEDNESDAY, count, hours, planned, programme
from tests.workshops.pages import as_mediator, dates_form, main_of, ticked
from workshops.models import Enrolment, WorkshopSession
from workshops.rules.planning import check_titles
from workshops.rules.unplannable import TitlesLeftOver
from workshops.service.links import secret_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
TITLES = "Le chat qui danse\r\n\r\nUn jeu à deux"


@pytest.fixture
def address(cast):
    return f"/equipe/ateliers/{programme(cast).id}/dates"


def titles():
    rows = db.session.scalars(select(WorkshopSession.title).order_by(WorkshopSession.starts_at)).all()
    db.session.rollback()
    return list(rows)


def test_there_may_be_fewer_titles_than_sessions_and_not_more():
    check_titles(["a"], 2)
    check_titles(["a", "b"], 2)
    with pytest.raises(TitlesLeftOver) as refused:
        check_titles(["a", "b", "c"], 2)
    assert refused.value.field == "titles"


def test_each_line_is_the_title_of_one_date_and_an_empty_one_of_none(client, cast, address):
    as_mediator(cast, client)
    shown = client.post(address, data=dates_form(cast, titles=TITLES))
    assert "Le chat qui danse" in main_of(shown)
    page = shown.get_data(as_text=True)
    assert client.post(address, data=carried(page) | {"do": "plan", "titles": TITLES}).status_code == 303
    assert titles() == ["Le chat qui danse", "", "Un jeu à deux"]


def test_a_date_that_is_left_out_gives_its_title_to_the_next(client, cast, address):
    as_mediator(cast, client)
    page = client.post(address, data=dates_form(cast)).get_data(as_text=True)
    typed = {"do": "plan", "titles": "Un\nDeux", "left_out": ["2026-03-18"]}
    client.post(address, data=carried(page) | typed)
    assert titles() == ["Un", "Deux"]


def test_a_taken_date_is_shown_without_a_title_for_it_is_ticked_to_be_left_out(client, cast, address):
    planned(cast, programme(cast, title="Autre club"), [hours(WEDNESDAY)])
    as_mediator(cast, client)
    response = client.post(address, data=dates_form(cast, titles="Un\nDeux\nTrois"))
    page, said = response.get_data(as_text=True), main_of(response)
    assert ticked(page, "left_out") == ["2026-03-18"]
    assert said.index("25 mars") < said.index(" Un ") < said.index("avr") < said.index(" Deux ")
    assert "1 titre n’a pas de date" in said


def test_titles_that_would_be_lost_are_said_and_nothing_is_planned(client, cast, address):
    as_mediator(cast, client)
    page = client.post(address, data=dates_form(cast)).get_data(as_text=True)
    response = client.post(address, data=carried(page) | {"do": "plan", "titles": "Un\nDeux\nTrois\nQuatre"})
    assert response.status_code == 422
    assert "1 titre n’a pas de date. Ajoutez une date" in main_of(response)
    assert "Quatre</textarea>" in response.get_data(as_text=True)
    assert count(WorkshopSession) == 0


def test_a_line_that_is_too_long_is_named(client, cast, address):
    as_mediator(cast, client)
    response = client.post(address, data=dates_form(cast, titles=f"Un\n{'x' * 121}"))
    assert response.status_code == 422
    assert "Cette ligne est trop longue" in main_of(response)


def test_going_back_keeps_the_titles(client, cast, address):
    as_mediator(cast, client)
    page = client.post(address, data=dates_form(cast, titles=TITLES)).get_data(as_text=True)
    again = client.post(address, data=carried(page) | {"do": "back", "titles": "Un\nDeux"})
    assert "Un\nDeux</textarea>" in again.get_data(as_text=True)


def test_the_title_stands_in_messages_and_on_ones_own_registration(client, cast):
    programme_ = opened(cast, sessions=2, enrolment=Enrolment.CYCLE)
    with transaction():
        db.session.get_one(WorkshopSession, sessions_of(programme_)[0].id).title = "Le chat qui danse"
    wish = adult(programme_, newcomer=Details(family_name="Martin", email="alix@example.org"))
    registration = registered(wish)
    (message,) = messages(registration)
    (first, second) = [line for line in message.body.splitlines() if "mars" in line]
    assert first.endswith("(2 h) - Le chat qui danse")
    assert second.endswith("(2 h)")
    own = f"/mon-inscription/{registration.code}/{secret_of(registration)}"
    assert "Le chat qui danse" in main_of(client.get(own))
