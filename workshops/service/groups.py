"""Groups that a host registers: a head-count, a name for the group and a contact; nobody is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Account
from foundation import audit
from foundation.codes import free_code
from foundation.db import db
from workshops.models import (
    Origin,
    Programme,
    Registration,
    RegistrationEventKind,
    RegistrationKind,
    RegistrationState,
)
from workshops.queries import hosts as queries
from workshops.queries import registrations
from workshops.rules.enrolling import Enrolling, Group
from workshops.rules.hosts import AnswerFirst, GroupTwice, NoSeatsForMore, client_of
from workshops.rules.refusals import NoSuchRegistration, NotToChange
from workshops.rules.registration import check_group, check_size
from workshops.service import registering, seats, waiting
from workshops.service.noting import locked, note, sessions_of
from workshops.service.seats import Seating


@dataclass(frozen=True)
class Joining:
    """A group that wants seats: in one session, or (None) in all of a programme. `phone` is E.164, or None."""

    programme_id: int
    label: str
    head_count: int
    session_id: int | None = None
    phone: str | None = None


def register(wish: Joining, host: Account, *, now: datetime, request_key: str | None = None) -> Registration:
    """Give seats to a group of the host's own place, or put it on the waiting list. The same key registers once.

    Raises:
        NoPlaceYet, GroupTwice, and the refusals of `registering.register`
    """
    client = client_of(host)
    seats.lock_to_come(wish.programme_id, now)
    if already := registrations.by_request_key(request_key or ""):
        return already
    if queries.is_there(wish.programme_id, wish.session_id, wish.label, client):
        raise GroupTwice
    group = Group(
        wish.label, wish.head_count, host.name, wish.phone, host.email, client.school_id, client.care_home_id
    )  # fmt: skip
    enrolling = Enrolling(
        wish.programme_id, Origin.HOST, session_id=wish.session_id, group=group, locale=host.locale,
        request_key=request_key,
    )  # fmt: skip
    return registering.register(enrolling, now=now, actor_id=host.id)


def enrol_ahead(
    programme: Programme, group: Group, host: Account, *, now: datetime, actor_id: int | None
) -> Registration:
    """Register the group for which a programme is made, before it has sessions: each one planned counts its seats.

    Raises:
        GroupIncomplete
    """
    check_group(group)
    registration = Registration(
        code=free_code(Registration.code), programme_id=programme.id, kind=RegistrationKind.GROUP,
        state=RegistrationState.REGISTERED, seats=group.head_count, school_id=group.school_id,
        care_home_id=group.care_home_id, group_label=group.label, contact_name=group.contact_name,
        contact_phone=group.phone or "", contact_email=group.email or "", locale=host.locale, origin=Origin.HOST,
        booked_by_id=host.id, created_at=now,
    )  # fmt: skip
    db.session.add(registration)
    db.session.flush()
    note(registration, RegistrationEventKind.REGISTERED, now, actor_id)
    audit.record("registration.made", registration.reference, actor_id=actor_id, origin=Origin.HOST.value)
    db.session.flush()
    return registration


def change_head_count(registration_id: int, head_count: int, host: Account, *, now: datetime) -> Registration:
    """More or fewer people of a group: more have seats all together, or nothing changes; freed seats go to the next.

    Raises:
        NoSuchRegistration, NotToChange, AnswerFirst, NoSeatsForMore, GroupIncomplete, TooManySeats
    """
    registration, to_come = _own(registration_id, host, now)
    wanted = sessions_of(registration, to_come)
    before = registration.seats
    _check_change(registration, head_count, wanted)
    if head_count == before:
        return registration
    if registration.state is RegistrationState.REGISTERED:
        _reseat(wanted, head_count - before)
    registration.seats = head_count
    note(registration, RegistrationEventKind.CHANGED, now, host.id)
    audit.record(
        "registration.changed", registration.reference, actor_id=host.id, before=before, after=head_count
    )  # fmt: skip
    db.session.flush()
    waiting.offer_freed(registration.programme_id, now)
    return registration


def cancel(registration_id: int, host: Account, *, now: datetime) -> Registration:
    """Take a group back, or leave the waiting list; its seats go to the next. Doing so again changes nothing.

    Raises:
        NoSuchRegistration, NotToChange: all that it was for has begun.
    """
    registration, to_come = _own(registration_id, host, now)
    if registration.state is not RegistrationState.CANCELLED and not sessions_of(registration, to_come):
        raise NotToChange
    return registering.cancel(registration_id, now=now, actor_id=host.id, by_resident=True)


def answer(registration_id: int, host: Account, *, comes: bool, now: datetime) -> Registration:
    """Say yes or no to the seats that are kept for a group.

    Raises:
        NoSuchRegistration, OfferGone
    """
    _own(registration_id, host, now)
    return (waiting.accept if comes else waiting.decline)(registration_id, now=now, actor_id=host.id)


def _own(registration_id: int, host: Account, now: datetime) -> tuple[Registration, list[Seating]]:
    """A group of the host's place, and the sessions to come of its programme; all locked.

    Raises:
        NoSuchRegistration
    """
    registration, to_come = locked(registration_id, now)
    if registration.kind is not RegistrationKind.GROUP or not client_of(host).has(registration):
        raise NoSuchRegistration
    return registration, to_come


def _check_change(registration: Registration, head_count: int, wanted: list[Seating]) -> None:
    if registration.state is RegistrationState.OFFERED:
        raise AnswerFirst
    if not wanted or registration.state not in {RegistrationState.REGISTERED, RegistrationState.WAITING}:
        raise NotToChange
    group = Group(registration.group_label, head_count)
    check_group(group)
    as_asked = Enrolling(registration.programme_id, Origin.HOST, group=group)
    check_size(as_asked, min(one.capacity for one in wanted))


def _reseat(sessions: list[Seating], more: int) -> None:
    if more < 0:
        seats.give_back([one.session_id for one in sessions], -more)
    elif not seats.take(sessions, more):
        raise NoSeatsForMore
