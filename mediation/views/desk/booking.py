"""Booking for somebody, at the desk, on the telephone or as a prescriber: two screens."""

from __future__ import annotations

import secrets

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from activity.models import Channel
from activity.rules.labels import CHANNELS
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.phones import e164
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from mediation.forms.desk import CheckForm, WhoAndWhenForm
from mediation.queries import slots
from mediation.queries.desk import Time, times, venue_name
from mediation.rules.booking import Booking, Newcomer, SlotTaken
from mediation.rules.desk import BOOKERS, Wish, read_wish
from mediation.service import booking as verbs
from mediation.views.desk.blueprint import Reach, bp, reach
from mediation.views.desk.who_and_when import Start, complain, form_for, screen, wish_of
from people import queries as people
from people.queries import Likely
from people.service import Traits
from people.words import REASONS


@bp.get("/equipe/rendez-vous/nouveau")
@allow(*BOOKERS)
def new_appointment() -> Response:
    allowed = reach()
    return screen(form_for(allowed, Start.of_request()), allowed)


@bp.post("/equipe/rendez-vous/nouveau")
@allow(*BOOKERS)
def choose() -> Response:
    """Search, look at other times, or go on: Enter does the furthest thing that is possible."""
    allowed, act = reach(), request.form.get("do")
    form = form_for(allowed)
    if not form.validate():
        return screen(form, allowed, 422)
    wish, searching = wish_of(form), (form.q.data or "").strip() != (form.asked.data or "")
    if act == "show" or (act == "search" and searching):
        return screen(form, allowed)
    if wish is None or not form.names_somebody:
        missing = act != "search" and complain(form, wish)
        return screen(form, allowed, 422 if missing else 200)
    return _check_screen(_carried_on(form), wish)


def _carried_on(form: WhoAndWhenForm) -> CheckForm:
    """The second screen with what the first one said; a person who is found wins over a new name."""
    check = CheckForm()
    check.request_key.data = check.request_key.data or secrets.token_urlsafe(24)
    check.phone.data = form.phone.data or ""
    if form.person_id.data and "locale" not in request.form:
        check.locale.data = people.current(form.person_id.data).locale
    check.companions.data = check.companions.data or 0
    return check


def _check_screen(form: CheckForm, wish: Wish, status: int = 200) -> Response:
    allowed = reach()
    service = allowed.service(wish.service_id)
    person = people.current(form.person_id.data) if form.person_id.data else None
    likely = [] if person else _alike(form)
    form.same_as.choices = [*((one.person.id, _described(one)) for one in likely), (0, _("No, somebody new"))]
    mediator = next((one for one in allowed.mediators if one.id == wish.mediator_id), None)
    return draw(
        "desk/check.html", status, form=form, wish=wish, service=service, person=person, likely=likely,
        mediator=mediator, venue=venue_name(wish.venue_id), channels=CHANNELS, at_home=wish.channel is Channel.HOME,
        colleague=allowed.freely,
    )  # fmt: skip


def _alike(form: CheckForm) -> list[Likely]:
    return people.similar(
        Traits(form.given_name.data or "", form.family_name.data or "", None, form.phone.data or None)
    )


def _described(likely: Likely) -> str:
    person = likely.person
    return " · ".join(str(part) for part in (person.name, person.birth_year, REASONS[likely.likeness.reason]) if part)


@bp.post("/equipe/rendez-vous/confirmer")
@allow(*BOOKERS)
def confirm() -> AnyResponse:
    form, allowed = CheckForm(), reach()
    wish = read_wish(form.slot.data)
    if wish is None:
        return screen(form_for(allowed), allowed, 422)
    if not form.validate():
        return _check_screen(form, wish, 422)
    actor_id = staff().id
    allowed.filter(mediator_id=wish.mediator_id)
    allowed.service(wish.service_id)
    try:
        wanted = _booking(form, wish, allowed)
        booked_id = in_transaction(lambda: verbs.book(wanted, now=clock.now(), actor_id=actor_id).id)
    except SlotTaken as refused:
        return _taken(wish, refused)
    except Refused as refused:
        refuse(form, refused)
        return _check_screen(form, wish, refused.status)
    flash(_("The appointment is booked."), "good")
    return see_other("desk.show_appointment", appointment_id=booked_id)


def _booking(form: CheckForm, wish: Wish, allowed: Reach) -> Booking:
    person_id = form.person_id.data or form.same_as.data or None
    newcomer = Newcomer(
        form.given_name.data or "", form.family_name.data or "", e164(form.phone.data), form.email.data or None
    )
    return Booking(
        service_id=wish.service_id,
        starts_at=wish.starts_at,
        channel=wish.channel,
        origin=allowed.origin,
        venue_id=wish.venue_id,
        mediator_id=wish.mediator_id,
        person_id=person_id,
        newcomer=None if person_id else newcomer,
        companions=form.companions.data or 0,
        remark=form.remark.data or "",
        locale=form.locale.data,
        request_key=form.request_key.data or None,
        home_address=form.home_address.data or "",
    )


def _taken(wish: Wish, refused: SlotTaken) -> Response:
    """Back to the first screen with all that was typed, and the three nearest times at the same place."""
    allowed = reach()
    form = form_for(allowed)
    form.slot.errors = [str(refused)]
    return screen(form, allowed, refused.status, nearest_times(wish, allowed))


def nearest_times(wish: Wish, allowed: Reach) -> list[Time]:
    """The three free times closest to `wish`, where it was, with whoever may be booked."""
    service, now = allowed.service(wish.service_id), clock.now()
    found = slots.nearest(
        service, wish.starts_at, now=now, venue_id=wish.venue_id, channel=wish.channel,
        mediator_ids=[one.id for one in allowed.mediators], freely=allowed.freely,
    )  # fmt: skip
    return times(found, service)
