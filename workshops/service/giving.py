"""Staff give a seat to somebody who waits, out of turn or beyond those planned: on purpose, and written down."""

from __future__ import annotations

from datetime import datetime

from foundation import audit
from foundation.db import db
from workshops.models import ProgrammeState, Registration, RegistrationEventKind, RegistrationState
from workshops.rules.refusals import NoSuchProgramme, NotToChange, SessionFull
from workshops.rules.waiting import NotWaiting
from workshops.service import notices, paying, seats
from workshops.service.noting import locked, note, note_overbooked, sessions_of

MAY_BE_GIVEN = frozenset({RegistrationState.WAITING, RegistrationState.LAPSED})


def give_seat(registration_id: int, *, now: datetime, actor_id: int, beyond: bool) -> Registration:
    """Seat somebody who waits, or let an offer go by, and was asked and said yes. Giving again changes nothing.

    Whoever waits for one session may stand in the door: it may have begun.

    Args:
        beyond: seats beyond the capacity are given when none is free.

    Raises:
        NoSuchRegistration, NotWaiting, NoSuchProgramme: it was closed, NotToChange: nothing of a series is to come, or
        the attendance of the session is written, SessionFull: no seat is free, and `beyond` was not said,
        VoucherRefused: the voucher that was to pay it can not be used any more
    """
    registration, to_come = locked(registration_id, now)
    if registration.state is RegistrationState.REGISTERED:
        return registration
    if registration.state not in MAY_BE_GIVEN:
        raise NotWaiting
    if registration.programme.state is ProgrammeState.CLOSED:
        raise NoSuchProgramme
    own = [] if registration.session_id is None else [registration.session_id]
    wanted = sessions_of(registration, to_come) or seats.lock(own)
    if not wanted:
        raise NotToChange
    within = seats.take(wanted, registration.seats)
    if not within and not (beyond and seats.take(wanted, registration.seats, beyond=True)):
        raise SessionFull
    registration.state, registration.over_capacity = RegistrationState.REGISTERED, not within
    note(registration, RegistrationEventKind.ACCEPTED, now, actor_id)
    if not within:
        note_overbooked(registration, wanted, now, actor_id)
    audit.record("seat.given", registration.reference, actor_id=actor_id, beyond=not within)
    db.session.flush()
    paying.pay(registration, wanted, now=now, actor_id=actor_id)
    notices.withdraw(registration)
    notices.tell_registered(registration)
    return registration
