"""Opens the accounts of Valbriac's staff and writes when each mediator receives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.hashing import hash_password
from accounts.models import Account
from accounts.service.staff import Details, create_account
from activity.models import Channel
from agenda.models import Absence, Opening
from agenda.queries.calendar import closures
from agenda.rules.free import closed_days
from agenda.rules.recurrence import Pattern
from demo.activity import Post
from demo.ground import Ground
from demo.offer import Offered
from demo.staff import MEDIATORS, OTHERS, PASSWORD, Hours, Worker
from foundation.db import db
from foundation.period import Period
from foundation.security import Role
from mediation.models import Shift, ShiftService
from places.models import Room, Venue
from places.queries import HostPlace, host_places

LEAVE_DAYS = 18
LEAVE_STARTS = (7, 13)
LEAVE_LABEL = "Congés"
LONG = timedelta(hours=3)
LAST_KNOWN = timedelta(days=400)


@dataclass(frozen=True)
class Leave:
    """A summer's leave: both days included."""

    first: date
    last: date


@dataclass(frozen=True)
class Presence:
    """One line of a mediator's weekly hours, with the rows that it became."""

    opening: Opening
    account: Account
    venue: Venue | None
    room: Room | None
    channel: Channel
    services: tuple[tuple[int, Offered], ...]
    leaves: tuple[Leave, ...]

    @property
    def resource_ids(self) -> list[int]:
        """The mediator, and the room if there is one."""
        return [self.opening.resource_id, *([self.room.resource_id] if self.room else [])]

    def may_host_a_meeting(self, free: Period) -> bool:
        """Long presences at a venue sometimes begin with a group, when nothing else takes a part of them."""
        return self.venue is not None and free.length >= LONG

    def on_leave(self, day: date) -> bool:
        return any(leave.first <= day <= leave.last for leave in self.leaves)

    def post(self, period: Period) -> Post:
        """This presence on the day of `period`."""
        return Post(
            period=period,
            mediator_id=self.account.id,
            resource_id=self.opening.resource_id,
            structure_id=self.account.structure_id,
            venue_id=self.venue.id if self.venue else None,
            venue_neighbourhood_id=self.venue.neighbourhood_id if self.venue else None,
            room_id=self.room.id if self.room else None,
            room_resource_id=self.room.resource_id if self.room else None,
            channel=self.channel,
            services=self.services,
        )


@dataclass(frozen=True)
class Team:
    """Everybody who works in the town, and the days on which nobody does."""

    presences: list[Presence]
    prescribers: list[int]
    closed: frozenset[date]


def hire(ground: Ground, since: date, now: datetime) -> Team:
    """Open the accounts and write the hours, from `since` on."""
    password = hash_password(PASSWORD)
    presences = [
        _presence(ground, account, worker, hours, since, leaves)
        for number, worker in enumerate(MEDIATORS)
        for account in [_account(worker, ground, password, now)]
        for leaves in [_summers(number, account, since, now)]
        for hours in worker.hours
    ]
    others = [_account(worker, ground, password, now) for worker in OTHERS]
    prescribers = [account.id for account in others if account.has(Role.PRESCRIBER)]
    closed = closed_days(closures(since, now.date() + LAST_KNOWN))
    return Team(presences, prescribers, closed)


def _account(worker: Worker, ground: Ground, password: str, now: datetime) -> Account:
    structure_id = ground.houses[worker.house] if worker.house else None
    place = _place_of(worker)
    details = Details(
        worker.name, worker.email, frozenset(worker.roles), structure_id, school_id=place.school_id,
        care_home_id=place.care_home_id, approves=worker.approves,
    )  # fmt: skip
    account = create_account(details, None)
    account.password_hash, account.password_changed_at = password, now
    return account


def _place_of(worker: Worker) -> HostPlace:
    """The school or the care home of a host; nowhere for the others."""
    if not worker.place:
        return HostPlace("")
    return next(one for one in host_places() if one.label.startswith(worker.place))


def _summers(number: int, account: Account, since: date, now: datetime) -> tuple[Leave, ...]:
    """Mediators take their leave one after the other, so that somebody always receives."""
    leaves = []
    for year in range(since.year, now.year + 1):
        first = date(year, *LEAVE_STARTS) + timedelta(days=4 * (number % 8))
        leave = Leave(first, first + timedelta(days=LEAVE_DAYS))
        db.session.add(
            Absence(
                resource_id=account.resource_id, label=LEAVE_LABEL, first_day=leave.first, last_day=leave.last,
                starts=datetime.min.time(), ends=datetime.min.time(),
            )
        )  # fmt: skip
        leaves.append(leave)
    return tuple(leaves)


def _presence(
    ground: Ground, account: Account, worker: Worker, hours: Hours, since: date, leaves: tuple[Leave, ...]
) -> Presence:
    pattern = Pattern.weekly([hours.weekday], *hours.span, since, every=hours.every)
    opening = Opening(
        resource_id=account.resource_id, recurrence=pattern.recurrence, every=pattern.every, weekdays=pattern.weekdays,
        first_day=pattern.first_day, last_day=None, starts=pattern.starts, ends=pattern.ends,
    )  # fmt: skip
    venue = ground.venues[hours.site] if hours.site else None
    room = ground.rooms[hours.site][hours.room] if hours.site else None
    channel = Channel.VENUE if venue else Channel.HOME
    services = tuple(ground.services[key] for key in worker.services if channel in ground.services[key][1].channels)
    db.session.add(opening)
    db.session.flush()
    channels = [Channel.VENUE.value, Channel.PHONE.value] if venue else [Channel.HOME.value]
    shift = Shift(
        opening_id=opening.id, account_id=account.id, venue_id=venue.id if venue else None,
        room_id=room.id if room else None, channels=channels,
    )  # fmt: skip
    db.session.add(shift)
    db.session.flush()
    db.session.add_all(ShiftService(shift_id=shift.id, service_id=service_id) for service_id, _offered in services)
    return Presence(opening, account, venue, room, channel, services, leaves)
