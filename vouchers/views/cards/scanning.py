"""What the square of a card leads to: staff to the card, a shop back to its counter, its holder to what is left."""

from __future__ import annotations

from flask import flash
from werkzeug.wrappers import Response as AnyResponse

from foundation.codes import read_code
from foundation.i18n import _
from foundation.pages import may_open
from foundation.security import public
from foundation.web import see_other
from vouchers.queries import cards as queries
from vouchers.rules.cards import NoSuchCard
from vouchers.rules.codes import CARD_LENGTH
from vouchers.views.cards.blueprint import bp


@bp.get("/c/<number>")
@public
def scan(number: str) -> AnyResponse:
    """Nothing is looked up for whoever does not sign in: the page that asks for the year of birth does.

    Raises:
        NoSuchCard
    """
    read = read_code(number, CARD_LENGTH)
    if read is None:
        raise NoSuchCard
    if may_open("counter.index"):
        flash(_("This is the square of a solidarity card. Ask for the voucher, and scan the square on it."), "warn")
        return see_other("counter.index")
    if not may_open("cards.show"):
        return see_other("own_card.find", numero=read)
    card = queries.by_number(read)
    if card is None:
        raise NoSuchCard
    return see_other("cards.show", card_id=card.id)
