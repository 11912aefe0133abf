"""Reads of places for every feature: the territory, where to send people, what is nearest, where a point lies."""

from __future__ import annotations

from places.queries.addresses import has_addresses, search_addresses
from places.queries.geography import (
    asks_satisfaction,
    atlas,
    centre_of,
    locate,
    neighbourhood,
    neighbourhoods,
    priority_neighbourhoods,
    territory,
    venues_by_neighbourhood,
)
from places.queries.hosts import HostPlace, host_places, matching
from places.queries.institutions import care_home_names, care_homes, institution, institutions, school_names, schools
from places.queries.venues import (
    Near,
    levels_of,
    nearest,
    room,
    rooms,
    structure,
    structures,
    venue,
    venues,
    venues_for_booking,
)

__all__ = [
    "HostPlace", "Near", "asks_satisfaction", "atlas", "care_home_names", "care_homes", "centre_of", "has_addresses",
    "host_places", "institution", "institutions", "levels_of", "locate", "matching", "nearest", "neighbourhood",
    "neighbourhoods", "priority_neighbourhoods", "room", "rooms", "school_names", "schools", "search_addresses",
    "structure", "structures", "territory", "venue", "venues", "venues_by_neighbourhood", "venues_for_booking",
]  # fmt: skip
