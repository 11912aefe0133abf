"""Staff pages of the solidarity card; what its square leads to."""

from __future__ import annotations

from foundation.i18n import _l
from foundation.pages import add_to_menu
from vouchers.views.cards import (  # noqa: F401  they hang routes on bp
    giving,
    history,
    listing,
    papers,
    pressing,
    renewing,
    scanning,
    showing,
    stopping,
)
from vouchers.views.cards.blueprint import bp

__all__ = ["bp"]

OURS = (
    "cards",
    "card_categories",
    "card_imports",
    "campaigns",
    "follow_ups",
    "issuing",
    "partners",
    "redemptions",
    "statements",
    "treasury",
    "signs",
)
add_to_menu("cards.index", _l("Cards and vouchers"), 47, lights_on=OURS)
