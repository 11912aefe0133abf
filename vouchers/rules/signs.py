"""Signs that something may be wrong with vouchers. A sign proves nothing: people look at the facts. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from foundation.errors import Conflict, Unknown
from foundation.i18n import _l
from places.hours.week import WeeklyOpening
from vouchers.models import SignKind

LOOKED_AT = timedelta(days=92)
"""As far back as signs are looked for; a serial number is looked for in all years."""
MANY_REFUSED = 10
"""Codes that one till tried in vain on one day."""
OPENS, CLOSES, SUNDAY = time(8), time(20), 6
AROUND_HOURS = 60
"""Minutes before a shop opens and after it closes in which a payment is no sign yet."""
SAME_NAME = 3
"""Vouchers that one of the staff issued, one by one, to people of one family name."""


KINDS = {
    SignKind.REFUSALS: _l("Many codes refused at one counter"),
    SignKind.HOURS: _l("Payments when shops are closed"),
    SignKind.SERIAL: _l("The same serial number twice"),
    SignKind.NAME: _l("One of the team, one family name"),
}


class NoSuchSign(Unknown):
    """It never was one, is too old, or somebody looked at it meanwhile."""

    def __init__(self) -> None:
        super().__init__(_l("There is nothing to look at here any more. Somebody else may have done it: see the list."))


class MoreMeanwhile(Conflict):
    """What was looked at is not all of it."""

    def __init__(self) -> None:
        super().__init__(_l("Something new came since you opened this page. Look at it again, then say what it was."))


@dataclass(frozen=True)
class Refusals:
    """Codes refused at the counter of a partner on one day of the town."""

    partner_id: int
    day: date
    count: int
    newest: int


def many_refused(tries: Iterable[tuple[int, datetime, int]], zone: ZoneInfo) -> list[Refusals]:
    """Days on which a counter tried too many codes in vain, the latest first.

    Args:
        tries: partner, when the code was refused, and the number of the row that says so.
    """
    days: dict[tuple[int, date], list[int]] = {}
    for partner_id, at, id_ in tries:
        days.setdefault((partner_id, at.astimezone(zone).date()), []).append(id_)
    found = [Refusals(*key, len(ids), max(ids)) for key, ids in days.items() if len(ids) >= MANY_REFUSED]
    return sorted(found, key=lambda one: (one.day, one.count), reverse=True)


def far_from_hours(
    at: datetime, zone: ZoneInfo, openings: Collection[WeeklyOpening] = (), holidays: Collection[date] = ()
) -> bool:
    """Whether a shop is closed then, by the wall clock, and for more than an hour.

    Args:
        openings: the hours of its places; where they are not known, shops are closed on Sundays, before eight and from
            eight in the evening on.
        holidays: public holidays; a week of openings does not tell of them, and shops are closed then.
    """
    local = at.astimezone(zone)
    if local.date() in holidays:
        return True
    if not openings:
        return local.weekday() == SUNDAY or not OPENS <= local.time() < CLOSES
    minute = local.hour * 60 + local.minute
    today = [one for one in openings if one.weekday == local.weekday()]
    return not any(one.start - AROUND_HOURS <= minute < one.end + AROUND_HOURS for one in today)
