"""The calendar file (.ics) that goes with a message, and that the resident may keep from the page."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import urlsplit

from flask import current_app
from icalendar import Calendar, Event, vCalAddress

from foundation import clock
from foundation.db import db
from foundation.i18n import _, language
from mediation.models import Appointment
from mediation.service.links import link_to
from mediation.service.wording import address_words, place_words
from places.models import Territory

PRODUCT = "-//Parvis//Appointments//EN"


class Method(StrEnum):
    """RFC 5546: what the receiving calendar does with the event. PUBLISH asks for no answer."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


def uid_of(appointment: Appointment) -> str:
    """The same for the whole life of an appointment, so that a calendar moves its event instead of adding one."""
    return f"appointment-{appointment.id}@{urlsplit(current_app.config['BASE_URL']).hostname}"


def invitation(appointment: Appointment, method: Method, *, sequence: int) -> str:
    """Text of an iCalendar object with one event, in the language at hand.

    Args:
        sequence: grows with each change; calendars ignore an older one.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    event = Event()
    event.add("uid", uid_of(appointment))
    event.add("sequence", sequence)
    event.add("dtstamp", clock.now())
    event.add("dtstart", appointment.starts_at)
    event.add("dtend", appointment.ends_at)
    event.add("summary", _("Appointment: %(service)s", service=appointment.service.said("label", language())))
    event.add("location", _location(appointment))
    event.add("status", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    event.add("url", link_to(appointment))
    event.add(
        "description", _("Code %(code)s. Change or cancel: %(link)s", code=appointment.code, link=link_to(appointment))
    )
    event.add("organizer", _organiser())
    calendar.add_component(event)
    return str(calendar.to_ical().decode())


def _location(appointment: Appointment) -> str:
    if appointment.venue is None:
        return place_words(appointment)
    return f"{appointment.venue.name}, {address_words(appointment.venue)}".rstrip(", ")


def _organiser() -> vCalAddress:
    territory = db.session.get(Territory, 1)
    organiser = vCalAddress(f"mailto:{current_app.extensions['settings'].mail_from}")
    organiser.params["CN"] = territory.name if territory else "Parvis"
    return organiser
