"""A mediator's calendar as a file that Thunderbird and Apple Calendar subscribe to (RFC 5545). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vDuration

PRODUCT = "-//Parvis//Mediator calendar//EN"
REFRESH = timedelta(minutes=30)


@dataclass(frozen=True)
class Entry:
    """One stretch of time that is taken.

    Attributes:
        uid: the same as long as it is the same act, so that a calendar moves it instead of adding another.
        changed_at: when it was last written; the file says the same as long as nothing changed.
    """

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str
    changed_at: datetime


def initials(given_name: str, family_name: str) -> str:
    """`J. L.` for Jeanne Le Goff; empty when nothing is known of the name any more."""
    return " ".join(f"{name.strip()[0].upper()}." for name in (given_name, family_name) if name.strip())


def diary(name: str, entries: Iterable[Entry], zone: ZoneInfo, today: date) -> str:
    """The whole file: lines folded and ended as the standard wants, in the wall time of `zone`, with its definition."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone.key)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    listed = sorted(entries, key=lambda entry: (entry.starts_at, entry.uid))
    years = [today.year, *(entry.starts_at.year for entry in listed)]
    first, last = date(min(years) - 1, 1, 1), date(max(years) + 1, 12, 31)
    calendar.add_component(Timezone.from_tzid(zone.key, first_date=first, last_date=last))
    for entry in listed:
        calendar.add_component(_event(entry, zone))
    return str(calendar.to_ical().decode())


def _event(entry: Entry, zone: ZoneInfo) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("summary", entry.summary)
    if entry.location:
        event.add("location", entry.location)
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    event.add("status", "CONFIRMED")
    return event
