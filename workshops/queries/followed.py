"""Who followed a series of sessions to its end: what gives a right to something elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from foundation import clock
from foundation.db import db
from workshops.models import Programme, ProgrammeState, SessionState, WorkshopSession
from workshops.queries.attended import attended
from workshops.rules.followed import followed


def programmes_to_follow() -> list[tuple[str, str]]:
    """(reference, title) of what was published, by title."""
    query = select(Programme.id, Programme.title).where(Programme.state != ProgrammeState.DRAFT)
    return [(f"programme:{id_}", title) for id_, title in db.session.execute(query.order_by(Programme.title))]


def who_followed(reference: str, person_ids: Collection[int] | None) -> set[int]:
    """Of `programme:5`, who followed it; only some people, if they are named."""
    number = reference.partition(":")[2]
    if not number.isdigit():
        return set()
    return _followed(int(number), clock.now(), person_ids)


def _followed(programme_id: int, now: datetime, person_ids: Collection[int] | None) -> set[int]:
    query = select(func.count(), func.max(WorkshopSession.ends_at)).where(
        WorkshopSession.programme_id == programme_id, WorkshopSession.state != SessionState.CANCELLED
    )
    planned, ends_at = db.session.execute(query).one()
    if not planned or ends_at > now:
        return set()
    there = attended(programme_id, now, person_ids)
    return {one.person.id for one in there if followed(len(one.sessions), planned)}
