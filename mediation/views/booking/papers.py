"""What a resident takes home: the slip, on the screen or as PDF, and the entry for a calendar."""

from __future__ import annotations

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from foundation.downloads import CALENDAR, PDF, download
from foundation.i18n import _, duration, full_day, language, wall_clock
from foundation.links import site
from foundation.pages import town_helpline, town_name
from foundation.security import public
from foundation.slip import Fact, Slip, drawn, square_image
from foundation.web import draw, see_other
from mediation.models import Appointment, Attendance
from mediation.service.invitations import Method, invitation
from mediation.service.links import link_to
from mediation.service.notices import revision
from mediation.views.booking.blueprint import address_words, bp, place_name
from mediation.views.booking.blueprint import things as things_of
from mediation.views.booking.mine import OWN, opened, own

MOST_THINGS = 5


@bp.get(f"{OWN}/fiche")
@public
def slip(code: str, secret: str) -> AnyResponse:
    """The slip as a page: large, and made for the printer. Of a cancelled appointment there is none any more."""
    appointment = opened(code, secret)
    if not appointment.attendance.holds_time:
        return see_other("booking.mine", **own(appointment))
    qr = square_image(link_to(appointment))
    return draw("booking/slip.html", appointment=appointment, own=own(appointment), qr=qr, site=site())


@bp.get(f"{OWN}/fiche.pdf")
@public
def slip_pdf(code: str, secret: str) -> AnyResponse:
    """The slip on one sheet of paper, in the reader's language."""
    appointment = opened(code, secret)
    if not appointment.attendance.holds_time:
        return see_other("booking.mine", **own(appointment))
    return download(_drawn(appointment), PDF, f"{_('appointment')}-{appointment.code}.pdf")


def _drawn(appointment: Appointment) -> bytes:
    return drawn(
        Slip(
            title=_("Your appointment"),
            town=town_name(),
            who=appointment.person.name,
            facts=_facts(appointment),
            code=appointment.code,
            link=link_to(appointment),
            way_back=_("To move or cancel: photograph the square, or go to %(site)s with your code.", site=site()),
            helpline=town_helpline() or None,
        )
    )


def _facts(appointment: Appointment) -> list[Fact]:
    """When, where, what for, what to bring: what is needed on the way."""
    service, venue = appointment.service, appointment.venue
    hour = f"{wall_clock(appointment.starts_at)} · {duration(service.duration_minutes)}"
    address = address_words(venue) if venue else appointment.home_address
    room = appointment.room.name if appointment.room else ""
    things = things_of(service.said("bring", language()))
    few = len(things) <= MOST_THINGS
    return [
        Fact(_("When"), [full_day(appointment.starts_at), hour], size=22),
        Fact(_("Where"), [place_name(appointment.channel, venue)], [address, room]),
        Fact(_("For"), [service.said("label", language())]),
        Fact(_("With"), [appointment.mediator.name]),
        Fact(_("To bring"), plain=[f"• {thing}" for thing in things] if few else [" · ".join(things)]),
    ]


@bp.get(f"{OWN}/agenda.ics")
@public
def calendar_file(code: str, secret: str) -> Response:
    """The entry for the person's own calendar; a later one replaces it there."""
    appointment = opened(code, secret)
    method = Method.PUBLISH if appointment.attendance is Attendance.EXPECTED else Method.CANCEL
    text = invitation(appointment, method, sequence=revision(appointment))
    return download(text, CALENDAR, f"parvis-{appointment.code}.ics")
