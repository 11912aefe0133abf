"""A calendar as a file that Thunderbird and Apple Calendar subscribe to (RFC 5545). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Timezone

from foundation import ics

REFRESH = "PT30M"


@dataclass(frozen=True)
class Entry:
    """One stretch of time that is taken.

    Attributes:
        uid: the same as long as it is the same act, so that a calendar moves it instead of adding another.
        changed_at: when it was last written; the file says the same as long as nothing changed.
        tentative: it is asked for, and nobody has said yes to it.
    """

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str
    changed_at: datetime
    tentative: bool = False


def diary(name: str, entries: Iterable[Entry], zone: ZoneInfo, today: date, product: str) -> str:
    """The whole file: lines folded and ended as the standard wants, in the wall time of `zone`, with its definition.

    Args:
        product: what made it, e.g. `Mediator calendar`.
    """
    listed = sorted(entries, key=lambda entry: (entry.starts_at, entry.uid))
    years = [today.year, *(entry.starts_at.year for entry in listed)]
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Parvis//{product}//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{ics.text(name)}",
        f"X-WR-TIMEZONE:{zone.key}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    ]
    definition = _definition(zone.key, min(years) - 1, max(years) + 1)
    events = (line for entry in listed for line in _event(entry, zone))
    return ics.folded([*head, *definition, *events, "END:VCALENDAR"])


@cache
def _definition(zone: str, first: int, last: int) -> tuple[str, ...]:
    """When the wall clock of `zone` changes in these years, for programs that do not know the zone by its name."""
    component = Timezone.from_tzid(zone, first_date=date(first, 1, 1), last_date=date(last, 12, 31))
    return tuple(component.to_ical().decode().split("\r\n")[:-1])


def _event(entry: Entry, zone: ZoneInfo) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{ics.instant(entry.changed_at)}"
    yield f"LAST-MODIFIED:{ics.instant(entry.changed_at)}"
    yield f"DTSTART;TZID={zone.key}:{ics.wall_time(entry.starts_at, zone)}"
    yield f"DTEND;TZID={zone.key}:{ics.wall_time(entry.ends_at, zone)}"
    yield f"SUMMARY:{ics.text(entry.summary)}"
    if entry.location:
        yield f"LOCATION:{ics.text(entry.location)}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:OPAQUE"
    yield f"STATUS:{'TENTATIVE' if entry.tentative else 'CONFIRMED'}"
    yield "END:VEVENT"
