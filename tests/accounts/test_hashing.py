"""Passwords and tokens as they are stored."""

from __future__ import annotations

import argon2
import pytest

from accounts import hashing
from accounts.hashing import hash_password, hash_token, keyed, new_token, outdated, verify_password

PHRASE = "quatre lampes sur l'été"
OF_A_TOWN = hashing.HASHER, hashing.NOBODY
"""Read before the tests make hashing quick."""


@pytest.fixture(autouse=True)
def as_in_a_town(monkeypatch):
    monkeypatch.setattr(hashing, "HASHER", OF_A_TOWN[0])
    monkeypatch.setattr(hashing, "NOBODY", OF_A_TOWN[1])


def test_a_password_is_salted_and_of_argon2id():
    first, second = hash_password(PHRASE), hash_password(PHRASE)
    assert first != second
    assert first.startswith("$argon2id$")


def test_the_parameters_are_those_recommended():
    parameters = argon2.extract_parameters(hash_password(PHRASE))
    assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (19 * 1024, 2, 1)
    assert not outdated(hash_password(PHRASE))
    assert argon2.extract_parameters(hashing.NOBODY) == parameters


@pytest.mark.parametrize(
    ("typed", "matches"),
    [
        (PHRASE, True),
        ("quatre lampes sur l'e\u0301te\u0301", True),
        (PHRASE.upper(), False),
        (PHRASE + " ", False),
        ("", False),
        ("x" * 100_000, False),
    ],
)
def test_only_the_same_text_matches(typed, matches):
    assert verify_password(hash_password(PHRASE), typed) is matches


@pytest.mark.parametrize("stored", [None, "", "plain text", "$argon2id$v=19$broken"])
def test_nothing_matches_what_is_no_hash(stored):
    assert verify_password(stored, PHRASE) is False


def test_nobody_can_sign_in_as_nobody():
    assert verify_password(None, "") is False


def test_a_long_password_counts_to_its_end():
    longest = "é" * 199
    assert not verify_password(hash_password(longest + "a"), longest + "b")


def test_tokens_are_long_and_never_the_same():
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(len(token) >= 43 for token in tokens)
    assert all(len(hash_token(token)) == 64 for token in tokens)


def test_a_keyed_hash_depends_on_purpose_value_and_secret(app, monkeypatch):
    known = keyed("account", "ada@rives.example")
    assert known == keyed("account", "ada@rives.example")
    assert known != keyed("address", "ada@rives.example")
    assert known != keyed("account", "bob@rives.example")
    monkeypatch.setitem(app.config, "SECRET_KEY", "another town's")
    assert known != keyed("account", "ada@rives.example")
