"""What the square of a card leads to: staff to the card, its holder to what is left on it."""

from __future__ import annotations

from werkzeug.wrappers import Response as AnyResponse

from foundation.codes import read_code
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
    if not may_open("cards.show"):
        return see_other("own_card.find", numero=read)
    card = queries.by_number(read)
    if card is None:
        raise NoSuchCard
    return see_other("cards.show", card_id=card.id)
