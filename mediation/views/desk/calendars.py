"""The week of the whole team at a glance: what is offered, taken and free."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response, request

from accounts import queries as accounts
from accounts.current import staff
from foundation import clock
from foundation.fields import row_id
from foundation.scope import NotInYourStructure
from foundation.security import Role, allow
from foundation.web import draw
from mediation.queries import presences
from mediation.queries.capacity import team_week
from mediation.views.desk.blueprint import bp

WEEK = timedelta(days=7)
FARTHEST = timedelta(days=3660)


def _monday() -> date:
    """The Monday of the week that the address names; of this one when it names none that can be shown."""
    today = clock.today()
    named = request.args.get("semaine", today, type=date.fromisoformat)
    day = named if abs(named - today) < FARTHEST else today
    return day - timedelta(days=day.weekday())


@bp.get("/equipe/calendriers")
@allow(Role.MANAGER, Role.ADMINISTRATOR)
def team_calendars() -> Response:
    own, monday = staff().structure_id, _monday()
    wanted = request.args.get("structure", type=row_id)
    if own and wanted not in (own, None):
        raise NotInYourStructure
    return draw(
        "desk/calendars.html",
        week=team_week(presences.mediators(own or wanted), monday),
        structures=[] if own else accounts.structures(None),
        structure_id=wanted,
        monday=monday,
        before=(monday - WEEK).isoformat(),
        after=(monday + WEEK).isoformat(),
    )
