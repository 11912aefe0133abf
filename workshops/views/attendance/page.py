"""The attendance of a session on screen: one press per person, and how many came whom nobody names."""

from __future__ import annotations

from uuid import uuid4

from flask import Response

from accounts.current import staff
from activity.queries import telling_of
from foundation import clock
from foundation.security import allow
from foundation.web import draw
from workshops.forms.attendance import CountForm
from workshops.models import Presence, SessionState, WorkshopSession
from workshops.queries import attendance as queries
from workshops.rules.attendance import is_its_day, is_open, shows_sheets
from workshops.rules.labels import PRESENCES
from workshops.views.attendance.blueprint import SESSION, bp, to_mark
from workshops.views.programmes.blueprint import WORKERS, where


@bp.get(f"{SESSION}/presence")
@allow(*WORKERS)
def show(session_id: int) -> Response:
    return page(to_mark(session_id))


def page(session: WorkshopSession, status: int = 200, form: CountForm | None = None, refusal: str = "") -> Response:
    """The list as it stands, with what was refused above it."""
    now, zone = clock.now(), clock.territory_zone()
    found, record_id = queries.roster(session), telling_of(session.reference)
    return draw(
        "attendance/show.html",
        status,
        session=session,
        programme=session.programme,
        roster=found,
        counts=[(value, PRESENCES[value], len(found.marked(value))) for value in Presence],
        unmarked=len(found.marked(None)),
        form=form or _count_form(found),
        refusal=refusal,
        record_id=record_id,
        open=session.state is not SessionState.CANCELLED and record_id is None and is_open(session, now, zone),
        begun=session.starts_at <= now,
        before=not is_its_day(session, now, zone),
        sheets=shows_sheets(session, staff(), now, zone),
        words=PRESENCES,
        where=where(session),
        new_key=lambda: uuid4().hex,
    )


def _count_form(found: queries.Roster) -> CountForm:
    """What was counted, or as many as the groups registered."""
    if found.count:
        return CountForm(obj=found.count, data={"seen": found.count.version})
    return CountForm(data={"people": found.people, "seen": 0})
