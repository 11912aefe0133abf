"""What a resident takes home: the slip, on the screen or as PDF, and the entry for a calendar."""

from __future__ import annotations

from collections.abc import Sequence

import segno
from flask import Response, current_app, make_response
from werkzeug.wrappers import Response as AnyResponse

from foundation.codes import spoken
from foundation.db import db
from foundation.i18n import _, duration, full_day, language, phone, text_direction, wall_clock
from foundation.pdf import BRAND, SOFT, Sheet
from foundation.security import public
from foundation.web import draw, see_other
from mediation.models import Appointment, Attendance
from mediation.service.invitations import Method, invitation
from mediation.service.links import link_to
from mediation.service.notices import revision
from mediation.views.booking.blueprint import address_words, bp, place_name
from mediation.views.booking.blueprint import things as things_of
from mediation.views.booking.mine import OWN, opened, own
from places.models import Territory

SQUARE = 130
BESIDE_SQUARE = 320
MARK = 34
MOST_THINGS = 5


def _site() -> str:
    """The address of the site as people type it."""
    return str(current_app.config["BASE_URL"]).partition("://")[2]


@bp.get(f"{OWN}/fiche")
@public
def slip(code: str, secret: str) -> AnyResponse:
    """The slip as a page: large, and made for the printer. Of a cancelled appointment there is none any more."""
    appointment = opened(code, secret)
    if not appointment.attendance.holds_time:
        return see_other("booking.mine", **own(appointment))
    square = segno.make(link_to(appointment), error="m", micro=False)
    qr = square.svg_data_uri(border=2, light="#fff", svgclass=None, lineclass=None, omitsize=True)
    return draw("booking/slip.html", appointment=appointment, own=own(appointment), qr=qr, site=_site())


@bp.get(f"{OWN}/fiche.pdf")
@public
def slip_pdf(code: str, secret: str) -> AnyResponse:
    """The slip on one sheet of paper, in the reader's language."""
    appointment = opened(code, secret)
    if not appointment.attendance.holds_time:
        return see_other("booking.mine", **own(appointment))
    return _file(_drawn(appointment), "application/pdf", f"{_('appointment')}-{appointment.code}.pdf")


def _file(content: bytes | str, kind: str, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{name.encode("ascii", "ignore").decode()}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _drawn(appointment: Appointment) -> bytes:
    territory = db.session.get(Territory, 1)
    sheet = Sheet(_("Your appointment"), rtl=text_direction() == "rtl", language=language())
    sheet.mark(MARK)
    sheet.gap(4)
    sheet.write(territory.name if territory else "Parvis", 14, colour=SOFT, indent=MARK + 12)
    sheet.gap(28)
    sheet.write(_("Your appointment"), 30, bold=True, colour=BRAND)
    sheet.gap(2)
    sheet.write(appointment.person.name, 17)
    sheet.gap(16)
    sheet.rule()
    _facts(sheet, appointment)
    sheet.rule()
    _ways_back(sheet, appointment, territory)
    return sheet.finished()


def _facts(sheet: Sheet, appointment: Appointment) -> None:
    """When, where, what for, what to bring: what is needed on the way, in large type."""
    service, venue = appointment.service, appointment.venue
    hour = f"{wall_clock(appointment.starts_at)} · {duration(service.duration_minutes)}"
    address = address_words(venue) if venue else appointment.home_address
    room = appointment.room.name if appointment.room else ""
    _fact(sheet, _("When"), [full_day(appointment.starts_at), hour], size=22)
    _fact(sheet, _("Where"), [place_name(appointment.channel, venue)], [address, room])
    _fact(sheet, _("For"), [service.said("label", language())])
    _fact(sheet, _("With"), [appointment.mediator.name])
    things = things_of(service.said("bring", language()))
    few = len(things) <= MOST_THINGS
    _fact(sheet, _("To bring"), [], [f"• {thing}" for thing in things] if few else [" · ".join(things)])
    sheet.gap(16)


def _fact(sheet: Sheet, term: str, strong: list[str], plain: Sequence[str] = (), *, size: float = 19) -> None:
    """What is asked, small; what it is, large; what belongs to it. Nothing when there is nothing to say."""
    if not any(strong) and not any(plain):
        return
    sheet.gap(9)
    sheet.write(term, 12.5, colour=SOFT)
    for line in filter(None, strong):
        sheet.write(line, size, bold=True)
    for line in filter(None, plain):
        sheet.write(line, 16)


def _ways_back(sheet: Sheet, appointment: Appointment, territory: Territory | None) -> None:
    """The code, the square and the number to call."""
    sheet.gap(10)
    top = sheet.y - 6
    sheet.write(_("Your code"), 12, colour=SOFT)
    sheet.write(spoken(appointment.code), 34, bold=True)
    sheet.gap(8)
    sheet.write(
        _("To move or cancel: photograph the square, or go to %(site)s with your code.", site=_site()),
        13, width=BESIDE_SQUARE,
    )  # fmt: skip
    if territory and territory.helpline:
        sheet.gap(4)
        sheet.write(_("Or call %(number)s.", number=phone(territory.helpline)), 13, width=BESIDE_SQUARE)
    sheet.square(link_to(appointment), SQUARE, top)


@bp.get(f"{OWN}/agenda.ics")
@public
def calendar_file(code: str, secret: str) -> Response:
    """The entry for the person's own calendar; a later one replaces it there."""
    appointment = opened(code, secret)
    method = Method.PUBLISH if appointment.attendance is Attendance.EXPECTED else Method.CANCEL
    text = invitation(appointment, method, sequence=revision(appointment))
    return _file(text, "text/calendar; charset=utf-8", f"parvis-{appointment.code}.ics")
