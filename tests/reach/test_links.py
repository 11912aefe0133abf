"""What is known to follow from what: each way in which two figures hang together."""

from __future__ import annotations

from reach.rules.dimensions import Dimension
from reach.rules.suppression.links import links, overlaps, slacks
from reach.rules.suppression.tables import Figure, Hierarchy
from tests.reach.reports import A, N, Q, S, span

ALL = Figure("people", span(1, 12))


def found(*figures, splits=(), hierarchies=()):
    """{(whole, set of its parts): whether they are all}"""
    return {
        (link.whole, frozenset(link.parts)): link.complete
        for link in links(dict.fromkeys(figures, 20), splits, hierarchies)
    }


def months(*pairs, indicator="people"):
    return [Figure(indicator, span(*pair)) for pair in pairs]


class TestDimensions:
    young, old = ALL.at(A, "young"), ALL.at(A, "old")

    def test_lines_of_a_split_are_all_of_the_total(self):
        assert found(ALL, self.young, self.old, splits=[(ALL, A)]) == {(ALL, frozenset({self.young, self.old})): True}

    def test_a_filter_is_one_of_several_parts(self):
        assert found(ALL, self.young) == {(ALL, frozenset({self.young})): False}

    def test_two_filters_hang_on_what_has_one(self):
        both = self.young.at(S, 7)
        assert found(ALL, self.young, both) == {
            (ALL, frozenset({self.young})): False,
            (self.young, frozenset({both})): False,
        }

    def test_or_on_the_whole_where_nothing_lies_between(self):
        both = self.young.at(S, 7)
        assert found(ALL, both) == {(ALL, frozenset({both})): False}

    def test_in_another_span_they_hang_on_the_longer_one(self):
        part = self.young.during(span(3, 3))
        assert found(ALL, part) == {(ALL, frozenset({part})): False}

    def test_other_places_have_nothing_in_common(self):
        assert found(self.young, ALL.at(Dimension.GENDER, "feminine")) == {}


class TestHierarchies:
    within = Hierarchy(N, Q, {1: "yes", 2: "no", 3: "no", "unknown": "unknown"})

    def test_a_coarse_value_is_its_fine_ones(self):
        two, three, no = ALL.at(N, 2), ALL.at(N, 3), ALL.at(Q, "no")
        assert found(two, three, no, hierarchies=[self.within]) == {(no, frozenset({two, three})): True}

    def test_some_of_them_leave_a_rest(self):
        two, no = ALL.at(N, 2), ALL.at(Q, "no")
        assert found(two, no, hierarchies=[self.within]) == {(no, frozenset({two})): False}

    def test_in_crossings_too(self):
        one, yes = ALL.at(A, "old").at(N, 1), ALL.at(A, "old").at(Q, "yes")
        assert found(one, yes, hierarchies=[self.within]) == {(yes, frozenset({one})): True}


class TestIndicators:
    def test_people_are_first_timers_and_those_who_returned(self):
        parts = ALL.counting("first_timers"), ALL.counting("returning")
        assert found(ALL, *parts) == {(ALL, frozenset(parts)): True}

    def test_nobody_is_counted_more_often_than_they_came(self):
        often = ALL.counting("named_contacts")
        assert list(slacks({ALL: 20, often: 30})) == [(often, ALL)]


class TestSpans:
    def test_a_year_is_its_quarters_and_a_quarter_its_months(self):
        year, *quarters = months((1, 12), (1, 3), (4, 6), (7, 9), (10, 12))
        first = months((1, 1), (2, 2), (3, 3))
        assert found(year, *quarters, *first) == {
            (year, frozenset(quarters)): True,
            (quarters[0], frozenset(first)): True,
        }

    def test_three_quarters_leave_a_rest(self):
        year, *quarters = months((1, 12), (1, 3), (4, 6), (10, 12))
        assert found(year, *quarters) == {(year, frozenset(quarters)): False}

    def test_spans_that_overlap_are_each_told_of(self):
        whole, one, other = months((1, 9), (1, 6), (4, 9))
        assert found(whole, one, other) == {(whole, frozenset({one})): False, (whole, frozenset({other})): False}
        [lap] = overlaps(dict.fromkeys([whole, one, other], 20))
        assert (lap.one, lap.other, lap.union, lap.common) == (one, other, whole, *months((4, 6)))

    def test_who_returned_in_a_month_may_be_new_in_the_year(self):
        assert found(*months((1, 12), (3, 3), indicator="returning")) == {}
