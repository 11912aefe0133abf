"""Sessions on the server: how they end, and who ends them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from accounts import service
from accounts.models import FailedTry, StaffSession
from accounts.service import NotInYourStructure
from foundation.db import db, transaction
from tests.accounts.signing import is_signed_in, try_to_sign_in
from tests.cast import NOW, sign_in

TWELVE_HOURS = timedelta(hours=12)


def sessions() -> list[StaffSession]:
    return list(db.session.scalars(select(StaffSession).order_by(StaffSession.id)))


@pytest.fixture
def phone(app):
    """A second browser."""
    return app.test_client()


def test_ends_after_twelve_hours_without_use(cast, client):
    with time_machine.travel(NOW, tick=False) as clock:
        sign_in(client, cast.mediator)
        clock.shift(TWELVE_HOURS - timedelta(minutes=1))
        assert is_signed_in(client)
        clock.shift(TWELVE_HOURS)
        assert not is_signed_in(client)


def test_use_keeps_it_alive_but_not_beyond_thirty_days(cast, client):
    with time_machine.travel(NOW, tick=False) as clock:
        sign_in(client, cast.mediator)
        for _ in range(59):
            clock.shift(TWELVE_HOURS - timedelta(seconds=1))
            assert is_signed_in(client)
        clock.shift(TWELVE_HOURS)
        assert not is_signed_in(client)


def test_its_use_is_written_every_ten_minutes_at_most(cast, client):
    with time_machine.travel(NOW, tick=False) as clock:
        sign_in(client, cast.mediator)
        clock.shift(timedelta(minutes=9))
        is_signed_in(client)
        assert sessions()[0].last_seen_at == NOW
        clock.shift(timedelta(minutes=1))
        is_signed_in(client)
        db.session.rollback()
        assert sessions()[0].last_seen_at == NOW + timedelta(minutes=10)


def test_signing_out_ends_it_on_the_server(cast, client):
    sign_in(client, cast.mediator)
    with client.session_transaction() as session:
        token = session["_user_id"]
    is_signed_in(client)
    assert client.post("/deconnexion").location == "/connexion"
    with client.session_transaction() as session:
        session["_user_id"] = token
    assert not is_signed_in(client)


def test_signing_out_twice_is_no_fault(cast, client):
    client.get("/connexion")
    assert client.post("/deconnexion").status_code == 303


def test_signing_out_needs_a_post_with_its_token(cast, client):
    sign_in(client, cast.mediator)
    assert client.get("/deconnexion").status_code == 405
    assert client.post("/deconnexion", forged=True).status_code == 400
    assert is_signed_in(client)


def test_a_closed_account_is_out_at_once(cast, client):
    sign_in(client, cast.prescriber)
    with transaction():
        service.close_account(cast.prescriber.id, cast.administrator)
    assert not is_signed_in(client)


def test_an_invented_token_opens_nothing(cast, client):
    with client.session_transaction() as session:
        session["_user_id"] = "invented"
    assert not is_signed_in(client)


def test_the_page_lists_them_and_marks_this_one(cast, client, phone):
    try_to_sign_in(client, cast.mediator.email, environ={"HTTP_USER_AGENT": "Desk" * 30})
    sign_in(phone, cast.mediator)
    page = client.get("/equipe/mon-compte").get_data(as_text=True)
    assert page.count("celle-ci") == 1
    assert ("Desk" * 20) in page
    assert ("Desk" * 21) not in page


def test_one_of_ones_own_is_closed_from_another_browser(cast, client, phone):
    sign_in(client, cast.mediator)
    sign_in(phone, cast.mediator)
    client.get("/equipe/mon-compte")
    theirs = sessions()[1].id
    assert client.post(f"/equipe/mon-compte/sessions/{theirs}/fermer").location == "/equipe/mon-compte"
    assert not is_signed_in(phone)
    assert is_signed_in(client)


def test_closing_the_one_at_hand_signs_out(cast, client):
    sign_in(client, cast.mediator)
    client.get("/equipe/mon-compte")
    assert client.post(f"/equipe/mon-compte/sessions/{sessions()[0].id}/fermer").location == "/connexion"
    assert not is_signed_in(client)


@pytest.mark.parametrize("wanted", ["theirs", "unknown", "beyond"])
def test_those_of_somebody_else_can_not_be_closed(cast, client, phone, wanted):
    sign_in(client, cast.mediator)
    sign_in(phone, cast.manager)
    client.get("/equipe/mon-compte")
    one_id = {"theirs": sessions()[1].id, "unknown": 99_999, "beyond": 10**30}[wanted]
    assert client.post(f"/equipe/mon-compte/sessions/{one_id}/fermer").status_code == 404
    assert is_signed_in(phone)


def test_all_others_are_closed_in_one_press(cast, client, phone):
    sign_in(client, cast.mediator)
    sign_in(phone, cast.mediator)
    client.get("/equipe/mon-compte")
    client.post("/equipe/mon-compte/sessions/fermer-les-autres")
    assert is_signed_in(client)
    assert not is_signed_in(phone)


def test_an_administrator_closes_all_of_an_account(cast, client, phone):
    sign_in(client, cast.administrator)
    sign_in(phone, cast.mediator)
    client.get("/equipe/mon-compte")
    client.post(f"/equipe/comptes/{cast.mediator.id}/sessions/fermer")
    assert not is_signed_in(phone)
    assert is_signed_in(client)


def test_staff_of_a_structure_can_not_close_those_of_another(cast):
    with pytest.raises(NotInYourStructure), transaction():
        service.revoke_all(cast.other_mediator.id, cast.mediator)


def test_a_revoked_session_is_not_kept_alive(cast, client):
    sign_in(client, cast.mediator)
    one = sessions()[0]
    with transaction():
        service.sign_out(one.id)
        service.keep_alive(one.id)
    assert sessions()[0].revoked_at is not None


def test_what_is_past_its_time_is_deleted(cast, client, phone):
    with time_machine.travel(NOW, tick=False) as clock:
        sign_in(client, cast.mediator)
        try_to_sign_in(phone, "nobody@rives.example")
        with transaction():
            service.request_reset(cast.mediator.email)
        clock.shift(timedelta(days=31))
        sign_in(phone, cast.mediator)
        with transaction():
            assert service.tidy(NOW + timedelta(days=31)) == 4
    assert len(sessions()) == 1
    assert db.session.scalars(select(FailedTry)).all() == []
