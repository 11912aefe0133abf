"""The waiting lists, in order, and the offers that wait for an answer or for a call."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from foundation.db import db
from places.models import Neighbourhood
from workshops.models import OfferState, Programme, Registration, RegistrationState, SeatOffer

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
    query = select(SeatOffer).where(SeatOffer.registration_id == registration_id, SeatOffer.state == OfferState.OPEN)
    return db.session.scalar(query)


def run_out(now: datetime) -> list[SeatOffer]:
    """Offers of the programme whose offer ran out first that were not answered in time, in that order."""
    late = (SeatOffer.state == OfferState.OPEN, SeatOffer.expires_at <= now)
    order = (SeatOffer.expires_at, SeatOffer.id)
    joined = select(SeatOffer).join(SeatOffer.registration).where(*late).order_by(*order)
    first = db.session.scalar(joined.options(joinedload(SeatOffer.registration)).limit(1))
    if first is None:
        return []
    programme_id = first.registration.programme_id
    return list(db.session.scalars(joined.where(Registration.programme_id == programme_id)))


def to_call(now: datetime, structure_id: int | None = None) -> list[SeatOffer]:
    """Offers that no message brings, whom nobody has called yet, the most urgent first.

    Args:
        structure_id: of the programmes; None: all.
    """
    query = (
        select(SeatOffer)
        .join(SeatOffer.registration)
        .join(Registration.programme)
        .where(SeatOffer.state == OfferState.OPEN, SeatOffer.to_call, SeatOffer.called_at.is_(None))
        .where(SeatOffer.expires_at > now)
        .order_by(SeatOffer.expires_at, SeatOffer.id)
    )
    if structure_id is not None:
        query = query.where(Programme.structure_id == structure_id)
    return list(db.session.scalars(query))
