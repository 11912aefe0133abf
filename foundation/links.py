"""Whole addresses of pages, for messages and printed slips, and the secrets that open a record without signing in.

An address is never built from what a request claims to be its host.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

from flask import current_app

LETTERS = 10
"""50 bits: too many to try, few enough for a text message."""


def absolute(endpoint: str, **values: Any) -> str:
    """`https://town.example/path` of `endpoint`, under the address that the deployment is configured with."""
    path = current_app.url_map.bind("").build(endpoint, values, force_external=False)
    return f"{current_app.config['BASE_URL']}{path}"


def site() -> str:
    """The address of the site as people type it: `town.example`."""
    return str(current_app.config["BASE_URL"]).partition("://")[2]


def secret_of(subject: str) -> str:
    """Ten letters that only a message carries; nothing is stored, and the deployment's key makes them.

    Args:
        subject: what they open, with the kind of link first, e.g. `appointment-link:12:K7M2P9`: two kinds of records
            that happen to have the same number never open each other.
    """
    key = str(current_app.config["SECRET_KEY"]).encode()
    digest = hmac.new(key, subject.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode()[:LETTERS].lower()


def is_secret_of(subject: str, secret: str) -> bool:
    """Whether `secret` opens `subject`, compared in constant time."""
    return hmac.compare_digest(secret_of(subject).encode(), secret.lower().encode())
