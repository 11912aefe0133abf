"""When a loan is late, when it is spoken of before, and whom it keeps waiting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from equipment.models import Reservation, ReservationState
from foundation.period import Period, at_wall_time

FORGIVEN = timedelta(minutes=15)
LOOKS_EVERY = timedelta(minutes=15)
"""How often loans are looked at: a late one keeps its kit until the next look, and its turnaround after that."""
SHORTLY = timedelta(hours=1)
AFTERNOON = time(16)
FARTHEST_REMINDER = timedelta(days=4)
"""On Friday one is reminded of Monday."""
LONG_LATE, TOLD_AHEAD = timedelta(hours=1), timedelta(hours=24)
FRIDAY = 4


class Late(NamedTuple):
    """A loan that should be back: its number, and since when."""

    reservation_id: int
    due: datetime


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


def enough_here(units: int, minimum: int) -> bool:
    """Whether so much of a kit came back in a first part that it serves others meanwhile."""
    return units >= max(minimum, 1)


def may_come_too_late(periods: Iterable[Period], now: datetime) -> bool:
    """Whether one of the loans begins so soon that nobody knows if a kit that is overdue now is back by then."""
    return any(one.start < now + TOLD_AHEAD for one in periods)


def awaited(reservation: Reservation, late: Mapping[int, Late]) -> Late | None:
    """The loan that a reservation to come waits for, as its kit is not back yet; None when it waits for none.

    Args:
        late: kit → the loan that is late.
    """
    found = late.get(reservation.kit_id)
    to_come = reservation.state in {ReservationState.REQUESTED, ReservationState.APPROVED}
    return found if found and to_come and found.reservation_id != reservation.id else None
