"""Half-open periods and their arithmetic."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.period import Period, at_wall_time, intersected, merged, subtracted, whole_day

PARIS = ZoneInfo("Europe/Paris")
START = datetime(2026, 11, 24, tzinfo=UTC)


def minutes(first: int, last: int) -> Period:
    return Period(START + timedelta(minutes=first), START + timedelta(minutes=last))


@st.composite
def periods(draw):
    bounds = st.tuples(st.integers(0, 120), st.integers(1, 40))
    return [minutes(first, first + length) for first, length in draw(st.lists(bounds, max_size=12))]


def covered(some: list[Period]) -> set[datetime]:
    """Every minute that starts inside one of `some`."""
    return {
        START + timedelta(minutes=minute)
        for minute in range(200)
        if any(period.start <= START + timedelta(minutes=minute) < period.end for period in some)
    }


def test_a_period_refuses_naive_instants():
    with pytest.raises(ValueError, match="aware"):
        Period(datetime(2026, 1, 1), datetime(2026, 1, 2))  # noqa: DTZ001  The point of the test.


@pytest.mark.parametrize("length", [0, -5])
def test_a_period_refuses_to_be_empty_or_reversed(length):
    with pytest.raises(ValueError, match="after it starts"):
        minutes(10, 10 + length)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ((0, 10), (10, 20), False),
        ((0, 10), (9, 20), True),
        ((0, 30), (10, 20), True),
        ((10, 20), (0, 10), False),
    ],
)
def test_periods_that_touch_do_not_overlap(left, right, expected):
    assert minutes(*left).overlaps(minutes(*right)) is expected
    assert minutes(*right).overlaps(minutes(*left)) is expected


def test_padding_adds_the_buffers():
    assert minutes(10, 20).padded(timedelta(minutes=5), timedelta(minutes=10)) == minutes(5, 30)


@given(periods())
def test_merging_keeps_every_minute_and_leaves_no_neighbours(some):
    result = merged(some)
    assert covered(result) == covered(some)
    assert all(first.end < second.start for first, second in itertools.pairwise(result))


@given(periods(), periods())
def test_every_minute_is_free_or_busy_and_never_both(open_hours, busy):
    free = subtracted(open_hours, busy)
    assert covered(free) == covered(open_hours) - covered(busy)
    assert intersected(free, busy) == []


@given(periods(), periods())
def test_intersection_holds_the_minutes_of_both_whatever_the_order(left, right):
    assert covered(intersected(left, right)) == covered(left) & covered(right)
    assert intersected(left, right) == intersected(right, left)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 24), 24)],
)
def test_days_are_as_long_as_the_wall_clock_makes_them(day, hours):
    assert whole_day(day, PARIS).length == timedelta(hours=hours)


def test_a_wall_time_that_spring_skips_moves_forward():
    skipped = at_wall_time(date(2026, 3, 29), time(2, 30), PARIS)
    assert skipped.astimezone(PARIS).time() == time(3, 30)


def test_a_wall_time_that_autumn_repeats_is_the_first_one():
    assert at_wall_time(date(2026, 10, 25), time(2, 30), PARIS) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
