"""Receiving somebody who comes without an appointment."""

from __future__ import annotations

from uuid import uuid4

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from accounts.models import Account
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.fields import row_id
from foundation.i18n import _
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other
from mediation.forms.day import WalkInForm
from mediation.models import Appointment
from mediation.queries.appointments import by_request_key
from mediation.queries.whereabouts import services_for, stay_at, venue_choices
from mediation.service import walk_ins
from mediation.views.day.blueprint import bp
from people import queries as people_queries
from people import service as people
from people.models import Person
from people.words import REASONS


def _form() -> WalkInForm:
    actor, now = staff(), clock.now()
    stay = stay_at(actor.id, now)
    return WalkInForm(
        [(one.id, one.label) for one in services_for(actor, stay)],
        venue_choices(actor.structure_id),
        here=stay.shift.venue.name if stay and stay.shift.venue else "",
        key=uuid4().hex,
    )


def _page(form: WalkInForm, status: int = 200, likely: list[people_queries.Likely] | None = None) -> Response:
    return draw("day/walk_in.html", status, form=form, person=_person(form), likely=likely or [], reasons=REASONS)


def _person(form: WalkInForm) -> Person | None:
    return people_queries.current(form.person_id.data) if form.person_id.data else None


@bp.get("/equipe/accueil")
@allow(Role.MEDIATOR)
def welcome() -> Response:
    """The whole form; `?personne=` names somebody who was found before."""
    form = _form()
    form.person_id.data = request.args.get("personne", type=row_id)
    return _page(form)


@bp.post("/equipe/accueil")
@allow(Role.MEDIATOR)
def receive() -> AnyResponse:
    """Receive now. Somebody without a name is counted: the record is the next page."""
    form = _form()
    if not form.validate():
        return _page(form, 422)
    wish = form.wish()
    actor, now = staff(), clock.now()
    if before := _received_before(wish.request_key, actor):
        return see_other("day.today", _anchor=f"rdv-{before.id}")
    if wish.person_id is None and not wish.family_name:
        return see_other("records.new", anonyme=1, motif=wish.service_id, lieu=wish.venue_id)
    if wish.person_id is None and "new" not in request.form:
        likely = people_queries.similar(people.Traits(wish.given_name, wish.family_name, None, None))
        if likely:
            return _page(form, 409, likely)

    def verb() -> Appointment:
        return walk_ins.walk_in(wish, now=now, actor=actor)

    try:
        appointment_id = in_transaction(verb).id
    except Refused as refused:
        refuse(form, refused)
        return _page(form, refused.status)
    flash(_("The person is received. Write the record when you are done."), "good")
    return see_other("day.today", _anchor=f"rdv-{appointment_id}")


def _received_before(request_key: str | None, actor: Account) -> Appointment | None:
    """Whom the first press of the same button received: nobody is asked whether they resemble themselves."""
    found = by_request_key(request_key) if request_key else None
    return found if found and found.mediator_id == actor.id else None
