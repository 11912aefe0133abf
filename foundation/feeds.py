"""Secret addresses at which calendar programs read a file: what is kept of the secret, and how the file is served."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from flask import make_response, request
from werkzeug.wrappers import Response as AnyResponse

BEHIND, AHEAD = timedelta(days=30), timedelta(days=400)
"""What a file holds around today."""
NOTED_EVERY = timedelta(hours=1)


def new_secret() -> str:
    """A secret of 256 random bits for an address; it is shown once and kept nowhere."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """What is stored of a secret of 256 random bits; looking it up tells nothing about other secrets."""
    return hashlib.sha256(secret.encode()).hexdigest()


def worth_noting(last_read_at: datetime | None, now: datetime) -> bool:
    """Whether the time of this reading is worth a write."""
    return last_read_at is None or now - last_read_at >= NOTED_EVERY


def served(text: str) -> AnyResponse:
    """The file for a program that comes now and then; it is told 304 as long as nothing changed."""
    response = make_response(text)
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'inline; filename="parvis.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.set_etag(hashlib.sha256(text.encode()).hexdigest()[:32])
    return response.make_conditional(request)
