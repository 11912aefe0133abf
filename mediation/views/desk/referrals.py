"""What became of the people that a prescriber sent: came, did not come, cancelled. Nothing more."""

from __future__ import annotations

from flask import Response, request, url_for

from accounts.current import staff
from foundation import clock
from foundation.security import Role, allow
from foundation.web import draw
from mediation.queries.outcomes import A_PAGE, booked_by
from mediation.rules.labels import OUTCOMES
from mediation.views.desk.blueprint import bp

LAST_PAGE = 10_000


@bp.get("/equipe/mes-orientations")
@allow(Role.PRESCRIBER)
def referrals() -> Response:
    page = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    rows = booked_by(staff().id, skip=(page - 1) * A_PAGE)
    around = {
        "previous": url_for("desk.referrals", page=page - 1) if page > 1 else None,
        "next": url_for("desk.referrals", page=page + 1) if len(rows) > A_PAGE else None,
    }
    return draw(
        "desk/referrals.html", rows=rows[:A_PAGE], page=around, attendances=OUTCOMES, now=clock.now()
    )  # fmt: skip
