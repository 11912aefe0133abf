"""From bytes to calendar components, whatever is broken in between (RFC 5545)."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from icalendar import Component

PARTS = ("VEVENT", "VFREEBUSY", "VTODO", "VJOURNAL", "VAVAILABILITY")
_BLOCK = re.compile(rb"^BEGIN:(VEVENT|VFREEBUSY)\b.*?^END:\1\b", re.DOTALL | re.MULTILINE | re.IGNORECASE)


def components(data: bytes) -> list[Component]:
    """Events, free-busy lists and the other parts of a calendar, in file order; an empty list when there are none.

    A file that does not parse as a whole (cut off, an impossible time zone) is read event by event.
    """
    found = [part for whole in _parsed(data) for part in _parts(whole)]
    if found:
        return found
    return [part for block in _BLOCK.finditer(data) for whole in _parsed(block.group()) for part in _parts(whole)]


def _parsed(data: bytes) -> list[Component]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return list(Component.from_ical(data, multiple=True))
        except Exception:  # the library names no common error for what strangers write
            return []


def _parts(whole: Component) -> Iterator[Component]:
    if whole.name in PARTS:
        yield whole
    else:
        yield from (part for part in whole.subcomponents if part.name in PARTS)
