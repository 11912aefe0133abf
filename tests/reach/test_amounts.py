"""How figures are written."""

from __future__ import annotations

import pytest

from foundation.i18n import in_language
from reach.rules.amounts import NOTHING, written
from reach.rules.indicators import Unit

THIN = "\u202f"
HARD = "\u00a0"


@pytest.mark.parametrize("unit", Unit)
def test_where_there_is_no_figure_a_dash_stands_and_no_zero(app, unit):
    assert written(None, unit) == NOTHING
    assert written(0, unit) != NOTHING


@pytest.mark.parametrize(
    ("value", "unit", "french", "english"),
    [
        (1234, Unit.PEOPLE, f"1{THIN}234", "1,234"),
        (3076.5, Unit.HOURS, f"3{THIN}076,5", "3,076.5"),
        (20.0, Unit.HOURS, "20", "20"),
        (0.0841, Unit.SHARE, f"8,4{HARD}%", "8.4%"),
        (1.0, Unit.SHARE, f"100{HARD}%", "100%"),
        (24.66, Unit.RATE, "24,7", "24.7"),
        (24.0, Unit.RATE, "24,0", "24.0"),
        (6.5, Unit.DAYS, "6,5", "6.5"),
        (1.554, Unit.POINTS, "1,55", "1.55"),
        (22816.0, Unit.EUROS, f"22{THIN}816,00{HARD}€", "€22,816.00"),
        (0.1 + 0.2, Unit.EUROS, f"0,30{HARD}€", "€0.30"),
    ],
)
def test_figures_are_written_as_the_reader_writes_them(app, value, unit, french, english):
    with in_language("fr"):
        assert written(value, unit) == french
    with in_language("en"):
        assert written(value, unit) == english
