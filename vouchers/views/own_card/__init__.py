"""Residents look at their card: without an account, in their language."""

from __future__ import annotations

from foundation.i18n import _l
from foundation.pages import add_to_foot
from vouchers.views.own_card.page import bp

__all__ = ["bp"]

add_to_foot("own_card.find", _l("My solidarity card"), 40)
