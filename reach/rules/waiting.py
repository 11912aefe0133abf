"""How long people waited, in days of the calendar."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean, median
from zoneinfo import ZoneInfo

from foundation.period import whole_day


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


def waited(pairs: Sequence[tuple[datetime, datetime]], zone: ZoneInfo) -> Waiting:
    """Of (asked, received), both aware."""
    days = days_waited(pairs, zone)
    return Waiting(len(days), float(median(days)), fmean(days)) if days else Waiting()


def days_waited(pairs: Sequence[tuple[datetime, datetime]], zone: ZoneInfo) -> list[int]:
    """Of each pair. The midnights between the two are counted, so that no instant of thousands has to be brought to
    the wall clock; whoever was received before it was written down waited 0 days."""
    if not pairs:
        return []
    midnights = _midnights(min(min(pair) for pair in pairs), max(max(pair) for pair in pairs), zone)
    return [max(0, bisect_right(midnights, received) - bisect_right(midnights, asked)) for asked, received in pairs]


def _midnights(first: datetime, last: datetime, zone: ZoneInfo) -> list[datetime]:
    start, end = first.astimezone(zone).date(), last.astimezone(zone).date()
    return [whole_day(start + timedelta(days=n), zone).start for n in range((end - start).days + 1)]
