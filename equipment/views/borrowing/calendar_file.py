"""A reservation for the borrower's own calendar: a later file replaces what an earlier one wrote."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, current_app

from equipment.models import Handing, Reservation
from equipment.queries.contents import contents_of
from equipment.views.borrowing.blueprint import ONE, bp, own
from foundation import ics
from foundation.i18n import _
from foundation.links import absolute
from foundation.security import Role, allow


@bp.get(f"{ONE}/mallette.ics")
@allow(Role.HOST)
def calendar_file(code: str) -> Response:
    return Response(_written(own(code)), mimetype="text/calendar")


def _written(reservation: Reservation) -> str:
    holds = reservation.state.holds
    last = reservation.events[-1].at if reservation.events else reservation.created_at
    lines = [
        "BEGIN:VEVENT",
        f"UID:reservation-{reservation.id}@{urlsplit(current_app.config['BASE_URL']).hostname}",
        f"SEQUENCE:{len(reservation.events)}",
        f"DTSTAMP:{ics.instant(last)}",
        f"DTSTART:{ics.instant(reservation.starts_at)}",
        f"DTEND:{ics.instant(reservation.ends_at)}",
        f"SUMMARY:{ics.text(', '.join(filter(None, (reservation.kit.name, reservation.group_label))))}",
        f"LOCATION:{ics.text(_where(reservation))}",
        f"DESCRIPTION:{ics.text(absolute('borrowing.show', code=reservation.code))}",
        f"STATUS:{_status(reservation)}",
        "END:VEVENT",
    ]
    method = "PUBLISH" if holds else "CANCEL"
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Parvis//Equipment//EN", f"METHOD:{method}"]
    return ics.folded([*head, *lines, "END:VCALENDAR"])


def _status(reservation: Reservation) -> str:
    if not reservation.state.holds:
        return "CANCELLED"
    return "TENTATIVE" if reservation.state == "requested" else "CONFIRMED"


def _where(reservation: Reservation) -> str:
    """Where it is collected, or that it is delivered."""
    venue = contents_of(reservation.kit_id).kit.home_venue
    if reservation.outward is Handing.DELIVERED or venue is None:
        place = reservation.school or reservation.care_home
        return place.name if place else ""
    return _("To collect: %(where)s", where=venue.name)
