"""Free slots of a service: which start, with whom, where. The arithmetic is the agenda's."""

from __future__ import annotations

from mediation.queries.slots.days import FreeDay, PlaceOpening, first_by_place, first_days, nearest
from mediation.queries.slots.finding import find_slots, last_day, offer_of, open_window, slots_of
from mediation.queries.slots.presences import Presence, Slot, presences

__all__ = [
    "FreeDay",
    "PlaceOpening",
    "Presence",
    "Slot",
    "find_slots",
    "first_by_place",
    "first_days",
    "last_day",
    "nearest",
    "offer_of",
    "open_window",
    "presences",
    "slots_of",
]
