"""Slots and the presences that give them: a shift of a mediator, for a service, by one channel."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, or_, select

from accounts.models import Account
from activity.models import Channel
from foundation.db import db
from mediation.models import Service, Shift, ShiftService
from places.models import Room, Venue


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


def presences(
    service: Service,
    *,
    venue_id: int | None = None,
    channel: Channel | None = None,
    mediator_ids: Collection[int] | None = None,
) -> list[Presence]:
    """The shifts of active mediators for `service`, in open places and rooms, once for each channel, by shift."""
    query = _shifts(at_venue=venue_id is not None, of_mediators=mediator_ids is not None)
    asked = {"service_id": service.id, "venue_id": venue_id, "mediator_ids": [*(mediator_ids or ())]}
    found = (one for row in db.session.execute(query, asked) for one in _by_channel(row, service.channels))
    return [one for one in found if channel is None or one.channel is channel]


@cache
def _shifts(*, at_venue: bool, of_mediators: bool) -> Select[*tuple[Any, ...]]:
    """Built once of each kind: it is the first question of every search."""
    query: Select[*tuple[Any, ...]] = (
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
        .where(
            ShiftService.service_id == bindparam("service_id"),
            Account.active,
            or_(Shift.venue_id.is_(None), Venue.active),
            or_(Shift.room_id.is_(None), Room.active),
        )
        .order_by(Shift.id)
    )
    if at_venue:
        query = query.where(Shift.venue_id == bindparam("venue_id"))
    if of_mediators:
        query = query.where(Shift.account_id.in_(bindparam("mediator_ids", expanding=True)))
    return query


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
