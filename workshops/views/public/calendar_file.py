"""Sessions as a calendar file (RFC 5545), in the language at hand. Instants are in UTC: each program shows its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
    """The same for the whole life of a session, so that a calendar moves its event instead of adding one."""
    return f"session-{session.id}@{urlsplit(current_app.config['BASE_URL']).hostname}"


def calendar_file(name: str, sessions: Iterable[WorkshopSession], revisions: Mapping[int, tuple[int, datetime]]) -> str:
    """The whole file.

    Args:
        revisions: (how many things happened to a session, the last one when), by its id.
    """
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{ics.text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    ]
    events = (
        line
        for session in sessions
        for line in _event(session, *revisions.get(session.id, (1, session.programme.created_at)))
    )
    return ics.folded([*head, *events, "END:VCALENDAR"])


def _event(session: WorkshopSession, revision: int, changed_at: datetime) -> Iterator[str]:
    place = place_of(session)
    where = ", ".join(part for part in (place.name, street_of(session)) if part)
    status = "CANCELLED" if session.state is SessionState.CANCELLED else "CONFIRMED"
    yield "BEGIN:VEVENT"
    yield f"UID:{uid_of(session)}"
    yield f"SEQUENCE:{max(0, revision - 1)}"
    yield f"DTSTAMP:{ics.instant(changed_at)}"
    yield f"LAST-MODIFIED:{ics.instant(changed_at)}"
    yield f"DTSTART:{ics.instant(session.starts_at)}"
    yield f"DTEND:{ics.instant(session.ends_at)}"
    yield f"SUMMARY:{ics.text(summary_of(session))}"
    yield f"LOCATION:{ics.text(where)}"
    if place.latitude is not None and place.longitude is not None:
        yield f"GEO:{place.latitude:.6f};{place.longitude:.6f}"
    yield f"DESCRIPTION:{ics.text(_description(session))}"
    yield f"URL:{absolute('open_workshops.programme', programme_id=session.programme_id)}"
    yield f"STATUS:{status}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def summary_of(session: WorkshopSession) -> str:
    """`Club Scratch: first game`; said to be cancelled where programs do not look at the status."""
    title = session.programme.said("title", language())
    whole = _("%(title)s: %(about)s", title=title, about=session.title) if session.title else title
    return _("Cancelled: %(title)s", title=whole) if session.state is SessionState.CANCELLED else whole


def _description(session: WorkshopSession) -> str:
    programme = session.programme
    lines = (programme.said("description", language()), for_whom(programme), price_words(programme))
    return "\n".join(line for line in lines if line)
