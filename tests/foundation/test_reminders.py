"""When a reminder is due, and whom it helps, as tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from foundation.outbox.reminders import AHEAD, reminder_due, worth_reminding

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("starts", "due"),
    [
        ("2026-03-17T10:00+01:00", "2026-03-15T10:00+01:00"),
        ("2026-03-30T09:00+02:00", "2026-03-28T09:00+01:00"),
        ("2026-10-26T09:00+01:00", "2026-10-24T09:00+02:00"),
        ("2026-03-17T07:30+01:00", "2026-03-15T08:00+01:00"),
        ("2026-03-17T20:30+01:00", "2026-03-16T08:00+01:00"),
    ],
)
def test_two_days_before_at_the_same_wall_time_by_day(starts, due):
    assert reminder_due(datetime.fromisoformat(starts), PARIS) == datetime.fromisoformat(due)


@pytest.mark.parametrize(
    ("told_before", "now_before", "expected"),
    [
        (timedelta(days=10), timedelta(days=2), True),
        (timedelta(days=10), timedelta(days=2, minutes=1), False),
        (timedelta(days=10), timedelta(hours=4), True),
        (timedelta(days=10), timedelta(hours=2), False),
        (timedelta(days=2), timedelta(days=1), False),
        (timedelta(days=1), timedelta(hours=20), False),
    ],
)
def test_a_reminder_is_for_who_heard_of_it_before(told_before, now_before, expected):
    starts = datetime(2026, 3, 17, 13, 0, tzinfo=UTC)
    assert worth_reminding(starts, starts - told_before, starts - now_before, PARIS) is expected


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("day", ["2026-03-17", "2026-03-29", "2026-03-31", "2026-10-25", "2026-10-27"])
def test_whatever_is_due_now_begins_within_the_time_that_is_looked_at(day, hour):
    starts = datetime.fromisoformat(day).replace(hour=hour, tzinfo=PARIS)
    assert starts - reminder_due(starts, PARIS) <= AHEAD
