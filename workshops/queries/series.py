"""What a series for a school or a care home came to: its sessions, how many took part, what was used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from activity.models import ActivityAspect, ActivityRecord, Aspect, Equipment
from foundation.db import db
from workshops.models import (
    HeadCount,
    Presence,
    SessionMediator,
    SessionPresence,
    SessionState,
    WorkshopSession,
)


@dataclass(frozen=True)
class HeldSession:
    """One date that took place.

    Attributes:
        people: present, with or without a name; None: nobody wrote down how many.
        helpers: of the home or school, present.
        done: what was done; may be empty.
    """

    session: WorkshopSession
    people: int | None
    helpers: int
    done: str


@dataclass(frozen=True)
class Series:
    """The sessions that took place, first to last; how many are to come; the equipment that records name."""

    held: Sequence[HeldSession]
    to_come: int
    cancelled: int
    equipment: Sequence[Equipment]

    @property
    def people(self) -> int:
        """Presences, all sessions together: the same person twice counts twice."""
        return sum(one.people or 0 for one in self.held)

    @property
    def counted(self) -> int:
        """Sessions of which somebody wrote down how many were there."""
        return sum(one.people is not None for one in self.held)

    @property
    def helpers(self) -> int:
        return sum(one.helpers for one in self.held)


def series(programme_id: int, now: datetime) -> Series:
    """All of it as it stands now."""
    sessions = _sessions(programme_id)
    held = [one for one in sessions if _took_place(one, now)]
    ids = [one.id for one in held]
    counts = {one.session_id: one for one in db.session.scalars(select(HeadCount).where(HeadCount.session_id.in_(ids)))}
    present = _present(ids)
    return Series(
        held=[_told(one, counts.get(one.id), present.get(one.id, 0)) for one in held],
        to_come=sum(one.state is SessionState.PLANNED and one.ends_at > now for one in sessions),
        cancelled=sum(one.state is SessionState.CANCELLED for one in sessions),
        equipment=_equipment([one.reference for one in held]),
    )


def _sessions(programme_id: int) -> list[WorkshopSession]:
    query = (
        select(WorkshopSession)
        .options(
            selectinload(WorkshopSession.team).joinedload(SessionMediator.account),
            selectinload(WorkshopSession.kit_needs),
        )
        .where(WorkshopSession.programme_id == programme_id)
        .order_by(WorkshopSession.starts_at, WorkshopSession.id)
    )
    return list(db.session.scalars(query))


def _took_place(session: WorkshopSession, now: datetime) -> bool:
    if session.state is SessionState.CANCELLED:
        return False
    return session.state is SessionState.HELD or session.ends_at <= now


def _told(session: WorkshopSession, count: HeadCount | None, named: int) -> HeldSession:
    people = (count.people if count else 0) + named if count or named else None
    return HeldSession(session, people, count.helpers if count else 0, count.done if count else "")


def _present(session_ids: list[int]) -> dict[int, int]:
    query = (
        select(SessionPresence.session_id, func.count())
        .where(SessionPresence.session_id.in_(session_ids), SessionPresence.presence == Presence.PRESENT)
        .group_by(SessionPresence.session_id)
    )
    return {session_id: count for session_id, count in db.session.execute(query)}


def _equipment(references: list[str]) -> list[Equipment]:
    """In the order of the enumeration; a record that says `none` says nothing of it."""
    query = (
        select(ActivityAspect.value)
        .join(ActivityRecord, ActivityRecord.id == ActivityAspect.record_id)
        .where(ActivityRecord.reference.in_(references), ActivityAspect.aspect == Aspect.EQUIPMENT)
        .distinct()
    )
    found = set(db.session.scalars(query))
    return [one for one in Equipment if one.value in found and one is not Equipment.NONE]
