"""Who comes, check your answers, and the press that registers."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from foundation import clock
from foundation.db import db, in_transaction
from foundation.errors import Refused
from foundation.fields import whole
from foundation.i18n import _, language, local
from foundation.security import public
from foundation.web import draw, refuse, see_other
from people.models import Residence
from people.service import Details, check_year
from workshops.forms.registering import RegisterForm
from workshops.models import Enrolment, Origin, Programme, ProgrammeAudience, WorkshopSession
from workshops.queries import registrations
from workshops.rules.enrolling import Child, Emergency, Enrolling
from workshops.rules.minors import check_grown_up, is_minor
from workshops.rules.paying import units_of
from workshops.rules.programmes import is_public
from workshops.rules.public import NotShown
from workshops.rules.refusals import NoDateLeft, NothingToCome, SentTwice
from workshops.rules.registration import check_ages, check_programme, check_size, check_wish, outside_ages
from workshops.service import registering as verbs
from workshops.service.links import secret_of
from workshops.views.order import order_of
from workshops.views.registering.blueprint import bp, drafts
from workshops.views.vouchers import check_typed, guessed

START = "/ateliers/<int(max=2147483647):programme_id>/inscription"


@bp.get(START)
@public
def start(programme_id: int) -> AnyResponse:
    """Who comes? What was typed before is there again."""
    key = request.args.get("d", "")
    if registered := _sent(key):
        return registered
    programme, dates = _open(programme_id)
    answers = drafts.find(key) or _first_answers(programme)
    return _draw(RegisterForm(programme, dates, data=answers), programme, dates)


def _first_answers(programme: Programme) -> dict[str, Any]:
    """Nothing typed yet: the date that was pressed; a child where a guardian registers, with whom families come."""
    return {
        "session_id": whole(request.args.get("seance")) or None,
        "children": [{}] if programme.by_guardian else [],
        "comes_too": programme.audience is ProgrammeAudience.FAMILIES,
    }


@bp.post(START)
@public
def typed(programme_id: int) -> AnyResponse:
    """One more child is asked for, or all is kept to be checked."""
    programme, dates = _open(programme_id)
    form = RegisterForm(programme, dates)
    if request.form.get("add") and "children" in form:
        _ANOTHER_FORM.get(request.form["add"], RegisterForm.add_child)(form)
        return _draw(form, programme, dates)
    if not form.validate_on_submit():
        return _draw(form, programme, dates, 422)
    answers = answers_of(form)
    try:
        wish = wish_of(programme.id, answers, None)
        check_wish(wish, programme)
        chosen = _chosen(dates, wish)
        check_size(wish, min(one.capacity for one in chosen))
        if not _are_of_age(form, programme, local(chosen[0].starts_at).date()):
            return _draw(form, programme, dates, 422)
        guessed(lambda: verbs.check_not_registered(wish, [one.id for one in chosen]), "registered")
        check_typed(wish, programme)
        key = drafts.keep(request.args.get("d", ""), answers)
    except Refused as refused:
        refuse(form, refused)
        return _draw(form, programme, dates, refused.status)
    return see_other("workshops.check", programme_id=programme.id, d=key)


_ANOTHER_FORM = {"alone": RegisterForm.take_alone, "me": RegisterForm.take_as_child}
"""Who registers is somebody else than the form thought."""


def _are_of_age(form: RegisterForm, programme: Programme, first: date) -> bool:
    """Whether everybody may have been born in the year that is written; if not, the fields say why."""
    adult = () if form.has_children or "birth_year" not in form else (form.birth_year,)
    years = [child.form.birth_year for child in form.children] if form.has_children else adult
    for field in years:
        try:
            check_year(field.data, first.year)
            check_ages(programme, [field.data], first, Origin.RESIDENT)
            check_grown_up(programme, [] if form.has_children else [field.data], first, Origin.RESIDENT)
        except Refused as refused:
            field.errors = [str(refused)]
    return not any(field.errors for field in years)


def _open(programme_id: int) -> tuple[Programme, list[WorkshopSession]]:
    """The programme and its dates to come, if the public may register for it now.

    Raises:
        NotShown, NoDateLeft, and the refusals of `check_programme`
    """
    found = db.session.get(Programme, programme_id)
    dates = registrations.to_come(programme_id, clock.now())
    one = dates[0].id if dates and found and found.enrolment is not Enrolment.CYCLE else None
    anybody = Enrolling(programme_id=programme_id, origin=Origin.RESIDENT, session_id=one)
    if found is not None and not dates:
        raise NoDateLeft if is_public(found) else NotShown
    return check_programme(found, anybody, clock.now()), dates


def _chosen(dates: list[WorkshopSession], wish: Enrolling) -> list[WorkshopSession]:
    """The sessions that are wanted.

    Raises:
        NothingToCome
    """
    found = [one for one in dates if wish.session_id in {None, one.id}]
    if not found:
        raise NothingToCome
    return found


def answers_of(form: RegisterForm) -> dict[str, Any]:
    """What was typed, as the cookie keeps it; children of whom nothing was written are left out."""
    answers = {name: value for name, value in form.data.items() if name != "csrf_token"}
    children = [{name: value for name, value in one.items() if value} for one in answers.get("children", [])]
    answers["children"] = [one for one in children if one.keys() - {"may_leave_alone", "image_consent"}]
    return answers


def wish_of(programme_id: int, answers: dict[str, Any], request_key: str | None) -> Enrolling:
    """What somebody asks for with these answers."""
    lives_in = answers.get("neighbourhood_id")
    children = tuple(
        Child(**{"given_name": "", "family_name": answers.get("family_name") or "", **one})
        for one in answers.get("children") or []
    )
    name, phone = answers.get("emergency_name") or "", answers.get("emergency_phone") or ""
    return Enrolling(
        programme_id=programme_id,
        origin=Origin.RESIDENT,
        session_id=answers.get("session_id"),
        newcomer=Details(
            given_name=answers.get("given_name") or "",
            family_name=answers.get("family_name") or "",
            birth_year=answers.get("birth_year"),
            phone=answers.get("phone"),
            email=answers.get("email"),
            locale=language(),
            residence=Residence.INSIDE if lives_in else Residence.UNKNOWN,
            neighbourhood_id=lives_in,
        ),
        children=children,
        comes_too=bool(answers.get("comes_too")),
        emergency=Emergency(name, phone, answers.get("collectors") or "") if children else None,
        remark=answers.get("remark") or "",
        locale=language(),
        request_key=request_key,
        voucher_code=answers.get("voucher_code") or "",
    )


def _draw(form: RegisterForm, programme: Programme, dates: list[WorkshopSession], status: int = 200) -> Response:
    year, first = form.birth_year.data if "birth_year" in form else None, local(dates[0].starts_at).date()
    young = is_minor(year, first) and not outside_ages(programme, year, first)
    return draw("workshops/registering/who.html", status, form=form, programme=programme, dates=dates, young=young)


@bp.get(f"{START}/verifier")
@public
def check(programme_id: int) -> AnyResponse:
    """Everything once more before it is sent; it says whether all have a seat, or all wait."""
    key = request.args.get("d", "")
    if registered := _sent(key):
        return registered
    programme, dates = _open(programme_id)
    answers = drafts.find(key)
    if answers is None:
        return see_other("workshops.start", programme_id=programme_id)
    wish = wish_of(programme_id, answers, None)
    chosen = _chosen(dates, wish)
    return draw(
        "workshops/registering/check.html", programme=programme, wish=wish, chosen=chosen, key=key,
        free=min(one.free for one in chosen), order=order_of(programme), units=units_of(programme, wish.seats),
    )  # fmt: skip


@bp.post(f"{START}/confirmer")
@public
def confirm(programme_id: int) -> AnyResponse:
    """Register. A second press finds what the first one registered."""
    key = request.args.get("d", "")
    answers = drafts.find(key)
    if answers is None:
        if registered := _sent(key):
            return registered
        flash(_("Too much time has passed: please write your name again."), "warn")
        return see_other("workshops.start", programme_id=programme_id)
    wish = wish_of(programme_id, answers, key)
    try:
        made = in_transaction(lambda: verbs.register(wish, now=clock.now()))
    except SentTwice:
        drafts.send(key)
        return _sent(key) or see_other("workshops.start", programme_id=programme_id)
    except Refused as refused:
        programme, dates = _open(programme_id)
        form = RegisterForm(programme, dates, formdata=None, data=answers)
        refuse(form, refused)
        return _draw(form, programme, dates, refused.status)
    drafts.send(key)
    return see_other("workshops.mine", code=made.code, secret=secret_of(made), fait=1)


def _sent(key: str) -> AnyResponse | None:
    """The way to the registration that this browser made with these answers."""
    made = registrations.by_request_key(key) if drafts.was_sent(key) else None
    return None if made is None else see_other("workshops.mine", code=made.code, secret=secret_of(made))
