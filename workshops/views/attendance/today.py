"""The sessions of a day, and those that still wait for their record; told on the mediator's day too."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, request

from accounts.current import staff
from foundation import clock
from foundation.alerts import Count
from foundation.fields import near_day
from foundation.i18n import _l, ngettext
from foundation.pages import add_todo
from foundation.security import allow
from foundation.web import draw
from workshops.queries import days
from workshops.views.attendance.blueprint import bp
from workshops.views.programmes.blueprint import WORKERS, where

DAY = timedelta(days=1)


@bp.get("/equipe/ateliers/jour")
@allow(*WORKERS)
def today() -> Response:
    """The sessions of today, or of the day that `?jour=` names."""
    day = request.args.get("jour", clock.today(), type=near_day)
    now = clock.now()
    return draw(
        "attendance/today.html",
        day=day,
        sessions=days.of_day(staff(), day),
        waiting=days.unwritten(staff(), now),
        where=where,
        now=now,
        before=(day - DAY).isoformat(),
        after=(day + DAY).isoformat(),
    )


TODAY = Count(
    lambda: [days.how_many(staff(), clock.today())],
    lambda number: ngettext("%(num)s workshop today", "%(num)s workshops today", number),
)
UNWRITTEN = Count(
    lambda: [days.how_many_unwritten(staff(), clock.now())],
    lambda number: ngettext("%(num)s workshop without its record", "%(num)s workshops without their record", number),
)
add_todo("attendance.today", _l("Mark who is there"), TODAY)
add_todo("attendance.today", _l("Write them now"), UNWRITTEN)
