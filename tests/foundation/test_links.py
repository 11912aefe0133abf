"""Whole addresses, and secrets that open one record and no other."""

from __future__ import annotations

import pytest

from foundation.links import LETTERS, absolute, is_secret_of, secret_of

SUBJECT = "appointment-link:12:K7M2P9"


def test_an_address_begins_as_the_deployment_says_whatever_a_request_claims(app):
    assert absolute("accounts.sign_in") == "http://parvis.test/connexion"
    assert absolute("accounts.sign_in", next="/a b") == "http://parvis.test/connexion?next=/a+b"
    with app.test_request_context(headers={"Host": "evil.example"}):
        assert absolute("accounts.sign_in") == "http://parvis.test/connexion"


def test_a_secret_is_short_and_can_be_typed(app):
    assert len(secret_of(SUBJECT)) == LETTERS
    assert secret_of(SUBJECT).isalnum()
    assert secret_of(SUBJECT) == secret_of(SUBJECT).lower()


def test_a_secret_opens_its_subject_however_it_is_typed(app):
    assert is_secret_of(SUBJECT, secret_of(SUBJECT))
    assert is_secret_of(SUBJECT, secret_of(SUBJECT).upper())


@pytest.mark.parametrize(
    "other", ["appointment-link:13:K7M2P9", "appointment-link:12:K7M2PA", "registration-link:12:K7M2P9", ""]
)
def test_a_secret_opens_nothing_else(app, other):
    assert not is_secret_of(other, secret_of(SUBJECT))


@pytest.mark.parametrize("tried", ["", "aaaaaaaaaa", "é" * LETTERS, "مفتاح", "a" * 10_000])
def test_what_is_no_secret_opens_nothing(app, tried):
    assert not is_secret_of(SUBJECT, tried)
    assert not is_secret_of(SUBJECT, secret_of(SUBJECT)[:-1])


def test_another_deployment_has_other_secrets(app):
    here, key = secret_of(SUBJECT), app.config["SECRET_KEY"]
    app.config["SECRET_KEY"] = "another one"
    try:
        assert secret_of(SUBJECT) != here
    finally:
        app.config["SECRET_KEY"] = key
