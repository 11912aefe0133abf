"""Seats that come free go to those who wait: offered, accepted, declined, or given on when no answer comes.

Nobody is enrolled without a yes. An offer takes its seats until it is answered or runs out; a date that passed frees
nothing by itself: `expire` does, in order, however long the jobs process was down.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from foundation import audit, clock
from foundation.db import db
from foundation.outbox.rules import out_of_quiet_hours
from people.models import Person
from workshops.models import (
    OfferState,
    Priority,
    Programme,
    ProgrammeState,
    Registration,
    RegistrationEventKind,
    RegistrationState,
    SeatOffer,
)
from workshops.queries import registrations
from workshops.queries import waiting as queries
from workshops.rules.refusals import NoSuchProgramme, NotToChange
from workshops.rules.waiting import NotLapsed, OfferGone, Standing, answer_until, met
from workshops.service import notices, paying, seats
from workshops.service.noting import locked, note, sessions_of
from workshops.service.seats import Seating


def reasons_of(
    programme: Programme, person: Person | None, sitting: Sequence[int], declared: int | None
) -> list[Priority]:
    """The rules that put somebody in front who joins the list today; a group has no priority.

    Args:
        sitting: ids of the people who want a seat.
        declared: id of the neighbourhood that was just said, which the record may not have.
    """
    if person is None or not programme.priorities:
        return []
    lives_in = person.neighbourhood_id or declared
    standing = Standing(
        first_timer=not registrations.came_before(sitting),
        neighbourhood_id=lives_in,
        in_priority_neighbourhood=queries.is_priority(lives_in),
    )
    return met(programme.priorities, standing, programme.neighbourhood_ids)


def offer_freed(programme_id: int, now: datetime) -> list[SeatOffer]:
    """Offer the free seats of a programme to those who wait, in order; to call after whatever frees a seat.

    A registration whose seats do not fit keeps its place, and the next that fits is asked. Nothing is offered of a
    programme that is closed, nor when too little time is left to answer.
    """
    programme = db.session.get(Programme, programme_id)
    if programme is None or programme.state is ProgrammeState.CLOSED:
        return []
    to_come = seats.lock_to_come(programme_id, now)
    free = {one.session_id: one.free for one in to_come}
    if not any(free.values()):
        return []
    made = []
    for registration in queries.waiting(programme_id):
        wanted = sessions_of(registration, to_come)
        fits = wanted and all(free[one.session_id] >= registration.seats for one in wanted)
        if fits and (offer := _offer(programme, registration, wanted, now)):
            made.append(offer)
            free |= {one.session_id: free[one.session_id] - registration.seats for one in wanted}
    return made


def _offer(programme: Programme, registration: Registration, wanted: list[Seating], now: datetime) -> SeatOffer | None:
    told_at = out_of_quiet_hours(now, clock.territory_zone())
    until = answer_until([one.starts_at for one in wanted], told_at, programme.answer_hours)
    if until is None or not seats.take(wanted, registration.seats):
        return None
    offer = SeatOffer(registration=registration, state=OfferState.OPEN, offered_at=now, expires_at=until, to_call=False)
    db.session.add(offer)
    registration.state = RegistrationState.OFFERED
    note(registration, RegistrationEventKind.OFFERED, now, None)
    audit.record("seat.offered", registration.reference)
    db.session.flush()
    offer.to_call = notices.tell_offered(offer) is None
    return offer


def accept(registration_id: int, *, now: datetime, actor_id: int | None = None) -> Registration:
    """Say yes to the seats that are kept. Saying it again changes nothing.

    Args:
        actor_id: the account of the desk, which was told so; None for the resident.

    Raises:
        NoSuchRegistration, OfferGone, VoucherRefused: it was to be paid with a voucher that can not be used any more
    """
    registration, to_come = locked(registration_id, now)
    if registration.state is RegistrationState.REGISTERED:
        return registration
    offer = _answered(registration, OfferState.ACCEPTED, now)
    if offer.expires_at <= now:
        raise OfferGone
    registration.state = RegistrationState.REGISTERED
    note(registration, RegistrationEventKind.ACCEPTED, now, actor_id)
    audit.record("seat.accepted", registration.reference, actor_id=actor_id)
    db.session.flush()
    paying.pay(registration, sessions_of(registration, to_come), now=now, actor_id=actor_id)
    notices.tell_registered(registration)
    return registration


def decline(registration_id: int, *, now: datetime, actor_id: int | None = None) -> Registration:
    """Say no: the seats are offered to the next. Saying it again changes nothing.

    Raises:
        NoSuchRegistration, OfferGone
    """
    registration, sessions = locked(registration_id, now)
    if registration.state is RegistrationState.LAPSED:
        return registration
    _answered(registration, OfferState.DECLINED, now)
    _let_go(registration, sessions, RegistrationEventKind.DECLINED, now, actor_id)
    audit.record("seat.declined", registration.reference, actor_id=actor_id)
    offer_freed(registration.programme_id, now)
    return registration


def expire(now: datetime) -> int:
    """Give on the seats of one programme whose offers ran out; 0 when there are none: call again until then.

    All of them are freed, in the order in which they ran out, before any is offered: so those who have waited
    longest are asked first, for two seats too.
    """
    late = queries.run_out(now)
    _give_on(late, now)
    return len(late)


def _give_on(late: Sequence[SeatOffer], now: datetime) -> None:
    """Free the seats of offers of one programme that ran out, then offer them."""
    for offer in late:
        registration, sessions = locked(offer.registration_id, now)
        if queries.open_offer(registration.id) is None:
            continue
        _answered(registration, OfferState.EXPIRED, now)
        _let_go(registration, sessions, RegistrationEventKind.LAPSED, now, None)
        audit.record("seat.lapsed", registration.reference)
    if late:
        offer_freed(late[0].registration.programme_id, now)


def rejoin(registration_id: int, *, now: datetime, actor_id: int | None = None) -> Registration:
    """Put somebody whose seats were given on back on the list: at its end, without priority this time.

    Whose time to answer has passed need not wait until the job finds that out.

    Raises:
        NoSuchRegistration, NotLapsed, NotToChange: nothing is to come any more, NoSuchProgramme: it was closed
    """
    registration, sessions = locked(registration_id, now)
    if registration.state is RegistrationState.WAITING:
        return registration
    if registration.state is RegistrationState.OFFERED:
        _give_on(queries.run_out(now, registration.programme_id), now)
    if registration.state is not RegistrationState.LAPSED:
        raise NotLapsed
    if not sessions_of(registration, sessions):
        raise NotToChange
    programme = db.session.get(Programme, registration.programme_id)
    if programme is None or programme.state is ProgrammeState.CLOSED:
        raise NoSuchProgramme
    registration.state, registration.priority, registration.priority_for = RegistrationState.WAITING, 0, []
    registration.turn = queries.next_turn(registration.programme_id)
    note(registration, RegistrationEventKind.JOINED_WAITING, now, actor_id)
    audit.record("registration.waits_again", registration.reference, actor_id=actor_id)
    db.session.flush()
    offer_freed(registration.programme_id, now)
    return registration


def called(registration_id: int, *, now: datetime, actor_id: int) -> SeatOffer:
    """Note that the desk telephoned somebody whom no message reaches; the seats stay kept until their time.

    Raises:
        OfferGone
    """
    offer = queries.open_offer(registration_id)
    if offer is None:
        raise OfferGone
    db.session.refresh(offer, with_for_update={"of": SeatOffer})
    if offer.state is not OfferState.OPEN:
        raise OfferGone
    offer.called_at, offer.called_by_id = now, actor_id
    audit.record("seat.called_about", offer.registration.reference, actor_id=actor_id)
    db.session.flush()
    return offer


def withdraw_offer(registration: Registration, now: datetime) -> None:
    """End the offer of a registration that is cancelled."""
    if offer := queries.open_offer(registration.id):
        offer.state, offer.answered_at = OfferState.WITHDRAWN, now


def _answered(registration: Registration, state: OfferState, now: datetime) -> SeatOffer:
    """The open offer, with its answer.

    Raises:
        OfferGone
    """
    offer = queries.open_offer(registration.id)
    if registration.state is not RegistrationState.OFFERED or offer is None:
        raise OfferGone(registration.state)
    offer.state, offer.answered_at = state, now
    return offer


def _let_go(
    registration: Registration, to_come: list[Seating], kind: RegistrationEventKind, now: datetime, actor_id: int | None
) -> None:
    """The seats it was offered are free again."""
    registration.state = RegistrationState.LAPSED
    seats.give_back([one.session_id for one in sessions_of(registration, to_come)], registration.seats)
    note(registration, kind, now, actor_id)
    db.session.flush()
    notices.withdraw(registration)
