"""The waiting lists, in order, and the offers that wait for an answer or for a call."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from accounts.models import Account
from foundation.db import db
from foundation.outbox import queries as outbox
from places.models import Neighbourhood
from workshops.models import OfferState, Participant, Registration, RegistrationState, SeatOffer
from workshops.queries.programmes import seen_by

IN_ORDER = (Registration.priority.desc(), Registration.turn, Registration.id)


def waiting(programme_id: int) -> list[Registration]:
    """Who waits for a seat, for one session or for the whole series, first come first."""
    query = select(Registration).where(
        Registration.programme_id == programme_id, Registration.state == RegistrationState.WAITING
    )
    return list(db.session.scalars(query.order_by(*IN_ORDER)))


def place_of(registration: Registration) -> int | None:
    """Which one it is on the list of its session, or of the series: 1 is next; None when it does not wait."""
    if registration.state is not RegistrationState.WAITING:
        return None
    same = [one.id for one in waiting(registration.programme_id) if one.session_id == registration.session_id]
    return same.index(registration.id) + 1


def how_many(programme_id: int, session_id: int | None) -> int:
    """How many registrations wait for a session, or for the series."""
    same = (Registration.programme_id == programme_id, Registration.state == RegistrationState.WAITING)
    query = select(func.count(Registration.id)).where(*same)
    return db.session.scalar(query.where(Registration.session_id.is_not_distinct_from(session_id))) or 0


def is_priority(neighbourhood_id: int | None) -> bool:
    """Whether it is a priority neighbourhood (QPV); not when it is not known."""
    if neighbourhood_id is None:
        return False
    return bool(db.session.scalar(select(Neighbourhood.is_priority).where(Neighbourhood.id == neighbourhood_id)))


def next_turn(programme_id: int) -> int:
    """The number of whoever joins the list of a programme now: behind all who ever joined it."""
    last = db.session.scalar(select(func.max(Registration.turn)).where(Registration.programme_id == programme_id))
    return (last or 0) + 1


def open_offer(registration_id: int) -> SeatOffer | None:
    """The offer that waits for an answer."""
    return open_offers([registration_id]).get(registration_id)


def open_offers(registration_ids: Collection[int]) -> dict[int, SeatOffer]:
    """Those of several registrations, by the id of the registration."""
    query = select(SeatOffer).where(SeatOffer.registration_id.in_(registration_ids), SeatOffer.state == OfferState.OPEN)
    return {one.registration_id: one for one in db.session.scalars(query)} if registration_ids else {}


def kept_offer(registration_id: int, now: datetime) -> SeatOffer | None:
    """The offer that can still be answered: one that ran out may be open until the job finds it."""
    return kept_offers([registration_id], now).get(registration_id)


def kept_offers(registration_ids: Collection[int], now: datetime) -> dict[int, SeatOffer]:
    """Those of several registrations, by the id of the registration."""
    return {id_: one for id_, one in open_offers(registration_ids).items() if one.expires_at > now}


def run_out(now: datetime, programme_id: int | None = None) -> list[SeatOffer]:
    """Offers of one programme that were not answered in time, in the order in which they ran out.

    Args:
        programme_id: None: the one whose offer ran out first.
    """
    late = (SeatOffer.state == OfferState.OPEN, SeatOffer.expires_at <= now)
    order = (SeatOffer.expires_at, SeatOffer.id)
    joined = select(SeatOffer).join(SeatOffer.registration).where(*late).order_by(*order)
    if programme_id is None:
        first = db.session.scalar(joined.options(joinedload(SeatOffer.registration)).limit(1))
        if first is None:
            return []
        programme_id = first.registration.programme_id
    return list(db.session.scalars(joined.where(Registration.programme_id == programme_id)))


def to_call(viewer: Account, now: datetime) -> list[SeatOffer]:
    """Open offers that no message brings, or whose message was given up, of programmes that `viewer` sees.

    Those whom nobody has called yet come first, then the most urgent.
    """
    registration = joinedload(SeatOffer.registration)
    query = _open_offers(viewer, now).options(
        registration.joinedload(Registration.programme),
        registration.joinedload(Registration.session),
        registration.joinedload(Registration.person),
        registration.selectinload(Registration.participants).joinedload(Participant.person),
    )
    found = list(db.session.scalars(query.order_by(SeatOffer.expires_at, SeatOffer.id)))
    lost = outbox.undelivered([one.registration.reference for one in found if not one.to_call])
    wanted = [one for one in found if one.to_call or one.registration.reference in lost]
    return sorted(wanted, key=lambda one: one.called_at is not None)


def _open_offers(viewer: Account, now: datetime) -> Select[SeatOffer]:
    return (
        select(SeatOffer)
        .join(SeatOffer.registration)
        .join(Registration.programme)
        .where(SeatOffer.state == OfferState.OPEN, SeatOffer.expires_at > now, seen_by(viewer))
    )


def count_to_call(viewer: Account, now: datetime) -> Select[int]:
    """Counts the offers that no message brings and nobody has called about yet."""
    untried = _open_offers(viewer, now).where(SeatOffer.to_call, SeatOffer.called_at.is_(None))
    return untried.with_only_columns(func.count(SeatOffer.id))
