"""Secret addresses of calendars of kits, and what stands in such a calendar."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from accounts.models import Account
from equipment.models import KitFeed, Reservation, ReservationEvent, ReservationState
from equipment.queries.held import holds_with_loans
from equipment.queries.lending import WITH_NAMES
from foundation.db import db
from foundation.period import Period

_THINGS = (joinedload(KitFeed.kit), joinedload(KitFeed.school), joinedload(KitFeed.care_home))


class Taken(NamedTuple):
    """A stretch of a kit's time: a loan without its turnaround, or upkeep."""

    reference: str
    starts_at: datetime
    ends_at: datetime
    label: str
    waits: bool


def feeds_of(account: Account) -> list[KitFeed]:
    """Somebody's addresses, oldest first."""
    query = select(KitFeed).options(*_THINGS).where(KitFeed.account_id == account.id)
    return list(db.session.scalars(query.order_by(KitFeed.id)))


def feed_with(token_hash: str) -> KitFeed | None:
    """The feed that a secret opens, with its account; None when it was closed or renewed, or the account closed."""
    query = select(KitFeed).options(*_THINGS, joinedload(KitFeed.account)).where(KitFeed.token_hash == token_hash)
    found = db.session.scalar(query)
    return found if found is not None and found.account.active else None


def taken_of(kit_id: int, period: Period) -> list[Taken]:
    """What has a kit in `period`, by start; schools, homes and acts by their names, people by none."""
    return [
        Taken(
            row.reference, row.starts_at, row.due_at or row.ends_at, row.place or row.label,
            row.state is ReservationState.REQUESTED,
        )
        for row in holds_with_loans(period, [kit_id])
    ]  # fmt: skip


def loans_of_place(feed: KitFeed, period: Period) -> list[Reservation]:
    """The loans of the school or the home of a feed in `period` that stand, by start."""
    whose = (
        Reservation.school_id == feed.school_id
        if feed.school_id is not None
        else Reservation.care_home_id == feed.care_home_id
    )
    query = select(Reservation).options(*WITH_NAMES).where(whose)
    query = query.where(Reservation.starts_at < period.end, Reservation.ends_at > period.start)
    rows = db.session.scalars(query.order_by(Reservation.starts_at, Reservation.id))
    return [one for one in rows if one.state.holds]


def last_changes(references: Collection[str]) -> dict[str, datetime]:
    """When something last happened to each reservation named."""
    ids = [int(one.removeprefix("reservation:")) for one in references if one.startswith("reservation:")]
    query = select(ReservationEvent.reservation_id, func.max(ReservationEvent.at))
    rows = db.session.execute(
        query.where(ReservationEvent.reservation_id.in_(ids)).group_by(ReservationEvent.reservation_id)
    )
    return {f"reservation:{id_}": at for id_, at in rows}
