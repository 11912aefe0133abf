"""Whatever a file says of opening hours, as OSM text where it can be."""

from __future__ import annotations

import re
from typing import Any

from places.clean.text import one_line
from places.hours import french, osm
from places.hours.week import Hours, as_osm


def read_hours(value: Any) -> tuple[str, Hours]:
    """(text to keep, what was read of it).

    The text is OSM in one form when all of it was read, else it is what was received: it is still good for
    people, and nothing of it is lost.
    """
    text = one_line(value)
    if not re.search(r"\w", text):
        return "", Hours()
    hours = osm.parse(text)
    if hours.unread and not hours.openings:
        hours = french.parse_week(text)
    return (text if hours.unread else as_osm(hours.openings, hours.holidays_closed)), hours
