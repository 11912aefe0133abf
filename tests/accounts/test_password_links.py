"""Setting a password by a link: sent, used once, and too old in time."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from accounts import service
from accounts.models import Account, AccountLink, LinkKind
from accounts.rules.lifetimes import LinkSpent
from foundation.db import db, transaction
from foundation.outbox.models import Message
from tests.accounts.signing import NEW, is_signed_in, try_to_sign_in
from tests.cast import NOW, PASSWORD, sign_in


def messages() -> list[Message]:
    return list(db.session.scalars(select(Message).order_by(Message.id)))


def ask(client, email):
    client.get("/mot-de-passe-oublie")
    return client.post("/mot-de-passe-oublie", data={"email": email}, follow_redirects=True)


def link_in(message: Message) -> str:
    return re.search(r"http://parvis\.test(/mot-de-passe/\S+)", message.body).group(1)


def ask_and_get_link(cast, client) -> str:
    ask(client, cast.mediator.email)
    return link_in(messages()[-1])


def test_a_link_is_sent_to_the_account(cast, client):
    ask(client, f" {cast.mediator.email.upper()}")
    (message,) = messages()
    assert message.recipient == cast.mediator.email
    assert message.subject == "Votre nouveau mot de passe"
    assert message.confidential


def test_the_same_is_answered_for_an_unknown_address(cast, client):
    known, unknown = (ask(client, email).get_data(as_text=True) for email in (cast.mediator.email, "who@else.example"))
    assert known == unknown
    assert len(messages()) == 1


def test_a_closed_account_gets_no_link(cast, client):
    with transaction():
        db.session.get(Account, cast.mediator.id).active = False
    ask(client, cast.mediator.email)
    assert messages() == []


def test_a_mailbox_can_not_be_flooded(cast, client):
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(5):
            ask(client, cast.mediator.email)
        assert len(messages()) == 3
        clock.shift(timedelta(hours=1, seconds=1))
        ask(client, cast.mediator.email)
        assert len(messages()) == 4


def test_the_address_does_not_come_from_the_request(cast, client):
    client.get("/mot-de-passe-oublie")
    client.post("/mot-de-passe-oublie", data={"email": cast.mediator.email}, headers={"Host": "evil.example"})
    assert all("evil" not in message.body for message in messages())


def test_only_a_hash_of_it_is_stored(cast, client):
    token = ask_and_get_link(cast, client).rsplit("/", 1)[1]
    assert db.session.scalars(select(AccountLink)).one().token_hash != token


def test_it_sets_the_password_and_ends_all_sessions(cast, client, app):
    elsewhere = sign_in(app.test_client(), cast.mediator)
    link = ask_and_get_link(cast, client)
    assert cast.mediator.email in client.get(link).get_data(as_text=True)
    assert client.post(link, data={"password": NEW}).location == "/connexion"
    assert not is_signed_in(elsewhere)
    assert try_to_sign_in(client, cast.mediator.email, PASSWORD).status_code == 422
    try_to_sign_in(client, cast.mediator.email, NEW)
    assert is_signed_in(client)


def test_it_works_once(cast, client):
    link = ask_and_get_link(cast, client)
    client.get(link)
    client.post(link, data={"password": NEW})
    assert client.get(link).status_code == 410
    client.get("/connexion")
    assert client.post(link, data={"password": "encore une autre phrase"}).status_code == 410
    try_to_sign_in(client, cast.mediator.email, NEW)
    assert is_signed_in(client)


def test_looking_at_it_does_not_spend_it(cast, client):
    link = ask_and_get_link(cast, client)
    for _ in range(3):
        assert client.get(link).status_code == 200


def test_using_one_spends_the_others(cast, client):
    first, second = ask_and_get_link(cast, client), ask_and_get_link(cast, client)
    client.get(second)
    client.post(second, data={"password": NEW})
    assert client.get(first).status_code == 410


@pytest.mark.parametrize(
    ("kind", "lives"), [(LinkKind.RESET, timedelta(hours=1)), (LinkKind.INVITATION, timedelta(days=7))]
)
def test_it_ends_in_time(cast, kind, lives):
    with time_machine.travel(NOW, tick=False) as clock:
        with transaction():
            token = service.make_link(cast.mediator.id, kind, None).rsplit("/", 1)[1]
        clock.shift(lives - timedelta(seconds=1))
        assert service.follow_link(token).kind is kind
        clock.shift(timedelta(seconds=1))
        with pytest.raises(LinkSpent):
            service.follow_link(token)


@pytest.mark.parametrize("token", ["x", "é" * 50, "a" * 3000, "..%2f..", "%00"])
def test_an_invented_one_opens_nothing(cast, client, token):
    assert client.get(f"/mot-de-passe/{token}").status_code in {400, 404, 410}


def test_a_weak_password_is_refused_and_the_link_still_works(cast, client):
    link = ask_and_get_link(cast, client)
    client.get(link)
    page = client.post(link, data={"password": "motdepassemotdepasse"})
    assert page.status_code == 422
    assert "Ce mot de passe est trop courant" in page.get_data(as_text=True)
    assert client.post(link, data={"password": ""}).status_code == 422
    assert client.post(link, data={"password": NEW}).status_code == 303


def test_a_reset_lets_somebody_in_who_was_slowed_down(cast, client):
    for _ in range(6):
        try_to_sign_in(client, cast.mediator.email, "une autre phrase de passe")
    link = ask_and_get_link(cast, client)
    client.get(link)
    client.post(link, data={"password": NEW})
    try_to_sign_in(client, cast.mediator.email, NEW)
    assert is_signed_in(client)


def test_nothing_is_set_without_a_token_against_forgery(cast, client):
    link = ask_and_get_link(cast, client)
    assert client.post(link, data={"password": NEW}, forged=True).status_code == 400
    assert client.get(link).status_code == 200


def test_the_message_is_in_the_language_of_the_account(cast, client):
    with transaction():
        db.session.get(Account, cast.mediator.id).locale = "ar"
    ask(client, cast.mediator.email)
    assert "كلمة السر" in messages()[0].subject


@pytest.mark.parametrize("email", ["", "x" * 300])
def test_a_form_that_says_nothing_is_drawn_again(cast, client, email):
    assert ask(client, email).status_code == 422
