"""What somebody typed and has not sent for good yet: it stays with their browser, for an hour at most.

The answers are kept in the signed cookie and not in the address, where they would be logged, nor in the database,
where nobody asked for them. Each draft has a key of its own, so that two tabs never mix two people. Keys are made here,
and one that stands in an address opens nothing unless it is in the cookie too: an address that somebody was sent never
shows the sender's appointment.
"""

from __future__ import annotations

import secrets
from typing import Any

from flask import session

from foundation import clock

KEPT_SECONDS = 3600
MOST = 2
MOST_SENT = 4
NAME, SENT = "drafts", "sent"


def keep(key: str, answers: dict[str, Any]) -> str:
    """Remember `answers` under `key`, or under a new key when this browser has no such draft; returns the key."""
    now = int(clock.now().timestamp())
    drafts = _drafts()
    newest = sorted(((id_, one) for id_, one in drafts.items() if id_ != key), key=lambda item: -item[1][0])[: MOST - 1]
    key = key if key in drafts else secrets.token_urlsafe(16)
    session[NAME] = dict(newest) | {key: [now, {name: value for name, value in answers.items() if value}]}
    return key


def find(key: str) -> dict[str, Any] | None:
    """The answers kept under `key`; None when there are none, or they are too old."""
    found = _drafts().get(key)
    return found[1] if found else None


def send(key: str) -> None:
    """Forget the answers of `key`, which were sent for good; only that they were is remembered, as long as a draft."""
    session[NAME] = {id_: draft for id_, draft in _drafts().items() if id_ != key}
    others = [one for one in _sent() if one[0] != key]
    session[SENT] = [*others[1 - MOST_SENT :], [key, int(clock.now().timestamp())]]


def was_sent(key: str) -> bool:
    """Whether this browser sent the answers of `key` within the hour."""
    return any(one == key for one, _at in _sent())


def _sent() -> list[list[Any]]:
    since = clock.now().timestamp() - KEPT_SECONDS
    return [one for one in session.get(SENT, []) if one[1] >= since]


def _drafts() -> dict[str, list[Any]]:
    since = clock.now().timestamp() - KEPT_SECONDS
    return {id_: draft for id_, draft in session.get(NAME, {}).items() if draft[0] >= since}
