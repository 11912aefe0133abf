"""Counts of people of whom others count a part: who is in one, in both, or in neither is not told when they are few."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activity.models import Helped, Outcome
from reach.rules import periods
from reach.rules.dimensions import Dimension
from reach.rules.outcome_keys import ANSWERS, BY_ANSWER, BY_OUTCOME, BY_REFERRAL, REFERRED
from reach.rules.suppression.picture import SMALL
from reach.rules.suppression.release import Published, Release
from reach.rules.suppression.tables import Figure, Table
from tests.reach.attack import Attack
from tests.reach.reports import also

YEAR, NEXT = periods.year(2025), periods.year(2026)
FEW_OR_MANY = (0, 3, 10, 11, 40)
VOUCHERS = {
    "device_vouchers": ("device", "both"),
    "training_vouchers": ("training", "both"),
    "voucher_holders": ("device", "training", "both"),
}
"""Indicator → the people it counts."""
AUTONOMY = {"autonomy_told": ("grew", "did not"), "autonomy_grew": ("grew",)}
PRESCRIBED = {"kept": ("sent", "by themselves"), "prescribed_kept": ("sent",)}
ANSWERED = {
    "named_contacts": (*Helped, "silent"), ANSWERS: tuple(Helped), **{key: (one,) for one, key in BY_ANSWER.items()}
}  # fmt: skip
KINDS = list(product(BY_OUTCOME, BY_REFERRAL))
"""(what came of it, to whom) of a referral: of these no figure is told, and each is a number of people."""
REFERRALS = {
    REFERRED: tuple(KINDS),
    **{key: tuple(kind for kind in KINDS if kind[0] is one) for one, key in BY_OUTCOME.items()},
    **{key: tuple(kind for kind in KINDS if kind[1] is one) for one, key in BY_REFERRAL.items()},
}


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


@pytest.mark.parametrize("sent", FEW_OR_MANY)
@pytest.mark.parametrize("others", FEW_OR_MANY)
def test_who_booked_for_themselves_is_not_told_by_those_whom_a_prescriber_sent(sent, others):
    people = {"sent": sent, "by themselves": others}
    report = published(*tables(PRESCRIBED, people))
    assert worked_out(PRESCRIBED, report, people) == set()
    assert bool(report.hidden) == (min(sent, others) < SMALL)


@pytest.mark.parametrize("fully", FEW_OR_MANY)
@pytest.mark.parametrize("partly", FEW_OR_MANY)
def test_an_answer_that_few_gave_is_not_told_by_the_others(fully, partly):
    for not_really, silent in product((0, 3, 40), (4, 300)):
        people = {Helped.FULLY: fully, Helped.PARTLY: partly, Helped.NOT_REALLY: not_really, "silent": silent}
        report = published(*tables(ANSWERED, people))
        assert worked_out(ANSWERED, report, people) == set(), people
        assert report.hidden or min(people.values()) >= SMALL


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.integers(0, 3), st.integers(0, 60)), min_size=len(KINDS), max_size=len(KINDS)))
def test_what_came_of_few_referrals_is_told_neither_by_outcome_nor_by_kind(numbers):
    people = dict(zip(KINDS, numbers, strict=True))
    report = published(*tables(REFERRALS, people))
    reader = told(REFERRALS, report, lambda indicator: Figure(indicator, YEAR))
    for kinds in REFERRALS.values():
        if sum(people[one] for one in kinds) < SMALL:
            asked = also(reader, kinds)
            assert "asked" not in asked.eliminated()
            least, most = asked.bounds()["asked"]
            assert (least, most >= SMALL) == (0, True)


def test_the_reader_of_referrals_would_find_them_if_nothing_were_hidden():
    people = dict.fromkeys(KINDS, 20) | {kind: 1 for kind in KINDS if kind[0] is Outcome.NOT_KNOWN}
    report = as_it_was(*tables(REFERRALS, people))
    asked = also(told(REFERRALS, report, lambda indicator: Figure(indicator, YEAR)), REFERRALS["outcome:not_known"])
    assert asked.eliminated()["asked"] == len(BY_REFERRAL)


def test_two_outcomes_of_few_hide_no_more_than_they_must():
    people = dict.fromkeys(KINDS, 20) | {kind: 1 for kind in KINDS if kind[0] in {Outcome.NOT_KNOWN, None}}
    report = published(*tables(REFERRALS, people))
    assert {figure.indicator for figure in report.hidden} == {"outcome:not_known", "outcome:not_noted"}


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
