"""The attendance of a session on screen: what is shown to whom, when, and what one press does without any script."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from foundation.db import in_transaction
from foundation.security import Role
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.mediation.planning import account_in
from tests.workshops.days import BEGUN, JSON, OVER, address, closed, expected, led, marks, pressed
from tests.workshops.enrolments import FIRST, family, only, registered
from tests.workshops.pages import as_mediator, as_stranger, main_of
from workshops.models import Presence, ProgrammeAudience
from workshops.service import changing


@pytest.fixture(autouse=True)
def during_the_session():
    with time_machine.travel(BEGUN, tick=False):
        yield


def press_form(**changes):
    return {"presence": "present", "seen": "0", "key": "page-1", **changes}


def club(cast):
    """A coding club with a family of two; the session and the ids of the children."""
    programme = led(cast, audience=ProgrammeAudience.CHILDREN, capacity=4)
    made = registered(family(programme, "Lina", "Noé", remark="Viennent à vélo"), now=NOW)
    return only(programme), [one.id for one in made.participants]


def test_a_press_goes_back_to_its_line_and_stands_there(cast, client):
    session_id, (first, _second) = expected(cast)
    as_mediator(cast, client)
    page = client.get(address(session_id))
    assert "Est là : 0" in main_of(page)
    answer = client.post(address(session_id, first), data=press_form())
    assert (answer.status_code, answer.location) == (303, f"{address(session_id)}#p-{first}")
    assert marks(session_id) == {first: ("present", 1)}
    page = client.get(address(session_id)).get_data(as_text=True)
    assert re.search(r'value="" data-is="present" aria-pressed="true"', page)
    assert page.count('aria-pressed="true"') == 1


def test_the_pressed_button_takes_back(cast, client):
    session_id, (first, _second) = expected(cast)
    pressed(cast, session_id, first)
    as_mediator(cast, client)
    client.post(address(session_id, first), data=press_form(presence="", seen="1"))
    assert marks(session_id) == {first: (None, 2)}


def test_the_same_form_sent_twice_is_one_press(cast, client):
    session_id, (first, _second) = expected(cast)
    as_mediator(cast, client)
    for _press in range(2):
        assert client.post(address(session_id, first), data=press_form()).status_code == 303
    assert marks(session_id) == {first: ("present", 1)}


def test_a_conflict_shows_both_and_who_and_is_decided_by_a_press(cast, client):
    session_id, (first, _second) = expected(cast)
    pressed(cast, session_id, first, who="manager")
    as_mediator(cast, client)
    assert client.post(address(session_id, first), data=press_form(presence="absent")).status_code == 303
    said = main_of(client.get(address(session_id)))
    assert "Deux saisies se contredisent" in said
    assert re.search(r"Claire Vasseur, 16 h 05 · Est là Salima Benali, 16 h 05 · Pas là", said)
    client.post(address(session_id, first), data=press_form(presence="absent", seen="1", key="page-2"))
    assert marks(session_id) == {first: ("absent", 2)}
    assert "se contredisent" not in main_of(client.get(address(session_id)))


def test_a_device_is_told_in_figures_what_became_of_a_press(cast, client):
    session_id, (first, second) = expected(cast)
    pressed(cast, session_id, second, who="manager")
    as_mediator(cast, client)
    answer = client.post(address(session_id, first), data=press_form(), headers=JSON)
    assert answer.json == {"outcome": "applied", "presence": "present", "version": 1}
    late = client.post(address(session_id, second), data=press_form(presence="absent"), headers=JSON)
    assert late.json == {"outcome": "conflict", "presence": "present", "version": 1}


def test_a_device_is_told_in_a_sentence_why_a_press_is_refused(cast, client):
    session_id, (first, _second) = expected(cast)
    in_transaction(lambda: changing.cancel(session_id, reason="", now=NOW, actor_id=None))
    as_mediator(cast, client)
    answer = client.post(address(session_id, first), data=press_form(), headers=JSON)
    assert (answer.status_code, answer.json) == (
        409, {"refused": "Cette séance a été annulée\u00a0: il n’y a plus de présence à noter."},
    )  # fmt: skip
    page = client.post(address(session_id, first), data=press_form())
    assert (page.status_code, "a été annulée" in main_of(page)) == (409, True)


@pytest.mark.parametrize(
    "wrong", [{"presence": "there"}, {"seen": "-1"}, {"seen": "x"}, {"key": ""}, {"key": "k" * 49}, {"seen": "9" * 400}]
)
def test_broken_presses_change_nothing(cast, client, wrong):
    session_id, (first, _second) = expected(cast)
    as_mediator(cast, client)
    for headers in ({}, JSON):
        assert client.post(address(session_id, first), data=press_form(**wrong), headers=headers).status_code == 422
    assert marks(session_id) == {}


def test_unknown_people_sessions_and_forged_presses(cast, client):
    session_id, (first, _second) = expected(cast)
    as_mediator(cast, client)
    assert client.post(address(session_id, 999_999), data=press_form()).status_code == 404
    assert client.post(address(999_999, first), data=press_form()).status_code == 404
    assert client.post(address(session_id, first), data=press_form(), forged=True).status_code == 400
    assert marks(session_id) == {}


def test_another_structure_sees_nothing(cast, client):
    session_id, (first, _second) = expected(cast)
    as_stranger(cast, client)
    for path in (
        address(session_id),
        address(session_id, "arrivee"),
        f"/equipe/ateliers/seances/{session_id}/compte-rendu",
    ):
        assert client.get(path).status_code == 404
    for path, data in ((address(session_id, first), press_form()), (address(session_id, "comptage"), {"people": "3"})):
        assert client.post(path, data=data).status_code == 404
    assert marks(session_id) == {}


def test_the_team_sees_the_sheets_of_children_on_the_day(cast, client):
    session_id, _children = club(cast)
    as_mediator(cast, client)
    said = main_of(client.get(address(session_id)))
    for fact in ("Karim Moreau", "Mamie Jo", "Tonton Max", "Ne repart pas sans adulte", "06 39 98 80 02", "à vélo"):
        assert fact in said, fact


@pytest.mark.parametrize("days", [-2, 2])
def test_neither_sooner_nor_later(cast, client, days):
    session_id, _children = club(cast)
    with time_machine.travel(FIRST + timedelta(days=days), tick=False):
        as_mediator(cast, client)
        said = main_of(client.get(address(session_id)))
    assert "Lina Moreau" in said
    assert not any(fact in said for fact in ("Mamie Jo", "Tonton Max", "Karim", "sans adulte", "06 39 98 80"))


def test_a_colleague_who_does_not_lead_the_session_sees_no_sheets(cast, client):
    session_id, _children = club(cast)
    sign_in(client, account_in(cast, "town", Role.MEDIATOR))
    said = main_of(client.get(address(session_id)))
    assert ("Lina Moreau" in said, "Mamie Jo" in said) == (True, False)


@pytest.mark.parametrize("structure", ["town", None])
def test_a_manager_of_the_structure_sees_them(cast, client, structure):
    session_id, _children = club(cast)
    sign_in(client, account_in(cast, structure, Role.MANAGER) if structure else cast.manager)
    assert "Mamie Jo" in main_of(client.get(address(session_id)))


def test_before_the_day_and_after_the_record_there_is_nothing_to_press(cast, client):
    session_id, (first, _second) = expected(cast)
    as_mediator(cast, client)
    with time_machine.travel(NOW, tick=False):
        as_mediator(cast, client)
        page = client.get(address(session_id))
    assert ("s’ouvre la veille" in main_of(page), "data-is" in page.get_data(as_text=True)) == (True, False)
    pressed(cast, session_id, first)
    record = closed(cast, session_id)
    with time_machine.travel(OVER, tick=False):
        as_mediator(cast, client)
        page = client.get(address(session_id))
    text = page.get_data(as_text=True)
    assert ("data-is" in text, f"/comptes-rendus/{record.id}" in text) == (False, True)


def test_the_page_asks_as_much_of_the_database_for_twenty_as_for_two(cast, client):
    few, many = expected(cast)[0], expected(cast, 12, capacity=20)[0]
    as_mediator(cast, client)
    assert queries_of(client, few) == queries_of(client, many)


def queries_of(client, session_id):
    with statements() as sent:
        client.get(address(session_id))
    return len(sent)


def test_presence_can_be_marked_the_day_before_when_somebody_calls(cast, client):
    session_id, (first, _second) = expected(cast)
    with time_machine.travel(FIRST - timedelta(days=1), tick=False):
        as_mediator(cast, client)
        client.post(address(session_id, first), data=press_form(presence="absent_excused"))
    assert marks(session_id) == {first: (Presence.ABSENT_EXCUSED.value, 1)}
