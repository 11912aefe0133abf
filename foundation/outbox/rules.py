"""When a message may leave, and how long it is tried. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from foundation.outbox.models import Channel
from foundation.period import at_wall_time

DAY_BEGINS, DAY_ENDS = time(8), time(20)
FIRST_DELAYS = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20)]
LATER_DELAY = timedelta(minutes=30)
GIVEN_UP_AFTER = timedelta(days=1)
INTERRUPTED_AFTER = timedelta(minutes=15)
"""A message on its way for so long was on the way when the process died: every attempt has a shorter time limit."""


def is_quiet(instant: datetime, zone: ZoneInfo) -> bool:
    """Whether it is between 20:00 and 8:00 on the wall clock of `zone`: nothing that rings leaves then."""
    return not DAY_BEGINS <= instant.astimezone(zone).time() < DAY_ENDS


def out_of_quiet_hours(instant: datetime, zone: ZoneInfo) -> datetime:
    """`instant`, or 8:00 of the next morning when it falls in the quiet hours."""
    if not is_quiet(instant, zone):
        return instant
    local = instant.astimezone(zone)
    day = local.date() if local.time() < DAY_BEGINS else local.date() + timedelta(days=1)
    return at_wall_time(day, DAY_BEGINS, zone)


def leaves_at(channel: Channel, now: datetime, zone: ZoneInfo, *, answers: bool) -> datetime:
    """When a message written now may leave.

    An e-mail that answers what has just been done leaves at once: it wakes nobody, and people wait for it. What rings
    (text messages), and what comes unasked (reminders), wait for the morning.

    Args:
        answers: whether it answers what has just been done.
    """
    return now if answers and channel is Channel.EMAIL else out_of_quiet_hours(now, zone)


def delay_after(attempts: int) -> timedelta | None:
    """How long to wait after the `attempts`-th failure: longer each time; None when a day has passed."""
    waited = sum((_delay(number) for number in range(1, attempts)), timedelta())
    delay = _delay(attempts)
    return delay if waited + delay <= GIVEN_UP_AFTER else None


def _delay(attempt: int) -> timedelta:
    return FIRST_DELAYS[attempt - 1] if attempt <= len(FIRST_DELAYS) else LATER_DELAY
