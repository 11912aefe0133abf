"""What somebody typed and has not sent for good yet: it stays with their browser, for an hour at most.

The answers are kept in the signed cookie and not in the address, where they would be logged, nor in the database,
where nobody asked for them. Each draft has a key of its own, so that two tabs never mix two people.
"""

from __future__ import annotations

import secrets
from typing import Any

from flask import session

from foundation import clock

KEPT_SECONDS = 3600
MOST = 2
NAME = "drafts"


def keep(key: str, answers: dict[str, Any]) -> str:
    """Remember `answers` under `key`, or under a new key when there is none; returns the key."""
    now = int(clock.now().timestamp())
    known = {id_: draft for id_, draft in _drafts().items() if id_ != key}
    newest = sorted(known.items(), key=lambda item: -item[1][0])[: MOST - 1]
    key = key or secrets.token_urlsafe(16)
    session[NAME] = dict(newest) | {key: [now, {name: value for name, value in answers.items() if value}]}
    return key


def find(key: str) -> dict[str, Any] | None:
    """The answers kept under `key`; None when there are none, or they are too old."""
    found = _drafts().get(key)
    return found[1] if found else None


def drop(key: str) -> None:
    """Forget the answers of `key`, and all that are too old."""
    session[NAME] = {id_: draft for id_, draft in _drafts().items() if id_ != key}


def _drafts() -> dict[str, list[Any]]:
    since = clock.now().timestamp() - KEPT_SECONDS
    return {id_: draft for id_, draft in session.get(NAME, {}).items() if draft[0] >= since}
