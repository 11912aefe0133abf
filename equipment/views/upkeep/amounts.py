"""Amounts of figures: as people read them, and as a spreadsheet reckons with them."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from babel.numbers import format_decimal, format_percent

from equipment.forms.money import euros
from foundation.i18n import _, language

SMALL = 0.1
"""Shares under a tenth are told to a tenth of a percent."""


class Shape(StrEnum):
    """What a column holds, as it is written; `HOURS` are minutes."""

    TEXT = "text"
    COUNT = "count"
    HOURS = "hours"
    SHARE = "share"
    TENTHS = "tenths"
    MONEY = "money"


def written(value: Any, shape: Shape) -> str:
    """A value as people read it; what is not known is a dash."""
    return "–" if value is None else _WORDS[shape](value)


def plain(value: Any, shape: Shape) -> Any:
    """A value as a spreadsheet reckons with it: hours, euros, shares of one; what is not known is empty."""
    if value is None:
        return ""
    return _NUMBERS[shape](value) if shape in _NUMBERS else value


def _count(value: float) -> str:
    return str(format_decimal(value, locale=language()))


def _hours(minutes: int) -> str:
    return _("%(hours)s h", hours=_count(round(minutes / 60)))


def _share(value: float) -> str:
    digits = 1 if 0 < value < SMALL else 0
    return str(format_percent(round(value, 2 + digits), locale=language(), decimal_quantization=False))


_WORDS: dict[Shape, Callable[[Any], str]] = {
    Shape.TEXT: str,
    Shape.COUNT: _count,
    Shape.TENTHS: lambda value: _count(round(value, 1)),
    Shape.HOURS: _hours,
    Shape.SHARE: _share,
    Shape.MONEY: euros,
}
_NUMBERS: dict[Shape, Callable[[Any], Any]] = {
    Shape.HOURS: lambda minutes: round(minutes / 60, 2),
    Shape.SHARE: lambda value: round(value, 4),
    Shape.TENTHS: lambda value: round(value, 4),
    Shape.MONEY: lambda cents: cents / 100,
}
