"""When somebody is reminded of what they are expected to: two days before, and only if it still helps. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from foundation.outbox.rules import out_of_quiet_hours
from foundation.period import at_wall_time

REMINDED_BEFORE = timedelta(days=2)
WORTH_REMINDING = timedelta(hours=3)
"""A reminder that could only leave later than this before the start helps nobody any more."""
AHEAD = REMINDED_BEFORE + timedelta(hours=13)
"""How far to look for what is due: a reminder due in the quiet hours leaves up to twelve hours later; one hour more for
the change of clocks."""


def reminder_due(starts_at: datetime, zone: ZoneInfo) -> datetime:
    """Two days before, at the same wall time; in the morning that follows when that falls in the quiet hours."""
    local = starts_at.astimezone(zone)
    return out_of_quiet_hours(at_wall_time(local.date() - REMINDED_BEFORE, local.time(), zone), zone)


def worth_reminding(starts_at: datetime, told_at: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Whether a reminder should leave about now.

    Args:
        told_at: when the person was last told the time (booked, registered, moved): whoever heard of it less than two
            days before the start is not told again.
    """
    due = reminder_due(starts_at, zone)
    leaves = out_of_quiet_hours(max(now, due), zone)
    return due <= now and will_be_reminded(starts_at, told_at, zone) and leaves <= starts_at - WORTH_REMINDING


def will_be_reminded(starts_at: datetime, told_at: datetime, zone: ZoneInfo) -> bool:
    """Whether somebody who heard of it at `told_at` gets a reminder later."""
    return told_at < reminder_due(starts_at, zone)
