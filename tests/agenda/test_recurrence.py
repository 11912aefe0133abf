"""On which days a pattern falls, and which patterns make no sense."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import DAILY, MO, MONTHLY, WEEKLY, rrule
from dateutil.rrule import weekday as weekday_of
from hypothesis import given
from hypothesis import strategies as st

from agenda.models import MIDNIGHT, Recurrence
from agenda.rules.recurrence import (
    ImpossiblePattern,
    Pattern,
    check,
    days_of,
    falls_on,
    first_common_day,
    occurrences,
    weekdays_of,
)
from tests.agenda import given as draw
from tests.agenda.conftest import MONDAY, PARIS, hours

YEAR = timedelta(days=365)
NINE, NOON = time(9), time(12)
dates = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(dates, st.sets(st.integers(0, 6), min_size=1), st.integers(1, 9))
def test_weekly_agrees_with_the_calendar_standard(first, weekdays, every):
    """RFC 5545 counts weeks from Monday, as `dateutil` does."""
    pattern = Pattern.weekly(sorted(weekdays), NINE, NOON, first, every=every)
    rule = rrule(
        WEEKLY,
        dtstart=_midnight(first),
        interval=every,
        byweekday=sorted(weekdays),
        wkst=MO,
        until=_midnight(first + YEAR),
    )
    assert list(days_of(pattern, first - YEAR, first + YEAR)) == [at.date() for at in rule]
    assert weekdays_of(pattern) == sorted(weekdays)


@given(dates, st.integers(1, 5))
def test_monthly_on_a_day_skips_months_that_lack_it(first, every):
    pattern = Pattern(first, None, NINE, NOON, Recurrence.MONTHLY_DAY, every)
    rule = rrule(MONTHLY, dtstart=_midnight(first), interval=every, until=_midnight(first + YEAR))
    assert list(days_of(pattern, first, first + YEAR)) == [at.date() for at in rule]


@given(dates, st.integers(1, 5))
def test_monthly_on_the_nth_weekday(first, every):
    pattern = Pattern(first, None, NINE, NOON, Recurrence.MONTHLY_WEEKDAY, every)
    weekday = weekday_of(first.weekday(), (first.day - 1) // 7 + 1)
    rule = rrule(MONTHLY, dtstart=_midnight(first), interval=every, byweekday=weekday, until=_midnight(first + YEAR))
    assert list(days_of(pattern, first, first + YEAR)) == [at.date() for at in rule]


@given(draw.openings(MONDAY))
def test_days_are_those_that_fall_and_none_before_or_after(pattern):
    every_day = [at.date() for at in rrule(DAILY, dtstart=_midnight(MONDAY - YEAR), until=_midnight(MONDAY + YEAR))]
    days = list(days_of(pattern, MONDAY - YEAR, MONDAY + YEAR))
    assert days == [day for day in every_day if falls_on(pattern, day)]
    assert all(pattern.first_day <= day <= (pattern.last_day or date.max) for day in days)


@given(draw.openings(MONDAY), draw.openings(MONDAY))
def test_overlap_is_the_same_both_ways_and_means_what_it_says(left, right):
    common = first_common_day(left, right)
    assert common == first_common_day(right, left)
    if common:
        (a,), (b,) = (occurrences(one, common, common, PARIS) for one in (left, right))
        assert a.overlaps(b)


def _midnight(day):
    return datetime.combine(day, MIDNIGHT)


def test_an_end_at_midnight_is_the_end_of_the_day():
    (evening,) = occurrences(hours("20:00", "00:00"), MONDAY, MONDAY, PARIS)
    assert evening.length == timedelta(hours=4)
    assert Pattern.once(MONDAY).whole_days


def test_a_stretch_that_began_before_is_found():
    away = Pattern.once(MONDAY, NINE, NOON, MONDAY + timedelta(days=9))
    (found,) = occurrences(away, MONDAY + timedelta(days=5), MONDAY + timedelta(days=5), PARIS)
    assert found.length == timedelta(days=9, hours=3)
    assert occurrences(away, MONDAY + timedelta(days=10), MONDAY + timedelta(days=20), PARIS) == []


SENSIBLE = Pattern.weekly([0], NINE, NOON, MONDAY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_day": MONDAY - timedelta(days=1)}, "last_day"),
        ({"recurrence": Recurrence.ONCE, "weekdays": 0}, "last_day"),
        ({"recurrence": Recurrence.ONCE, "weekdays": 0, "last_day": MONDAY + timedelta(days=1)}, "last_day"),
        ({"ends": NINE}, "ends"),
        ({"ends": time(8)}, "ends"),
        ({"weekdays": 0}, "weekdays"),
        ({"recurrence": Recurrence.MONTHLY_DAY}, "weekdays"),
        ({"every": 0}, "every"),
        ({"every": 53}, "every"),
    ],
    ids=[
        "ends before",
        "no end",
        "spans a night",
        "empty",
        "backwards",
        "no weekday",
        "weekday",
        "never",
        "too rarely",
    ],
)
def test_patterns_that_make_no_sense(changes, field):
    with pytest.raises(ImpossiblePattern) as refused:
        check(replace(SENSIBLE, **changes))
    assert refused.value.field == field


def test_patterns_that_make_sense():
    check(SENSIBLE)
    check(replace(SENSIBLE, ends=MIDNIGHT))
    check(Pattern.once(MONDAY, NINE, time(8), MONDAY + timedelta(days=1)), one_day=False)
    with pytest.raises(ImpossiblePattern):
        check(Pattern.once(MONDAY, NINE, time(8)), one_day=False)
