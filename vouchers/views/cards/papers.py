"""The card on paper: of the size of a credit card, or within a letter to its holder."""

from __future__ import annotations

from flask import Response

from foundation import clock
from foundation.downloads import PDF, download
from foundation.i18n import in_language
from foundation.links import absolute, site
from foundation.pages import town_helpline, town_name
from foundation.security import allow
from vouchers.models import Card
from vouchers.queries import cards as queries
from vouchers.rules.cards import check_printable
from vouchers.rules.giving import FINDERS
from vouchers.views.cards.blueprint import CARD, bp
from vouchers.views.cards.card_drawn import Face, drawn
from vouchers.views.cards.letter_drawn import Letter
from vouchers.views.cards.letter_drawn import drawn as written


@bp.get(f"{CARD}/carte.pdf")
@allow(*FINDERS)
def card_pdf(card_id: int) -> Response:
    """Raises: NoSuchCard, CardIsOver, CardHasEnded"""
    card = _printed(card_id)
    with in_language("fr"):
        return download(drawn(_face(card)), PDF, f"carte-{card.number}.pdf")


@bp.get(f"{CARD}/lettre.pdf")
@allow(*FINDERS)
def letter_pdf(card_id: int) -> Response:
    """In the language of whoever gets it; the card itself is in French, for those to whom it is shown.

    Raises:
        NoSuchCard, CardIsOver, CardHasEnded
    """
    card = _printed(card_id)
    with in_language(card.person.locale):
        letter = Letter(_face(card), card.person.birth_year is not None, f"{site()}/ma-carte", town_helpline())
        return download(written(letter), PDF, f"lettre-carte-{card.number}.pdf")


def _printed(card_id: int) -> Card:
    """Raises: NoSuchCard, CardIsOver, CardHasEnded"""
    card = queries.seen(card_id)
    check_printable(card.state, card.valid_until, clock.today())
    return card


def _face(card: Card) -> Face:
    link = absolute("cards.scan", number=card.number)
    return Face(town_name(), card.person.name, card.number, card.valid_until, link, town_helpline())
