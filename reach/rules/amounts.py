"""How figures are written for people, by their unit; the same on pages, in drawings and on paper."""

from __future__ import annotations

from babel.numbers import format_percent

from foundation.i18n import euros, language
from reach.drawing.words import figure, short_figure
from reach.rules.indicators import Unit

NOTHING = "–"
"""Where there is no figure: a share of nobody, a rate without inhabitants."""
DECIMALS = {Unit.RATE: 1, Unit.POINTS: 2}
CENTS_OF_A_EURO = 100


def written(value: float | None, unit: Unit) -> str:
    """`1 234`, `12,5 %`, `1 250,00 €`, in the reader's language. A share is from 0 to 1, euros are not in cents."""
    if value is None:
        return NOTHING
    if unit is Unit.SHARE:
        return str(
            format_percent(
                round(value, 3), format="#,##0.#\u00a0%" if language() == "fr" else "#,##0.#%", locale=language()
            )
        )
    if unit is Unit.EUROS:
        return euros(round(value * CENTS_OF_A_EURO))
    if unit in DECIMALS:
        return figure(value, DECIMALS[unit])
    return short_figure(round(value, 1))
