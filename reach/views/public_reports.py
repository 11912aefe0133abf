"""The list of published reports, for whoever was elected or pays taxes."""

from __future__ import annotations

from flask import Blueprint, Response, request

from foundation.compressed import compressed
from foundation.security import current_user_known, public
from foundation.web import draw
from reach.queries.public_reports import papers

bp = Blueprint("public_reports", __name__)
A_PAGE = 20
MOST_PAGES = 1000


@bp.get("/rapports")
@public
def index() -> Response:
    """Each with its PDF; what was corrected says so."""
    number = min(MOST_PAGES, max(1, request.args.get("page", 1, type=int)))
    found = papers(limit=A_PAGE + 1, skip=(number - 1) * A_PAGE)
    page = draw("reach/public/reports.html", papers=found[:A_PAGE], number=number, more=len(found) > A_PAGE)
    return page if current_user_known() else compressed(page)
