"""One kind of refusal for the whole house: a sentence for a person, and the field it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Refused(Exception):
    """A verb will not do what was asked; nothing was written.

    Subclass it with the name of the reason (`SlotTaken`, `TooLateToCancel`): callers catch reasons, never texts.

    Args:
        message: a translated sentence (a lazy string will do) that tells the person what to do next.
        field: name of the form field at fault; None when the whole request is.
        alternatives: what could be done instead, e.g. the nearest free slots.
    """

    status = 422
    title: Any = None
    """Heading of the page that tells it, where that of its status would be untrue."""

    def __init__(self, message: Any, field: str | None = None, alternatives: Sequence[Any] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.alternatives = list(alternatives)

    def __str__(self) -> str:
        return str(self.message)


class Conflict(Refused):
    """What was asked was possible a moment ago; somebody else was first (409)."""

    status = 409


class Unknown(Refused):
    """There is no such record, or not for this person: both look the same from outside (404)."""

    status = 404


class Forbidden(Refused):
    """The record exists and is known to the caller, who may not do this with it (403)."""

    status = 403
