"""How many codes a counter may try in vain before it has to wait: enough for slips, nothing for guessers.

31⁹ codes are possible; at this pace a guesser tries 60 a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from foundation.errors import Refused
from foundation.i18n import _

Limits = Sequence[tuple[timedelta, int]]
LIMITS: Limits = ((timedelta(minutes=15), 15), (timedelta(days=1), 60))
"""Within so long, so many, for a partner."""
OF_ADDRESS: Limits = ((timedelta(minutes=15), 150), (timedelta(days=1), 600))
"""For a network address: all shops of a street may share one."""
LONGEST = max(window for window, _most in (*LIMITS, *OF_ADDRESS))
MOST = sum(max(most for _window, most in limits) for limits in (LIMITS, OF_ADDRESS))
"""As many as both may have before nothing is looked up any more: none of the two hides the other."""
GUESSES = frozenset({"Mistyped", "NotTakenHere"})
"""Refusals that a guesser meets. A voucher that has expired is known, and is refused as often as it is shown."""


class TooManyRefused(Refused):
    """Wait until then (429)."""

    status = 429

    def __init__(self, until: datetime) -> None:
        super().__init__(_("Too many codes were refused. Wait a while before you try another one."))
        self.until = until


def free_again(tried: Sequence[datetime], now: datetime, limits: Limits = LIMITS) -> datetime | None:
    """When the next code may be tried; None: now.

    Args:
        tried: when codes were refused as guesses, latest first.
    """
    waits = [tried[most - 1] + window for window, most in limits if len(tried) >= most]
    until = max(waits, default=now)
    return until if until > now else None
