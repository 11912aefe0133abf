"""A host asks for a workshop: what they wish, check your answers, and then what becomes of it."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import Role, allow
from foundation.web import draw, refuse, see_other
from workshops.forms.hosts import PressForm
from workshops.forms.requests import AskForm, asked_of
from workshops.models import WorkshopRequest
from workshops.queries import hosts, registrations
from workshops.queries import requests as queries
from workshops.rules.hosts import WISHES, kinds_for, may_see
from workshops.rules.requests import AskedTwice, check_request
from workshops.service import requests as verbs
from workshops.views.hosts.blueprint import bp, client, drafts

REQUEST = "/demandes/<int(max=2147483647):request_id>"


@bp.get("/demande")
@allow(Role.HOST)
def ask() -> AnyResponse:
    """What would you like? What was typed before is there again."""
    key, kinds = request.args.get("d", ""), kinds_for(client())
    if sent := _sent(key):
        return sent
    return _form_page(AskForm(kinds, data=drafts.find(key) or {"contact_phone": staff().phone, "session_count": 1}))


def _form_page(form: AskForm, status: int = 200) -> Response:
    return draw("hosts/ask.html", status, form=form, place=staff().place, at_school=bool(staff().school_id))


@bp.post("/demande")
@allow(Role.HOST)
def asked() -> AnyResponse:
    kinds = kinds_for(client())
    form = AskForm(kinds)
    if not form.validate():
        return _form_page(form, 422)
    answers = form.answers()
    try:
        check_request(asked_of(answers), kinds)
        key = drafts.keep(request.args.get("d", ""), answers)
    except Refused as refused:
        refuse(form, refused)
        return _form_page(form, refused.status)
    return see_other("hosts.check", d=key)


@bp.get("/demande/verifier")
@allow(Role.HOST)
def check() -> AnyResponse:
    client()
    key = request.args.get("d", "")
    answers = drafts.find(key)
    if answers is None:
        return _sent(key) or see_other("hosts.ask")
    return _check_page(key, answers, PressForm())


def _check_page(key: str, answers: dict[str, Any], form: PressForm, status: int = 200) -> Response:
    wish = asked_of(answers)
    return draw("hosts/check.html", status, key=key, asked=wish, wishes=WISHES, form=form, place=staff().place)


@bp.post("/demande/verifier")
@allow(Role.HOST)
def send() -> AnyResponse:
    client()
    key = request.args.get("d", "")
    answers = drafts.find(key)
    if answers is None:
        return _sent(key) or see_other("hosts.ask")
    try:
        wish = asked_of(answers)
        made = in_transaction(lambda: verbs.ask(wish, staff(), now=clock.now(), request_key=key))
        request_id = made.id
    except AskedTwice:
        return _sent(key) or see_other("hosts.home")
    except Refused as refused:
        form = PressForm(formdata=None)
        refuse(form, refused)
        return _check_page(key, answers, form, refused.status)
    drafts.send(key)
    return see_other("hosts.show_request", request_id=request_id, envoyee=1)


def _sent(key: str) -> AnyResponse | None:
    """The way to the request that was sent with these answers."""
    made = queries.by_request_key(key, staff().id)
    return see_other("hosts.show_request", request_id=made.id) if made else None


@bp.get(REQUEST)
@allow(Role.HOST)
def show_request(request_id: int) -> Response:
    return _request_page(queries.own_request(request_id, staff().id))


def _request_page(found: WorkshopRequest, form: PressForm | None = None, status: int = 200) -> Response:
    programme = found.programme
    settled = programme is not None and may_see(staff(), programme)
    return draw(
        "hosts/request.html",
        status,
        asked=found,
        programme=programme,
        settled=settled,
        dates=registrations.to_come(programme.id, clock.now()) if programme and settled else [],
        groups=hosts.groups_of(client(), programme.id) if programme and settled else [],
        wishes=WISHES,
        fresh=bool(request.args.get("envoyee")),
        form=form or PressForm(),
    )


@bp.post(f"{REQUEST}/retirer")
@allow(Role.HOST)
def withdraw(request_id: int) -> AnyResponse:
    queries.own_request(request_id, staff().id)
    try:
        in_transaction(lambda: verbs.withdraw(request_id, staff(), now=clock.now()))
    except Refused as refused:
        form = PressForm()
        refuse(form, refused)
        return _request_page(queries.own_request(request_id, staff().id), form, refused.status)
    flash(_("Your request is withdrawn."), "good")
    return see_other("hosts.show_request", request_id=request_id)
