"""A group of a school, a home or a club: a head-count and a contact, nobody's name."""

from __future__ import annotations

import secrets

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.fields import row_id, whole
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from places import queries as places
from workshops.forms.enrolling import GroupForm
from workshops.models import Origin, Programme, RegistrationState
from workshops.rules.desk import WORKERS
from workshops.rules.enrolling import Enrolling, Group
from workshops.rules.paying import NamesNeeded, only_vouchers_pay
from workshops.service import registering as verbs
from workshops.views.enrolments.blueprint import Reach, bp, reach

PAGE = "/equipe/ateliers/<int(max=2147483647):programme_id>/inscrire-un-groupe"


@bp.get(PAGE)
@allow(*WORKERS)
def group(programme_id: int) -> Response:
    """Raises: NamesNeeded, and those of `reach`"""
    allowed = reach(programme_id)
    if only_vouchers_pay(allowed.programme):
        raise NamesNeeded
    programme = allowed.programme
    start = {
        "session_id": request.args.get("seance", type=row_id),
        "request_key": secrets.token_urlsafe(24),
        "place": f"school:{programme.school_id}" if programme.school_id else f"home:{programme.care_home_id or ''}",
    }
    return _draw(GroupForm(programme, allowed.dates, _hosts(), data=start), allowed)


@bp.app_template_global()
def takes_groups(programme: Programme) -> bool:
    """Whether people whom nobody names can be registered: not for what only vouchers pay."""
    return not only_vouchers_pay(programme)


def _hosts() -> list[tuple[str, str]]:
    schools = [(f"school:{one.id}", _("School: %(name)s", name=one.name)) for one in places.school_names()]
    homes = [(f"home:{one.id}", _("Care home: %(name)s", name=one.name)) for one in places.care_home_names()]
    return schools + homes


def _draw(form: GroupForm, allowed: Reach, status: int = 200) -> Response:
    return draw("enrolments/group.html", status, form=form, programme=allowed.programme, dates=allowed.dates)


@bp.post(PAGE)
@allow(*WORKERS)
def group_typed(programme_id: int) -> AnyResponse:
    """Registered, or on the waiting list all together."""
    allowed, actor_id = reach(programme_id), staff().id
    form = GroupForm(allowed.programme, allowed.dates, _hosts())
    if not form.validate():
        return _draw(form, allowed, 422)
    wish = _wish(form, programme_id)
    try:
        made = in_transaction(lambda: verbs.register(wish, now=clock.now(), actor_id=actor_id))
    except Refused as refused:
        refuse(form, refused)
        return _draw(form, reach(programme_id), refused.status)
    waits = made.state is RegistrationState.WAITING
    flash(_("On the waiting list.") if waits else _("Registered."), "warn" if waits else "good")
    return see_other("enrolments.show", registration_id=made.id)


def _wish(form: GroupForm, programme_id: int) -> Enrolling:
    kind, _colon, number = (form.place.data or "").partition(":")
    group = Group(
        form.group_label.data or "",
        form.head_count.data or 0,
        form.contact_name.data or "",
        form.phone.data or None,
        form.email.data or None,
        school_id=whole(number) or None if kind == "school" else None,
        care_home_id=whole(number) or None if kind == "home" else None,
    )
    return Enrolling(
        programme_id=programme_id,
        origin=Origin.DESK,
        session_id=form.session_id.data if "session_id" in form else None,
        group=group,
        remark=form.remark.data or "",
        request_key=form.request_key.data or None,
        beyond=bool(form.beyond.data),
    )
