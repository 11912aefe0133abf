"""How a month is said."""

from __future__ import annotations

from babel.dates import format_date

from foundation.i18n import language
from vouchers.rules.statements import Month


def said(month: Month) -> str:
    """`mars 2026`, in the language at hand."""
    return str(format_date(month.first_day, "LLLL y", locale=language()))
