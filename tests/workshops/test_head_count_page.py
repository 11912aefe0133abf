"""The head-count on the page of attendance."""

from __future__ import annotations

import pytest
import time_machine

from foundation.db import db
from tests.cast import NOW
from tests.workshops.days import BEGUN, JSON, address, counted, led
from tests.workshops.enrolments import group, only, registered
from tests.workshops.pages import as_mediator, main_of
from workshops.models import HeadCount


@pytest.fixture(autouse=True)
def during_the_session():
    with time_machine.travel(BEGUN, tick=False):
        yield


def test_a_count_is_saved_and_shown(cast, client):
    programme = led(cast, capacity=30)
    registered(group(programme, 12), now=NOW)
    session_id = only(programme)
    as_mediator(cast, client)
    page = client.get(address(session_id))
    assert "CM1 · 12 personnes inscrites" in main_of(page)
    assert 'name="people" type="number" value="12"' in page.get_data(as_text=True)
    sent = {"people": "11", "feminine": "6", "masculine": "5", "helpers": "2", "done": "Un jeu", "seen": "0"}
    assert client.post(address(session_id, "comptage"), data=sent).status_code == 303
    said = main_of(client.get(address(session_id)))
    assert "11 personnes, 2 accompagnants" in said
    answer = client.post(
        address(session_id, "comptage"), data={**sent, "people": "10", "feminine": "", "seen": "1"}, headers=JSON
    )
    assert answer.json == {"outcome": "applied", "version": 2}


@pytest.mark.parametrize(
    "wrong", [{"people": "-1"}, {"people": "1001"}, {"helpers": "201"}, {"feminine": "9"}, {"people": "x"}]
)
def test_impossible_counts_say_so_beside_their_field(cast, client, wrong):
    session_id = only(led(cast))
    as_mediator(cast, client)
    sent = {"people": "5", "feminine": "1", "masculine": "1", "helpers": "0", "done": "", "seen": "0", **wrong}
    page = client.post(address(session_id, "comptage"), data=sent)
    assert page.status_code == 422
    assert 'class="fault"' in page.get_data(as_text=True)
    assert client.post(address(session_id, "comptage"), data=sent, headers=JSON).status_code == 422
    assert db.session.get(HeadCount, session_id) is None


def test_a_late_count_says_who_counted_meanwhile(cast, client):
    session_id = only(led(cast))
    counted(cast, session_id, 9, who="manager")
    as_mediator(cast, client)
    sent = {"people": "5", "feminine": "", "masculine": "", "helpers": "", "done": "", "seen": "0"}
    page = client.post(address(session_id, "comptage"), data=sent)
    assert (page.status_code, "Claire Vasseur a entre-temps indiqué 9 personnes" in main_of(page)) == (409, True)
