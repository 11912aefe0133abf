"""Absences of a mediator: create, change, delete."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from accounts.models import Account
from agenda.models import Absence
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from mediation.forms.shifts import AbsenceForm
from mediation.rules.stranding import WouldStrand
from mediation.service import away as verbs
from mediation.views.offers.asking import answer, ask, name_who_is_left_to_tell, went_back
from mediation.views.offers.blueprint import bp
from mediation.views.offers.shifts import PLANNERS, account_to_plan

PAGE = "offers/absence.html"


def _page(form: AbsenceForm, account: Account, status: int = 200, absence: Absence | None = None) -> Response:
    return draw(PAGE, status, form=form, account=account, absence=absence)


@bp.get("/equipe/absences/nouvelle")
@allow(*PLANNERS)
def new_absence() -> Response:
    return _page(AbsenceForm(today=clock.today()), account_to_plan())


@bp.post("/equipe/absences/nouvelle")
@allow(*PLANNERS)
def add_absence() -> AnyResponse:
    form, account_id = AbsenceForm(), account_to_plan().id
    if went_back() or not form.validate():
        return _page(form, account_to_plan(), 200 if went_back() else 422)
    pattern, label = form.whole_pattern(), form.label.data or ""
    try:
        in_transaction(lambda: verbs.add_absence(account_id, pattern, label, staff(), now=clock.now(), answer=answer()))
    except WouldStrand as refused:
        return ask(refused)
    except Refused as refused:
        refuse(form, refused)
        return _page(form, account_to_plan(), refused.status)
    return _saved(account_id)


def _saved(account_id: int) -> AnyResponse:
    flash(_("The absence is noted."), "good")
    name_who_is_left_to_tell()
    return see_other("offers.shift_list", mediateur=account_id)


@bp.get("/equipe/absences/<int(max=2147483647):absence_id>")
@allow(*PLANNERS)
def show_absence(absence_id: int) -> Response:
    absence, account = verbs.absence_of(absence_id, staff())
    return _page(AbsenceForm(absence), account, absence=absence)


@bp.post("/equipe/absences/<int(max=2147483647):absence_id>")
@allow(*PLANNERS)
def change_absence(absence_id: int) -> AnyResponse:
    absence, account = verbs.absence_of(absence_id, staff())
    form, account_id = AbsenceForm(), account.id
    if went_back() or not form.validate():
        return _page(form, account, 200 if went_back() else 422, absence)
    pattern, label = form.whole_pattern(), form.label.data or ""
    try:
        in_transaction(
            lambda: verbs.change_absence(absence_id, pattern, label, staff(), now=clock.now(), answer=answer())
        )
    except WouldStrand as refused:
        return ask(refused)
    except Refused as refused:
        refuse(form, refused)
        absence, account = verbs.absence_of(absence_id, staff())
        return _page(form, account, refused.status, absence)
    return _saved(account_id)


@bp.post("/equipe/absences/<int(max=2147483647):absence_id>/supprimer")
@allow(*PLANNERS)
def delete_absence(absence_id: int) -> AnyResponse:
    account_id = verbs.absence_of(absence_id, staff())[1].id
    in_transaction(lambda: verbs.delete_absence(absence_id, staff()))
    flash(_("The absence is deleted: people can book then again."), "good")
    return see_other("offers.shift_list", mediateur=account_id)
