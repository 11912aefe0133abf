"""The tables of equipment."""

from __future__ import annotations

from equipment.models.feed import KitFeed
from equipment.models.kit import (
    Approval,
    Borrowers,
    Condition,
    Destination,
    Item,
    ItemEvent,
    ItemEventKind,
    Kit,
    Purchase,
    Supply,
)
from equipment.models.loan import (
    Direction,
    Handing,
    Handover,
    HandoverLine,
    HandoverSupply,
    Reservation,
    ReservationEvent,
    ReservationEventKind,
    ReservationState,
)
from equipment.models.upkeep import (
    Incident,
    IncidentEvent,
    IncidentState,
    Maintenance,
    StockLine,
    StockPlace,
    StockTaking,
)

__all__ = [
    "Approval",
    "Borrowers",
    "Condition",
    "Destination",
    "Direction",
    "Handing",
    "Handover",
    "HandoverLine",
    "HandoverSupply",
    "Incident",
    "IncidentEvent",
    "IncidentState",
    "Item",
    "ItemEvent",
    "ItemEventKind",
    "Kit",
    "KitFeed",
    "Maintenance",
    "Purchase",
    "Reservation",
    "ReservationEvent",
    "ReservationEventKind",
    "ReservationState",
    "StockLine",
    "StockPlace",
    "StockTaking",
    "Supply",
]
