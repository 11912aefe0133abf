"""The calendar of kits for borrowers: a week, half-day by half-day; a free one begins a reservation."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response, request

from equipment.queries import borrowed
from equipment.queries.half_days import KitWeek, closed_days, days_of, kit_weeks
from equipment.queries.late import late_by_kit
from equipment.views.borrowing.blueprint import borrower, bp
from foundation import clock
from foundation.fields import near_day
from foundation.security import Role, allow
from foundation.web import draw

WEEK = timedelta(days=7)


@bp.get("/calendrier")
@allow(Role.HOST)
def calendar() -> Response:
    account, monday = borrower(), _monday()
    days = days_of(account, monday)
    found = kit_weeks(account, monday, clock.now())
    kinds = sorted({row.kit.kind for row in found}, key=str.casefold)
    kind = next((one for one in kinds if one == request.args.get("type")), None)
    rows = [row for row in found if kind in {None, row.kit.kind}]
    return draw(
        "equipment/borrowing/calendar.html",
        rows=rows,
        kinds=kinds,
        kind=kind,
        codes=borrowed.codes(_own(rows)),
        monday=monday,
        days=days,
        late=late_by_kit(clock.now()),
        at_school=account.school_id is not None,
        closed=closed_days(account, days),
        before=(monday - WEEK).isoformat(),
        after=(monday + WEEK).isoformat(),
    )


def _monday() -> date:
    """Of the week of the address; of the next one when it names none and this one is nearly over."""
    try:
        day = near_day(request.args.get("semaine", ""))
    except ValueError:
        day = clock.today() + timedelta(days=2)
    return day - timedelta(days=day.weekday())


def _own(rows: list[KitWeek]) -> set[int]:
    """Their own reservations of the week."""
    halves = (half for row in rows for _day, found in row.days for half in found)
    return {half.reservation_id for half in halves if half.reservation_id is not None}
