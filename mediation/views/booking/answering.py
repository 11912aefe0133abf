"""Who comes: the one page on which a resident types."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from foundation import clock
from foundation.errors import Refused
from foundation.fields import given
from foundation.i18n import _, language
from foundation.period import Period
from foundation.security import public
from foundation.web import draw, refuse, see_other
from mediation.forms.booking import WhoForm
from mediation.models import Appointment, Origin
from mediation.queries import slots
from mediation.queries.appointments import by_request_key
from mediation.rules import journey
from mediation.rules.booking import Booking, Newcomer, check_booking
from mediation.rules.journey import Choice, UnreadableChoice
from mediation.service.links import secret_of
from mediation.views.booking.blueprint import bp, drafts
from mediation.views.booking.choosing import asked_first, chosen_place

TYPED = ("given_name", "family_name", "phone", "email", "home_address", "companions", "remark")


@bp.get("/rendez-vous/qui")
@public
def who() -> AnyResponse:
    """Who comes? What was typed before is there again."""
    choice = journey.read(request.args)
    if answered := asked_first(choice, start=True) or booked(choice) or not_offered(choice):
        return answered
    form = WhoForm(data=drafts.find(choice.draft))
    return draw_who(form, choice)


@bp.post("/rendez-vous/qui")
@public
def who_typed() -> AnyResponse:
    choice = whole_choice()
    service, _venue = chosen_place(choice)
    form = WhoForm()
    if not form.validate_on_submit():
        return draw_who(form, choice, 422)
    answers = {name: form[name].data for name in TYPED}
    try:
        check_booking(booking_of(choice, answers), service)
        key = drafts.keep(choice.draft, answers)
    except Refused as refused:
        refuse(form, refused)
        return draw_who(form, choice, refused.status)
    return see_other("booking.check", **choice.query() | {"d": key})


def not_offered(choice: Choice) -> AnyResponse | None:
    """Back to the days when nobody can be seen then, or not by residents: before anything is typed for nothing."""
    if is_free(choice):
        return None
    flash(_("This time can not be booked. Choose another one."), "warn")
    return see_other("booking.when", **replace(choice, starts_at=None).query())


def is_free(choice: Choice) -> bool:
    """Whether the start of a choice, that has one, is among those on offer."""
    service, _venue = chosen_place(choice)
    start = given(choice.starts_at)
    moment = Period(start, start + timedelta.resolution)
    return bool(slots.find_slots(service, moment, now=clock.now(), venue_id=choice.venue_id, channel=choice.channel))


def whole_choice() -> Choice:
    """The choice of an address that must name what, where and when.

    Raises:
        UnreadableChoice
    """
    choice = journey.read(request.args)
    if choice.starts_at is None:
        raise UnreadableChoice
    return choice


def draw_who(form: WhoForm, choice: Choice, status: int = 200) -> Response:
    service, venue = chosen_place(choice)
    return draw("booking/who.html", status, form=form, choice=choice, service=service, venue=venue)


def booking_of(choice: Choice, answers: dict[str, Any]) -> Booking:
    if choice.service_id is None or choice.channel is None or choice.starts_at is None:
        raise UnreadableChoice
    return Booking(
        service_id=choice.service_id,
        starts_at=choice.starts_at,
        channel=choice.channel,
        venue_id=choice.venue_id,
        origin=Origin.RESIDENT,
        newcomer=Newcomer(
            given_name=answers.get("given_name") or "",
            family_name=answers.get("family_name") or "",
            phone=answers.get("phone"),
            email=answers.get("email"),
        ),
        companions=answers.get("companions") or 0,
        remark=answers.get("remark") or "",
        home_address=answers.get("home_address") or "",
        locale=language(),
        request_key=choice.draft or None,
    )


def confirmed_page(choice: Choice, appointment: Appointment) -> AnyResponse:
    drafts.send(choice.draft)
    return see_other("booking.confirmed", code=appointment.code, secret=secret_of(appointment))


def booked(choice: Choice) -> AnyResponse | None:
    """The way to the appointment that this browser booked with these answers: somebody came back with its button."""
    appointment = by_request_key(choice.draft) if drafts.was_sent(choice.draft) else None
    return None if appointment is None else confirmed_page(choice, appointment)
