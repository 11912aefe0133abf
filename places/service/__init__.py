"""Verbs on places: import them, look after them, place them in their neighbourhoods."""

from __future__ import annotations

from places.service.addresses import import_addresses
from places.service.importing import import_care_homes, import_schools, import_venues
from places.service.neighbourhoods import import_neighbourhoods
from places.service.placing import place, place_everything

__all__ = [
    "import_addresses",
    "import_care_homes",
    "import_neighbourhoods",
    "import_schools",
    "import_venues",
    "place",
    "place_everything",
]
