"""The address in a message that opens an appointment without code and telephone number."""

from __future__ import annotations

from flask import current_app

from foundation import links
from mediation.models import Appointment


def secret_of(appointment: Appointment) -> str:
    """Ten letters that only a message about it carries."""
    return links.secret_of(_subject(appointment))


def is_secret_of(appointment: Appointment, secret: str) -> bool:
    """Whether `secret` opens this appointment, compared in constant time."""
    return links.is_secret_of(_subject(appointment), secret)


def _subject(appointment: Appointment) -> str:
    return f"appointment-link:{appointment.id}:{appointment.code}"


def path_to(appointment: Appointment) -> str:
    """`/r/<code>/<secret>`: as short as a text message wants it."""
    return f"/r/{appointment.code}/{secret_of(appointment)}"


def link_to(appointment: Appointment) -> str:
    """The whole address, for messages and calendar entries."""
    return f"{current_app.config['BASE_URL']}{path_to(appointment)}"
