"""How long to wait after failed tries: longer each time, never for ever, and forgotten after a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.errors import Refused
from foundation.i18n import ngettext

FORGOTTEN_AFTER = timedelta(hours=24)
LONGEST_DELAY = timedelta(minutes=15)


@dataclass(frozen=True)
class Allowance:
    """How many failures cost nothing: a typing slip, or a whole office behind one address."""

    free: int


ONE_ACCOUNT = Allowance(free=3)
ONE_ADDRESS = Allowance(free=20)
ONE_RECORD = Allowance(free=10)
"""For one record, from wherever it is tried."""
SHARED_ADDRESS = Allowance(free=200)
"""For an address, when each record counts by itself: a library's desk or a telephone network is one address."""


class TooManyTries(Refused):
    """Wait `seconds` before the next try (429)."""

    status = 429

    def __init__(self, seconds: int) -> None:
        minutes = -(-seconds // 60)
        message = (
            ngettext("Wait %(num)s second, then try again.", "Wait %(num)s seconds, then try again.", seconds)
            if seconds < 60
            else ngettext("Wait %(num)s minute, then try again.", "Wait %(num)s minutes, then try again.", minutes)
        )
        super().__init__(message)
        self.seconds = seconds


def delay(failures: int, allowance: Allowance) -> timedelta:
    """Time to wait after the last of `failures`: nothing at first, then 2 s, 4 s, 8 s… up to a quarter of an hour."""
    beyond = failures - allowance.free
    if beyond < 0:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(beyond + 1, 20)), LONGEST_DELAY)


def check(failures: int, last_at: datetime, allowance: Allowance, now: datetime) -> None:
    """Refuse a try that comes too soon.

    Raises:
        TooManyTries: with the whole seconds still to wait.
    """
    wait = last_at + delay(failures, allowance) - now
    if wait > timedelta(0):
        raise TooManyTries(-(-int(wait / timedelta(milliseconds=1)) // 1000) or 1)


def counted(failures: int, last_at: datetime, now: datetime) -> int:
    """Failures so far with the one at hand; those of yesterday are forgotten."""
    return 1 if now - last_at >= FORGOTTEN_AFTER else failures + 1
