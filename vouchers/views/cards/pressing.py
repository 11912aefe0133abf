"""What one press on the page of a card does, without a reason: it counts again, or its proof of income was seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash
from werkzeug.wrappers import Response as AnyResponse

from foundation.i18n import _l
from foundation.security import allow
from foundation.web import see_other
from vouchers.models import Card
from vouchers.rules.giving import GIVERS
from vouchers.service import cards
from vouchers.views.acting import done
from vouchers.views.cards.blueprint import CARD, bp


@dataclass(frozen=True)
class Press:
    """`done`: what is said after it."""

    verb: Callable[..., Card]
    done: Any


PRESSES = {
    "reprendre": Press(cards.resume, _l("The card counts again.")),
    "justificatif": Press(
        cards.see_proof, _l("Noted: you have seen the proof of income today. Give the paper back.")
    ),
}  # fmt: skip


@bp.post(f"{CARD}/<any(reprendre, justificatif):what>")
@allow(*GIVERS)
def press(card_id: int, what: str) -> AnyResponse:
    """Raises: NoSuchCard, CardIsOver"""
    done(PRESSES[what].verb, card_id)
    flash(str(PRESSES[what].done), "good")
    return see_other("cards.show", card_id=card_id)
