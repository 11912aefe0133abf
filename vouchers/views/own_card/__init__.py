"""Residents look at their card: without an account, in their language."""

from __future__ import annotations

from foundation.i18n import _l
from foundation.pages import add_door, add_to_foot
from vouchers.queries.cards import is_any_given
from vouchers.views.own_card.page import bp

__all__ = ["bp"]

add_to_foot("own_card.find", _l("My solidarity card"), 40)
add_door(
    "own_card.find",
    _l("My solidarity card"),
    _l("See what is left on your vouchers, and where to use them."),
    order=24,
    picture="vouchers/own/door.svg",
    shown=is_any_given,
)
