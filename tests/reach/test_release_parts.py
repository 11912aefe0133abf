"""Counts of people of whom others count a part: who is in one, in both, or in neither is not told when they are few."""

from __future__ import annotations

from itertools import product

import pytest

from reach.rules import periods
from reach.rules.dimensions import Dimension
from reach.rules.suppression.picture import SMALL
from reach.rules.suppression.release import Published, Release
from reach.rules.suppression.tables import Figure, Table
from tests.reach.attack import Attack

YEAR, NEXT = periods.year(2025), periods.year(2026)
FEW_OR_MANY = (0, 3, 10, 11, 40)
VOUCHERS = {
    "device_vouchers": ("device", "both"),
    "training_vouchers": ("training", "both"),
    "voucher_holders": ("device", "training", "both"),
}
"""Indicator → the people it counts."""
AUTONOMY = {"autonomy_told": ("grew", "did not"), "autonomy_grew": ("grew",)}


def tables(counted, people, span=YEAR, where=()):
    return [
        Table(indicator, span, (), {(): sum(people[one] for one in of)}, frozenset(where))
        for indicator, of in counted.items()
    ]


def published(*tables, earlier=()):
    return Release(tables, tuple(earlier)).protected()


def told(counted, report, figure_of):
    """What somebody knows who reads the report: of whom each figure is made, and that nobody is counted below none."""
    sums = [
        (dict.fromkeys(of, 1), report.shown(figure_of(indicator)))
        for indicator, of in counted.items()
        if report.shown(figure_of(indicator)) is not None
    ]
    return Attack({}, sums)


def worked_out(counted, report, people, figure_of=lambda indicator: Figure(indicator, YEAR)):
    """The few whom a reader can count."""
    reader = told(counted, report, figure_of)
    found = reader.bounds() or {}
    fixed = set(reader.eliminated()) | {one for one, (low, high) in found.items() if low == high}
    return {one for one in fixed if people[one] < SMALL}


@pytest.mark.parametrize("grew", FEW_OR_MANY)
@pytest.mark.parametrize("others", FEW_OR_MANY)
def test_who_did_not_grow_is_not_told_by_who_did(grew, others):
    people = {"grew": grew, "did not": others}
    report = published(*tables(AUTONOMY, people))
    assert worked_out(AUTONOMY, report, people) == set()
    assert bool(report.hidden) == (min(grew, others) < SMALL)


@pytest.mark.parametrize("both", FEW_OR_MANY)
def test_who_has_one_voucher_alone_or_both_is_not_told_by_three_counts(both):
    for device, training in product(FEW_OR_MANY, repeat=2):
        people = {"device": device, "training": training, "both": both}
        report = published(*tables(VOUCHERS, people))
        assert worked_out(VOUCHERS, report, people) == set(), people
        assert report.hidden or min(people.values()) >= SMALL


def test_nothing_is_hidden_of_many():
    assert published(*tables(VOUCHERS, {"device": 40, "training": 30, "both": 20})).hidden == frozenset()


def test_more_people_than_vouchers_or_more_vouchers_than_people_are_no_count_of_anybody():
    """A lost voucher that was replaced is one promise, and somebody may have two of a kind: no world is needed."""
    for device, training, holders in ((20, 20, 45), (60, 20, 50)):
        values = {"device_vouchers": device, "training_vouchers": training, "voucher_holders": holders}
        published(*(Table(indicator, YEAR, (), {(): value}) for indicator, value in values.items()))


def test_the_sheet_of_a_structure_is_protected_too():
    where = {(Dimension.STRUCTURE, 7)}
    people = {"device": 40, "training": 30, "both": 2}
    report = published(*tables(VOUCHERS, people, where=where))
    assert worked_out(VOUCHERS, report, people, lambda one: Figure(one, YEAR, frozenset(where))) == set()
    assert report.hidden


def as_it_was(*tables):
    """A report that was published when nobody thought of these sums: everything of it is known."""
    return Published({figure: value for table in tables for figure, value in table.figures().items()}, frozenset())


@pytest.mark.parametrize(
    ("counted", "people"),
    [(AUTONOMY, {"grew": 40, "did not": 3}), (VOUCHERS, {"device": 40, "training": 30, "both": 2})],
)
def test_what_an_earlier_report_told_stays_told_and_what_is_new_is_protected(counted, people):
    first = tables(counted, people)
    report = published(*first, *tables(counted, people, NEXT), earlier=[as_it_was(*first)])
    assert all(report.shown(Figure(one, YEAR)) is not None for one in counted), "to hide it would hide nothing"
    assert worked_out(counted, report, people, lambda one: Figure(one, NEXT)) == set()
    assert report.hidden <= {Figure(one, NEXT) for one in counted}


def test_an_earlier_report_that_told_two_of_three_leaves_the_third_untold():
    people = {"device": 40, "training": 30, "both": 2}
    first = tables(VOUCHERS, people)
    report = published(*first, earlier=[as_it_was(*first[:2])])
    assert report.hidden == {Figure("voucher_holders", YEAR)}
