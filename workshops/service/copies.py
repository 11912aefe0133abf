"""What workshops know of a resident: told to them when they ask, forgotten when they are."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, or_, select

from foundation.db import db
from people import service as people
from workshops.models import ChildSheet, Participant, Programme, Registration, SessionPresence, WorkshopSession


def presences(person_id: int) -> list[dict[str, Any]]:
    """Each session of which something was marked of a resident, for the copy of their data."""
    rows = db.session.execute(
        select(Programme.title, WorkshopSession.starts_at, SessionPresence.presence)
        .join(WorkshopSession, WorkshopSession.programme_id == Programme.id)
        .join(SessionPresence, SessionPresence.session_id == WorkshopSession.id)
        .join(Participant, Participant.id == SessionPresence.participant_id)
        .where(Participant.person_id == person_id, SessionPresence.presence.is_not(None))
        .order_by(WorkshopSession.starts_at, WorkshopSession.id)
    )
    return [
        {"workshop": title, "starts_at": starts_at.isoformat(), "presence": presence.value}
        for title, starts_at, presence in rows
        if presence is not None
    ]


def sheets(person_id: int) -> list[dict[str, Any]]:
    """What the team was told of a child, or by a guardian of theirs."""
    rows = db.session.scalars(
        select(ChildSheet)
        .where(ChildSheet.participant_id.in_(_sitting([person_id])))
        .order_by(ChildSheet.participant_id)
    )
    return [
        {
            "school_level": one.school_level, "emergency_name": one.emergency_name,
            "emergency_phone": one.emergency_phone, "collectors": one.collectors,
            "may_leave_alone": one.may_leave_alone, "image_consent": one.image_consent,
        }
        for one in rows
    ]  # fmt: skip


def forget_sheets(person_ids: Collection[int]) -> None:
    """Of a child who is forgotten, or whose guardian is, the team needs to know nothing any more."""
    db.session.execute(
        delete(ChildSheet).where(ChildSheet.participant_id.in_(_sitting(person_ids))),
        execution_options={"synchronize_session": False},
    )


def _sitting(person_ids: Collection[int]) -> Any:
    """The participations of these people, and of children whom they registered."""
    return (
        select(Participant.id)
        .join(Registration, Registration.id == Participant.registration_id)
        .where(or_(Participant.person_id.in_(person_ids), Registration.person_id.in_(person_ids)))
    )


people.tells_of("session_presence", presences)
people.tells_of("child_sheet", sheets)
people.when_forgotten(forget_sheets)
