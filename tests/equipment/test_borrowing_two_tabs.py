"""The press under the answers reserves what the page showed, though another tab has changed them since."""

from __future__ import annotations

import pytest

from tests.equipment.borrowing import ASK, as_teacher, chosen, need, reservations, send, shown
from tests.equipment.given import kit
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
SENTENCE = "Vos réponses ont changé dans un autre onglet"


def press(client, key, seen):
    return client.post(f"{ASK}/verifier?d={key}", data={"shown": seen})


def test_what_another_tab_changed_is_shown_and_not_reserved(client, cast):
    blue, red = kit("Mallette bleue"), kit("Mallette rouge")
    as_teacher(client, cast)
    key = chosen(client, blue.id)
    seen = shown(client, key)
    client.post(f"{ASK}/choisir?d={key}", data={"kit_id": red.id})
    again = press(client, key, seen)
    assert again.status_code == 422
    said = main_of(again)
    assert SENTENCE in said
    assert "Mallette rouge" in said
    assert "Mallette bleue" not in said
    assert reservations() == []


def test_the_page_that_is_shown_then_reserves(client, cast):
    blue, red = kit("Mallette bleue"), kit("Mallette rouge")
    as_teacher(client, cast)
    key = chosen(client, blue.id)
    seen = shown(client, key)
    client.post(f"{ASK}/choisir?d={key}", data={"kit_id": red.id})
    press(client, key, seen)
    assert send(client, key).status_code == 303
    assert [one.kit_id for one in reservations()] == [red.id]


def test_another_number_of_devices_is_another_answer(client, cast):
    blue = kit()
    as_teacher(client, cast)
    key = chosen(client, blue.id)
    seen = shown(client, key)
    client.post(f"{ASK}?d={key}", data=need(units_wanted="2", kit_id=str(blue.id)))
    assert SENTENCE in press(client, key, seen).get_data(as_text=True)
    assert reservations() == []


def test_what_is_as_it_was_is_reserved_however_often_it_was_looked_at(client, cast):
    blue = kit()
    as_teacher(client, cast)
    key = chosen(client, blue.id)
    seen = shown(client, key)
    assert shown(client, key) == seen
    assert press(client, key, seen).status_code == 303
    assert press(client, key, seen).status_code == 303
    assert len(reservations()) == 1


@pytest.mark.parametrize("seen", ["", "aaaaaaaaaa", "é"])
def test_a_press_that_shows_nothing_reserves_nothing(client, cast, seen):
    blue = kit()
    as_teacher(client, cast)
    answer = press(client, chosen(client, blue.id), seen)
    assert answer.status_code == 422
    assert f"Rien n’est encore réservé {SENTENCE}" in main_of(answer)
    assert reservations() == []
