"""The card file of the CCAS: sent, previewed, confirmed, reported; its refused rows to correct and send again."""

from __future__ import annotations

from vouchers.views.card_imports.page import bp

__all__ = ["bp"]
