"""The list of statements, and one of them."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation.paging import page_asked, pages_around
from foundation.security import Role, allow
from foundation.web import draw, see_other
from vouchers.models import StatementState
from vouchers.queries import statements as queries
from vouchers.rules.labels import STATEMENT_STATES
from vouchers.rules.partners import is_of_the_territory
from vouchers.views.statements.blueprint import ONE, READERS, TAGS, bp, statement_page
from vouchers.views.statements.words import month_of

LISTED = 50


@bp.get("")
@allow(*READERS)
def index() -> Response:
    page, state = page_asked(), _state(request.args.get("etat", ""))
    found = queries.listed(staff(), (page - 1) * LISTED, LISTED + 1, state=state)
    return draw(
        "vouchers/statements/index.html", statements=found[:LISTED], month_of=month_of, states=STATEMENT_STATES,
        state=state, town=is_of_the_territory(staff()), tags=TAGS,
        pages=pages_around(page, "statements.index", more=len(found) > LISTED, etat=state),
    )  # fmt: skip


@bp.get("/mes-releves")
@allow(Role.PARTNER)
def own() -> AnyResponse:
    """The entry of a partner’s menu; the town has another one, that holds more."""
    return see_other("statements.index")


def _state(text: str) -> StatementState | None:
    """What the address asks for; what is no state asks for all."""
    return StatementState(text) if text in set(StatementState) else None


@bp.get(ONE)
@allow(*READERS)
def show(statement_id: int) -> Response:
    return statement_page(queries.seen(statement_id, staff()))
