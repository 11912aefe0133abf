"""The sessions of a day, and those that still wait for their record; told on the mediator's day too."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, request

from accounts.current import staff
from foundation import clock
from foundation.fields import near_day
from foundation.i18n import _l, ngettext
from foundation.pages import Alert, add_todo
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


def _today() -> Alert | None:
    number = days.how_many(staff(), clock.today())
    return Alert(number, ngettext("%(num)s workshop today", "%(num)s workshops today", number)) if number else None


def _unwritten() -> Alert | None:
    number = days.how_many_unwritten(staff(), clock.now())
    if not number:
        return None
    return Alert(
        number, ngettext("%(num)s workshop without its record", "%(num)s workshops without their record", number)
    )


add_todo("attendance.today", _l("Mark who is there"), _today)
add_todo("attendance.today", _l("Write them now"), _unwritten)
