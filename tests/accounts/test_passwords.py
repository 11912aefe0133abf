"""Which passwords are taken, and which are refused with which reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import passwords
from accounts.rules.passwords import (
    COMMON,
    PasswordNamesOwner,
    PasswordRepeats,
    PasswordTooCommon,
    PasswordTooLong,
    PasswordTooShort,
)

OWNER = {"name": "Salima Benali", "email": "salima.benali@rives.example"}

REFUSED = [
    ("", PasswordTooShort),
    ("court", PasswordTooShort),
    ("quatorze signes"[:14], PasswordTooShort),
    ("x" * 201, PasswordTooLong),
    ("aaaaaaaaaaaaaaaa", PasswordRepeats),
    ("ABABABABABABABAB", PasswordRepeats),
    ("12345123451234512", PasswordRepeats),
    ("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", PasswordRepeats),
    ("motdepassemotdepasse", PasswordTooCommon),
    ("Mot de passe 12345", PasswordTooCommon),
    ("MOT-DE-PASSE-2026!", PasswordTooCommon),
    ("azertyuiopqsdfghjklm", PasswordTooCommon),
    ("qwertyuiop123456789", PasswordTooCommon),
    ("123456789012345", PasswordTooCommon),
    ("987654321098765", PasswordTooCommon),
    ("20262026!!!!2027????", PasswordTooCommon),
    ("bonjourbonjour123", PasswordTooCommon),
    ("Password1234567!", PasswordTooCommon),
    ("correct horse battery staple", PasswordTooCommon),
    ("jesuislemeilleur", PasswordTooCommon),
    ("été à la salima 77 mers", PasswordNamesOwner),
    ("les BENALI ont un chien vert", PasswordNamesOwner),
    ("j'habite chez rives toujours", PasswordNamesOwner),
]

TAKEN = [
    "quatre lampes sur la place",
    "une tortue compte les nuages",
    "               ronde des sept vents",
    "soleil fromage dragon ordinateur",
    "Tr0is!Ours_Gris&Verts",
    "серый волк ест малину",
    "قمر أخضر فوق البحيرة",
    "dix-sept caractères",
    "x" * 100 + "une fin qui change",
]


@pytest.mark.parametrize(("password", "reason"), REFUSED)
def test_is_refused_with_its_reason(password, reason):
    with pytest.raises(reason) as refused:
        passwords.check(password, **OWNER)
    assert refused.value.field == "password"


@pytest.mark.parametrize("password", TAKEN)
def test_is_taken(password):
    passwords.check(password, **OWNER)


def test_short_parts_of_a_name_may_appear_by_chance():
    passwords.check("une tortue compte les ondes", name="Léo Uns", email="leo@mer.example")


def test_two_ways_to_write_an_accent_are_one_password():
    assert passwords.normalised("e\u0301te\u0301") == passwords.normalised("été")


def test_the_list_is_small_and_plain():
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    assert COMMON.stat().st_size <= 40_000
    assert all(line == line.lower().strip() for line in lines if not line.startswith("#"))


@given(st.text(max_size=250))
def test_every_text_is_taken_or_refused_and_never_breaks(password):
    try:
        passwords.check(password, **OWNER)
    except passwords.Refused:
        return
    assert 15 <= len(passwords.normalised(password)) <= 200
