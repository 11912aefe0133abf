"""What somebody typed and has not sent for good yet: it stays with their browser, for an hour at most.

The answers are kept in the signed cookie and not in the address, where they would be logged, nor in the database,
where nobody asked for them. Each draft has a key of its own, so that two tabs never mix two people. Keys are made here,
and one that stands in an address opens nothing unless it is in the cookie too: an address that somebody was sent never
shows the sender's appointment.

Each feature has drafts of its own, and reads no other's. All share one cookie, of which browsers keep 4,096 characters
and drop the whole when there is one more: the oldest drafts make way before that.
"""

from __future__ import annotations

import secrets
from typing import Any

from flask import current_app, session

from foundation import clock
from foundation.errors import Refused
from foundation.i18n import _l

KEPT_SECONDS = 3600
MOST = 2
MOST_SENT = 4
LARGEST = 3600
"""Characters of the cookie with the drafts in it; what a page adds to it (a notice, a language) needs room too."""
NAME, SENT = "drafts", "sent"


class TooMuchTyped(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This is too long to be kept until you send it. Write less, then go on."))


class Drafts:
    """The drafts of one feature."""

    def __init__(self, feature: str) -> None:
        self.feature = feature

    def keep(self, key: str, answers: dict[str, Any]) -> str:
        """Remember `answers` under `key`, or under a new key when this browser has no such draft; returns the key.

        Args:
            answers: what JSON can hold; empty ones are left out.

        Raises:
            TooMuchTyped: they alone would not fit; what was kept before is still there.
        """
        key = key if key in self._own() else secrets.token_urlsafe(16)
        now = int(clock.now().timestamp())
        draft = [now, self.feature, {name: value for name, value in answers.items() if value}]
        others = sorted(((id_, one) for id_, one in _drafts().items() if id_ != key), key=lambda item: -item[1][0])
        own = [id_ for id_, one in others if one[1] == self.feature]
        _fit(key, draft, [(id_, one) for id_, one in others if id_ not in own[MOST - 1 :]])
        return key

    def find(self, key: str) -> dict[str, Any] | None:
        """The answers kept under `key`; None when there are none, or they are too old."""
        found = self._own().get(key)
        return found[2] if found else None

    def send(self, key: str) -> None:
        """Forget the answers of `key`, which were sent for good; only that they were is remembered, as long."""
        session[NAME] = {id_: draft for id_, draft in _drafts().items() if id_ != key}
        others = [one for one in _sent() if one[0] != key]
        session[SENT] = [*others[1 - MOST_SENT :], [key, int(clock.now().timestamp())]]

    def was_sent(self, key: str) -> bool:
        """Whether this browser sent the answers of `key` within the hour."""
        return any(one == key for one, _at in _sent())

    def _own(self) -> dict[str, list[Any]]:
        return {id_: draft for id_, draft in _drafts().items() if draft[1] == self.feature}


def _fit(key: str, draft: list[Any], others: list[tuple[str, list[Any]]]) -> None:
    """Write the draft, and as many of the others, newest first, as the cookie holds beside it."""
    before = session.get(NAME, {})
    for count in range(len(others), -1, -1):
        session[NAME] = dict(others[:count]) | {key: draft}
        if _cookie_size() <= LARGEST:
            return
    session[NAME] = before
    raise TooMuchTyped


def _cookie_size() -> int:
    """Characters that the session takes, packed and signed as it is sent."""
    signer = current_app.session_interface.get_signing_serializer(current_app)  # type: ignore[attr-defined]
    return len(signer.dumps(dict(session)))


def _sent() -> list[list[Any]]:
    since = clock.now().timestamp() - KEPT_SECONDS
    return [one for one in session.get(SENT, []) if one[1] >= since]


def _drafts() -> dict[str, list[Any]]:
    since = clock.now().timestamp() - KEPT_SECONDS
    return {id_: draft for id_, draft in session.get(NAME, {}).items() if draft[0] >= since}
