"""One presence: change it, end it, delete it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from agenda.patterns import described
from agenda.rules.recurrence import Pattern
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.fields import given
from foundation.i18n import _, day
from foundation.scope import NotInYourStructure
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from mediation.forms.shifts import EndForm, ShiftForm
from mediation.models import Shift
from mediation.queries import presences
from mediation.rules.stranding import WouldStrand
from mediation.service import shifts as verbs
from mediation.views.offers.asking import answer, ask, name_who_is_left_to_tell, went_back
from mediation.views.offers.blueprint import bp
from mediation.views.offers.shifts import PLANNERS, form_of, saved


def _shift(shift_id: int) -> Shift:
    shift = presences.shift(shift_id)
    if shift is None:
        raise NotInYourStructure
    verbs.check_may_plan(staff(), shift.account)
    return shift


def _page(
    shift_id: int, status: int = 200, *, form: ShiftForm | None = None, ending: EndForm | None = None
) -> Response:
    shift, today = _shift(shift_id), clock.today()
    pattern = Pattern.of(shift.opening)
    return draw(
        "offers/shift.html",
        status,
        shift=shift,
        account=shift.account,
        form=form or form_of(shift.account, shift),
        ending=ending or EndForm(last=max(today, pattern.last_day or today)),
        begun=pattern.first_day < today,
        sentence=described(pattern, today),
    )


@bp.get("/equipe/permanences/<int(max=2147483647):shift_id>")
@allow(*PLANNERS)
def show_shift(shift_id: int) -> Response:
    return _page(shift_id)


@bp.post("/equipe/permanences/<int(max=2147483647):shift_id>")
@allow(*PLANNERS)
def change_shift(shift_id: int) -> AnyResponse:
    shift = _shift(shift_id)
    account_id, form = shift.account_id, form_of(shift.account, shift)
    if went_back() or not form.validate():
        return _page(shift_id, 200 if went_back() else 422, form=form)
    details = form.details()
    try:
        in_transaction(lambda: verbs.change_shift(shift_id, details, staff(), now=clock.now(), answer=answer()))
    except WouldStrand as refused:
        return ask(refused)
    except Refused as refused:
        refuse(form, refused)
        return _page(shift_id, refused.status, form=form)
    return saved(account_id)


@bp.post("/equipe/permanences/<int(max=2147483647):shift_id>/terminer")
@allow(*PLANNERS)
def end_shift(shift_id: int) -> AnyResponse:
    form = EndForm()
    if went_back() or not form.validate():
        return _page(shift_id, 200 if went_back() else 422, ending=form)

    last_day = given(form.last_day.data)

    def end() -> None:
        verbs.end_shift(shift_id, last_day, staff(), now=clock.now(), answer=answer())

    return _leave(shift_id, end, _("The presence ends on %(day)s.", day=day(last_day)), form)


@bp.post("/equipe/permanences/<int(max=2147483647):shift_id>/supprimer")
@allow(*PLANNERS)
def delete_shift(shift_id: int) -> AnyResponse:
    form = EndForm()
    if went_back():
        return _page(shift_id)

    def delete() -> None:
        verbs.delete_shift(shift_id, staff(), now=clock.now(), answer=answer())

    return _leave(shift_id, delete, _("The presence is deleted."), form)


def _leave(shift_id: int, act: Callable[[], Any], sentence: str, form: EndForm) -> AnyResponse:
    """Do `act`, which may have to ask first, and go back to the list."""
    account_id = _shift(shift_id).account_id
    try:
        in_transaction(act)
    except WouldStrand as refused:
        return ask(refused)
    except Refused as refused:
        refuse(form, refused)
        return _page(shift_id, refused.status, ending=form)
    flash(sentence, "good")
    name_who_is_left_to_tell()
    return see_other("offers.shift_list", mediateur=account_id)
