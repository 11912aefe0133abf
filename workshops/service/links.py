"""The address in a message that opens a registration without code and telephone number; the code of a certificate."""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app

from foundation import links
from foundation.codes import ALPHABET
from workshops.models import Registration

BASE32 = "abcdefghijklmnopqrstuvwxyz234567"


def secret_of(registration: Registration) -> str:
    return links.secret_of(_subject(registration))


def is_secret_of(registration: Registration, secret: str) -> bool:
    """Whether `secret` opens this registration."""
    return links.is_secret_of(_subject(registration), secret)


def _subject(registration: Registration) -> str:
    return f"registration-link:{registration.id}:{registration.code}"


def path_to(registration: Registration) -> str:
    """`/i/<code>/<secret>`: as short as a text message wants it."""
    return f"/i/{registration.code}/{secret_of(registration)}"


def link_to(registration: Registration) -> str:
    """The whole address, for messages and slips."""
    return f"{current_app.config['BASE_URL']}{path_to(registration)}"


def code_of_certificate(programme_id: int, person_id: int, session_ids: Sequence[int]) -> str:
    """`K7M2P 9QRST`: the same for the same sessions, so that the house recognises what it signed; nothing is stored.

    In the letters of all codes of the house, none of which is taken for another.
    """
    attended = "-".join(str(one) for one in session_ids)
    secret = links.secret_of(f"certificate:{programme_id}:{person_id}:{attended}")
    letters = "".join(ALPHABET[BASE32.index(letter) % len(ALPHABET)] for letter in secret)
    return f"{letters[:5]} {letters[5:]}"
