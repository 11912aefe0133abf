"""What those do who press at the same moment on one registration, a function that another process can find."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from foundation.db import in_transaction
from tests.cast import NOW
from workshops.service import giving, registering, waiting

Stake = tuple[str, int]
"""What is pressed, and on which registration."""
LATE = NOW + timedelta(days=3)


def press(stake: Stake, number: int) -> str:
    """All at once; what one of them got."""
    kind, registration_id = stake
    return in_transaction(lambda: ACTS[kind](registration_id, number))


def _answers_or_expires(registration_id: int, number: int) -> str:
    """Half of them say yes for somebody, the others are the job that gives on what ran out."""
    if number % 2:
        return f"expired {waiting.expire(LATE)}"
    return f"accepted {waiting.accept(registration_id, now=NOW, actor_id=1).state}"


def _cancels(registration_id: int, _number: int) -> str:
    return str(registering.cancel(registration_id, now=NOW, actor_id=1, by_resident=True).state)


def _gives(registration_id: int, _number: int) -> str:
    return str(giving.give_seat(registration_id, now=NOW, actor_id=1, beyond=True).state)


ACTS: dict[str, Callable[[int, int], str]] = {
    "answer": _answers_or_expires,
    "cancel": _cancels,
    "give": _gives,
}
