"""Programmes as the staff list and read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Account
from foundation.db import db
from foundation.scope import NotInYourStructure
from workshops.models import Programme, ProgrammeState, SessionMediator, SessionState, WorkshopSession

PER_PAGE = 50


class View(StrEnum):
    """Which programmes are listed. One that has no session yet and is not a draft counts as coming."""

    COMING = "coming"
    DRAFT = "draft"
    PAST = "past"


@dataclass(frozen=True)
class ProgrammeRow:
    """A programme in a list.

    Attributes:
        sessions: that were not cancelled; `ahead` of them are still to come.
        first, last, upcoming: starts of the first, the last and the next session; None without one.
        seats, taken: of the sessions to come.
    """

    programme: Programme
    sessions: int
    ahead: int
    first: datetime | None
    last: datetime | None
    upcoming: datetime | None
    seats: int
    taken: int


def by_request_key(key: str | None, structure_id: int | None) -> Programme | None:
    """What a form made when it was sent before."""
    if not key:
        return None
    same_owner = Programme.structure_id.is_not_distinct_from(structure_id)
    return db.session.scalar(select(Programme).where(Programme.request_key == key, same_owner))


def seen_by(viewer: Account) -> ColumnElement[bool]:
    """Programmes of the viewer's structure, those that the territory shares, and those whose team they are in."""
    if viewer.structure_id is None:
        return true()
    in_team = exists().where(
        WorkshopSession.programme_id == Programme.id,
        SessionMediator.session_id == WorkshopSession.id,
        SessionMediator.account_id == viewer.id,
    )
    return or_(Programme.structure_id == viewer.structure_id, Programme.structure_id.is_(None), in_team)


def programme_rows(viewer: Account, view: View, *, now: datetime, page: int = 1) -> list[ProgrammeRow]:
    """A page of the programmes that `viewer` sees, and one more if there is another page.

    The next one comes first; of past ones the last.
    """
    facts = _facts(now)
    last, ahead = facts.c.last, func.coalesce(facts.c.ahead, 0)
    over = or_(Programme.state == ProgrammeState.CLOSED, facts.c.sessions > 0)
    which = {
        View.DRAFT: Programme.state == ProgrammeState.DRAFT,
        View.PAST: and_(Programme.state != ProgrammeState.DRAFT, ahead == 0, over),
        View.COMING: and_(Programme.state != ProgrammeState.DRAFT, or_(ahead > 0, ~over)),
    }[view]
    nearest = last if view is View.PAST else func.coalesce(facts.c.upcoming, facts.c.first)
    order = nearest.desc() if view is View.PAST else nearest
    rows = db.session.execute(
        select(Programme, facts)
        .outerjoin(facts, facts.c.programme_id == Programme.id)
        .options(joinedload(Programme.structure), joinedload(Programme.care_home), joinedload(Programme.school))
        .where(seen_by(viewer), which)
        .order_by(nearest.is_(None), order, Programme.id.desc())
        .offset((page - 1) * PER_PAGE)
        .limit(PER_PAGE + 1)
    )
    return [_read(row) for row in rows]


def _read(row: Any) -> ProgrammeRow:
    counts = {name: getattr(row, name) or 0 for name in ("sessions", "ahead", "seats", "taken")}
    return ProgrammeRow(row[0], first=row.first, last=row.last, upcoming=row.upcoming, **counts)


def _facts(now: datetime) -> Subquery:
    """Figures of the sessions of each programme, cancelled ones left out."""
    session, coming = WorkshopSession, WorkshopSession.ends_at > now
    return (
        select(
            session.programme_id,
            func.count().label("sessions"),
            func.sum(case((coming, 1), else_=0)).label("ahead"),
            func.min(session.starts_at).label("first"),
            func.max(session.starts_at).label("last"),
            func.min(session.starts_at).filter(coming).label("upcoming"),
            func.sum(case((coming, session.capacity), else_=0)).label("seats"),
            func.sum(case((coming, session.taken), else_=0)).label("taken"),
        )
        .where(session.state != SessionState.CANCELLED)
        .group_by(session.programme_id)
        .subquery()
    )


def programme_seen(programme_id: int, viewer: Account) -> Programme:
    """A programme with its resources.

    Raises:
        NotInYourStructure: there is none, or not for `viewer`.
    """
    found = db.session.scalar(_whole().where(Programme.id == programme_id, seen_by(viewer)))
    if found is None:
        raise NotInYourStructure
    return found


def _whole() -> Select[Programme]:
    return select(Programme).options(
        joinedload(Programme.structure), joinedload(Programme.care_home), joinedload(Programme.school),
        selectinload(Programme.resources),
    )  # fmt: skip
