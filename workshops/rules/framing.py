"""The visit before a series, at the client's: what may be written of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from foundation.forbidden import check_text


@dataclass(frozen=True)
class Visit:
    """When the team visits the client, what was agreed, and what is told to them at the end; the texts name nobody."""

    at: datetime | None
    notes: str = ""
    next_steps: str = ""


def check_visit(visit: Visit) -> None:
    """Raises: what `check_text` finds"""
    check_text(visit.notes, "framing_notes")
    check_text(visit.next_steps, "next_steps")
