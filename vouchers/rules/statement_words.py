"""How a month is said, also to whoever states a later one before it."""

from __future__ import annotations

from babel.dates import format_date

from foundation.errors import Refused
from foundation.i18n import _, language
from vouchers.rules.statements import Month


class EarlierMonthFirst(Refused):
    def __init__(self, first: Month) -> None:
        super().__init__(
            _("An earlier month waits for its statement. State this one first: %(month)s.", month=said(first)), "month"
        )


def check_first(month: Month, first: Month | None) -> None:
    """Each month has a statement of its own, the oldest first.

    Args:
        first: the first month that has something to state.

    Raises:
        EarlierMonthFirst
    """
    if first is not None and first < month:
        raise EarlierMonthFirst(first)


def said(month: Month) -> str:
    """`mars 2026`, in the language at hand."""
    return str(format_date(month.first_day, "LLLL y", locale=language()))
