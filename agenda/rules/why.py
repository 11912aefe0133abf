"""Why a time is not free, in reasons that a person can act on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from agenda.rules.free import Timetable, closed_days, open_periods
from agenda.rules.recurrence import occurrences
from agenda.rules.slots import NOTHING, Offer
from foundation.period import Period, merged


class ReasonKind(StrEnum):
    """What stands in the way, from the plainest to the most particular."""

    TOO_LATE = "too_late"
    TOO_FAR = "too_far"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    ABSENT = "absent"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands in the way.

    Attributes:
        label: of the holiday, absence or hold.
        period: how long it stands in the way; None for what has no such length.
        limit: the first instant that is not too late, or the last that is not too far.
    """

    kind: ReasonKind
    label: str = ""
    period: Period | None = None
    limit: datetime | None = None


def why_not_free(
    table: Timetable,
    start: datetime,
    offer: Offer,
    *,
    now: datetime,
    zone: ZoneInfo,
    notice: timedelta = NOTHING,
    horizon: timedelta | None = None,
) -> list[Reason]:
    """Every reason against a slot at `start`; none when it can be held.

    The time in which the person is received must be open; the buffers need only be free.
    """
    held = offer.hold(start)
    return [
        *_by_the_clock(start, now, notice, horizon),
        *_not_open(table, Period(start, start + offer.duration), zone),
        *in_the_way(table, held, zone),
    ]


def in_the_way(table: Timetable, held: Period, zone: ZoneInfo) -> list[Reason]:
    """The absences and holds against taking `held`. Whether somebody receives then is another question."""
    taken = sorted((one for one in table.holds if one.period.overlaps(held)), key=lambda one: one.period)
    return [*_away(table, held, zone), *(Reason(ReasonKind.HELD, one.label, one.period) for one in taken)]


def _by_the_clock(start: datetime, now: datetime, notice: timedelta, horizon: timedelta | None) -> list[Reason]:
    if start < now + notice:
        return [Reason(ReasonKind.TOO_LATE, limit=now + notice)]
    if horizon is not None and start >= now + horizon:
        return [Reason(ReasonKind.TOO_FAR, limit=now + horizon)]
    return []


def _not_open(table: Timetable, received: Period, zone: ZoneInfo) -> list[Reason]:
    day = received.start.astimezone(zone).date()
    if day in closed_days(table.closures):
        return [
            Reason(ReasonKind.HOLIDAY, closed.label)
            for closed in table.closures
            if closed.first_day <= day <= closed.last_day
        ]
    if any(period.contains(received) for period in merged(open_periods(table, day, day, zone))):
        return []
    return [Reason(ReasonKind.CLOSED)]


def _away(table: Timetable, held: Period, zone: ZoneInfo) -> list[Reason]:
    if not table.absences:
        return []
    first, last = held.start.astimezone(zone).date(), held.end.astimezone(zone).date()
    return [
        Reason(ReasonKind.ABSENT, absence.label, period)
        for absence in table.absences
        for period in occurrences(absence.pattern, first, last, zone)
        if period.overlaps(held)
    ]
