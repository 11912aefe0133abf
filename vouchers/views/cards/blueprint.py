"""What the pages of cards share."""

from __future__ import annotations

from flask import Blueprint

from vouchers.queries import cards

bp = Blueprint("cards", __name__)
CARDS = "/equipe/cartes"
CARD = f"{CARDS}/<int(max=2147483647):card_id>"


def choices(kept_id: int | None = None) -> list[tuple[int, str]]:
    """The categories in use to choose from; the one that a card has stays, though it be at rest."""
    return [(one.id, one.label) for one in cards.categories() if one.active or one.id == kept_id]
