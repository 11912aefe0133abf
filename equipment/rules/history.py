"""What happened to a reservation, as people read it: of a move, what it was and what it became."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from equipment.models import Kit, Reservation, ReservationEvent
from foundation.period import Period


@dataclass(frozen=True)
class Stand:
    """Which kit it had, and when."""

    kit: Kit
    period: Period


@dataclass(frozen=True)
class Step:
    """One thing that happened; `was` and `became` of a move alone."""

    event: ReservationEvent
    was: Stand | None = None
    became: Stand | None = None


def steps(reservation: Reservation, events: Sequence[ReservationEvent]) -> list[Step]:
    """A move became what the next one found; the last one, what there is now. `events` are in order."""
    found: list[Step] = []
    became = Stand(reservation.kit, reservation.period)
    for event in reversed(events):
        was = _was(event)
        found.append(Step(event, was, became) if was else Step(event))
        became = was or became
    return found[::-1]


def _was(event: ReservationEvent) -> Stand | None:
    kit, starts_at, ends_at = event.was_kit, event.was_starts_at, event.was_ends_at
    if kit is None or starts_at is None or ends_at is None:
        return None
    return Stand(kit, Period(starts_at, ends_at))
