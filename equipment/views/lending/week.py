"""The week of kits: each half-day of each kit, who has it, and where something is free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask import Response, request, url_for

from accounts.current import staff
from equipment.queries.kits import homes_of, lendables_for
from equipment.queries.late import late_by_kit
from equipment.queries.team_week import half_days, team_week
from equipment.rules.kits import WORKERS, Lendable, kind_key
from equipment.views.lending.blueprint import bp
from foundation import clock
from foundation.fields import near_day, whole
from foundation.i18n import _, short_day
from foundation.pages import may_open
from foundation.paging import paged
from foundation.security import allow
from foundation.web import draw

WEEK = timedelta(days=7)
PER_PAGE = 30


@bp.get("/semaine")
@allow(*WORKERS)
def week() -> Response:
    monday, kind, venue_id = _monday(), request.args.get("genre", ""), whole(request.args.get("lieu"))
    kits = lendables_for(staff())
    kept = {"genre": kind or None, "lieu": venue_id or None}
    shown = [one for one in kits if _is_asked_for(one, kind, venue_id)]
    rows, page = paged(shown, PER_PAGE, "lending.week", semaine=monday.isoformat(), **kept)
    halves = half_days(monday, clock.territory_zone())
    return draw(
        "equipment/lending/week.html",
        rows=team_week(staff(), rows, halves, clock.now()) if rows else [],
        late=late_by_kit(clock.now()),
        any_kit=bool(kits),
        parts=[str(half.part.label) for half in halves],
        free=[_("%(part)s free", part=half.part.label) for half in halves],
        times=[f"&jour={half.day}&quand={half.part.key}" for half in halves],
        days=[half.day for half in halves[::2]],
        names=[short_day(half.day) for half in halves[::2]],
        kit_page=url_for("kits.index") if may_open("kits.show") else "",
        monday=monday,
        before=(monday - WEEK).isoformat(),
        after=(monday + WEEK).isoformat(),
        kept=kept,
        page=page,
        **_filters(kits),
    )


def _monday() -> date:
    """Of the week of the address; of the one that tomorrow is in when it names none."""
    try:
        day = near_day(request.args.get("semaine", ""))
    except ValueError:
        day = clock.today() + timedelta(days=1)
    return day - timedelta(days=day.weekday())


def _is_asked_for(kit: Lendable, kind: str, venue_id: int) -> bool:
    return (not kind or kind_key(kit.kind) == kind_key(kind)) and venue_id in {0, kit.home_venue_id}


def _filters(kits: Sequence[Lendable]) -> dict[str, Any]:
    """The kinds and the homes of the kits that there are."""
    kinds = {kind_key(kit.kind): kit.kind for kit in reversed(kits)}
    return {"kinds": sorted(kinds.values(), key=str.casefold), "venues": homes_of(kits)}
