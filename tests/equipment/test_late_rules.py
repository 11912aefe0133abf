"""When a borrower is reminded, when a loan is late, and whom it keeps waiting: on the wall clock of the town."""

from __future__ import annotations

from datetime import timedelta

import pytest

from equipment.rules.late import is_late, kept_until, reminder_at, told_until
from tests.equipment.given import PARIS
from tests.workshops.given import at

DUE = at("2026-03-17 12:00")
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("starts", "ends", "reminded"),
    [
        ("2026-03-16 09:00", "2026-03-20 09:00", "2026-03-19 16:00"),
        ("2026-03-12 09:00", "2026-03-16 09:00", "2026-03-13 16:00"),
        ("2026-03-17 09:00", "2026-03-17 12:00", "2026-03-17 11:00"),
        ("2026-03-17 09:00", "2026-03-17 10:00", "2026-03-17 09:30"),
        ("2026-03-16 17:00", "2026-03-17 09:00", "2026-03-17 08:00"),
        ("2026-03-27 09:00", "2026-03-30 09:00", "2026-03-27 16:00"),
    ],
)
def test_the_afternoon_before_or_the_hour_before(starts, ends, reminded):
    assert reminder_at(at(starts), at(ends), PARIS) == at(reminded)


def test_a_quarter_of_an_hour_is_forgiven():
    assert not is_late(DUE, DUE + timedelta(minutes=14))
    assert is_late(DUE, DUE + timedelta(minutes=15))


def test_a_kit_that_is_not_back_is_kept_until_the_next_look_and_its_turnaround():
    assert kept_until(DUE, HOUR) == DUE + timedelta(minutes=75)


def test_after_an_hour_whoever_has_it_within_a_day_is_told():
    now = DUE + timedelta(minutes=59)
    assert told_until(DUE, now, HOUR) == kept_until(now, HOUR)
    assert told_until(DUE, DUE + HOUR, HOUR) == DUE + 25 * HOUR
    assert told_until(DUE, DUE + HOUR, 48 * HOUR) == kept_until(DUE + HOUR, 48 * HOUR)
