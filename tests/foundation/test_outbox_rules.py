"""Quiet hours and delays, as tables."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from foundation.outbox.models import Channel
from foundation.outbox.rules import GIVEN_UP_AFTER, delay_after, is_quiet, leaves_at, out_of_quiet_hours

PARIS = ZoneInfo("Europe/Paris")
NOON, NIGHT, MORNING = "2026-03-10T12:00+01:00", "2026-03-10T23:00+01:00", "2026-03-11T08:00+01:00"


@pytest.mark.parametrize(
    ("instant", "leaves"),
    [
        ("2026-03-10T08:00+01:00", "2026-03-10T08:00+01:00"),
        ("2026-03-10T19:59:59+01:00", "2026-03-10T19:59:59+01:00"),
        ("2026-03-10T20:00+01:00", "2026-03-11T08:00+01:00"),
        ("2026-03-10T23:59+01:00", "2026-03-11T08:00+01:00"),
        ("2026-03-11T00:00+01:00", "2026-03-11T08:00+01:00"),
        ("2026-03-11T07:59:59+01:00", "2026-03-11T08:00+01:00"),
        ("2026-03-28T21:00+01:00", "2026-03-29T08:00+02:00"),
        ("2026-10-24T21:00+02:00", "2026-10-25T08:00+01:00"),
        ("2026-07-10T06:30+00:00", "2026-07-10T06:30+00:00"),
        ("2026-07-10T18:00+00:00", "2026-07-11T06:00+00:00"),
    ],
)
def test_nothing_leaves_between_eight_in_the_evening_and_eight_in_the_morning(instant, leaves):
    at = datetime.fromisoformat(instant)
    assert out_of_quiet_hours(at, PARIS) == datetime.fromisoformat(leaves)
    assert is_quiet(at, PARIS) is (instant != leaves)


@pytest.mark.parametrize(
    ("channel", "answers", "now", "expected"),
    [
        (Channel.SMS, True, NOON, NOON),
        (Channel.SMS, True, NIGHT, MORNING),
        (Channel.SMS, False, NIGHT, MORNING),
        (Channel.EMAIL, True, NIGHT, NIGHT),
        (Channel.EMAIL, False, NIGHT, MORNING),
        (Channel.EMAIL, False, NOON, NOON),
    ],
)
def test_what_rings_and_what_comes_unasked_wait_for_the_morning(channel, answers, now, expected):
    written = datetime.fromisoformat(now)
    assert leaves_at(channel, written, PARIS, answers=answers) == datetime.fromisoformat(expected)


def test_delays_grow_and_end_after_a_day():
    delays = []
    while (delay := delay_after(len(delays) + 1)) is not None:
        delays.append(delay)
    assert delays[:6] == [timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20, 30)]
    assert delays == sorted(delays)
    assert GIVEN_UP_AFTER - timedelta(hours=1) < sum(delays, timedelta()) <= GIVEN_UP_AFTER
