"""The list of programmes: coming, drafts, past."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, request, url_for

from accounts.current import staff
from foundation import clock
from foundation.security import allow
from foundation.web import draw
from workshops.queries import programmes as queries
from workshops.queries.programmes import View
from workshops.rules.labels import PROGRAMME_AUDIENCES, PROGRAMME_KINDS, PROGRAMME_STATES
from workshops.views.calls import calls
from workshops.views.programmes.blueprint import WORKERS, bp

VIEWS = {"": View.COMING, "brouillons": View.DRAFT, "passes": View.PAST}
LAST_PAGE = 10_000


@dataclass(frozen=True)
class Pages:
    """Addresses of the pages around this one."""

    previous: str | None
    next: str | None


@bp.get("/equipe/ateliers")
@allow(*WORKERS)
def programme_list() -> Response:
    chosen = request.args.get("vue", "")
    chosen = chosen if chosen in VIEWS else ""
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    rows = queries.programme_rows(staff(), VIEWS[chosen], now=clock.now(), page=number)
    return draw(
        "programmes/list.html",
        rows=rows[: queries.PER_PAGE],
        calls=calls(),
        view=VIEWS[chosen].value,
        views={view.value: name or None for name, view in VIEWS.items()},
        kinds=PROGRAMME_KINDS,
        audiences=PROGRAMME_AUDIENCES,
        states=PROGRAMME_STATES,
        page=Pages(
            url_for("programmes.programme_list", vue=chosen or None, page=number - 1) if number > 1 else None,
            url_for("programmes.programme_list", vue=chosen or None, page=number + 1)
            if len(rows) > queries.PER_PAGE
            else None,
        ),
    )
