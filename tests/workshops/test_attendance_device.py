"""What a device is given to keep, and told to forget."""

from __future__ import annotations

import pytest
import time_machine

from tests.cast import sign_in
from tests.workshops.days import BEGUN, address, expected
from tests.workshops.pages import as_mediator

WORKER = "/equipe/ateliers/seances/hors-ligne.js"


@pytest.fixture(autouse=True)
def during_the_session():
    with time_machine.travel(BEGUN, tick=False):
        yield


def test_the_worker_is_a_script_under_the_address_of_sessions_and_asked_for_anew(cast, client):
    as_mediator(cast, client)
    answer = client.get(WORKER)
    assert (answer.status_code, answer.mimetype, answer.headers["Cache-Control"]) == (
        200,
        "text/javascript",
        "no-cache",
    )
    assert WORKER in client.get(address(expected(cast)[0])).get_data(as_text=True)


def test_whoever_is_not_signed_in_is_not_given_it(client, cast):
    assert client.get(WORKER).status_code == 303


def test_signing_out_tells_the_device_to_forget_what_it_kept(cast, client):
    sign_in(client, cast.mediator)
    client.get("/equipe/ateliers/jour")
    assert client.post("/deconnexion").headers["Clear-Site-Data"] == '"storage"'


def test_where_presses_of_somebody_else_stay_the_device_forgets_nothing_on_its_own(cast, client):
    sign_in(client, cast.mediator)
    client.get("/equipe/ateliers/jour")
    answer = client.post("/deconnexion", data={"stay": "1"})
    assert (answer.status_code, "Clear-Site-Data" in answer.headers) == (303, False)
    assert client.get("/equipe/ateliers/jour").status_code == 303


def test_pages_for_staff_carry_the_script_and_pages_for_residents_do_not(cast, client):
    assert "attendance.js" not in client.get("/").get_data(as_text=True)
    as_mediator(cast, client)
    page = client.get("/equipe/ateliers").get_data(as_text=True)
    assert f'data-who="{cast.mediator.id}"' in page


def test_the_page_itself_may_not_be_kept_by_anything_in_between(cast, client):
    as_mediator(cast, client)
    assert client.get(address(expected(cast)[0])).headers["Cache-Control"] == "no-store"
