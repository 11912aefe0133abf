"""Everybody of a session or of a programme, a row each, and when they were there: for the lists that the staff take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from foundation.db import db
from people.rules.names import plain
from workshops.models import (
    HeadCount,
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
    """Somebody by name, or (without `participant`) a group whose people nobody names.

    Attributes:
        presences, counts: by id of the session; the counts are a group's.
    """

    registration: Registration
    participant: Participant | None
    presences: dict[int, Presence]
    counts: dict[int, int] = field(default_factory=dict)

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


@dataclass(frozen=True)
class Participants:
    """Whom a list is of.

    Attributes:
        sessions: first to last.
        unnamed: id of a session → how many took part of whom nobody knows to which row they belong.
    """

    rows: list[Row]
    sessions: list[WorkshopSession]
    unnamed: dict[int, int]


def of_session(session: WorkshopSession) -> Participants:
    """Who is registered or waits, and whoever was marked although the registration ended since."""
    return _found(registrations.of_session(session, ACTIVE), [session])


def of_programme(programme_id: int) -> Participants:
    """The same of all sessions that were not cancelled."""
    query = select(WorkshopSession).where(
        WorkshopSession.programme_id == programme_id, WorkshopSession.state != SessionState.CANCELLED
    )
    sessions = list(db.session.scalars(query.order_by(WorkshopSession.starts_at, WorkshopSession.id)))
    return _found(registrations.of_programme(programme_id, ACTIVE), sessions)


def _found(found: list[Registration], sessions: list[WorkshopSession]) -> Participants:
    """A head-count is of the session: it stands in the row of a group when there is no other group."""
    session_ids = [one.id for one in sessions]
    query = select(HeadCount.session_id, HeadCount.people).where(HeadCount.session_id.in_(session_ids))
    counts = {session_id: people for session_id, people in db.session.execute(query)}
    groups = [one for one in found if one.kind is RegistrationKind.GROUP]
    alone = len(groups) == 1
    rows = _named(found, session_ids) + [Row(one, None, {}, counts if alone else {}) for one in groups]
    return Participants(rows, sessions, {} if alone else counts)


def _named(found: Iterable[Registration], session_ids: list[int]) -> list[Row]:
    """By family name."""
    marks: dict[int, dict[int, Presence]] = {}
    participants = {one.id: one for registration in found for one in registration.participants}
    for mark in _marks(session_ids):
        participants.setdefault(mark.participant_id, mark.participant)
        if mark.presence is not None:
            marks.setdefault(mark.participant_id, {})[mark.session_id] = mark.presence
    named = [Row(one.registration, one, marks.get(one.id, {})) for one in participants.values()]
    return sorted(named, key=_by_name)


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
