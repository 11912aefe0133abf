"""Whoever reads all reports of a town, in any order of publication, works out no small number."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from reach.rules.suppression.release import Published, Release
from tests.reach.reports import KINDS, NEIGHBOURHOODS, A, N, Q, S, also, counts, reader, span, table, towns


def publish(*tables, earlier=()):
    return Release(tables, tuple(earlier), (NEIGHBOURHOODS,)).protected()


def reports_of(town, order):
    """A quarterly report, one by structure, one of each month and what the open data adds, in any order."""
    sets = [
        [table(town, [N]), table(town, [Q]), table(town, [A])],
        [table(town, [N, A])],
        [table(town, [A], where=[(S, 7)]), table(town, [S])],
        [table(town, [A], within=span(1, 1)), table(town, within=span(1, 2))],
        [table(town, [N], within=span(2, 3))],
    ]
    published: list[Published] = []
    for number in order:
        published.append(publish(*sets[number], earlier=published))
    return published


def small_ones(reports):
    """(kinds that a figure counts, its value) of each small figure of the reports."""
    for figure, value in {figure: value for report in reports for figure, value in report.figures.items()}.items():
        kinds = frozenset(kind for kind in KINDS if counts(kind, figure.place, figure.span))
        if value < 11:
            yield kinds


class TestWhoReadsThemAll:
    @settings(max_examples=40, deadline=None)
    @given(towns(), st.permutations(range(5)))
    def test_works_out_no_small_figure(self, town, order):
        reports = reports_of(town, order)
        thief = reader(reports)
        for kinds in small_ones(reports):
            assert "asked" not in also(thief, kinds).eliminated()
            least, most = also(thief, kinds).bounds()["asked"]
            assert least == 0
            assert most >= 11

    @settings(max_examples=40, deadline=None)
    @given(towns(), st.permutations(range(5)))
    def test_finds_no_two_figures_with_few_between_them(self, town, order):
        told = [(set(terms), value) for terms, value in reader(reports_of(town, order)).sums]
        for one, value in told:
            assert value >= 11
            assert all(other_value - value >= 11 for other, other_value in told if one < other)

    @settings(max_examples=40, deadline=None)
    @given(towns(), st.permutations(range(5)))
    def test_is_told_nothing_that_reports_given_away_each_other(self, town, order):
        assert not any(report.given_away for report in reports_of(town, order))

    def test_wins_where_each_report_is_protected_by_itself(self):
        chance = random.Random(3)
        won = 0
        for _town in range(20):
            town = {kind: chance.choice([0, 0, 1, 2, 3]) for kind in KINDS}
            sets = [
                [table(town, within=span(1, 2))],
                [table(town)],
                [table(town, [A])],
                [table(town, [A], within=span(1, 2))],
            ]
            told = [(set(terms), value) for terms, value in reader([publish(*one) for one in sets]).sums]
            won += any(one < other and more - less < 11 for one, less in told for other, more in told)
        assert won > 3
