"""The tables of places."""

from __future__ import annotations

from places.models.address import Address
from places.models.institution import CareHome, CareHomeKind, School, SchoolKind
from places.models.territory import (
    Commune,
    Level,
    Neighbourhood,
    Placement,
    SchoolZone,
    Territory,
    TerritoryKind,
)
from places.models.venue import (
    PARVIS,
    Room,
    Structure,
    StructureKind,
    Venue,
    VenueNeighbourhood,
)

__all__ = [
    "PARVIS",
    "Address",
    "CareHome",
    "CareHomeKind",
    "Commune",
    "Level",
    "Neighbourhood",
    "Placement",
    "Room",
    "School",
    "SchoolKind",
    "SchoolZone",
    "Structure",
    "StructureKind",
    "Territory",
    "TerritoryKind",
    "Venue",
    "VenueNeighbourhood",
]
