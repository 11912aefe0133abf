"""Cards found by name, number or scan; without a search, those that end soon."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.current import staff
from foundation import clock
from foundation.paging import page_asked, pages_around
from foundation.security import allow
from foundation.web import draw, see_other
from vouchers.models import Card, CardState
from vouchers.queries import cards as queries
from vouchers.rules.card_labels import CARD_STATES
from vouchers.rules.giving import FINDERS, GIVERS, SETTERS
from vouchers.rules.scanned import number_of
from vouchers.views.cards.blueprint import CARDS, bp

PER_PAGE = 50
VIEWS: dict[str, Callable[..., Sequence[Card]]] = {
    "suspendues": partial(queries.of_state, CardState.SUSPENDED),
    "perdues": partial(queries.of_state, CardState.LOST),
    "sans-justificatif": queries.without_proof,
}


@bp.get(CARDS)
@allow(*FINDERS)
def index() -> AnyResponse:
    """What a scanner types into the search, the whole address on the card, leads to the card at once."""
    query = request.args.get("q", "")[: queries.LONGEST_QUERY]
    scanned = number_of(query)
    if scanned and (card := queries.by_number(scanned)):
        return see_other("cards.show", card_id=card.id)
    return _found(query) if query.strip() else _listed()


def _found(query: str) -> Response:
    found = queries.find(query)
    return draw(
        "vouchers/cards/index.html", query=query, found=found, today=clock.today(), states=CARD_STATES,
        gives=staff().has(*GIVERS), sets=staff().has(*SETTERS),
    )  # fmt: skip


def _listed() -> Response:
    view, number = request.args.get("vue", ""), page_asked()
    listed = VIEWS.get(view) or partial(queries.ending_soon, clock.today())
    rows = listed(limit=PER_PAGE + 1, offset=(number - 1) * PER_PAGE)
    return draw(
        "vouchers/cards/index.html", query="", rows=rows[:PER_PAGE], view=view if view in VIEWS else "",
        today=clock.today(), unproved=queries.how_many_without_proof(),
        page=pages_around(number, "cards.index", more=len(rows) > PER_PAGE, vue=view), counts=queries.counts(),
        states=CARD_STATES, gives=staff().has(*GIVERS), sets=staff().has(*SETTERS),
    )  # fmt: skip
