"""Who comes, check your answers, and the press that books."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from activity.models import Channel
from foundation import clock
from foundation.db import db, in_transaction
from foundation.errors import Conflict, Refused
from foundation.i18n import _, language
from foundation.period import Period
from foundation.security import public
from foundation.web import draw, refuse, see_other
from mediation.forms.booking import WhoForm
from mediation.models import Appointment, Origin, Service
from mediation.queries import slots
from mediation.queries.appointments import by_request_key
from mediation.queries.slots import Slot
from mediation.rules import journey
from mediation.rules.booking import AlreadyBooked, Booking, Newcomer, check_booking
from mediation.rules.journey import Choice, UnreadableChoice
from mediation.service import booking as verbs
from mediation.service.links import secret_of
from mediation.views.booking.blueprint import bp, drafts
from mediation.views.booking.choosing import asked_first, chosen_place

MINUTE = timedelta(minutes=1)
TYPED = ("given_name", "family_name", "phone", "email", "home_address", "companions", "remark")


@bp.get("/rendez-vous/qui")
@public
def who() -> AnyResponse:
    """Who comes? What was typed before is there again."""
    choice = journey.read(request.args)
    if answered := asked_first(choice, start=True) or _booked(choice) or _out_of_reach(choice):
        return answered
    form = WhoForm(data=drafts.find(choice.draft))
    return _draw_who(form, choice)


@bp.post("/rendez-vous/qui")
@public
def who_typed() -> AnyResponse:
    choice = _whole_choice()
    service, _venue = chosen_place(choice)
    form = WhoForm()
    if not form.validate_on_submit():
        return _draw_who(form, choice, 422)
    answers = {name: form[name].data for name in TYPED}
    try:
        check_booking(_booking(choice, answers), service)
        key = drafts.keep(choice.draft, answers)
    except Refused as refused:
        refuse(form, refused)
        return _draw_who(form, choice, refused.status)
    return see_other("booking.check", **choice.query() | {"d": key})


def _out_of_reach(choice: Choice) -> AnyResponse | None:
    """Back to the days when the time has passed, or is not open to residents yet: nothing is searched for that."""
    service, _venue = chosen_place(choice)
    start = choice.starts_at
    if start is None or slots.open_window(service, Period(start, start + MINUTE), now=clock.now()):
        return None
    flash(_("This time can not be booked. Choose another one."), "warn")
    return see_other("booking.when", **replace(choice, starts_at=None).query())


def _whole_choice() -> Choice:
    """The choice of an address that must name what, where and when.

    Raises:
        UnreadableChoice
    """
    choice = journey.read(request.args)
    if choice.starts_at is None:
        raise UnreadableChoice
    return choice


def _draw_who(form: WhoForm, choice: Choice, status: int = 200) -> Response:
    service, venue = chosen_place(choice)
    return draw("booking/who.html", status, form=form, choice=choice, service=service, venue=venue)


def _booking(choice: Choice, answers: dict[str, Any]) -> Booking:
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


@bp.get("/rendez-vous/verifier")
@public
def check() -> AnyResponse:
    """Everything once more before it is sent, with a way back to each answer."""
    choice = journey.read(request.args)
    if answered := asked_first(choice, start=True) or _booked(choice) or _out_of_reach(choice):
        return answered
    service, venue = chosen_place(choice)
    answers = drafts.find(choice.draft)
    if answers is None:
        return see_other("booking.who", **choice.query())
    try:
        check_booking(_booking(choice, answers), service)
    except Refused as refused:
        form = WhoForm(data=answers)
        refuse(form, refused)
        return _draw_who(form, choice, refused.status)
    return draw("booking/check.html", choice=choice, service=service, venue=venue, answers=answers)


@bp.post("/rendez-vous/confirmer")
@public
def confirm() -> AnyResponse:
    """Book. A second press finds what the first one booked."""
    choice = _whole_choice()
    answers = drafts.find(choice.draft)
    if answers is None:
        return _sent_before(choice)
    try:
        appointment = in_transaction(lambda: verbs.book(_booking(choice, answers), now=clock.now()))
    except AlreadyBooked:
        drafts.send(choice.draft)
        return _sent_before(choice)
    except Conflict as taken:
        return _offer_nearest(choice, answers, taken)
    except Refused as refused:
        if refused.field not in TYPED:
            raise
        form = WhoForm(data=answers)
        refuse(form, refused)
        return _draw_who(form, choice, refused.status)
    return _confirmed(choice, appointment)


def _confirmed(choice: Choice, appointment: Appointment) -> AnyResponse:
    drafts.send(choice.draft)
    return see_other("booking.confirmed", code=appointment.code, secret=secret_of(appointment))


def _booked(choice: Choice) -> AnyResponse | None:
    """The way to the appointment that this browser booked with these answers: somebody came back with its button."""
    appointment = by_request_key(choice.draft) if drafts.was_sent(choice.draft) else None
    return None if appointment is None else _confirmed(choice, appointment)


def _sent_before(choice: Choice) -> AnyResponse:
    """The form was sent already; or the answers are gone, because they were left for too long."""
    if booked := _booked(choice):
        return booked
    flash(_("Too much time has passed: please write your name again."), "warn")
    return see_other("booking.who", **choice.query())


def _offer_nearest(choice: Choice, answers: dict[str, Any], taken: Conflict) -> Response:
    """The time went to somebody else: the nearest free ones, one press each, everything typed kept."""
    db.session.rollback()
    service, venue = chosen_place(choice)
    nearest = taken.alternatives or _nearest(choice, service)
    return draw(
        "booking/taken.html",
        taken.status,
        choice=choice,
        service=service,
        venue=venue,
        answers=answers,
        alternatives=[(slot, choice.starting(slot.starts_at)) for slot in nearest],
    )


def _nearest(choice: Choice, service: Service) -> list[Slot]:
    wanted = choice.starts_at or clock.now()
    venue_id = choice.venue_id if choice.channel is Channel.VENUE else None
    return slots.nearest(service, wanted, now=clock.now(), venue_id=venue_id, channel=choice.channel)
