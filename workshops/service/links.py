"""The address in a message that opens a registration without code and telephone number."""

from __future__ import annotations

from flask import current_app

from foundation import links
from workshops.models import Registration


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
