"""Everybody of a session or of a programme, a row each, and when they were there: for the lists that the staff take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from foundation.db import db
from people.rules.names import plain
from workshops.models import (
    Participant,
    Presence,
    Registration,
    RegistrationKind,
    SessionPresence,
    SessionState,
    WorkshopSession,
)
from workshops.queries import registrations
from workshops.rules.registration import ACTIVE


@dataclass(frozen=True)
class Row:
    """Somebody by name, or (without `participant`) a group whose people nobody names."""

    registration: Registration
    participant: Participant | None
    presences: dict[int, Presence]

    @property
    def is_child(self) -> bool:
        """Registered by a guardian."""
        return self.participant is not None and self.participant.person_id != self.registration.person_id

    @property
    def phone(self) -> str:
        """E.164 of an adult who registered themselves, or of a group's contact; a guardian's is in no list."""
        if self.registration.kind is RegistrationKind.GROUP:
            return self.registration.contact_phone
        if self.registration.kind is RegistrationKind.FAMILY or self.participant is None:
            return ""
        return self.participant.person.phone or ""


def of_session(session: WorkshopSession) -> list[Row]:
    """Who is registered or waits, and whoever was marked although the registration ended since."""
    return _rows(registrations.of_session(session, ACTIVE), [session.id])


def of_programme(programme_id: int) -> tuple[list[Row], list[WorkshopSession]]:
    """The same of all sessions that were not cancelled, and those sessions, first to last."""
    query = select(WorkshopSession).where(
        WorkshopSession.programme_id == programme_id, WorkshopSession.state != SessionState.CANCELLED
    )
    sessions = list(db.session.scalars(query.order_by(WorkshopSession.starts_at, WorkshopSession.id)))
    return _rows(registrations.of_programme(programme_id, ACTIVE), [one.id for one in sessions]), sessions


def _rows(found: Iterable[Registration], session_ids: list[int]) -> list[Row]:
    """By family name, then groups in the order in which they came."""
    marks: dict[int, dict[int, Presence]] = {}
    participants = {one.id: one for registration in found for one in registration.participants}
    for mark in _marks(session_ids):
        participants.setdefault(mark.participant_id, mark.participant)
        if mark.presence is not None:
            marks.setdefault(mark.participant_id, {})[mark.session_id] = mark.presence
    named = [Row(one.registration, one, marks.get(one.id, {})) for one in participants.values()]
    groups = [Row(one, None, {}) for one in found if one.kind is RegistrationKind.GROUP]
    return sorted(named, key=_by_name) + groups


def _marks(session_ids: list[int]) -> list[SessionPresence]:
    query = select(SessionPresence).options(
        joinedload(SessionPresence.participant).joinedload(Participant.person),
        joinedload(SessionPresence.participant).joinedload(Participant.registration),
    )
    of_these = query.where(SessionPresence.session_id.in_(session_ids), SessionPresence.presence.is_not(None))
    return list(db.session.scalars(of_these.order_by(SessionPresence.id)))


def _by_name(row: Row) -> tuple[str, str, int]:
    if row.participant is None:
        return "", "", row.registration.id
    person = row.participant.person
    return plain(person.family_name), plain(person.given_name), row.participant.id
