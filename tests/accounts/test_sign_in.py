"""What happens when somebody signs in, or tries to."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import argon2
import pytest
import time_machine
from sqlalchemy import func, select

from accounts import hashing, service
from accounts.models import Account, FailedTry, StaffSession
from accounts.rules.throttle import TooManyTries
from foundation.db import db, in_transaction, transaction
from tests.accounts.signing import is_signed_in, try_to_sign_in
from tests.cast import NOW, PASSWORD

WRONG = "une autre phrase de passe"


@pytest.fixture
def clock_stopped():
    """The waits are short: a slow machine must not outlast them."""
    with time_machine.travel(NOW, tick=False):
        yield


def test_opens_a_session_and_goes_on(cast, client):
    response = try_to_sign_in(client, cast.mediator.email)
    assert (response.status_code, response.location) == (303, "/debut")
    assert is_signed_in(client)


def test_case_and_spaces_of_the_address_do_not_count(cast, client):
    try_to_sign_in(client, f"  {cast.mediator.email.upper()} ")
    assert is_signed_in(client)


def test_only_a_hash_of_the_token_is_stored(cast, client):
    try_to_sign_in(client, cast.mediator.email)
    with client.session_transaction() as session:
        token = session["_user_id"]
    stored = db.session.scalars(select(StaffSession)).one()
    assert token not in stored.token_hash
    assert stored.token_hash == hashing.hash_token(token)


def test_the_cookie_is_http_only_and_lax(cast, client):
    cookie = try_to_sign_in(client, cast.mediator.email).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_nothing_of_the_old_cookie_is_kept_but_the_language(cast, client):
    client.get("/langue/ar")
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
        session["_user_id"] = "a token known to somebody else"
    try_to_sign_in(client, cast.mediator.email)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session["_user_id"] != "a token known to somebody else"
        assert session["language"] == "ar"


@pytest.mark.parametrize("target", ["/equipe/habitants", "/equipe/habitants?q=anna", "/equipe/mon-compte"])
def test_goes_on_to_the_page_that_was_asked_for(cast, client, target):
    assert try_to_sign_in(client, cast.mediator.email, next=target).location == target


@pytest.mark.parametrize(
    "target",
    ["https://evil.example", "//evil.example", "/\\evil.example", "evil", "javascript:alert(1)", "http:evil.example",
     "/\t/evil.example", "\\\\evil.example", " //evil.example", ""],
)  # fmt: skip
def test_never_goes_to_another_site(cast, client, target):
    location = try_to_sign_in(client, cast.mediator.email, next=target).location
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\", "/\t"))


def test_a_page_of_the_staff_asks_to_sign_in_first(cast, client):
    response = client.get("/equipe/habitants?q=anna")
    assert response.status_code == 303
    assert response.location == "/connexion?next=/equipe/habitants?q%3Danna"
    assert 'name="next" value="/equipe/habitants?q=anna"' in client.get(response.location).get_data(as_text=True)


@pytest.mark.parametrize(
    ("email", "password"),
    [("salima@rives.example", WRONG), ("nobody@rives.example", PASSWORD), ("salima@rives.example", PASSWORD + " ")],
)
def test_wrong_credentials_get_one_answer(cast, client, email, password):
    response = try_to_sign_in(client, email, password)
    assert response.status_code == 422
    assert "ne vont pas ensemble" in response.get_data(as_text=True)
    assert not is_signed_in(client)


def test_what_was_typed_stays_but_the_password(cast, client):
    page = try_to_sign_in(client, cast.mediator.email, WRONG).get_data(as_text=True)
    assert cast.mediator.email in page
    assert WRONG not in page


def test_a_closed_account_gets_the_same_answer(cast, client):
    with transaction():
        db.session.get(Account, cast.mediator.id).active = False
    assert "ne vont pas ensemble" in try_to_sign_in(client, cast.mediator.email).get_data(as_text=True)


def test_an_account_without_password_gets_the_same_answer(cast, client):
    with transaction():
        db.session.get(Account, cast.mediator.id).password_hash = None
    assert "ne vont pas ensemble" in try_to_sign_in(client, cast.mediator.email).get_data(as_text=True)


@pytest.mark.parametrize("email", ["salima@rives.example", "nobody@rives.example"])
def test_an_unknown_address_costs_the_same_work(cast, client, monkeypatch, email):
    work = []

    class Counting(argon2.PasswordHasher):
        def verify(self, hash, password):
            work.append(argon2.extract_parameters(hash))
            return super().verify(hash, password)

    monkeypatch.setattr(hashing, "HASHER", Counting(time_cost=1, memory_cost=8, parallelism=1))
    try_to_sign_in(client, email, WRONG)
    assert work == [argon2.extract_parameters(hashing.NOBODY)]


def test_a_hash_with_other_parameters_is_made_anew(cast, client):
    other = argon2.PasswordHasher(time_cost=2, memory_cost=8, parallelism=1).hash(PASSWORD)
    with transaction():
        db.session.get(Account, cast.mediator.id).password_hash = other
    try_to_sign_in(client, cast.mediator.email)
    assert cast.mediator.password_hash != other
    assert not hashing.outdated(cast.mediator.password_hash)
    assert hashing.verify_password(cast.mediator.password_hash, PASSWORD)


def test_the_delay_grows_with_each_failure(cast, client):
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(3):
            assert try_to_sign_in(client, cast.mediator.email, WRONG).status_code == 422
        for wait in (2, 4, 8):
            refused = try_to_sign_in(client, cast.mediator.email)
            assert refused.status_code == 429
            assert f"Attendez {wait} secondes" in refused.get_data(as_text=True)
            clock.shift(wait)
            assert try_to_sign_in(client, cast.mediator.email, WRONG).status_code == 422


def test_the_right_password_is_taken_after_the_longest_delay(cast, client):
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(30):
            try_to_sign_in(client, cast.mediator.email, WRONG)
            clock.shift(900)
        try_to_sign_in(client, cast.mediator.email)
        assert is_signed_in(client)


def test_success_forgets_the_failures(cast, client):
    for _ in range(2):
        try_to_sign_in(client, cast.mediator.email, WRONG)
    try_to_sign_in(client, cast.mediator.email)
    client.post("/deconnexion")
    for _ in range(3):
        assert try_to_sign_in(client, cast.mediator.email, WRONG).status_code == 422


@pytest.mark.usefixtures("clock_stopped")
def test_an_unknown_address_is_slowed_down_too(cast, client):
    answers = [try_to_sign_in(client, "nobody@rives.example", WRONG).status_code for _ in range(4)]
    assert answers == [422, 422, 422, 429]


@pytest.mark.usefixtures("clock_stopped")
def test_guessing_many_accounts_from_one_place_is_slowed_down(cast, client):
    answers = [try_to_sign_in(client, f"guess{n}@rives.example", WRONG).status_code for n in range(21)]
    assert answers == [422] * 20 + [429]
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert try_to_sign_in(client, "guess99@rives.example", WRONG, environ=elsewhere).status_code == 422


@pytest.mark.usefixtures("clock_stopped")
def test_one_success_does_not_excuse_the_guesses_of_its_address(cast, client):
    for n in range(19):
        try_to_sign_in(client, f"guess{n}@rives.example", WRONG)
    try_to_sign_in(client, cast.mediator.email)
    client.post("/deconnexion")
    assert try_to_sign_in(client, "guess98@rives.example", WRONG).status_code == 422
    assert try_to_sign_in(client, "guess99@rives.example", WRONG).status_code == 429


def test_neither_address_can_be_read_from_the_tries(cast, client):
    try_to_sign_in(client, "nobody@rives.example", WRONG, environ={"REMOTE_ADDR": "192.0.2.7"})
    keys = db.session.scalars(select(FailedTry.key)).all()
    assert len(keys) == 2
    assert all(len(key) == 64 and "192" not in key[:3] for key in keys)


def test_without_token_nothing_is_tried(cast, client):
    client.get("/connexion")
    data = {"email": cast.mediator.email, "password": PASSWORD}
    assert client.post("/connexion", data=data, forged=True).status_code == 400
    assert db.session.scalar(select(func.count()).select_from(StaffSession)) == 0


def test_a_token_of_somebody_else_is_refused(cast, client, app):
    other = app.test_client()
    other.get("/connexion")
    data = {"email": cast.mediator.email, "password": PASSWORD, "csrf_token": other.token}
    assert client.post("/connexion", data=data).status_code == 400


@pytest.mark.parametrize("size", [300, 900_000, 10_000_000])
def test_endless_fields_are_refused(cast, client, size):
    response = try_to_sign_in(client, "x" * size, "y" * size)
    assert response.status_code in {413, 422}


@pytest.mark.parametrize("password", [b"%ff%fe", b"%c3%28", b"\xff\xfe", b"%00", b"%ed%a0%80"])
def test_text_that_is_not_utf8_is_refused(cast, client, password):
    client.get("/connexion")
    body = b"csrf_token=" + client.token.encode() + b"&email=salima%40rives.example&password=" + password
    response = client.open(
        "/connexion", method="POST", forged=True, data=body, content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code in {400, 422}
    assert not is_signed_in(client)


def test_an_empty_form_says_what_is_missing(cast, client):
    page = try_to_sign_in(client, "", "").get_data(as_text=True)
    assert "Écrivez votre adresse électronique." in page
    assert "Écrivez votre mot de passe." in page


def test_somebody_who_is_signed_in_is_sent_on(cast, client):
    try_to_sign_in(client, cast.mediator.email)
    assert client.get("/connexion?next=/equipe/mon-compte").location == "/equipe/mon-compte"


def test_the_page_is_there_in_arabic(cast, client):
    client.get("/langue/ar")
    page = client.get("/connexion").get_data(as_text=True)
    assert 'dir="rtl"' in page
    assert "دخول الموظفين" in page


def test_many_tries_at_once_can_not_slip_through(cast, app):
    """Eight processes try at the same moment: three tries are free, the others wait."""
    address = cast.mediator.email
    together = Barrier(8)

    def one_try(number: int) -> bool:
        with app.app_context():
            together.wait()
            try:
                in_transaction(lambda: service.count_try(address, f"192.0.2.{number}"))
            except TooManyTries:
                return False
            return True

    db.session.rollback()
    with ThreadPoolExecutor(8) as pool:
        passed = list(pool.map(one_try, range(8)))
    assert sum(passed) == 3
