"""Registering and cancelling: every page that does it comes through here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select

from foundation import audit, clock
from foundation.codes import free_code
from foundation.db import append, db, explain_constraint
from foundation.forbidden import check_text
from people.models import Person
from workshops.models import (
    Programme,
    Registration,
    RegistrationEventKind,
    RegistrationState,
)
from workshops.queries import registrations
from workshops.queries.paid import first_start
from workshops.queries.waiting import next_turn
from workshops.rules.enrolling import Enrolling
from workshops.rules.minors import BY_STAFF, check_grown_up
from workshops.rules.paying import are_given_back, check_voucher
from workshops.rules.refusals import (
    AlreadyRegistered,
    NothingToCome,
    NotToChange,
    SentTwice,
    SessionFull,
)
from workshops.rules.registration import check_ages, check_programme, check_size, check_wish
from workshops.rules.waiting import score
from workshops.service import notices, paying, seats, waiting
from workshops.service.household import Sitter, answers_for_it, known_already, who_sits, write_down
from workshops.service.noting import locked, note, note_overbooked, sessions_of
from workshops.service.seats import Seating

explain_constraint("uq_registration_request_key", SentTwice)


def register(wish: Enrolling, *, now: datetime, actor_id: int | None = None) -> Registration:
    """Give seats to everybody in `wish`, or put them all on the waiting list. The same `request_key` registers once.

    Args:
        actor_id: the account that registers; None for a resident.

    Raises:
        NothingToCome, AlreadyRegistered, SessionFull, and the refusals of `check_programme`,
        `check_wish`, `check_voucher`, `check_size`, `check_ages`, `people.create`, `paying.promise` and `paying.pay`
    """
    sessions = _wanted(wish, now)
    programme = check_programme(db.session.get(Programme, wish.programme_id), wish, now)
    check_wish(wish, programme)
    check_voucher(wish, programme)
    if not sessions:
        raise NothingToCome
    if already := _registered_with(wish.request_key):
        return already
    check_size(wish, min(one.capacity for one in sessions))
    adult, sitters = _people(wish, programme, sessions, actor_id)
    has_seats, beyond = _seated(wish, sessions, now)
    registration = _described(wish, adult, now, actor_id)
    registration.state = RegistrationState.REGISTERED if has_seats else RegistrationState.WAITING
    registration.over_capacity = beyond
    if not has_seats:
        _put_on_list(registration, wish, programme, adult, sitters)
    write_down(append(registration), sitters, wish.emergency)
    _note_all(registration, sessions, now, actor_id)
    if wish.voucher_code:
        paying.promise(registration, wish.voucher_code, now=now)
        if has_seats:
            paying.pay(registration, sessions, now=now, actor_id=actor_id)
    (notices.tell_registered if has_seats else notices.tell_waiting)(registration)
    return registration


def check_not_registered(wish: Enrolling, session_ids: Sequence[int]) -> None:
    """Whether none of these people, as far as they are known, is registered for it; nothing is written.

    Raises:
        AlreadyRegistered
    """
    if registrations.are_doubles(known_already(wish), wish.programme_id, session_ids):
        raise AlreadyRegistered


def cancel(
    registration_id: int, *, now: datetime, actor_id: int | None = None, by_resident: bool, reason: str = ""
) -> Registration:
    """Cancel a registration, or leave the waiting list; the seats go to the next. Cancelling again changes nothing.

    Args:
        actor_id: the account that cancels; None for the resident, who may not once everything has begun.
        by_resident: the resident does not come; else it is the service that calls it off.

    Raises:
        NoSuchRegistration, NotToChange, and what `check_text` finds in the reason
    """
    check_text(reason, "reason")
    registration, to_come = locked(registration_id, now)
    if registration.state is RegistrationState.CANCELLED:
        return registration
    if actor_id is None and not sessions_of(registration, to_come):
        raise NotToChange
    if registration.state.takes_seats:
        of_series = [one.session_id for one in to_come]
        seats.give_back(of_series if registration.session_id is None else [registration.session_id], registration.seats)
    waiting.withdraw_offer(registration, now)
    registration.state, registration.to_tell_since = RegistrationState.CANCELLED, None
    kind = RegistrationEventKind.CANCELLED if by_resident else RegistrationEventKind.REVOKED
    note(registration, kind, now, actor_id, reason)
    audit.record("registration.cancelled", registration.reference, actor_id=actor_id, by_resident=by_resident)
    db.session.flush()
    if by_resident:
        paying.release(registration)
    if are_given_back(first_start(registration), now, by_resident=by_resident):
        paying.give_back([registration], now=now)
    notices.tell_cancelled(registration, by_resident=by_resident)
    waiting.offer_freed(registration.programme_id, now)
    return registration


def _wanted(wish: Enrolling, now: datetime) -> list[Seating]:
    """The sessions that are wanted, locked. Staff may add somebody to a session that has begun."""
    if wish.session_id is None:
        return seats.lock_to_come(wish.programme_id, now)
    found = [one for one in seats.lock_whole(wish.session_id) if one.programme_id == wish.programme_id]
    return [one for one in found if wish.origin in BY_STAFF or one.starts_at > now]


def _registered_with(request_key: str | None) -> Registration | None:
    known = db.session.scalar(_REGISTERED_WITH, {"request_key": request_key}) if request_key else None
    return db.session.get(Registration, known) if known else None


_REGISTERED_WITH = select(Registration.id).where(Registration.request_key == bindparam("request_key"))


def _people(
    wish: Enrolling, programme: Programme, sessions: list[Seating], actor_id: int | None
) -> tuple[Person | None, list[Sitter]]:
    """Who answers for it, and who sits there; nobody twice.

    Raises:
        OutsideAges, AlreadyRegistered, and the refusals of `check_grown_up` and `people.create`
    """
    contact_at = max(one.starts_at for one in sessions)
    adult = answers_for_it(wish, contact_at, actor_id)
    if adult is None:
        return None, []
    sitters = who_sits(wish, adult, contact_at, actor_id)
    first = min(one.starts_at for one in sessions).astimezone(clock.territory_zone()).date()
    years = [one.person.birth_year for one in sitters]
    check_ages(programme, years, first, wish.origin)
    if not wish.children:
        check_grown_up(programme, years, first, wish.origin)
    ids = [one.person.id for one in sitters]
    if registrations.are_doubles(ids, programme.id, [one.session_id for one in sessions]):
        raise AlreadyRegistered
    return adult, sitters


def _seated(wish: Enrolling, sessions: list[Seating], now: datetime) -> tuple[bool, bool]:
    """Whether they have seats, and whether these are beyond the capacity.

    Raises:
        SessionFull: nobody can wait for a seat in a session that has begun.
    """
    if seats.take(sessions, wish.seats):
        return True, False
    if wish.beyond:
        return seats.take(sessions, wish.seats, beyond=True), True
    if any(one.starts_at <= now for one in sessions):
        raise SessionFull
    return False, False


def _described(wish: Enrolling, adult: Person | None, now: datetime, actor_id: int | None) -> Registration:
    group = wish.group
    return Registration(
        code=free_code(Registration.code),
        request_key=wish.request_key,
        programme_id=wish.programme_id,
        session_id=wish.session_id,
        kind=wish.kind,
        person_id=adult.id if adult else None,
        seats=wish.seats,
        priority=0,
        school_id=group.school_id if group else None,
        care_home_id=group.care_home_id if group else None,
        group_label=group.label.strip() if group else "",
        contact_name=group.contact_name.strip() if group else "",
        contact_phone=(group.phone or "") if group else "",
        contact_email=(group.email or "") if group else "",
        remark=wish.remark.strip(),
        locale=wish.locale,
        origin=wish.origin,
        booked_by_id=actor_id,
        created_at=now,
    )


def _put_on_list(
    registration: Registration, wish: Enrolling, programme: Programme, adult: Person | None, sitters: list[Sitter]
) -> None:  # fmt: skip
    """Its place, with the priority it has today, which stays."""
    sitting = [one.person.id for one in sitters]
    declared = wish.newcomer.neighbourhood_id if wish.newcomer else None
    reasons = waiting.reasons_of(programme, adult, sitting, declared)
    registration.priority, registration.priority_for = score(programme.priorities, reasons), list(reasons)
    registration.turn = next_turn(programme.id)


def _note_all(registration: Registration, sessions: list[Seating], now: datetime, actor_id: int | None) -> None:
    """What happened to the registration, and to sessions that now hold more than was planned."""
    waits = registration.state is RegistrationState.WAITING
    kind = RegistrationEventKind.JOINED_WAITING if waits else RegistrationEventKind.REGISTERED
    note(registration, kind, now, actor_id)
    if registration.over_capacity:
        note_overbooked(registration, sessions, now, actor_id)
    audit.record(
        "registration.made", registration.reference, actor_id=actor_id, origin=registration.origin.value,
        state=registration.state.value, beyond=registration.over_capacity,
    )  # fmt: skip
