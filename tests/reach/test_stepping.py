"""From one period to the one after, and to other lengths around the same days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach.rules import periods
from reach.rules.periods import Span, month, quarter, school_year, year
from reach.rules.stepping import after, around, is_countable

DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("span", "wanted"),
    [
        (month(2026, 1), month(2026, 2)),
        (month(2025, 12), month(2026, 1)),
        (quarter(2026, 4), quarter(2027, 1)),
        (year(2023), year(2024)),
        (school_year(2025), school_year(2026)),
        (Span(date(2026, 3, 2), date(2026, 3, 8)), Span(date(2026, 3, 9), date(2026, 3, 15))),
        (Span(date(2026, 2, 28), date(2026, 2, 28)), Span(date(2026, 3, 1), date(2026, 3, 1))),
    ],
)
def test_after_a_period_comes_the_next_of_its_kind(span, wanted):
    assert after(span) == wanted


@given(DAYS, st.integers(0, 400))
def test_the_one_before_the_next_has_as_many_days_or_months_and_begins_where_it_began(first, length):
    span = Span(first, first + timedelta(days=length))
    step = after(span)
    assert step.first == span.last + timedelta(days=1)
    assert (step.whole_months, step.days) == (span.whole_months, step.days if span.whole_months else span.days)
    if bool(step.whole_months) == bool(span.whole_months):
        assert step.before == span


@given(st.integers(2001, 2090), st.integers(1, 12))
def test_months_are_left_and_found_again(number, of_year):
    one = month(number, of_year)
    assert after(one.before) == one == after(one).before


def test_around_a_day_of_november_are_its_month_quarter_year_and_school_year():
    span = Span(date(2026, 10, 30), date(2026, 11, 22))
    assert [periods.written(one) for one in around(span)] == [
        "2026-11", "2026-T4", "2026", "2026-09-01_2027-08-31",
    ]  # fmt: skip


def test_in_august_the_school_year_is_the_one_that_began_the_year_before():
    assert around(month(2026, 8))[-1] == school_year(2025)
    assert around(month(2026, 9))[-1] == school_year(2026)


@given(DAYS)
def test_each_of_them_holds_the_day_one_stands_on(day):
    assert all(one.first <= day <= one.last for one in around(Span(day, day)))


@pytest.mark.parametrize(("number", "wanted"), [(1999, False), (2000, True), (2099, True), (2100, False)])
def test_an_address_names_the_years_of_a_century(number, wanted):
    assert is_countable(year(number)) is wanted


def test_the_school_year_that_begins_in_its_last_year_can_not_be_named():
    assert not is_countable(school_year(2099))
