"""Which kits to count, and what was counted."""

from __future__ import annotations

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from equipment.queries import stock_takings as queries
from equipment.rules.counting import is_due
from equipment.rules.kits import WORKERS
from equipment.service import stock
from equipment.views.stock.blueprint import bp
from foundation import clock
from foundation.db import in_transaction
from foundation.paging import page_asked, pages_around
from foundation.security import allow
from foundation.web import draw, see_other

PER_PAGE = 25


@bp.get("")
@allow(*WORKERS)
def index() -> Response:
    """The kits that wait the longest first; below, the stock-takings that are over."""
    number, now = page_asked(), clock.now()
    past = queries.history(staff(), offset=(number - 1) * PER_PAGE, limit=PER_PAGE + 1)
    return draw(
        "equipment/stock/index.html",
        kits=queries.kits_to_count(staff()) if number == 1 else [],
        is_due=lambda last: is_due(last, now),
        past=past[:PER_PAGE],
        page=pages_around(number, "stock.index", more=len(past) > PER_PAGE),
        first=number == 1,
    )


@bp.post("/mallettes/<int(max=2147483647):kit_id>")
@allow(*WORKERS)
def begin(kit_id: int) -> AnyResponse:
    """Begin, or go on with what a colleague began."""
    now, actor = clock.now(), staff()
    taking_id = in_transaction(lambda: stock.begin(kit_id, actor, now=now).id)
    return see_other("stock.show", taking_id=taking_id)
