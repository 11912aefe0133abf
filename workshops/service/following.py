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
    SessionState,
    WorkshopSession,
)
from workshops.queries import registrations
from workshops.queries import waiting as queries
from workshops.rules.waiting import BEFORE_START
from workshops.service import notices, seats, waiting
from workshops.service.noting import note


def session_cancelled(
    session: WorkshopSession, *, now: datetime, actor_id: int | None, reason: str = ""
) -> list[Registration]:
    """Tell everybody who was to come, once; end what was for this session alone. It is cancelled already.

    Returns:
        Those who must be telephoned.
    """
    unreached = []
    for registration in registrations.of_session(session):
        if registration.session_id == session.id:
            waiting.withdraw_offer(registration, now)
            notices.withdraw(registration)
            registration.state = RegistrationState.CANCELLED
            note(registration, RegistrationEventKind.REVOKED, now, actor_id, reason)
            audit.record("registration.cancelled", registration.reference, actor_id=actor_id, by_resident=False)
        elif registration.state is RegistrationState.WAITING:
            continue
        db.session.flush()
        if session.starts_at > now and notices.tell_session_off(registration, session) is None:
            unreached.append(registration)
    waiting.offer_freed(session.programme_id, now)
    return unreached


def session_moved(session: WorkshopSession, was: datetime, *, now: datetime) -> list[Registration]:
    """Tell everybody who is to come the new time, once. It is moved already.

    Args:
        was: when it began before.

    Returns:
        Those who must be telephoned.
    """
    seats.recount(session.id)
    unreached = []
    for registration in registrations.of_session(session):
        whole_series = registration.session_id is None
        if whole_series and registration.state is RegistrationState.WAITING:
            continue
        if registration.state is RegistrationState.OFFERED and not whole_series:
            _answer_sooner(registration, session)
        if session.starts_at > now and notices.tell_moved(registration, session, was) is None:
            unreached.append(registration)
    waiting.offer_freed(session.programme_id, now)
    return unreached


def _answer_sooner(registration: Registration, session: WorkshopSession) -> None:
    """An offer never outlasts the time before its session in which the team prepares."""
    offer = queries.open_offer(registration.id)
    if offer is not None:
        earliest = offer.offered_at + timedelta.resolution
        offer.expires_at = max(earliest, min(offer.expires_at, session.starts_at - BEFORE_START))


def to_telephone(session: WorkshopSession) -> list[Registration]:
    """Who comes to a session, or was to come to it before it was cancelled, whom no message reaches."""
    states = (RegistrationState.REGISTERED, RegistrationState.OFFERED)
    found = registrations.of_session(session, states)
    if session.state is SessionState.CANCELLED:
        found = [*found, *registrations.revoked_with(session)]
    return [one for one in found if notices.reach(one) is None]
