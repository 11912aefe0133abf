"""A name without a gap under a checklist: as long as its column, and no longer."""

from __future__ import annotations

import pytest
import time_machine

from tests.cast import NOW, sign_in
from tests.equipment.handed import START, items_of, loan, out
from tests.papers import text
from tests.workshops.pages import main_of

LONGEST = 120


@pytest.fixture(autouse=True)
def clock(app):
    with time_machine.travel(START, tick=False) as stopped:
        yield stopped


def reserved_before(cast):
    with time_machine.travel(NOW, tick=False):
        return loan(cast)


def test_the_longest_one_is_on_the_page_and_wholly_on_the_receipt(client, cast):
    name = "W" * LONGEST
    made = out(cast, reserved_before(cast), signed_name=name)
    sign_in(client, cast.manager)
    address = f"/equipe/materiel/remises/{made.id}"
    assert name in main_of(client.get(address))
    assert name in "".join(text(client.get(f"{address}/recu.pdf").data).split())


def test_a_longer_one_is_refused_beside_its_field(client, cast):
    made = reserved_before(cast)
    sign_in(client, cast.manager)
    sent = {"signed_name": "W" * (LONGEST + 1), "everything": "y", "request_key": "once"}
    sent |= {f"c{id_}": "working" for id_ in items_of(made)}
    response = client.post(f"/equipe/materiel/reservations/{made.id}/remise", data=sent)
    assert response.status_code == 422
    assert "120" in main_of(response)


def test_facts_break_a_word_that_is_wider_than_a_phone(client):
    rule = next(
        one for one in client.get("/static/parvis.css").get_data(as_text=True).split("}") if ".facts dd {" in one
    )
    assert "overflow-wrap: anywhere" in rule
