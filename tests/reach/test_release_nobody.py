"""The zero of what did not take place: it is told, known to every reader, and never lets a few be worked out."""

from __future__ import annotations

import pytest

from reach.rules.suppression.tables import Figure, Table
from tests.reach.reports import span
from tests.reach.test_release import YEAR, publish, single


def none(within=YEAR, indicator="children"):
    return Table(indicator, within, (), {(): 0}, of_nobody=True)


def test_its_zero_is_told_and_no_other():
    report = publish(none(), single(0, indicator="seats_taken"))
    assert report.shown(Figure("children", YEAR)) == 0
    assert report.shown(Figure("seats_taken", YEAR)) is None
    assert report.small == {Figure("seats_taken", YEAR)}


def test_a_table_of_nobody_that_counts_somebody_is_refused():
    with pytest.raises(ValueError, match="nobody"):
        Table("children", YEAR, (), {(): 3}, of_nobody=True)


def test_an_amount_of_nobody_is_told_with_its_count():
    minutes = Table("pupil_minutes", YEAR, (), {(): 0}, about="pupils", of_nobody=True)
    assert publish(none(indicator="pupils"), minutes).hidden == frozenset()


def test_whoever_knows_that_a_quarter_had_none_does_not_count_the_few_of_another():
    """Year, two quarters and a quarter of nobody are told: the year is hidden, or the fourth would follow."""
    quarters = [span(3 * n + 1, 3 * n + 3) for n in range(4)]
    first = publish(none(quarters[0]), single(40, quarters[1], "children"), single(40, quarters[2], "children"))
    last = publish(single(5, quarters[3], "children"), single(85, span(1, 12), "children"), earlier=[first])
    assert {last.shown(figure) for figure in last.figures} == {None}
    assert last.given_away == frozenset()


def test_it_is_told_though_an_earlier_report_hid_it_and_gives_nothing_away():
    hidden = publish(single(0, indicator="children"))
    report = publish(none(), earlier=[hidden])
    assert hidden.shown(Figure("children", YEAR)) is None
    assert report.shown(Figure("children", YEAR)) == 0
    assert report.given_away == frozenset()


def test_those_of_whom_a_correction_learns_are_hidden_like_all_others():
    first = publish(none())
    assert publish(single(4, indicator="children"), earlier=[first]).shown(Figure("children", YEAR)) is None
    assert publish(single(14, indicator="children"), earlier=[first]).shown(Figure("children", YEAR)) == 14
