"""One session: its page, its seats, and what calls it off."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.queries.shelf import held_for
from equipment.rules.kits import Lendable, within_reach
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from workshops.forms.sessions import CancelForm, CapacityForm
from workshops.models import SessionState, WorkshopSession
from workshops.queries import attendance, lists, registrations, telling
from workshops.queries import sessions as queries
from workshops.rules import labels
from workshops.rules.planning import check_planned
from workshops.service import changing as verbs
from workshops.service import following
from workshops.views.programmes.blueprint import WORKERS, bp, may_change, session_to_change, where


@bp.get("/equipe/ateliers/seances/<int(max=2147483647):session_id>")
@allow(*WORKERS)
def show_session(session_id: int) -> Response:
    return _page(session_id)


def _page(session_id: int, seats: CapacityForm | None = None, status: int = 200) -> Response:
    session = queries.session_seen(session_id, staff())
    return draw(
        "programmes/session.html",
        status,
        session=session,
        programme=session.programme,
        seats=seats or CapacityForm(data={"capacity": session.capacity}),
        editable=may_change(session.programme) and session.state is SessionState.PLANNED,
        events=queries.events_of(session_id),
        where=where(session),
        kits=_kits_of(session),
        untold=telling.to_tell(staff(), clock.now(), session),
        lists=lists.of_session(session),
        came=attendance.how_many_came(session_id) if session.state is SessionState.HELD else None,
        gone=registrations.revoked_with(session) if session.state is SessionState.CANCELLED else [],
        words=labels,
        now=clock.now(),
    )


def _kits_of(session: WorkshopSession) -> list[tuple[Lendable, bool]]:
    """The kits that it holds, each with whether the person at hand may open its page."""
    own = staff().structure_id
    return [(kit, within_reach(own, kit.structure_id)) for kit in held_for(session.reference)]


@bp.post("/equipe/ateliers/seances/<int(max=2147483647):session_id>/places")
@allow(*WORKERS)
def change_capacity(session_id: int) -> AnyResponse:
    session_to_change(session_id)
    form, now, actor_id = CapacityForm(), clock.now(), staff().id
    if not form.validate():
        return _page(session_id, form, 422)
    capacity = form.capacity.data or 0
    try:
        in_transaction(lambda: verbs.change_capacity(session_id, capacity, now=now, actor_id=actor_id))
    except Refused as refused:
        refuse(form, refused)
        return _page(session_id, form, refused.status)
    flash(_("Saved."), "good")
    return see_other("programmes.show_session", session_id=session_id)


@bp.get("/equipe/ateliers/seances/<int(max=2147483647):session_id>/annuler")
@allow(*WORKERS)
def ask_cancel(session_id: int) -> Response:
    return _cancel_page(session_id, CancelForm())


def _cancel_page(session_id: int, form: CancelForm, status: int = 200) -> Response:
    session = session_to_change(session_id)
    if session.state is not SessionState.CANCELLED:
        check_planned(session.state)
    return draw(
        "programmes/cancel.html",
        status,
        form=form,
        session=session,
        programme=session.programme,
        where=where(session),
        to_call=following.to_telephone(session),
    )


@bp.post("/equipe/ateliers/seances/<int(max=2147483647):session_id>/annuler")
@allow(*WORKERS)
def cancel(session_id: int) -> AnyResponse:
    had_kits = bool(held_for(session_to_change(session_id).reference))
    form, now, actor_id = CancelForm(), clock.now(), staff().id
    if not form.validate():
        return _cancel_page(session_id, form, 422)
    reason = form.reason.data or ""
    try:
        in_transaction(lambda: verbs.cancel(session_id, reason=reason, now=now, actor_id=actor_id))
    except Refused as refused:
        refuse(form, refused)
        return _cancel_page(session_id, form, refused.status)
    flash(
        _("The session is cancelled. People are told, if they can be. Its team, its room and its kits are free again.")
        if had_kits
        else _("The session is cancelled. People are told, if they can be. Its team and its room are free again."),
        "good",
    )
    return see_other("programmes.show_session", session_id=session_id)
