"""Calendars kept elsewhere."""

from __future__ import annotations

from sqlalchemy import select

from agenda.models import BusyFeed
from foundation.db import db


def addresses() -> list[tuple[int, str]]:
    """Id and address of each feed that has one, by id."""
    rows = db.session.execute(select(BusyFeed.id, BusyFeed.url).where(BusyFeed.url.is_not(None)).order_by(BusyFeed.id))
    return [(id_, url) for id_, url in rows if url]


def feeds_of(resource_id: int) -> list[BusyFeed]:
    """The calendars that make one resource busy, by id."""
    return list(db.session.scalars(select(BusyFeed).where(BusyFeed.resource_id == resource_id).order_by(BusyFeed.id)))
