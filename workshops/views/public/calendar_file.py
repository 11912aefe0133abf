"""Sessions as a calendar file (RFC 5545), in the language at hand. Instants are in UTC: each program shows its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from flask import current_app

from foundation import ics
from foundation.i18n import _, language
from foundation.links import absolute
from workshops.models import SessionState, WorkshopSession
from workshops.views.public.blueprint import for_whom, place_of, price_words, street_of

PRODUCT = "-//Parvis//Workshops//EN"
REFRESH = "PT6H"


def uid_of(session: WorkshopSession) -> str:
    return f"session-{session.id}@{host()}"


def host() -> str:
    """What makes an identity one of this town alone."""
    return str(urlsplit(current_app.config["BASE_URL"]).hostname)


def calendar_file(name: str, sessions: Iterable[WorkshopSession], revisions: Mapping[int, tuple[int, datetime]]) -> str:
    """The whole file.

    Args:
        revisions: (how many things happened to a session, the last one when), by its id.
    """
    head = [
        f"X-WR-CALNAME:{ics.text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    ]
    events = (
        line
        for session in sessions
        for line in event(_public(session, *revisions.get(session.id, (1, session.programme.created_at))))
    )
    return calendar("PUBLISH", [*head, *events])


def calendar(method: str, lines: Iterable[str]) -> str:
    """A calendar of events. `method`: what the receiving program does with them (RFC 5546)."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", f"METHOD:{method}"]
    return ics.folded([*head, *lines, "END:VCALENDAR"])


@dataclass(frozen=True)
class Entry:
    """A session as it stands in a calendar.

    Attributes:
        uid: the same for the whole life of the entry, so that a calendar moves it instead of adding one.
        revision: how many things happened to it, the last one at `changed_at`.
    """

    session: WorkshopSession
    uid: str
    revision: int
    changed_at: datetime
    description: str
    url: str
    cancelled: bool


def _public(session: WorkshopSession, revision: int, changed_at: datetime) -> Entry:
    return Entry(
        session, uid_of(session), revision, changed_at, _description(session),
        absolute("open_workshops.programme", programme_id=session.programme_id),
        session.state is SessionState.CANCELLED,
    )  # fmt: skip


def event(entry: Entry) -> Iterator[str]:
    """The lines of one entry."""
    session, place = entry.session, place_of(entry.session)
    where = ", ".join(part for part in (place.name, street_of(session)) if part)
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"SEQUENCE:{max(0, entry.revision - 1)}"
    yield f"DTSTAMP:{ics.instant(entry.changed_at)}"
    yield f"LAST-MODIFIED:{ics.instant(entry.changed_at)}"
    yield f"DTSTART:{ics.instant(session.starts_at)}"
    yield f"DTEND:{ics.instant(session.ends_at)}"
    yield f"SUMMARY:{ics.text(summary_of(session))}"
    yield f"LOCATION:{ics.text(where)}"
    if place.latitude is not None and place.longitude is not None:
        yield f"GEO:{place.latitude:.6f};{place.longitude:.6f}"
    yield f"DESCRIPTION:{ics.text(entry.description)}"
    yield f"URL:{entry.url}"
    yield f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def summary_of(session: WorkshopSession) -> str:
    """`Club Scratch: first game`; said to be cancelled where programs do not look at the status."""
    title = session.programme.said("title", language())
    own = session.said("title", language())
    whole = _("%(title)s: %(about)s", title=title, about=own) if own else title
    return _("Cancelled: %(title)s", title=whole) if session.state is SessionState.CANCELLED else whole


def _description(session: WorkshopSession) -> str:
    programme = session.programme
    lines = (programme.said("description", language()), for_whom(programme), price_words(programme))
    return "\n".join(line for line in lines if line)
