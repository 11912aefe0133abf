"""The calendar file (.ics) that goes with a message, and that the resident may keep from the page."""

from __future__ import annotations

from email.utils import parseaddr
from enum import StrEnum
from urllib.parse import urlsplit

from flask import current_app

from foundation import clock, ics
from foundation.db import db
from foundation.i18n import _, language
from mediation.models import Appointment
from mediation.service.links import link_to
from mediation.service.wording import place_words
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
    link = link_to(appointment)
    summary = _("Appointment: %(service)s", service=appointment.service.said("label", language()))
    description = _("Code %(code)s. Change or cancel: %(link)s", code=appointment.code, link=link)
    return ics.folded(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            f"PRODID:{PRODUCT}",
            f"METHOD:{method}",
            "BEGIN:VEVENT",
            f"UID:{uid_of(appointment)}",
            f"SEQUENCE:{sequence}",
            f"DTSTAMP:{ics.instant(clock.now())}",
            f"DTSTART:{ics.instant(appointment.starts_at)}",
            f"DTEND:{ics.instant(appointment.ends_at)}",
            f"SUMMARY:{ics.text(summary)}",
            f"LOCATION:{ics.text(_location(appointment))}",
            f"DESCRIPTION:{ics.text(description)}",
            f"URL:{link}",
            f"STATUS:{'CANCELLED' if method is Method.CANCEL else 'CONFIRMED'}",
            f"ORGANIZER;{_organiser()}",
            "END:VEVENT",
            "END:VCALENDAR",
        ]
    )


def _location(appointment: Appointment) -> str:
    if appointment.venue is None:
        return place_words(appointment)
    return f"{appointment.venue.name}, {appointment.venue.whole_address}".rstrip(", ")


def _organiser() -> str:
    territory = db.session.get(Territory, 1)
    name = territory.name if territory else "Parvis"
    return f"CN={ics.quoted(name)}:mailto:{parseaddr(current_app.extensions['settings'].mail_from)[1]}"
