"""Check your answers, and the press that books."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from activity.models import Channel
from foundation import clock
from foundation.db import db, in_transaction
from foundation.errors import Conflict, Refused
from foundation.i18n import _
from foundation.security import public
from foundation.web import draw, refuse, see_other
from mediation.forms.booking import WhoForm
from mediation.models import Service
from mediation.queries import slots
from mediation.queries.slots import Slot
from mediation.rules import journey
from mediation.rules.booking import AlreadyBooked, SlotTaken, check_booking
from mediation.rules.journey import Choice
from mediation.service import booking as verbs
from mediation.views.booking.answering import (
    TYPED,
    booked,
    booking_of,
    confirmed_page,
    draw_who,
    is_free,
    not_offered,
    whole_choice,
)
from mediation.views.booking.blueprint import bp, drafts
from mediation.views.booking.choosing import asked_first, chosen_place


@bp.get("/rendez-vous/verifier")
@public
def check() -> AnyResponse:
    """Everything once more before it is sent, with a way back to each answer."""
    choice = journey.read(request.args)
    if answered := asked_first(choice, start=True) or booked(choice):
        return answered
    service, venue = chosen_place(choice)
    answers = drafts.find(choice.draft)
    if answers is None:
        return not_offered(choice) or see_other("booking.who", **choice.query())
    try:
        check_booking(booking_of(choice, answers), service)
    except Refused as refused:
        form = WhoForm(data=answers)
        refuse(form, refused)
        return draw_who(form, choice, refused.status)
    if not is_free(choice):
        return _offer_nearest(choice, answers, SlotTaken())
    return draw("booking/check.html", choice=choice, service=service, venue=venue, answers=answers)


@bp.post("/rendez-vous/confirmer")
@public
def confirm() -> AnyResponse:
    """Book. A second press finds what the first one booked."""
    choice = whole_choice()
    answers = drafts.find(choice.draft)
    if answers is None:
        return _sent_before(choice)
    try:
        appointment = in_transaction(lambda: verbs.book(booking_of(choice, answers), now=clock.now()))
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
        return draw_who(form, choice, refused.status)
    return confirmed_page(choice, appointment)


def _sent_before(choice: Choice) -> AnyResponse:
    """The form was sent already; or the answers are gone, because they were left for too long."""
    if answered := booked(choice):
        return answered
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
