"""What a resident takes home of a registration: the slip, the dates for a calendar, afterwards a certificate."""

from __future__ import annotations

from datetime import datetime

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from foundation import clock
from foundation.downloads import CALENDAR, PDF, download
from foundation.i18n import _, daytime, full_day, language, ngettext
from foundation.links import site
from foundation.pages import town_helpline, town_name
from foundation.security import public
from foundation.slip import Fact, Slip, drawn, square_image
from foundation.web import draw, see_other
from workshops.models import Registration, RegistrationState, WorkshopSession
from workshops.queries import registrations
from workshops.queries.attended import attended
from workshops.queries.own_dates import moved_from
from workshops.service.links import link_to
from workshops.views.papers.certificates import certificates_file
from workshops.views.public.blueprint import hours_of, place_of, street_of, when_of
from workshops.views.registering.blueprint import bp
from workshops.views.registering.mine import OWN, opened, own
from workshops.views.registering.own_calendar import own_calendar

MOST_DATES = 6
HAS_SLIP = frozenset({RegistrationState.REGISTERED, RegistrationState.WAITING, RegistrationState.OFFERED})


def title_of(registration: Registration) -> str:
    """What the slip is of: whoever waits must not take it for a seat."""
    has_seats = registration.state is RegistrationState.REGISTERED
    return _("Your registration") if has_seats else _("On the waiting list")


@bp.get(f"{OWN}/fiche")
@public
def slip(code: str, secret: str) -> AnyResponse:
    """The slip as a page: large, and made for the printer. Of a registration that ended there is none any more."""
    registration = opened(code, secret)
    if registration.state not in HAS_SLIP:
        return see_other("workshops.mine", **own(registration))
    return draw(
        "workshops/registering/slip.html",
        registration=registration,
        programme=registration.programme,
        dates=registrations.dates_of(registration, clock.now()),
        moved_from=moved_from(registration),
        own=own(registration),
        heading=title_of(registration),
        qr=square_image(link_to(registration)),
        site=site(),
    )


@bp.get(f"{OWN}/fiche.pdf")
@public
def slip_pdf(code: str, secret: str) -> AnyResponse:
    """The slip on one sheet of paper, in the reader's language."""
    registration = opened(code, secret)
    if registration.state not in HAS_SLIP:
        return see_other("workshops.mine", **own(registration))
    content = drawn(
        Slip(
            title=title_of(registration),
            town=town_name(),
            who=_who(registration),
            facts=_facts(registration, registrations.dates_of(registration, clock.now())),
            code=registration.code,
            link=link_to(registration),
            way_back=_("To cancel: photograph the square, or go to %(site)s with your code.", site=site()),
            helpline=town_helpline() or None,
        )
    )
    name = _("workshop")
    return download(content, PDF, f"{name}-{registration.code}.pdf")


def _who(registration: Registration) -> str:
    return registration.person.name if registration.person else registration.group_label


def _facts(registration: Registration, dates: list[WorkshopSession]) -> list[Fact]:
    """What, when, where, who: what is needed on the way."""
    programme = registration.programme
    strong = [full_day(dates[0].starts_at), hours_of(dates[0])] if dates else []
    names = [one.person.name for one in registration.participants]
    place = place_of(dates[0]) if dates else None
    room = dates[0].room.name if dates and dates[0].room else ""
    bring = [line.strip() for line in programme.said("material", language()).splitlines() if line.strip()]
    return [
        Fact(_("Workshop"), [programme.said("title", language())], [_about(registration)]),
        Fact(_("When"), strong, _below(registration, dates), size=20),
        Fact(_("Where"), [place.name if place else ""], [street_of(dates[0]) if dates else "", room]),
        Fact(_("Who comes"), [", ".join(names)] if names else [str(registration.seats)], size=17),
        Fact(_("To bring"), plain=[" · ".join(bring)]),
    ]


def _about(registration: Registration) -> str:
    """What the one date is about that was chosen; empty for a whole series."""
    return registration.session.said("title", language()) if registration.session else ""


def _below(registration: Registration, dates: list[WorkshopSession]) -> list[str]:
    """Below the first date: in place of which one it is, when it was moved, and the dates after it."""
    moved = moved_from(registration)
    lines = [_in_place(moved[dates[0].id])] if dates and dates[0].id in moved else []
    for one in dates[1:MOST_DATES]:
        when = when_of(one)
        lines.append(f"{when} ({_in_place(moved[one.id])})" if one.id in moved else when)
    more = len(dates) - MOST_DATES
    return [*lines, ngettext("and %(num)s more date", "and %(num)s more dates", more)] if more > 0 else lines


def _in_place(was: datetime) -> str:
    return _("in place of %(when)s", when=daytime(was))


@bp.get(f"{OWN}/agenda.ics")
@public
def calendar(code: str, secret: str) -> AnyResponse:
    """All its dates; while one waits there is nothing to write down yet."""
    registration = opened(code, secret)
    if registration.state in {RegistrationState.WAITING, RegistrationState.OFFERED}:
        return see_other("workshops.mine", **own(registration))
    return download(own_calendar(registration), CALENDAR, f"parvis-{registration.code}.ics")


@bp.get(f"{OWN}/attestation.pdf")
@public
def certificate(code: str, secret: str) -> Response:
    """Of everybody of this registration who was present, in the reader's language unless they ask for another.

    Raises:
        NobodyPresent
    """
    registration = opened(code, secret)
    people = [one.person_id for one in registration.participants]
    found = attended(registration.programme_id, clock.now(), people)
    return certificates_file(registration.programme, found, "attestation", request.args.get("langue") or language())
