"""What becomes of registrations when a session is moved or cancelled.

Whoever changes sessions locks those to come of the programme first (`seats.lock_to_come`), writes, flushes, and calls
here in the same transaction.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from foundation import audit
from foundation.db import db
from workshops.models import (
    Registration,
    RegistrationEventKind,
    RegistrationState,
    SessionEvent,
    SessionState,
    WorkshopSession,
)
from workshops.queries import registrations
from workshops.queries import waiting as queries
from workshops.queries.paid import first_start
from workshops.rules.waiting import BEFORE_START
from workshops.service import notices, paying, seats, waiting
from workshops.service.noting import note


def session_cancelled(
    session: WorkshopSession, *, now: datetime, actor_id: int | None, reason: str = ""
) -> list[Registration]:
    """Tell everybody who was to come, once; end what was for this session alone. It is cancelled already.

    Returns:
        Those who must be telephoned.
    """
    unreached, concerned = [], registrations.of_session(session)
    back = paying.give_back([one for one in concerned if _loses_all(one, session)], now=now)
    for registration in concerned:
        if registration.session_id == session.id:
            waiting.withdraw_offer(registration, now)
            notices.withdraw(registration)
            registration.state = RegistrationState.CANCELLED
            note(registration, RegistrationEventKind.REVOKED, now, actor_id, reason)
            audit.record("registration.cancelled", registration.reference, actor_id=actor_id, by_resident=False)
        elif registration.state is RegistrationState.WAITING:
            continue
        db.session.flush()
        if (
            session.starts_at > now
            and notices.tell_session_off(registration, session, back.get(registration.reference, 0)) is None
        ):
            unreached.append(registration)
    _list(unreached, now)
    waiting.offer_freed(session.programme_id, now)
    return unreached


def _loses_all(registration: Registration, session: WorkshopSession) -> bool:
    """Whether nothing of what it is for takes place, now that this session does not."""
    return registration.session_id == session.id or first_start(registration) is None


def session_moved(session: WorkshopSession, event: SessionEvent, *, now: datetime) -> list[Registration]:
    """Tell everybody who is to come the new time, once for each move. It is moved already.

    Args:
        event: the move.

    Returns:
        Those who must be telephoned.
    """
    seats.recount(session.id)
    concerned = _concerned(session)
    for registration in concerned:
        if registration.state is RegistrationState.OFFERED and registration.session_id is not None:
            _answer_sooner(registration, session)
    unreached = [one for one in concerned if session.starts_at > now and notices.tell_moved(one, event) is None]
    _list(unreached, now)
    waiting.offer_freed(session.programme_id, now)
    return unreached


def session_relocated(session: WorkshopSession, event: SessionEvent, *, now: datetime) -> list[Registration]:
    """Tell everybody who is to come the new place, once for each change. It is changed already.

    Args:
        event: the change of place.

    Returns:
        Those who must be telephoned.
    """
    if session.starts_at <= now:
        return []
    unreached = [one for one in _concerned(session) if notices.tell_relocated(one, event) is None]
    _list(unreached, now)
    return unreached


def _concerned(session: WorkshopSession) -> list[Registration]:
    """All but those who wait for the whole series: one date of it is no news to them."""
    return [
        one
        for one in registrations.of_session(session)
        if one.session_id is not None or one.state is not RegistrationState.WAITING
    ]


def _list(unreached: list[Registration], now: datetime) -> None:
    """Somebody has to telephone; since when stays as it is for those who are listed already."""
    for registration in unreached:
        registration.to_tell_since = registration.to_tell_since or now
    db.session.flush()


def _answer_sooner(registration: Registration, session: WorkshopSession) -> None:
    """An offer never outlasts the time before its session in which the team prepares."""
    offer = queries.open_offer(registration.id)
    if offer is not None:
        earliest = offer.offered_at + timedelta.resolution
        offer.expires_at = max(earliest, min(offer.expires_at, session.starts_at - BEFORE_START))


def told_by_message(session: WorkshopSession) -> int:
    """How many messages leave when it is given another time."""
    return sum(notices.reach(one) is not None for one in _concerned(session))


def to_telephone(session: WorkshopSession) -> list[Registration]:
    """Who comes to a session, or was to come to it before it was cancelled, whom no message reaches."""
    states = (RegistrationState.REGISTERED, RegistrationState.OFFERED)
    found = registrations.of_session(session, states)
    if session.state is SessionState.CANCELLED:
        found = [*found, *registrations.revoked_with(session)]
    return [one for one in found if notices.reach(one) is None]
