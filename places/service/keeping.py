"""A place that something is being booked at is not closed at the same moment."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from foundation.db import db
from places.models import Venue

_SHARED = select(Venue.active).where(Venue.id == bindparam("venue_id")).with_for_update(read=True)


def keep_open(venue_id: int) -> bool:
    """Whether the venue is open; while the transaction lasts nobody closes it, and others may keep it open too.

    A verb that books there asks before it locks resources. On SQLite the transaction is the lock.
    """
    return bool(db.session.scalar(_SHARED, {"venue_id": venue_id}))
