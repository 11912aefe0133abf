"""Sessions as https://schema.org/Event, for search engines, the town's own site and open agendas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from foundation.i18n import language
from foundation.links import absolute
from workshops.models import Enrolment, Programme, SessionState, WorkshopSession
from workshops.rules.labels import PROGRAMME_AUDIENCES
from workshops.rules.public import Seats, seats
from workshops.views.public.blueprint import place_of, stamp
from workshops.views.public.calendar_file import summary_of

SCHEMA = "https://schema.org/"


def listed(sessions: Sequence[tuple[WorkshopSession, int]], town: str, now: datetime) -> dict[str, Any]:
    """All of them in a list.

    Args:
        sessions: each with the seats that are left.
        town: who organises it when no structure does.
    """
    items = [
        {"@type": "ListItem", "position": number, "item": event(session, free, town, now)}
        for number, (session, free) in enumerate(sessions, 1)
    ]
    return {"@context": SCHEMA, "@type": "ItemList", "numberOfItems": len(items), "itemListElement": items}


def event(session: WorkshopSession, free: int, town: str, now: datetime) -> dict[str, Any]:
    """One session; its `@id` stays the same for its whole life."""
    programme = session.programme
    address = absolute("open_workshops.programme", programme_id=programme.id)
    cancelled = session.state is SessionState.CANCELLED
    found: dict[str, Any] = {
        "@type": "Event",
        "@id": f"{address}#s{session.id}",
        "url": address,
        "name": summary_of(session),
        "description": programme.said("description", language()),
        "startDate": stamp(session.starts_at),
        "endDate": stamp(session.ends_at),
        "eventStatus": f"{SCHEMA}{'EventCancelled' if cancelled else 'EventScheduled'}",
        "eventAttendanceMode": f"{SCHEMA}OfflineEventAttendanceMode",
        "inLanguage": "fr",
        "isAccessibleForFree": not programme.price_cents and not programme.training_units,
        "location": _location(session),
        "organizer": {"@type": "Organization", "name": programme.structure.name if programme.structure else town},
        "audience": _audience(programme),
        "superEvent": {"@type": "EventSeries", "@id": address, "name": programme.said("title", language())},
    }
    if programme.age_min is not None or programme.age_max is not None:
        found["typicalAgeRange"] = f"{programme.age_min or 0}-{programme.age_max or ''}"
    if not cancelled:
        found["offers"] = _offer(programme, address, seats(programme, free, now))
        if programme.enrolment is not Enrolment.DROP_IN:
            found |= {"maximumAttendeeCapacity": session.capacity, "remainingAttendeeCapacity": free}
    return found


def _location(session: WorkshopSession) -> dict[str, Any]:
    place = place_of(session)
    address = {
        "@type": "PostalAddress",
        "streetAddress": place.address,
        "postalCode": place.postcode,
        "addressLocality": place.commune,
        "addressCountry": "FR",
    }
    found: dict[str, Any] = {"@type": "Place", "name": place.name, "address": address}
    if place.latitude is not None and place.longitude is not None:
        found["geo"] = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    return found


def _audience(programme: Programme) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "PeopleAudience",
        "audienceType": str(PROGRAMME_AUDIENCES[programme.audience]),
    }
    if programme.age_min is not None:
        found["suggestedMinAge"] = programme.age_min
    if programme.age_max is not None:
        found["suggestedMaxAge"] = programme.age_max
    return found


def _offer(programme: Programme, address: str, left: Seats) -> dict[str, Any]:
    """A workshop that a voucher pays has no price in euros: none is invented."""
    known = {
        Seats.FULL: "SoldOut",
        Seats.OVER: "Discontinued",
        Seats.UNOPENED: "PreOrder",
        Seats.FEW: "LimitedAvailability",
    }
    found: dict[str, Any] = {
        "@type": "Offer",
        "url": address,
        "availability": f"{SCHEMA}{known.get(left, 'InStock')}",
    }
    if programme.price_cents or not programme.training_units:
        found |= {"price": f"{(programme.price_cents or 0) / 100:.2f}", "priceCurrency": "EUR"}
    if programme.registration_opens_at:
        found["validFrom"] = stamp(programme.registration_opens_at)
    if programme.registration_closes_at:
        found["validThrough"] = stamp(programme.registration_closes_at)
    return found
