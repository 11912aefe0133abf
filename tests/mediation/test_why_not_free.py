"""A colleague asks why a time is not free, and is told in words that say what to do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agenda.models import CalendarDay, CalendarKind
from foundation.db import db, transaction
from foundation.period import Period
from mediation.queries.slots import find_slots
from places import service as places
from places.rules import Actor
from tests.cast import NOW, sign_in
from tests.mediation.booking_wishes import booked
from tests.mediation.planning import absence_form, day, town_manager

pytestmark = pytest.mark.usefixtures("stopped_clock")
NOBODY = "Personne ne reçoit à cet horaire."


def _ask(client, cast, when="2026-03-12 10:00", service="paperwork", mediator="mediator"):
    text, hour = when.split()
    response = client.get(
        "/equipe/pourquoi",
        query_string={"motif": cast.ids[service], "mediateur": cast.ids[mediator], "jour": text, "heure": hour},
    )
    return response.status_code, response.get_data(as_text=True)


def test_free_is_said_too(client, cast):
    sign_in(client, cast.mediator)
    status, page = _ask(client, cast)
    assert status == 200
    assert "C’est libre" in page
    assert "jeudi 12 mars à 10" in page


def test_a_link_leads_back_to_the_booking_of_the_same_service(client, cast):
    sign_in(client, cast.mediator)
    trail = _ask(client, cast)[1].split('class="trail"')[1].split("</p>")[0]
    assert f"/equipe/rendez-vous/nouveau?motif={cast.ids['paperwork']}&amp;mediateur={cast.ids['mediator']}" in trail


def test_already_held_is_said_once_for_mediator_and_room(client, cast):
    booked(cast)
    sign_in(client, cast.mediator)
    _status, page = _ask(client, cast)
    assert page.count("de 10\u202fh\u202f00 à 10\u202fh\u202f30") == 1
    assert "Ali" not in page
    assert "jeudi 12 mars à 9\u202fh\u202f30" in page


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ("2026-03-12 18:00", NOBODY),
        ("2026-03-14 10:00", NOBODY),
        ("2026-03-10 09:00", "trop tard pour réserver"),
        ("2026-06-15 10:00", "trop loin"),
        ("2026-03-12 10:05", "aucun début n’est proposé à cette heure"),
    ],
)
def test_each_reason_has_its_words(client, cast, when, sentence):
    sign_in(client, cast.mediator)
    assert sentence in _ask(client, cast, when)[1]


def test_what_stops_residents_does_not_stop_the_team(client, cast):
    sign_in(client, cast.mediator)
    assert "l’équipe peut le réserver quand même" in _ask(client, cast, "2026-03-10 09:00")[1]
    assert "l’équipe peut le réserver quand même" not in _ask(client, cast, "2026-03-12 18:00")[1]


def test_away(client, cast):
    sign_in(client, cast.mediator)
    client.post("/equipe/absences/nouvelle", data=absence_form())
    assert "jeudi 12 mars à 0" in _ask(client, cast)[1]
    assert "Formation" in _ask(client, cast)[1]


def test_closed_by_a_holiday(client, cast):
    with transaction():
        closed = CalendarDay(
            kind=CalendarKind.CLOSURE, first_day=day("2026-03-12"), last_day=day("2026-03-12"), label="Inventaire"
        )
        db.session.add(closed)
    sign_in(client, cast.mediator)
    assert "Inventaire" in _ask(client, cast)[1]


def test_another_service_than_the_presence_is_for(client, cast):
    sign_in(client, cast.manager)
    _status, page = _ask(client, cast, "2026-03-12 15:00", mediator="other_mediator")
    assert "mais pas pour ce motif" in page


@pytest.mark.parametrize(
    "query", ["heure=10:00", "motif=999&mediateur=1&jour=2026-03-12&heure=10:00", "jour=x&heure=25:00"]
)
def test_a_question_that_is_not_whole_is_asked_again(client, cast, query):
    sign_in(client, cast.mediator)
    assert client.get("/equipe/pourquoi").status_code == 200
    assert client.get(f"/equipe/pourquoi?{query}").status_code == 422


def test_colleagues_of_the_structure_ask_about_their_own(client, cast):
    town_manager(cast, client)
    assert _ask(client, cast, mediator="other_mediator", service="first_steps")[0] == 422
    sign_in(client, cast.prescriber)
    assert _ask(client, cast)[0] == 403


def test_a_presence_in_a_closed_room_offers_nothing_and_why_is_said(client, cast):
    with transaction():
        places.close_room(cast.room.id, Actor(None, None))
    sign_in(client, cast.mediator)
    _status, page = _ask(client, cast)
    assert "La salle de cette permanence est fermée" in page
    assert "C’est libre" not in page
    assert find_slots(cast.paperwork, Period(NOW, NOW + timedelta(days=7)), now=NOW) == []
