"""A card is given more time: the proof is seen again, and the category may have changed."""

from __future__ import annotations

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from foundation import clock
from foundation.errors import Refused
from foundation.fields import given
from foundation.i18n import _
from foundation.security import allow
from foundation.web import draw, refuse, see_other
from vouchers.forms.cards import ValidityForm
from vouchers.models import Card
from vouchers.queries import cards as queries
from vouchers.rules.cards import check_current
from vouchers.rules.giving import GIVERS
from vouchers.service import cards
from vouchers.views.acting import done
from vouchers.views.cards.blueprint import CARD, bp, choices
from vouchers.views.cards.giving import USUAL, proof_day


@bp.get(f"{CARD}/renouveler")
@allow(*GIVERS)
def ask_renew(card_id: int) -> Response:
    """Raises: NoSuchCard, CardIsOver"""
    card = queries.seen(card_id)
    check_current(card.state)
    today = clock.today()
    form = ValidityForm(
        choices(card.category_id),
        data={
            "category": card.category_id,
            "valid_until": max(card.valid_until, today) + USUAL,
            "proof_seen_on": today,
        },
    )
    return _page(form, card)


@bp.post(f"{CARD}/renouveler")
@allow(*GIVERS)
def renew(card_id: int) -> AnyResponse:
    """Raises: NoSuchCard"""
    card = queries.seen(card_id)
    form = ValidityForm(choices(card.category_id))
    if not form.validate():
        return _page(form, card, 422)
    until, proof, category_id = given(form.valid_until.data), proof_day(form), form.category.data
    try:
        done(cards.renew, card_id, until, proof_seen_on=proof, category_id=category_id)
    except Refused as refused:
        refuse(form, refused)
        return _page(form, queries.seen(card_id), refused.status)
    flash(_("The card is renewed. Its number stays; print it again for the new date."), "good")
    return see_other("cards.show", card_id=card_id)


def _page(form: ValidityForm, card: Card, status: int = 200) -> Response:
    return draw("vouchers/cards/renew.html", status, form=form, card=card)
