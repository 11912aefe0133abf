"""Pages of prescribers: the workshops that are open to them, and what became of the people they registered."""

from __future__ import annotations

from flask import Response, request, url_for

from accounts.current import staff
from foundation import clock
from foundation.security import Role, allow
from foundation.web import draw
from workshops.queries import sending
from workshops.rules import labels
from workshops.rules.public import MOST_PAGES, seats
from workshops.views.enrolments.blueprint import bp
from workshops.views.enrolments.words import came_words


@bp.get("/equipe/ateliers/orienter")
@allow(Role.PRESCRIBER)
def openings() -> Response:
    """What somebody can be registered for."""
    now = clock.now()
    rows = sending.open_to_prescribers(now)
    free = {row.programme.id: seats(row.programme, row.free, now) for row in rows}
    return draw("enrolments/openings.html", rows=rows, seats=free, words=labels)


@bp.get("/equipe/ateliers/mes-inscriptions")
@allow(Role.PRESCRIBER)
def sent() -> Response:
    """Came, did not come, cancelled. Nothing more."""
    page = min(max(request.args.get("page", 1, type=int), 1), MOST_PAGES)
    rows = sending.registered_by(staff().id, skip=(page - 1) * sending.A_PAGE)
    around = {
        "previous": url_for("enrolments.sent", page=page - 1) if page > 1 else None,
        "next": url_for("enrolments.sent", page=page + 1) if len(rows) > sending.A_PAGE else None,
    }
    return draw(
        "enrolments/sent.html",
        rows=rows[: sending.A_PAGE],
        page=around,
        words=labels,
        came_words=came_words,
        now=clock.now(),
    )
