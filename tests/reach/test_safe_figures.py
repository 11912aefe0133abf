"""What a published report tells of one neighbourhood, and what it does not."""

from __future__ import annotations

from reach.rules import periods
from reach.rules.dimensions import Dimension
from reach.rules.frozen import FrozenArea
from reach.rules.safe_figures import SafeFigures, safe_figures
from reach.rules.suppression.release import Published
from reach.rules.suppression.tables import Figure

YEAR = periods.year(2025)
AREAS = [
    FrozenArea(3, "Le Port", 4200, 2022, is_priority=False),
    FrozenArea(4, "Les Moulins", None, None, is_priority=True),
]


def figure(indicator, area, by=Dimension.NEIGHBOURHOOD):
    return Figure(indicator, YEAR, frozenset({(by, area)}))


PEOPLE, NEW = figure("people", 3), figure("first_timers", 3)
RECEIVED = figure("contacts", 3, Dimension.PLACE_NEIGHBOURHOOD)
ALL = {PEOPLE: 42, NEW: 12, RECEIVED: 90}


def told(figures, hidden=(), area=3, span=YEAR, areas=AREAS):
    return safe_figures(Published(figures, frozenset(hidden)), span, areas, area)


def test_what_is_shown_is_told_with_the_population_of_the_report():
    assert told(ALL) == SafeFigures(42, 12, 90, 10.0, 4200, 2022)


def test_what_is_hidden_is_not_told_and_makes_no_rate():
    assert told(ALL, {PEOPLE, NEW}) == SafeFigures(None, None, 90, None, 4200, 2022)
    assert told(ALL, {NEW}) == SafeFigures(42, None, 90, 10.0, 4200, 2022)


def test_what_the_report_does_not_count_is_not_told():
    assert told({PEOPLE: 42}) == SafeFigures(42, None, None, 10.0, 4200, 2022)


def test_without_a_population_there_is_no_rate():
    assert told({figure("people", 4): 42}, area=4) == SafeFigures(42, None, None, None, None, None)


def test_of_a_neighbourhood_that_the_report_does_not_name_nothing_is_told():
    assert told(ALL, area=9) is None
    assert told(ALL, areas=[]) is None
    assert told({}, area=3) is None


def test_figures_of_another_year_are_not_those_of_the_report():
    assert told(ALL, span=periods.year(2024)) is None
