"""Which stretch of time a job is done for, as tables."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from jobs import each, nightly


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        ("2026-03-10T07:00:00+00:00", "2026-03-10T07:00:00+00:00"),
        ("2026-03-10T07:14:59.999+00:00", "2026-03-10T07:00:00+00:00"),
        ("2026-03-10T07:15:00+00:00", "2026-03-10T07:15:00+00:00"),
        ("2026-03-10T23:59:00+00:00", "2026-03-10T23:45:00+00:00"),
    ],
)
def test_each_quarter_of_an_hour(now, slot):
    assert each(timedelta(minutes=15))(datetime.fromisoformat(now)) == datetime.fromisoformat(slot)


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        ("2026-03-10T02:59+01:00", "2026-03-09T03:00+01:00"),
        ("2026-03-10T03:00+01:00", "2026-03-10T03:00+01:00"),
        ("2026-03-10T23:00+01:00", "2026-03-10T03:00+01:00"),
        ("2026-03-29T03:00+02:00", "2026-03-29T03:00+02:00"),
        ("2026-10-25T02:30+01:00", "2026-10-24T03:00+02:00"),
        ("2026-10-25T03:00+01:00", "2026-10-25T03:00+01:00"),
    ],
)
@pytest.mark.usefixtures("app")
def test_each_night_on_the_wall_clock(now, slot):
    assert nightly(datetime.fromisoformat(now)) == datetime.fromisoformat(slot)
