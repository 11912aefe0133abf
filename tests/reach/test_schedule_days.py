"""On which days reports go out by themselves: every period once, none early, whatever day the jobs look."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach.models import Repeat
from reach.rules import reporting
from reach.rules.periods import MONTHS_OF_A_QUARTER, MONTHS_OF_A_YEAR

days = st.dates(date(2002, 1, 1), date(2090, 12, 31))
repeats = st.sampled_from(Repeat)
MONTHS = {Repeat.QUARTER: MONTHS_OF_A_QUARTER, Repeat.YEAR: MONTHS_OF_A_YEAR}


def sent(begun, repeat, looks):
    """(day, period) of each report that goes out, as the jobs do it: `looks` are the days on which they look."""
    next_on, found = reporting.next_day(reporting.settled(begun), repeat), []
    for day in looks:
        settled = reporting.settled(day)
        if next_on <= settled:
            found.append((day, reporting.ended_before(settled, repeat)))
            next_on = reporting.next_day(settled, repeat)
    return found


@given(days, repeats)
def test_each_period_goes_out_once_on_its_day_and_none_is_skipped(begun, repeat):
    found = sent(begun, repeat, (begun + timedelta(days=ago) for ago in range(800)))
    assert len(found) >= 2 * 12 // MONTHS[repeat] - 1
    assert [day for day, _span in found] == [reporting.sent_on(span.last + timedelta(days=1)) for _day, span in found]
    assert all(later.before == earlier for (_one, earlier), (_other, later) in pairwise(found))
    assert all(span.whole_months == MONTHS[repeat] for _day, span in found)


@given(days, repeats, st.lists(st.integers(1, 200), min_size=1, max_size=20))
def test_jobs_that_stood_still_send_the_last_period_alone_and_never_one_twice(begun, repeat, gaps):
    looks = [begun + timedelta(days=sum(gaps[:number])) for number in range(len(gaps) + 1)]
    found = sent(begun, repeat, looks)
    spans = [span for _day, span in found]
    assert sorted(set(spans)) == spans
    assert all(span.last < reporting.settled(day) + timedelta(days=1) for day, span in found)


@given(days, repeats)
def test_what_is_over_was_over_and_what_comes_next_was_not(day, repeat):
    over, following = reporting.ended_before(day, repeat), reporting.next_day(day, repeat)
    assert over.last < day < following
    assert over.last + timedelta(days=1) <= day
    assert reporting.ended_before(following, repeat).before == over


@pytest.mark.parametrize("day", [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)])
def test_a_leap_year_has_no_day_of_its_own(day):
    assert reporting.next_day(day, Repeat.QUARTER) == date(2028, 4, 1)
    assert reporting.sent_on(date(2028, 4, 1)) == date(2028, 4, 15)
