"""The proof of income is seen after the card was given, or after it came from a file."""

from __future__ import annotations

from flask import flash
from werkzeug.wrappers import Response as AnyResponse

from foundation.i18n import _
from foundation.security import allow
from foundation.web import see_other
from vouchers.rules.giving import GIVERS
from vouchers.service import cards
from vouchers.views.acting import done
from vouchers.views.cards.blueprint import CARD, bp


@bp.post(f"{CARD}/justificatif")
@allow(*GIVERS)
def see_proof(card_id: int) -> AnyResponse:
    """Raises: NoSuchCard, CardIsOver"""
    done(cards.see_proof, card_id)
    flash(_("Noted: you have seen the proof of income today. Give the paper back."), "good")
    return see_other("cards.show", card_id=card_id)
