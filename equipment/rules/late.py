"""When a loan is late, when it is spoken of before, and whom it keeps waiting."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from foundation.period import at_wall_time

FORGIVEN = timedelta(minutes=15)
LOOKS_EVERY = timedelta(minutes=15)
"""How often loans are looked at: a late one keeps its kit until the next look, and its turnaround after that."""
SHORTLY = timedelta(hours=1)
AFTERNOON = time(16)
FARTHEST_REMINDER = timedelta(days=4)
"""On Friday one is reminded of Monday."""
LONG_LATE, TOLD_AHEAD = timedelta(hours=1), timedelta(hours=24)
FRIDAY = 4


def is_late(due: datetime, now: datetime) -> bool:
    return now >= due + FORGIVEN


def reminder_at(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> datetime:
    """The afternoon of the working day before it is due; of a loan that began later than that, an hour before."""
    day = ends_at.astimezone(zone).date() - timedelta(days=1)
    while day.weekday() > FRIDAY:
        day -= timedelta(days=1)
    afternoon = at_wall_time(day, AFTERNOON, zone)
    return afternoon if afternoon > starts_at else max(ends_at - SHORTLY, starts_at + (ends_at - starts_at) / 2)


def kept_until(now: datetime, turnaround: timedelta) -> datetime:
    """Until when a kit that is not back can not be lent to anybody else."""
    return now + LOOKS_EVERY + turnaround


def told_until(due: datetime, now: datetime, turnaround: timedelta) -> datetime:
    """Whose loans begin before then are told: it does not fit any more; after an hour, whoever has it within a day."""
    kept = kept_until(now, turnaround)
    return max(kept, now + TOLD_AHEAD) if now >= due + LONG_LATE else kept
