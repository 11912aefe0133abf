"""Verbs on places: import them, look after them, place them in their neighbourhoods."""

from __future__ import annotations

from places.service.addresses import import_addresses
from places.service.importing import import_care_homes, import_schools, import_venues
from places.service.keeping import keep_open
from places.service.neighbourhoods import import_neighbourhoods
from places.service.others import (
    InstitutionDetails,
    NeighbourhoodDetails,
    StructureDetails,
    TerritoryDetails,
    change_neighbourhood,
    save_institution,
    save_structure,
    save_territory,
)
from places.service.placing import place, place_everything
from places.service.venues import (
    RoomDetails,
    VenueDetails,
    add_room,
    add_venue,
    change_room,
    change_venue,
    close_room,
    reopen_room,
)
from places.standing import SomethingStands, Standing, asks

__all__ = [
    "InstitutionDetails",
    "NeighbourhoodDetails",
    "RoomDetails",
    "SomethingStands",
    "Standing",
    "StructureDetails",
    "TerritoryDetails",
    "VenueDetails",
    "add_room",
    "add_venue",
    "asks",
    "change_neighbourhood",
    "change_room",
    "change_venue",
    "close_room",
    "import_addresses",
    "import_care_homes",
    "import_neighbourhoods",
    "import_schools",
    "import_venues",
    "keep_open",
    "place",
    "place_everything",
    "reopen_room",
    "save_institution",
    "save_structure",
    "save_territory",
]
