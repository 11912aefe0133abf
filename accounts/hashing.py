"""Passwords and tokens as they are stored: never readable."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from accounts.rules.passwords import LONGEST, normalised

# OWASP's second choice for argon2id: 19 MiB, two passes. Two workers of a small server stay responsive.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODY = HASHER.hash(secrets.token_hex(16))
"""Verified for an e-mail that has no account, so that the answer takes as long as a wrong password."""


def hash_password(password: str) -> str:
    """An argon2id hash, parameters and salt included."""
    return HASHER.hash(normalised(password))


def verify_password(stored: str | None, password: str) -> bool:
    """Whether `password` is the one of `stored`; the same work is done when there is none."""
    try:
        matches = HASHER.verify(stored or NOBODY, normalised(password)[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return matches and stored is not None


def outdated(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(stored)


def new_token() -> str:
    """A secret for a cookie or a link: 256 bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """What is stored of a random token; no salt is needed for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed(purpose: str, value: str) -> str:
    """A hash that can not be guessed back to an e-mail or a network address without the deployment's secret."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"{purpose}\n{value}".encode(), hashlib.sha256).hexdigest()
