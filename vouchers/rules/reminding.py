"""When people are reminded of a voucher that is about to end. Pure."""

from __future__ import annotations

from datetime import date, timedelta

REMINDED_BEFORE = timedelta(days=30)


def is_ending(last_day: date, today: date) -> bool:
    """Whether `last_day` is near enough to be told of, and not past."""
    return last_day - REMINDED_BEFORE <= today <= last_day
