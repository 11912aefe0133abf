"""The desk registers somebody, beyond the seats that are left only when it says so."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import db, in_transaction
from foundation.errors import Refused
from foundation.fields import whole
from foundation.i18n import _
from foundation.scope import check_scope
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other
from workshops.forms.registering import DeskForm
from workshops.models import Origin, Programme, RegistrationState, WorkshopSession
from workshops.queries import registrations
from workshops.rules.refusals import MOST_CHILDREN, NoSuchProgramme
from workshops.service import registering as verbs
from workshops.views.registering.answering import answers_of, wish_of
from workshops.views.registering.blueprint import bp

PAGE = "/equipe/ateliers/<int(max=2147483647):programme_id>/inscrire"
WORKERS = (Role.MEDIATOR, Role.MANAGER, Role.ADMINISTRATOR)


@bp.get(PAGE)
@allow(*WORKERS)
def desk(programme_id: int) -> Response:
    programme, dates = _seen(programme_id)
    answers = {"session_id": whole(request.args.get("seance")) or None}
    return _draw(DeskForm(programme, dates, data=answers), programme)


@bp.post(PAGE)
@allow(*WORKERS)
def desk_typed(programme_id: int) -> AnyResponse:
    """One more child is asked for, or somebody is registered."""
    programme, dates = _seen(programme_id)
    form = DeskForm(programme, dates)
    if request.form.get("add") and "children" in form:
        if len(form.children) < MOST_CHILDREN:
            form.children.append_entry()
        return _draw(form, programme)
    if not form.validate_on_submit():
        return _draw(form, programme, 422)
    answers, actor_id = answers_of(form), staff().id
    wish = replace(wish_of(programme, answers, None), origin=Origin.DESK, beyond=bool(answers["beyond"]))
    try:
        made = in_transaction(lambda: verbs.register(wish, now=clock.now(), actor_id=actor_id))
    except Refused as refused:
        programme, _dates = _seen(programme_id)
        refuse(form, refused)
        return _draw(form, programme, refused.status)
    waits = made.state is RegistrationState.WAITING
    flash(_("On the waiting list.") if waits else _("Registered."), "warn" if waits else "good")
    return see_other("workshops.desk", programme_id=programme_id)


def _seen(programme_id: int) -> tuple[Programme, list[WorkshopSession]]:
    found = db.session.get(Programme, programme_id)
    if found is None:
        raise NoSuchProgramme
    check_scope(staff().structure_id, found.structure_id)
    return found, registrations.to_come(programme_id, clock.now())


def _draw(form: DeskForm, programme: Programme, status: int = 200) -> Response:
    return draw("workshops/registering/desk.html", status, form=form, programme=programme)
