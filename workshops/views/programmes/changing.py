"""A session at another time, with another team, at another place."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused
from foundation.i18n import _
from foundation.period import Period
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from workshops.forms.sessions import ArrangementForm, MoveForm, place_of_text
from workshops.models import WorkshopSession
from workshops.queries.calendar import closed_then
from workshops.rules.planning import check_planned
from workshops.rules.unplannable import Clash, NotFree
from workshops.service import changing as verbs
from workshops.service import following
from workshops.service.changing import Arrangement, place_of
from workshops.views.programmes.blueprint import (
    WORKERS,
    bp,
    choosable,
    night_words,
    said_of,
    session_to_change,
    where,
)
from workshops.views.programmes.planning import SKIPPED


def _planned(session_id: int) -> WorkshopSession:
    """Raises: NotPlanned, and those of `session_to_change`"""
    session = session_to_change(session_id)
    check_planned(session.state)
    return session


@bp.get("/equipe/ateliers/seances/<int(max=2147483647):session_id>/deplacer")
@allow(*WORKERS)
def choose_move(session_id: int) -> Response:
    session = _planned(session_id)
    return _move_page(session, _move_form(session))


def _move_form(session: WorkshopSession) -> MoveForm:
    zone = clock.territory_zone()
    return MoveForm(session.starts_at.astimezone(zone), session.ends_at.astimezone(zone))


def _move_page(
    session: WorkshopSession, form: MoveForm, status: int = 200, met: Sequence[Clash] = (), doubts: Sequence[str] = ()
) -> Response:
    return draw(
        "programmes/move.html", status, form=form, session=session, programme=session.programme,
        where=where(session), met=_said(met), doubts=doubts,
        to_call=following.to_telephone(session), told=following.told_by_message(session),
    )  # fmt: skip


def _doubts(period: Period) -> list[str]:
    """Why nobody may expect to come then: planning skips such days; here somebody says that it is meant."""
    said, day = [], closed_then(period)
    if day is not None and day.why is not None:
        why = SKIPPED[day.why]
        said.append(_("%(what)s: %(more)s", what=why, more=day.label) if day.label else str(why))
    return [*said, *filter(None, [night_words(period)])]


def _said(met: Sequence[Clash]) -> list[str]:
    """Who or what is not free, in sentences."""
    return [said_of(one) for one in met]


@bp.post("/equipe/ateliers/seances/<int(max=2147483647):session_id>/deplacer")
@allow(*WORKERS)
def move(session_id: int) -> AnyResponse:
    session = _planned(session_id)
    form, now, actor_id = _move_form(session), clock.now(), staff().id
    if not form.validate():
        return _move_page(session, form, 422)
    reason = form.reason.data or ""
    try:
        period = form.period(clock.territory_zone())
        doubts = [] if form.agreed_to(period) else _doubts(period)
        if doubts:
            form.ask_about(period)
            return _move_page(session, form, 422, doubts=doubts)
        in_transaction(lambda: verbs.move(session_id, period, now=now, actor_id=actor_id, reason=reason))
    except Refused as refused:
        refuse(form, refused)
        met = refused.alternatives if isinstance(refused, NotFree) else ()
        return _move_page(session_to_change(session_id), form, refused.status, met)
    flash(_("The session is moved. People are told, if they can be."), "good")
    return see_other("programmes.show_session", session_id=session_id)


@bp.get("/equipe/ateliers/seances/<int(max=2147483647):session_id>/modifier")
@allow(*WORKERS)
def choose_change(session_id: int) -> Response:
    session = _planned(session_id)
    return _change_page(session, _change_form(session))


def _change_form(session: WorkshopSession) -> ArrangementForm:
    return ArrangementForm(choosable(session.programme, session), session, place_of(session))


def _change_page(
    session: WorkshopSession, form: ArrangementForm, status: int = 200, met: Sequence[Clash] = ()
) -> Response:
    return draw(
        "programmes/change.html", status, form=form, session=session, programme=session.programme, met=_said(met),
        to_call=following.to_telephone(session),
    )  # fmt: skip


@bp.post("/equipe/ateliers/seances/<int(max=2147483647):session_id>/modifier")
@allow(*WORKERS)
def change(session_id: int) -> AnyResponse:
    session = _planned(session_id)
    form, now, actor_id = _change_form(session), clock.now(), staff().id
    if not form.validate():
        return _change_page(session, form, 422)
    reason, before = form.reason.data or "", verbs.house_of(session)
    try:
        wanted = _wanted(form)
        changed = in_transaction(lambda: verbs.change(session_id, wanted, now=now, actor_id=actor_id, reason=reason))
    except Refused as refused:
        refuse(form, refused)
        met = refused.alternatives if isinstance(refused, NotFree) else ()
        return _change_page(session_to_change(session_id), form, refused.status, met)
    told = changed.taken and verbs.house_of(changed) != before
    flash(_("Saved. People are told of the new place, if they can be.") if told else _("Saved."), "good")
    return see_other("programmes.show_session", session_id=session_id)


def _wanted(form: ArrangementForm) -> Arrangement:
    """Raises: NoKindOfKit, BadKits"""
    return Arrangement(
        place_of_text(form.place.data or ""), form.team.data or [], title=form.title.data or "",
        kits=form.asked_kits(), equipment_note=form.equipment_note.data or "", translations=form.translations(),
    )  # fmt: skip
