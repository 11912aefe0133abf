"""Where to look when nothing is chosen yet: the nearest slots, the first free days, the first start of each place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from activity.models import Channel
from agenda.rules.slots import nearest as closest
from foundation import clock
from foundation.period import Period, whole_day
from mediation.models import Service
from mediation.queries.slots.finding import last_day, slots_of, starts_of
from mediation.queries.slots.presences import Slot, presences

FOUR_WEEKS = timedelta(days=28)
A_WEEK = timedelta(days=7)
SOON = timedelta(days=4)
"""Most places have a free time by then, and need not be looked at further ahead."""


def nearest(
    service: Service,
    wanted: datetime,
    count: int = 3,
    *,
    now: datetime,
    venue_id: int | None = None,
    channel: Channel | None = None,
    mediator_ids: Collection[int] | None = None,
    ignoring: str | None = None,
    freely: bool = False,
) -> list[Slot]:
    """The `count` slots of different starts closest to `wanted`, by start: of the week around it, else of any day."""
    present = presences(service, venue_id=venue_id, channel=channel, mediator_ids=mediator_ids)
    whole = Period(now, whole_day(last_day(service, now), clock.territory_zone()).end)
    around = (max(now, wanted - A_WEEK), wanted + A_WEEK)
    windows = [Period(*around), whole] if around[0] < around[1] else [whole]
    found: dict[datetime, Slot] = {}
    for window in windows:
        for slot in slots_of(present, service, window, now=now, ignoring=ignoring, freely=freely):
            found.setdefault(slot.starts_at, slot)
        if len(found) >= count:
            break
    return [found[start] for start in closest(found, wanted, count)]


@dataclass(frozen=True, slots=True)
class FreeDay:
    """A day with at least one free start. The starts of several mediators at the same time count once."""

    day: date
    starts: tuple[datetime, ...]


def first_days(
    service: Service,
    count: int,
    *,
    now: datetime,
    after: date | None = None,
    venue_id: int | None = None,
    channel: Channel | None = None,
    mediator_ids: Collection[int] | None = None,
    ignoring: str | None = None,
    freely: bool = False,
) -> list[FreeDay]:
    """The first `count` days with free starts, from tomorrow of `after` on (today by default), four weeks at a time."""
    zone = clock.territory_zone()
    present = presences(service, venue_id=venue_id, channel=channel, mediator_ids=mediator_ids)
    at = now if after is None else max(now, whole_day(after, zone).end)
    end = whole_day(last_day(service, now), zone).end
    days: dict[date, list[datetime]] = {}
    while present and at < end and len(days) < count:
        until = min(whole_day((at + FOUR_WEEKS).astimezone(zone).date(), zone).start, end)
        window = Period(at, max(until, at + timedelta.resolution))
        for start, _offering in starts_of(present, service, window, now=now, ignoring=ignoring, freely=freely):
            days.setdefault(start.astimezone(zone).date(), []).append(start)
        at = window.end
    return [FreeDay(day, tuple(days[day])) for day in sorted(days)][:count]


@dataclass(frozen=True, slots=True)
class PlaceOpening:
    """A venue, or another channel, and its first free start."""

    channel: Channel
    venue_id: int | None
    first: datetime


def first_by_place(service: Service, *, now: datetime) -> list[PlaceOpening]:
    """Each venue and channel with a free start, and the first one there; soonest first."""
    zone = clock.territory_zone()
    waiting = presences(service)
    at, end, stride = now, whole_day(last_day(service, now), zone).end, SOON
    found: dict[tuple[Channel, int | None], datetime] = {}
    while waiting and at < end:
        window = Period(at, min(at + stride, end))
        for start, offering in starts_of(waiting, service, window, now=now):
            for one in offering:
                found.setdefault((one.channel, one.venue_id), start)
        waiting = [one for one in waiting if (one.channel, one.venue_id) not in found]
        at, stride = window.end, FOUR_WEEKS
    order = list(Channel)
    openings = [PlaceOpening(channel, venue_id, first) for (channel, venue_id), first in found.items()]
    return sorted(openings, key=lambda one: (one.first, order.index(one.channel), one.venue_id or 0))
