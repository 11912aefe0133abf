"""One box to find anybody."""

from __future__ import annotations

from flask import Response, request

from accounts.current import staff
from foundation.security import allow
from foundation.web import draw
from people import queries
from people.views.blueprint import FINDERS, KEEPERS, bp


@bp.get("/equipe/habitants")
@allow(*FINDERS)
def search() -> Response:
    query = request.args.get("q", "").strip()[: queries.LONGEST_QUERY]
    found = queries.find(query) if query else []
    return draw(
        "people/search.html",
        query=query,
        found=found,
        capped=len(found) == queries.MOST,
        keeper=staff().has(*KEEPERS),
    )
