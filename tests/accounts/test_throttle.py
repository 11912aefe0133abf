"""The delay after failed tries: grows, has an end, and is forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import throttle
from accounts.rules.throttle import LONGEST_DELAY, ONE_ACCOUNT, ONE_ADDRESS, TooManyTries

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (1, 0), (2, 0), (3, 2), (4, 4), (5, 8), (6, 16), (9, 128), (11, 512), (12, 900), (50, 900), (10**6, 900)],
)
def test_delay_of_one_account(failures, seconds):
    assert throttle.delay(failures, ONE_ACCOUNT) == timedelta(seconds=seconds)


@pytest.mark.parametrize(("failures", "seconds"), [(1, 0), (19, 0), (20, 2), (24, 32), (40, 900)])
def test_a_whole_office_behind_one_address_may_slip_more_often(failures, seconds):
    assert throttle.delay(failures, ONE_ADDRESS) == timedelta(seconds=seconds)


@given(st.integers(0, 10**9))
def test_delay_never_shrinks_and_always_ends(failures):
    assert throttle.delay(failures, ONE_ACCOUNT) <= throttle.delay(failures + 1, ONE_ACCOUNT) <= LONGEST_DELAY


@pytest.mark.parametrize(("passed", "left"), [(0, 8), (1, 7), (7, 1), (7.5, 1), (7.999, 1)])
def test_too_soon_says_how_long(app, passed, left):
    with pytest.raises(TooManyTries) as refused:
        throttle.check(5, NOW, ONE_ACCOUNT, NOW + timedelta(seconds=passed))
    assert refused.value.seconds == left


@pytest.mark.parametrize("passed", [8, 9, 100_000])
def test_late_enough_is_let_through(passed):
    throttle.check(5, NOW, ONE_ACCOUNT, NOW + timedelta(seconds=passed))


@pytest.mark.parametrize(("hours", "counted"), [(0, 6), (23.9, 6), (24, 1), (1000, 1)])
def test_failures_of_yesterday_are_forgotten(hours, counted):
    assert throttle.counted(5, NOW, NOW + timedelta(hours=hours)) == counted
