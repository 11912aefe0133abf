"""Days of waiting are days of the calendar, on the town's wall clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from foundation.db import in_microseconds
from reach.rules import waiting
from reach.rules.waiting import Waiting
from tests.reach.asking import PARIS, local_day, middle


def at(day, hour, minute=0, month=3):
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS)


def waited(pairs):
    """Of (asked, received)."""
    asked, received = (np.array([in_microseconds(pair[n]) for pair in pairs], dtype=np.int64) for n in range(2))
    return waiting.waited(asked, received, PARIS)


def days(*pairs):
    return [waited([pair]).mean for pair in pairs]


def test_the_same_day_is_none_and_the_day_after_is_one_whatever_the_hour():
    assert days((at(10, 9), at(10, 17)), (at(10, 17), at(11, 9)), (at(10, 9), at(11, 17))) == [0, 1, 1]


def test_midnight_belongs_to_the_day_that_begins():
    assert days((at(10, 23, 59), at(11, 0)), (at(11, 0), at(11, 0, 1)), (at(11, 0), at(12, 0))) == [1, 0, 1]


def test_a_day_of_23_hours_and_one_of_25_are_days():
    assert days((at(28, 12), at(30, 12)), (at(24, 12, month=10), at(26, 12, month=10))) == [2, 2]


def test_whoever_was_received_before_it_was_written_down_waited_no_day():
    assert days((at(12, 9), at(10, 9))) == [0]


def test_of_nobody_there_is_no_mean():
    assert waited([]) == Waiting(people=0, median=None, mean=None)


def test_the_median_does_not_follow_the_one_who_waited_very_long():
    found = waited([(at(1, 9), at(2, 9)), (at(1, 9), at(3, 9)), (at(1, 9), at(31, 9))])
    assert (found.people, found.median, found.mean) == (3, 2.0, 11.0)


def test_between_two_the_median_is_the_middle():
    assert waited([(at(1, 9), at(2, 9)), (at(1, 9), at(3, 9))]).median == 1.5


MINUTE = timedelta(minutes=1)
PAIRS = st.lists(st.tuples(st.integers(0, 365 * 24 * 60), st.integers(0, 90 * 24 * 60)), min_size=1, max_size=12)


@given(PAIRS)
def test_it_is_what_the_dates_on_the_wall_say(drawn):
    new_year = at(1, 0, month=1).astimezone(UTC)
    instants = [(new_year + asked * MINUTE, new_year + (asked + more) * MINUTE) for asked, more in drawn]
    told = [(local_day(received) - local_day(asked)).days for asked, received in instants]
    found = waited(instants)
    assert found.people == len(told)
    assert found.median == middle(told)
    assert abs((found.mean or 0) - sum(told) / len(told)) < 1e-9
    assert waited([(one, one + timedelta(seconds=1)) for one, _received in instants[:1]]).mean in {0, 1}
