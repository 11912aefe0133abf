"""Whom the desk telephones: on one page with what to press, in the menu and on the list with how many they are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.db import in_transaction, transaction
from foundation.outbox.models import MessageState
from people.models import ContactMeans
from people.service import Details
from tests.cast import NOW, sign_in
from tests.workshops.changes import moved
from tests.workshops.enrolments import FIRST, adult, fill, messages, opened, registered, sessions_of, state
from tests.workshops.pages import as_mediator, as_stranger, main_of
from workshops.service import changing, registering

pytestmark = pytest.mark.usefixtures("stopped_clock")
PAGE = "/equipe/ateliers/a-appeler"
BY_VOICE = Details(family_name="Le Bras", phone="+33255660011", contact_means=ContactMeans.PHONE_CALL)
DAY = timedelta(days=1)


def offered(cast, newcomer=BY_VOICE):
    """Somebody for whom a seat is kept, whom no message reaches."""
    programme = opened(cast, capacity=1)
    (seated,) = fill(programme, 1)
    silent = registered(adult(programme, newcomer=newcomer) if newcomer else adult(programme, 2))
    in_transaction(lambda: registering.cancel(seated.id, now=NOW, by_resident=True))
    return silent


def untold(cast):
    programme = opened(cast)
    silent = registered(adult(programme, newcomer=BY_VOICE))
    moved(sessions_of(programme)[0], FIRST + DAY)
    return silent


def press(client, registration, ending):
    client.get(PAGE)
    return client.post(f"/equipe/inscriptions/{registration.id}/{ending}", data={"next": PAGE})


def test_without_anybody_to_call_it_says_who_would_be_there(client, cast):
    as_mediator(cast, client)
    assert "Personne n’est à appeler." in main_of(client.get(PAGE))


def test_it_names_whom_which_seat_and_until_when(client, cast):
    as_mediator(cast, client)
    offered(cast)
    said = main_of(client.get(PAGE))
    for words in ("Le Bras", "02 55 66 00 11", "Atelier photo", "mercredi 18 mars", "jusqu’au jeudi 12 mars"):
        assert words in said


@pytest.mark.parametrize(("ending", "becomes"), [("oui", "registered"), ("non", "lapsed"), ("sans-reponse", "offered")])
def test_what_they_say_is_pressed_there_and_one_comes_back(client, cast, ending, becomes):
    as_mediator(cast, client)
    silent = offered(cast)
    assert press(client, silent, ending).location == PAGE
    assert state(silent) == becomes


def test_when_nobody_answered_one_tries_again_but_is_not_reminded_in_the_menu(client, cast):
    as_mediator(cast, client)
    silent = offered(cast)
    assert "1 personne à appeler" in client.get("/equipe/ateliers").get_data(as_text=True)
    press(client, silent, "sans-reponse")
    assert "Sans réponse le mardi 10 mars" in main_of(client.get(PAGE))
    assert "personne à appeler" not in client.get("/equipe/ateliers").get_data(as_text=True)


def test_a_message_that_was_given_up_puts_them_on_the_list(client, cast):
    as_mediator(cast, client)
    reached = offered(cast, newcomer=None)
    assert "Numéro 2" not in main_of(client.get(PAGE))
    with transaction():
        for message in messages(reached):
            message.state = MessageState.FAILED
    said = main_of(client.get(PAGE))
    assert "Numéro 2" in said
    assert "Message non remis" in said or "pas été remis" in said


def test_who_does_not_know_of_a_change_is_there_until_told(client, cast):
    as_mediator(cast, client)
    silent = untold(cast)
    said = main_of(client.get(PAGE))
    for words in ("Le Bras", "02 55 66 00 11", "Séance déplacée", "mercredi 18 mars", "jeudi 19 mars"):
        assert words in said
    press(client, silent, "prevenu")
    assert "Personne n’est à appeler." in main_of(client.get(PAGE))


def test_the_session_itself_lists_them_and_lets_one_tick_them(client, cast):
    as_mediator(cast, client)
    silent = untold(cast)
    address = f"/equipe/ateliers/seances/{silent.session_id}"
    assert "02 55 66 00 11" in main_of(client.get(address))
    client.post(f"/equipe/inscriptions/{silent.id}/prevenu", data={"next": address})
    assert "Appelez-les" not in main_of(client.get(address))


def test_a_session_that_is_called_off_lists_them(client, cast):
    as_mediator(cast, client)
    programme = opened(cast)
    registered(adult(programme, newcomer=BY_VOICE))
    session = sessions_of(programme)[0]
    in_transaction(lambda: changing.cancel(session.id, reason="", now=NOW, actor_id=None))
    assert "Annulée" in main_of(client.get(PAGE))


def test_another_structure_is_not_told(client, cast):
    as_stranger(cast, client)
    offered(cast)
    untold(cast)
    assert "Personne n’est à appeler." in main_of(client.get(PAGE))
    assert "à appeler" not in main_of(client.get("/equipe/ateliers"))


def test_a_prescriber_has_no_such_page(client, cast):
    sign_in(client, cast.prescriber)
    assert client.get(PAGE).status_code == 403


def test_one_is_not_led_out_of_the_house(client, cast):
    as_mediator(cast, client)
    silent = offered(cast)
    client.get(PAGE)
    answer = client.post(f"/equipe/inscriptions/{silent.id}/oui", data={"next": "https://example.org/"})
    assert answer.location == f"/equipe/inscriptions/{silent.id}"
