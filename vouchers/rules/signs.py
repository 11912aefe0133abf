"""Signs that something may be wrong with vouchers. A sign proves nothing: people look at the facts. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LOOKED_AT = timedelta(days=92)
"""As far back as signs are looked for; a serial number is looked for in all years."""
MANY_REFUSED = 10
"""Codes that one till tried in vain on one day."""
OPENS, CLOSES, SUNDAY = time(8), time(20), 6
SAME_NAME = 3
"""Vouchers that one of the staff issued, one by one, to people of one family name."""


@dataclass(frozen=True)
class Refusals:
    """Codes refused at the counter of a partner on one day of the town."""

    partner_id: int
    day: date
    count: int


def many_refused(tries: Iterable[tuple[int, datetime]], zone: ZoneInfo) -> list[Refusals]:
    """Days on which a counter tried too many codes in vain, the latest first.

    Args:
        tries: partner, and when the code was refused.
    """
    counted = Counter((partner_id, at.astimezone(zone).date()) for partner_id, at in tries)
    found = [Refusals(partner, day, count) for (partner, day), count in counted.items() if count >= MANY_REFUSED]
    return sorted(found, key=lambda one: (one.day, one.count), reverse=True)


def far_from_hours(at: datetime, zone: ZoneInfo) -> bool:
    """Whether shops are closed then: on Sundays, before eight and from eight in the evening on, by the wall clock."""
    local = at.astimezone(zone)
    return local.weekday() == SUNDAY or not OPENS <= local.time() < CLOSES
