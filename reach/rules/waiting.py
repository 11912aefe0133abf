"""How long people waited, in days of the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np

from foundation.db import EPOCH, MICROSECOND, in_microseconds
from foundation.period import whole_day
from reach.rules.cube import Numbers


@dataclass(frozen=True)
class Waiting:
    """Days of the calendar from asking to being received: 0 on the same day, 1 on the day after.

    Attributes:
        people: how many that is about.
        median, mean: None when it is about nobody.
    """

    people: int = 0
    median: float | None = None
    mean: float | None = None


def waited(asked: Numbers, received: Numbers, zone: ZoneInfo) -> Waiting:
    """Of people who asked at one instant each, and were received at another, in microseconds since 1970."""
    days = days_waited(asked, received, zone)
    return Waiting(days.size, float(np.median(days)), float(np.mean(days))) if days.size else Waiting()


def days_waited(asked: Numbers, received: Numbers, zone: ZoneInfo) -> Numbers:
    """Of each. The midnights between the two are counted, so that no instant of thousands has to be brought to
    the wall clock; whoever was received before it was written down waited 0 days."""
    if not asked.size:
        return asked
    midnights = _midnights(min(asked.min(), received.min()), max(asked.max(), received.max()), zone)
    days = np.searchsorted(midnights, received, side="right") - np.searchsorted(midnights, asked, side="right")
    return days.clip(0)


def _midnights(first: int, last: int, zone: ZoneInfo) -> Numbers:
    start, end = ((EPOCH + int(one) * MICROSECOND).astimezone(zone).date() for one in (first, last))
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return np.array([in_microseconds(whole_day(day, zone).start) for day in days])
