"""Free times for somebody who books for another: the next days, by place, each time once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from accounts.models import Account
from activity.models import Channel
from foundation import clock
from foundation.db import db
from foundation.period import Period, whole_day
from mediation.models import Service
from mediation.queries.appointments import busyness_of_days
from mediation.queries.slots import Slot, last_day, presences, slots_of
from mediation.rules.desk import Wish
from places.models import Venue

STRIDE = timedelta(days=7)
MOST_TIMES = 30
MOST_DAYS = 4


@dataclass(frozen=True)
class Time:
    """A start that can be chosen, and who would receive."""

    wish: Wish
    mediator: str

    @property
    def starts_at(self) -> datetime:
        return self.wish.starts_at


@dataclass(frozen=True)
class PlaceTimes:
    """The times of one day at one venue, or by another channel (`venue` is then empty)."""

    day: date
    channel: Channel
    venue: str
    times: list[Time]


@dataclass(frozen=True)
class Filter:
    """What the person who books looks for.

    Attributes:
        mediator_ids: whom they may book with; None: everybody.
        freely: neither notice nor horizon count.
        ignoring: reference of an appointment that is about to be moved: what it holds counts as free.
    """

    venue_id: int | None = None
    channel: Channel | None = None
    mediator_ids: Collection[int] | None = None
    freely: bool = False
    ignoring: str | None = None


def next_times(service: Service, first: date, wanted: Filter, *, now: datetime) -> list[PlaceTimes]:
    """The next free times from the day `first` on: some thirty of them, of four days at most, by day and place.

    Of several mediators who are free at one place and time, the one with the least to do that day is shown.
    """
    slots = _next_slots(service, first, wanted, now)
    return _by_place(_once(slots), service)


def _next_slots(service: Service, first: date, wanted: Filter, now: datetime) -> list[Slot]:
    zone = clock.territory_zone()
    present = presences(
        service, venue_id=wanted.venue_id, channel=wanted.channel, mediator_ids=wanted.mediator_ids
    )  # fmt: skip
    at, end = max(now, whole_day(first, zone).start), whole_day(last_day(service, now), zone).end
    if wanted.freely:
        end = max(end, at + STRIDE)
    found: list[Slot] = []
    while present and at < end and len(_starts(found)) < MOST_TIMES:
        window = Period(at, min(whole_day((at + STRIDE).astimezone(zone).date(), zone).start, end))
        found += slots_of(present, service, window, now=now, ignoring=wanted.ignoring, freely=wanted.freely)
        at = window.end
    return _whole_days(found)


def _starts(slots: Iterable[Slot]) -> set[tuple[datetime, Channel, int | None]]:
    return {(slot.starts_at, slot.channel, slot.venue_id) for slot in slots}


def _day(slot: Slot) -> date:
    return slot.starts_at.astimezone(clock.territory_zone()).date()


def _whole_days(slots: list[Slot]) -> list[Slot]:
    """The first days, whole, until there are enough times to choose from."""
    kept: list[Slot] = []
    for day in sorted({_day(slot) for slot in slots})[:MOST_DAYS]:
        if kept and len(_starts(kept)) >= MOST_TIMES:
            break
        kept += [slot for slot in slots if _day(slot) == day]
    return kept


def _once(slots: list[Slot]) -> list[Slot]:
    """Each place and time once, with whoever has the least to do that day."""
    days = {_day(slot) for slot in slots}
    load = busyness_of_days({one.mediator_id for one in slots}, days) if days else {}
    best: dict[tuple[datetime, Channel, int | None], Slot] = {}
    for slot in sorted(slots, key=lambda one: (load[_day(one)].get(one.mediator_id, 0), one.shift_id)):
        best.setdefault((slot.starts_at, slot.channel, slot.venue_id), slot)
    return sorted(best.values(), key=lambda one: (one.starts_at, one.shift_id))


def times(slots: Iterable[Slot], service: Service) -> list[Time]:
    """Slots as they are offered for choice."""
    known = list(slots)
    names = _names(Account, {slot.mediator_id for slot in known})
    return [
        Time(
            Wish(service.id, slot.starts_at, slot.mediator_id, slot.channel, slot.venue_id),
            names.get(slot.mediator_id, ""),
        )
        for slot in known
    ]


def _by_place(slots: list[Slot], service: Service) -> list[PlaceTimes]:
    venues = _names(Venue, {slot.venue_id for slot in slots if slot.venue_id})
    groups: dict[tuple[date, Channel, int | None], list[Time]] = {}
    for slot, time in zip(slots, times(slots, service), strict=True):
        groups.setdefault((_day(slot), slot.channel, slot.venue_id), []).append(time)
    order = list(Channel)
    found = [
        PlaceTimes(day, channel, venues.get(venue_id or 0, ""), here)
        for (day, channel, venue_id), here in groups.items()
    ]
    return sorted(found, key=lambda group: (group.day, order.index(group.channel), group.venue))


def _names(model: type[Account] | type[Venue], ids: Collection[int]) -> dict[int, str]:
    return {id_: name for id_, name in db.session.execute(select(model.id, model.name).where(model.id.in_(ids)))}


def venue_name(venue_id: int | None) -> str:
    """Name of a venue; empty for none."""
    return _names(Venue, {venue_id}).get(venue_id, "") if venue_id else ""
