"""Booking for somebody else: who may book what, and a chosen time as one word in a form."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from activity.models import Channel
from foundation.security import Role
from mediation.models import Appointment, Origin

COLLEAGUES = frozenset({Role.MEDIATOR, Role.MANAGER, Role.ADMINISTRATOR})
BOOKERS = (Role.MEDIATOR, Role.PRESCRIBER, Role.MANAGER, Role.ADMINISTRATOR)
PARTS = 5
LARGEST = 2**31
LATEST = 4_102_444_800  # the year 2100, in seconds


def origin_for(roles: Collection[Role]) -> Origin:
    """A prescriber books as one, unless they receive people or direct those who do."""
    return Origin.PRESCRIBER if COLLEAGUES.isdisjoint(roles) else Origin.DESK


@dataclass(frozen=True, slots=True)
class Wish:
    """One time that was on the page: with whom, where, for what."""

    service_id: int
    starts_at: datetime
    mediator_id: int
    channel: Channel
    venue_id: int | None

    @property
    def key(self) -> str:
        """`12.1773129600.5.venue.3`."""
        seconds = int(self.starts_at.timestamp())
        return f"{self.service_id}.{seconds}.{self.mediator_id}.{self.channel.value}.{self.venue_id or 0}"


def read_wish(key: str | None) -> Wish | None:
    """The time that `key` spells; None when it spells none."""
    parts = (key or "").split(".")
    if len(parts) != PARTS or parts[3] not in set(Channel):
        return None
    numbers = [parts[0], parts[1], parts[2], parts[4]]
    if not all(part.isascii() and part.isdigit() and len(part) <= 10 for part in numbers):
        return None
    service, seconds, mediator, venue = (int(part) for part in numbers)
    if max(service, mediator, venue) >= LARGEST or seconds >= LATEST:
        return None
    return Wish(service, datetime.fromtimestamp(seconds, UTC), mediator, Channel(parts[3]), venue or None)


class Viewer(Protocol):
    """What the rules need to know of an account."""

    @property
    def id(self) -> int: ...
    @property
    def structure_id(self) -> int | None: ...
    @property
    def roles(self) -> frozenset[Role]: ...


def sees_all(viewer: Viewer, appointment: Appointment) -> bool:
    """Colleagues of the structure see all of an appointment; so do those of the territory."""
    near = viewer.structure_id is None or viewer.structure_id == appointment.structure_id
    return near and not COLLEAGUES.isdisjoint(viewer.roles)


def sees_outcome(viewer: Viewer, appointment: Appointment) -> bool:
    """Whoever booked it sees when and where it is, and whether the person came."""
    return sees_all(viewer, appointment) or viewer.id == appointment.booked_by_id
