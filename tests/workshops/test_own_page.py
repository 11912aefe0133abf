"""A resident's own page says how things are now: an offer ran out, another tab answered, a date was moved."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.db import db, in_transaction
from tests.cast import NOW
from tests.workshops.changes import moved
from tests.workshops.enrolments import FIRST, adult, fill, opened, registered, sessions_of, state
from tests.workshops.pages import main_of
from workshops.models import Programme
from workshops.service import registering
from workshops.service.links import secret_of

pytestmark = pytest.mark.usefixtures("stopped_clock")


def own(registration, rest=""):
    return f"/mon-inscription/{registration.code}/{secret_of(registration)}{rest}"


def offered(cast):
    """Somebody who waited, for whom a seat is kept."""
    seated, first = fill(opened(cast, capacity=1), 2)
    in_transaction(lambda: registering.cancel(seated.id, now=NOW, by_resident=True))
    return first


def test_an_offer_that_ran_out_invites_no_more_though_nobody_has_given_it_on_yet(client, cast, monkeypatch):
    made = offered(cast)
    assert "Oui, je viens" in main_of(client.get(own(made)))
    monkeypatch.setattr("foundation.clock.now", lambda: NOW + timedelta(days=3))
    said = main_of(client.get(own(made)))
    assert "Le délai pour répondre est passé" in said
    assert "Oui, je viens" not in said
    assert state(made) == "offered"
    assert "Le délai pour répondre est passé" in main_of(client.post(own(made, "/oui")))


def test_whose_time_has_passed_comes_back_behind_those_who_wait(client, cast, monkeypatch):
    made = offered(cast)
    (behind,) = fill(db.session.get_one(Programme, made.programme_id), 1, first=3)
    client.get(own(made))
    monkeypatch.setattr("foundation.clock.now", lambda: NOW + timedelta(days=3))
    assert client.post(own(made, "/revenir")).status_code == 303
    assert (state(behind), state(made)) == ("offered", "waiting")


def test_a_no_after_the_yes_says_how_to_cancel_instead(client, cast):
    made = offered(cast)
    client.get(own(made))
    client.post(own(made, "/oui"))
    said = main_of(client.post(own(made, "/non")))
    assert "Le oui est noté : l’inscription est confirmée. Pour ne pas venir, annulez" in said
    assert "n’est plus gardée" not in said
    assert state(made) == "registered"


def test_who_waits_and_says_yes_reads_that_no_seat_is_kept_yet(client, cast):
    _seated, waits = fill(opened(cast, capacity=1), 2)
    client.get(own(waits, "/annuler"))
    for answer in ("/oui", "/non"):
        assert "Aucune place n’est gardée pour le moment" in main_of(client.post(own(waits, answer)))
    client.post(own(waits, "/annuler"))
    assert "annulée : aucune place" in main_of(client.post(own(waits, "/oui")))


def test_a_date_that_was_moved_since_is_shown_as_moved(client, cast):
    programme = opened(cast, sessions=2)
    (made,) = fill(programme, 1)
    moved(sessions_of(programme)[0], FIRST + timedelta(days=2))
    moved(sessions_of(programme)[0], FIRST + timedelta(days=3), now=NOW + timedelta(hours=1))
    assert "samedi 21 mars à 16 h 00 Séance déplacée, au lieu du mercredi 18 mars à 16 h 00." in main_of(
        client.get(own(made))
    )
    assert "Date changée : samedi 21 mars à 16 h 00, au lieu du mercredi 18 mars à 16 h 00." in main_of(
        client.get(own(made))
    )
    later = registered(adult(programme, 2), now=NOW + timedelta(hours=2))
    assert not {"déplacée", "changée"} & set(main_of(client.get(own(later))).split())
    moved(sessions_of(programme)[0], FIRST, now=NOW + timedelta(hours=3))
    assert "déplacée" not in main_of(client.get(own(made)))
