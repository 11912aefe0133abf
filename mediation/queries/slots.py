"""Free slots of a service: which start, with whom, where. The arithmetic is the agenda's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from accounts.models import Account
from agenda import queries as agenda
from agenda.rules.slots import Offer, bookable
from foundation import clock
from foundation.db import db
from foundation.period import Period, whole_day
from mediation.models import Channel, Service, Shift, ShiftService
from places.models import Room, Venue

FOUR_WEEKS = timedelta(days=28)
A_WEEK = timedelta(days=7)
SOON = timedelta(days=4)
"""Most places have a free time by then, and need not be looked at further ahead."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One free slot, `[starts_at, ends_at)` without buffers. `venue_id` is None unless the channel is `venue`.

    `structure_id` is the mediator's; `resource_ids` are the mediator's and the room's: what booking it holds.
    """

    starts_at: datetime
    ends_at: datetime
    mediator_id: int
    venue_id: int | None
    room_id: int | None
    channel: Channel
    shift_id: int
    structure_id: int | None
    resource_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Presence:
    """A shift for a service, by one channel."""

    shift_id: int
    opening_id: int
    mediator_id: int
    structure_id: int | None
    mediator_resource_id: int
    venue_id: int | None
    room_id: int | None
    room_resource_id: int | None
    channel: Channel

    @property
    def resource_ids(self) -> tuple[int, ...]:
        """Mediator and room; nobody else can use a room in which somebody telephones."""
        room = () if self.room_resource_id is None else (self.room_resource_id,)
        return (self.mediator_resource_id, *room)

    def slot(self, starts_at: datetime, service: Service) -> Slot:
        return Slot(
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=service.duration_minutes),
            mediator_id=self.mediator_id,
            venue_id=self.venue_id,
            room_id=self.room_id,
            channel=self.channel,
            shift_id=self.shift_id,
            structure_id=self.structure_id,
            resource_ids=self.resource_ids,
        )


def offer_of(service: Service) -> Offer:
    """What the agenda looks for."""
    return Offer(
        duration=timedelta(minutes=service.duration_minutes),
        before=timedelta(minutes=service.buffer_before_minutes),
        after=timedelta(minutes=service.buffer_after_minutes),
        step=timedelta(minutes=service.step_minutes) if service.step_minutes else None,
    )


def last_day(service: Service, now: datetime) -> date:
    """The last day on which residents may book it."""
    return now.astimezone(clock.territory_zone()).date() + timedelta(days=service.horizon_days)


def open_window(service: Service, window: Period, *, now: datetime, freely: bool = False) -> Period | None:
    """The part of `window` in which a start may be booked; None when nothing is left.

    Args:
        freely: for staff at the desk, neither notice nor horizon count.
    """
    if freely:
        return bookable(window, now)
    end = whole_day(last_day(service, now), clock.territory_zone()).end
    return bookable(window, now, timedelta(minutes=service.notice_minutes), end - now)


def presences(
    service: Service,
    *,
    venue_id: int | None = None,
    channel: Channel | None = None,
    mediator_ids: Collection[int] | None = None,
) -> list[Presence]:
    """The shifts of active mediators for `service`, once for each channel, by shift."""
    query = (
        select(
            Shift.id,
            Shift.opening_id,
            Shift.account_id,
            Shift.venue_id,
            Shift.room_id,
            Shift.channels,
            Account.structure_id,
            Account.resource_id.label("mediator_resource_id"),
            Room.resource_id.label("room_resource_id"),
        )
        .join(ShiftService, ShiftService.shift_id == Shift.id)
        .join(Account, Account.id == Shift.account_id)
        .outerjoin(Venue, Venue.id == Shift.venue_id)
        .outerjoin(Room, Room.id == Shift.room_id)
        .where(ShiftService.service_id == service.id, Account.active, or_(Shift.venue_id.is_(None), Venue.active))
        .order_by(Shift.id)
    )
    if venue_id is not None:
        query = query.where(Shift.venue_id == venue_id)
    if mediator_ids is not None:
        query = query.where(Shift.account_id.in_(mediator_ids))
    found = (one for row in db.session.execute(query) for one in _by_channel(row, service.channels))
    return [one for one in found if channel is None or one.channel is channel]


def _by_channel(row: Any, offered: Iterable[str]) -> Iterator[Presence]:
    """One presence for each channel that both shift and service have. Whoever goes to a home leaves the room free."""
    for channel in Channel:
        on_site = channel is Channel.VENUE
        if channel not in row.channels or channel not in offered or (on_site and row.venue_id is None):
            continue
        with_room = channel is not Channel.HOME
        yield Presence(
            shift_id=row.id,
            opening_id=row.opening_id,
            mediator_id=row.account_id,
            structure_id=row.structure_id,
            mediator_resource_id=row.mediator_resource_id,
            venue_id=row.venue_id if on_site else None,
            room_id=row.room_id if with_room else None,
            room_resource_id=row.room_resource_id if with_room else None,
            channel=channel,
        )


def find_slots(
    service: Service,
    window: Period,
    *,
    now: datetime,
    venue_id: int | None = None,
    channel: Channel | None = None,
    mediator_ids: Collection[int] | None = None,
    ignoring: str | None = None,
    freely: bool = False,
) -> list[Slot]:
    """Every free slot that starts within `window`, by start, then by shift.

    Args:
        channel: one of the service's; None: a slot for each of them.
        mediator_ids: only these accounts.
        ignoring: reference of an appointment whose own holds count as free, because it is about to be moved.
        freely: for staff at the desk, neither notice nor horizon count.
    """
    present = presences(service, venue_id=venue_id, channel=channel, mediator_ids=mediator_ids)
    return slots_of(present, service, window, now=now, ignoring=ignoring, freely=freely)


def slots_of(
    present: Collection[Presence],
    service: Service,
    window: Period,
    *,
    now: datetime,
    ignoring: str | None = None,
    freely: bool = False,
) -> list[Slot]:
    """The free slots of presences that are known already; see `find_slots`."""
    found = _starts(present, service, window, now=now, ignoring=ignoring, freely=freely)
    return [one.slot(starts_at, service) for starts_at, offering in found for one in offering]


def _starts(
    present: Collection[Presence],
    service: Service,
    window: Period,
    *,
    now: datetime,
    ignoring: str | None = None,
    freely: bool = False,
) -> list[tuple[datetime, list[Presence]]]:
    """Free starts, and the presences that offer each, by shift."""
    opened = open_window(service, window, now=now, freely=freely)
    if opened is None:
        return []
    found: dict[datetime, list[Presence]] = {}
    for group in _searches(present):
        needs = {id_: ones[0].resource_ids[1:] for id_, ones in group.items()}
        for free in agenda.free_slots(needs, offer_of(service), opened, ignoring=ignoring):
            found.setdefault(free.start, []).extend(one for id_ in free.opening_ids for one in group[id_])
    return [(start, sorted(found[start], key=lambda one: one.shift_id)) for start in sorted(found)]


def _searches(present: Iterable[Presence]) -> list[dict[int, list[Presence]]]:
    """Presences by opening, in as few searches as can be: a second one for openings both with and without a room."""
    searches: list[dict[int, list[Presence]]] = []
    for one in present:
        for search in searches:
            same = search.setdefault(one.opening_id, [one])
            if same[0].room_resource_id == one.room_resource_id:
                if same[0] is not one:
                    same.append(one)
                break
        else:
            searches.append({one.opening_id: [one]})
    return searches


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
    closest = sorted(found.values(), key=lambda slot: (abs(slot.starts_at - wanted), slot.starts_at))[:count]
    return sorted(closest, key=lambda slot: slot.starts_at)


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
        for start, _offering in _starts(present, service, window, now=now, ignoring=ignoring, freely=freely):
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
        for start, offering in _starts(waiting, service, window, now=now):
            for one in offering:
                found.setdefault((one.channel, one.venue_id), start)
        waiting = [one for one in waiting if (one.channel, one.venue_id) not in found]
        at, stride = window.end, FOUR_WEEKS
    order = list(Channel)
    openings = [PlaceOpening(channel, venue_id, first) for (channel, venue_id), first in found.items()]
    return sorted(openings, key=lambda one: (one.first, order.index(one.channel), one.venue_id or 0))
