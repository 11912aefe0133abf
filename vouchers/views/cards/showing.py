"""A card: whose it is, until when, what is on it, and what happened to it."""

from __future__ import annotations

from flask import Response

from accounts.current import staff
from foundation import clock
from foundation.security import allow
from foundation.web import draw
from vouchers.queries import cards as queries
from vouchers.rules.card_labels import CARD_EVENTS, CARD_STATES
from vouchers.rules.giving import FINDERS, GIVERS
from vouchers.rules.labels import ONE_VOUCHER, VOUCHER_STATES
from vouchers.views.cards.blueprint import CARD, bp


@bp.get(CARD)
@allow(*FINDERS)
def show(card_id: int) -> Response:
    """Raises: NoSuchCard"""
    card = queries.seen(card_id)
    return draw(
        "vouchers/cards/show.html", card=card, vouchers=queries.vouchers_of(card, staff()), states=CARD_STATES,
        happened=CARD_EVENTS, today=clock.today(), gives=staff().has(*GIVERS),
        successor=queries.successor_of(card_id), before=queries.replaced_by(card), kinds=ONE_VOUCHER,
        voucher_states=VOUCHER_STATES,
    )  # fmt: skip
