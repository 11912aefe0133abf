"""Settings: the categories of cards."""

from __future__ import annotations

from vouchers.views.card_categories.page import bp

__all__ = ["bp"]
