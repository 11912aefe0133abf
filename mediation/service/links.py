"""The address in a message that opens an appointment without code and telephone number."""

from __future__ import annotations

import base64
import hashlib
import hmac

from flask import current_app

from mediation.models import Appointment

LETTERS = 10
"""50 bits: too many to try, few enough for a text message."""


def secret_of(appointment: Appointment) -> str:
    """Ten letters that only a message carries; nothing is stored, and the deployment's key makes them."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    digest = hmac.new(key, f"appointment-link:{appointment.id}:{appointment.code}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode()[:LETTERS].lower()


def is_secret_of(appointment: Appointment, secret: str) -> bool:
    """Whether `secret` opens this appointment, compared in constant time."""
    return hmac.compare_digest(secret_of(appointment).encode(), secret.lower().encode())


def path_to(appointment: Appointment) -> str:
    """`/r/<code>/<secret>`: as short as a text message wants it."""
    return f"/r/{appointment.code}/{secret_of(appointment)}"


def link_to(appointment: Appointment) -> str:
    """The whole address, for messages and calendar entries."""
    return f"{current_app.config['BASE_URL']}{path_to(appointment)}"
