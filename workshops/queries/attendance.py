"""Who is expected in a session, what was pressed beside their names, and who was there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from foundation.db import db
from people.models import Person
from people.rules.names import plain
from workshops.models import (
    HeadCount,
    Participant,
    Presence,
    PressOutcome,
    PressReceipt,
    Registration,
    RegistrationEvent,
    RegistrationEventKind,
    RegistrationKind,
    RegistrationState,
    SessionPresence,
    WorkshopSession,
)
from workshops.queries.waiting import waiting


@dataclass(frozen=True)
class Line:
    """One person of the list of a session.

    Attributes:
        mark: what was pressed last; None: nothing yet.
        rivals: presses that met something else and that nobody decided about since.
    """

    participant: Participant
    mark: SessionPresence | None
    rivals: list[PressReceipt]

    @property
    def presence(self) -> Presence | None:
        return self.mark.presence if self.mark else None

    @property
    def version(self) -> int:
        return self.mark.version if self.mark else 0


@dataclass(frozen=True)
class Roster:
    """All who are expected in a session: by name, in groups that nobody names; and the head-count, once written."""

    lines: list[Line]
    groups: list[Registration]
    count: HeadCount | None

    def marked(self, presence: Presence | None) -> list[Line]:
        """Those of whom this was pressed; None: of whom nothing stands."""
        return [line for line in self.lines if line.presence is presence]

    @property
    def people(self) -> int:
        """How many take part whom nobody names: counted, else as many as the groups registered."""
        return self.count.people if self.count else sum(one.seats for one in self.groups)


def roster(session: WorkshopSession) -> Roster:
    """The list of a session in the order of family names. It loads the sheets of children: mind who is shown them."""
    marks = {mark.participant_id: mark for mark in db.session.scalars(_MARKS.where(_of(session)))}
    rivals = list(db.session.scalars(_RIVALS.where(PressReceipt.session_id == session.id)))
    undecided = [rival for rival in rivals if _stands(rival, marks)]
    lines = [
        Line(one, marks.get(one.id), [rival for rival in undecided if rival.participant_id == one.id])
        for one in _participants(session)
    ]
    return Roster(sorted(lines, key=_by_name), groups(session), count_of(session.id))


def is_expected(session: WorkshopSession, participant_id: int) -> bool:
    """Whether somebody is on the list of a session."""
    return (
        db.session.scalar(select(Participant.id).where(Participant.id == participant_id, _expected(session)))
        is not None
    )


def groups(session: WorkshopSession) -> list[Registration]:
    """Groups that have seats in a session."""
    found = (
        select(Registration)
        .options(joinedload(Registration.school), joinedload(Registration.care_home))
        .where(Registration.kind == RegistrationKind.GROUP, _comes(session))
    )
    return list(db.session.scalars(found.order_by(Registration.id)))


def at_the_door(session: WorkshopSession) -> list[Registration]:
    """Who waits for a seat in a session, first come first; groups come by appointment only."""
    return [
        one
        for one in waiting(session.programme_id)
        if one.session_id in {None, session.id} and one.kind is not RegistrationKind.GROUP
    ]


def count_of(session_id: int) -> HeadCount | None:
    return db.session.scalar(
        select(HeadCount).options(joinedload(HeadCount.counted_by)).where(HeadCount.session_id == session_id)
    )


def present(session_id: int) -> list[Person]:
    """Who is marked as present, by id of their participation."""
    return list(
        db.session.scalars(
            select(Person)
            .join(Participant, Participant.person_id == Person.id)
            .join(SessionPresence, SessionPresence.participant_id == Participant.id)
            .where(SessionPresence.session_id == session_id, SessionPresence.presence == Presence.PRESENT)
            .order_by(Participant.id)
        )
    )


def how_many_came(session_id: int) -> int:
    """By name, and counted without one."""
    by_name = db.session.scalar(
        select(func.count(SessionPresence.id)).where(
            SessionPresence.session_id == session_id, SessionPresence.presence == Presence.PRESENT
        )
    )
    counted = db.session.scalar(select(HeadCount.people).where(HeadCount.session_id == session_id))
    return (by_name or 0) + (counted or 0)


def mark_of(session_id: int, participant_id: int) -> SessionPresence | None:
    return db.session.scalar(
        select(SessionPresence)
        .options(joinedload(SessionPresence.marked_by))
        .where(SessionPresence.session_id == session_id, SessionPresence.participant_id == participant_id)
    )


def _participants(session: WorkshopSession) -> list[Participant]:
    found = (
        select(Participant)
        .join(Participant.person)
        .options(
            joinedload(Participant.person),
            joinedload(Participant.sheet),
            joinedload(Participant.registration).joinedload(Registration.person),
        )
        .where(_expected(session))
    )
    return list(db.session.scalars(found))


def _expected(session: WorkshopSession) -> ColumnElement[bool]:
    """Whoever has a seat, and whoever was marked although the registration ended since."""
    marked = exists().where(
        SessionPresence.participant_id == Participant.id,
        SessionPresence.session_id == session.id,
        SessionPresence.presence.is_not(None),
    )
    seated = exists().where(Registration.id == Participant.registration_id, _comes(session))
    return or_(seated, marked)


def _comes(session: WorkshopSession) -> ColumnElement[bool]:
    """It has seats in the session: of its own, or in the series since before the session was over."""
    got = exists().where(
        RegistrationEvent.registration_id == Registration.id,
        RegistrationEvent.kind.in_((RegistrationEventKind.REGISTERED, RegistrationEventKind.ACCEPTED)),
        RegistrationEvent.at < session.ends_at,
    )
    of_series = and_(Registration.session_id.is_(None), Registration.programme_id == session.programme_id, got)
    return and_(
        Registration.state == RegistrationState.REGISTERED, or_(Registration.session_id == session.id, of_series)
    )


_MARKS = select(SessionPresence).options(joinedload(SessionPresence.marked_by))
_RIVALS = (
    select(PressReceipt)
    .options(joinedload(PressReceipt.pressed_by))
    .where(PressReceipt.outcome == PressOutcome.CONFLICT)
    .order_by(PressReceipt.received_at, PressReceipt.key)
)


def _of(session: WorkshopSession) -> ColumnElement[bool]:
    return SessionPresence.session_id == session.id


def _stands(rival: PressReceipt, marks: dict[int, SessionPresence]) -> bool:
    """Whether nobody has pressed since the conflict came up."""
    mark = marks.get(rival.participant_id)
    return mark is not None and mark.version == rival.version


def _by_name(line: Line) -> tuple[str, str]:
    person = line.participant.person
    return plain(person.family_name), plain(person.given_name)
