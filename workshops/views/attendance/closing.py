"""The record of a session: who is counted, whom nobody marked, what was done."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from activity.models import Theme
from activity.queries import telling_of
from activity.rules.records import AlreadyRecorded
from foundation import clock
from foundation.db import in_transaction
from foundation.errors import Refused, Unknown
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from workshops.forms.attendance import CloseForm
from workshops.models import Presence, WorkshopSession
from workshops.queries import attendance as queries
from workshops.rules.attendance import check_begun
from workshops.service import held
from workshops.views.attendance.blueprint import SESSION, bp, to_mark
from workshops.views.programmes.blueprint import WORKERS, where


@bp.get(f"{SESSION}/compte-rendu")
@allow(*WORKERS)
def ask_close(session_id: int) -> AnyResponse:
    session = to_mark(session_id)
    check_begun(session, clock.now())
    if telling_of(session.reference) is not None:
        return see_other("attendance.show", session_id=session_id)
    found = queries.roster(session)
    return _page(session, found, CloseForm(data=_prefilled(session, found)))


@bp.post(f"{SESSION}/compte-rendu")
@allow(*WORKERS)
def close(session_id: int) -> AnyResponse:
    session, form, now, actor = to_mark(session_id), CloseForm(), clock.now(), staff()
    if not form.validate() and not form.nobody_came.data:
        return _page(session, queries.roster(session), form, 422)
    told, key = form.told(), form.request_key.data or None
    try:
        record = in_transaction(lambda: held.close(session_id, told, now=now, actor=actor, request_key=key))
    except AlreadyRecorded as refused:
        flash(str(refused), "warn")
        return see_other("attendance.show", session_id=session_id)
    except Unknown:
        raise
    except Refused as refused:
        refuse(form, refused)
        session = to_mark(session_id)
        return _page(session, queries.roster(session), form, refused.status)
    flash(_("The record is written.") if record else _("The session is closed: nobody came."), "good")
    return see_other("attendance.show", session_id=session_id)


def _prefilled(session: WorkshopSession, found: queries.Roster) -> dict[str, Any]:
    """What is known already: themes of the programme, length of the session, what was done."""
    known = set(Theme)
    return {
        "themes": [Theme(one) for one in session.programme.themes if one in known],
        "minutes": int((session.ends_at - session.starts_at).total_seconds() // 60),
        "note": found.count.done if found.count else "",
        "request_key": uuid4().hex,
    }


def _page(session: WorkshopSession, found: queries.Roster, form: CloseForm, status: int = 200) -> Response:
    return draw(
        "attendance/close.html",
        status,
        session=session,
        programme=session.programme,
        form=form,
        roster=found,
        present=found.marked(Presence.PRESENT),
        unmarked=found.marked(None),
        where=where(session),
    )
