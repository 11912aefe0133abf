"""A host registers a group, changes its head-count, answers for it, takes it back."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.fields import whole
from foundation.i18n import _
from foundation.security import Role, allow
from foundation.web import BaseForm, draw, refuse, see_other
from workshops.forms.hosts import GroupForm, HeadCountForm, PressForm
from workshops.models import Programme, Registration, RegistrationState, WorkshopSession
from workshops.queries import hosts as queries
from workshops.queries import registrations
from workshops.queries import waiting as queue
from workshops.rules.hosts import check_may_join
from workshops.rules.refusals import NothingToCome, SentTwice
from workshops.service import groups as verbs
from workshops.service.groups import Joining
from workshops.service.links import secret_of
from workshops.views.hosts.blueprint import bp, client
from workshops.views.programmes.blueprint import where

JOIN = "/ateliers/<int(max=2147483647):programme_id>/inscrire"
GROUP = "/groupes/<int(max=2147483647):registration_id>"


@bp.get(JOIN)
@allow(Role.HOST)
def choose_group(programme_id: int) -> Response:
    programme, dates = _joinable(programme_id)
    answers = {"session_id": whole(request.args.get("seance")) or None, "phone": staff().phone}
    return _join_page(GroupForm(programme, dates, data=answers), programme, dates)


@bp.post(JOIN)
@allow(Role.HOST)
def register_group(programme_id: int) -> AnyResponse:
    programme, dates = _joinable(programme_id)
    form, key = GroupForm(programme, dates), request.form.get("key", "")[:64] or None
    if not form.validate():
        return _join_page(form, programme, dates, 422)
    session_id = form.session_id.data if "session_id" in form else None
    wish = Joining(programme_id, form.group_label.data or "", form.head_count.data or 0, session_id, form.phone.data)
    try:
        made = in_transaction(lambda: verbs.register(wish, staff(), now=clock.now(), request_key=key))
    except SentTwice:
        made = queries.group_seen(_made_by(key), client())
    except Refused as refused:
        refuse(form, refused)
        return _join_page(form, *_joinable(programme_id), status=refused.status)
    waits = made.state is RegistrationState.WAITING
    flash(_("Your group is on the waiting list.") if waits else _("Your group is registered."), "" if waits else "good")
    return see_other("hosts.show_group", registration_id=made.id)


def _made_by(key: str | None) -> int:
    found = registrations.by_request_key(key or "")
    return found.id if found else 0


def _joinable(programme_id: int) -> tuple[Programme, list[WorkshopSession]]:
    """The programme and its dates, if a group of the host's place may register for it now.

    Raises:
        NoSuchProgramme, NotOpenYet, NoLongerOpen, NothingToRegister, NothingToCome
    """
    own, now = client(), clock.now()
    programme = queries.programme_seen(programme_id, own)
    check_may_join(programme, own, now)
    dates = registrations.to_come(programme_id, now)
    if not dates:
        raise NothingToCome
    return programme, dates


def _join_page(form: GroupForm, programme: Programme, dates: list[WorkshopSession], status: int = 200) -> Response:
    key = request.form.get("key", "")[:64] or secrets.token_urlsafe(16)
    return draw(
        "hosts/join.html", status, form=form, programme=programme, dates=dates, key=key, where=where,
        free=min(one.free for one in dates),
    )  # fmt: skip


@bp.get(GROUP)
@allow(Role.HOST)
def show_group(registration_id: int) -> Response:
    return _group_page(registration_id)


def _group_page(registration_id: int, form: BaseForm | None = None, status: int = 200) -> Response:
    group = queries.group_seen(registration_id, client())
    return draw(
        "hosts/group.html",
        status,
        group=group,
        programme=group.programme,
        dates=registrations.dates_of(group, clock.now()),
        place=queue.place_of(group),
        offer=queue.kept_offer(group.id, clock.now()),
        form=form
        if isinstance(form, HeadCountForm)
        else HeadCountForm(formdata=None, data={"head_count": group.seats}),
        refused=form,
        own={"code": group.code, "secret": secret_of(group)},
        where=where,
    )


@bp.post(f"{GROUP}/effectif")
@allow(Role.HOST)
def change_head_count(registration_id: int) -> AnyResponse:
    queries.group_seen(registration_id, client())
    form = HeadCountForm()
    if not form.validate():
        return _group_page(registration_id, form, 422)
    count = form.head_count.data or 0

    def act(now: Any) -> Registration:
        return verbs.change_head_count(registration_id, count, staff(), now=now)

    return _done(registration_id, form, act, _("Saved."))


@bp.post(f"{GROUP}/<any(oui, non):said>")
@allow(Role.HOST)
def answer(registration_id: int, said: str) -> AnyResponse:
    """Yes or no to the seats that are kept."""
    comes = said == "oui"

    def act(now: Any) -> Registration:
        return verbs.answer(registration_id, staff(), comes=comes, now=now)

    done = _("Your group is registered.") if comes else _("Thank you: the seats go to somebody else.")
    return _done(registration_id, PressForm(), act, done)


@bp.post(f"{GROUP}/annuler")
@allow(Role.HOST)
def cancel(registration_id: int) -> AnyResponse:
    def act(now: Any) -> Registration:
        return verbs.cancel(registration_id, staff(), now=now)

    return _done(registration_id, PressForm(), act, _("Your group is not expected any more."))


def _done(registration_id: int, form: BaseForm, act: Callable[[Any], Registration], said: str) -> AnyResponse:
    try:
        in_transaction(lambda: act(clock.now()))
    except Refused as refused:
        if refused.status == 404:
            raise
        refuse(form, refused)
        return _group_page(registration_id, form, refused.status)
    flash(said, "good")
    return see_other("hosts.show_group", registration_id=registration_id)
