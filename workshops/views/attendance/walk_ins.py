"""Somebody comes who is not registered: found among the residents, or a name."""

from __future__ import annotations

from uuid import uuid4

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from people import queries as people
from workshops.forms.attendance import WalkInForm
from workshops.models import WorkshopSession
from workshops.queries import attendance as queries
from workshops.service import attendance
from workshops.views.attendance.blueprint import SESSION, bp, to_mark
from workshops.views.programmes.blueprint import WORKERS

MOST_FOUND = 8


@bp.get(f"{SESSION}/presence/arrivee")
@allow(*WORKERS)
def arriving(session_id: int) -> Response:
    """`?q=` is what was typed to find somebody; who is new is asked for below, with the same name."""
    given, _space, family = " ".join(request.args.get("q", "").split()).partition(" ")
    names = {"given_name": given[:80], "family_name": family[:80]} if family else {"family_name": given[:80]}
    return _page(to_mark(session_id), WalkInForm(data={**names, "request_key": uuid4().hex}))


@bp.post(f"{SESSION}/presence/arrivee")
@allow(*WORKERS)
def arrive(session_id: int) -> AnyResponse:
    session, form, now, actor = to_mark(session_id), WalkInForm(), clock.now(), staff()
    if not form.validate():
        return _page(session, form, 422)
    wish = form.wish()
    try:
        made = in_transaction(lambda: attendance.walk_in(session_id, wish, now=now, actor=actor))
    except Refused as refused:
        refuse(form, refused)
        return _page(to_mark(session_id), form, refused.status)
    here = made.participants[0]
    flash(_("%(name)s is on the list, and marked.", name=here.person.name), "good")
    return see_other("attendance.show", session_id=session_id, _anchor=f"p-{here.id}")


@bp.post(f"{SESSION}/presence/liste-attente/<int(max=2147483647):registration_id>")
@allow(*WORKERS)
def let_in(session_id: int, registration_id: int) -> AnyResponse:
    """Somebody of the waiting list stands in the door."""
    to_mark(session_id)
    now, actor = clock.now(), staff()
    made = in_transaction(lambda: attendance.let_in(session_id, registration_id, now=now, actor=actor))
    here = made.participants[0]
    flash(_("%(name)s is on the list, and marked.", name=here.person.name), "good")
    return see_other("attendance.show", session_id=session_id, _anchor=f"p-{here.id}")


def _page(session: WorkshopSession, form: WalkInForm, status: int = 200) -> Response:
    typed = request.args.get("q", "").strip()
    return draw(
        "attendance/walk_in.html",
        status,
        session=session,
        programme=session.programme,
        form=form,
        typed=typed,
        waiting=queries.at_the_door(session),
        found=people.find(typed, MOST_FOUND) if typed else [],
    )
