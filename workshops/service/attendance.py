"""Marking who is there: presses, also late ones of devices without network, head-counts, and whoever just comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from accounts.models import Account
from activity.queries import telling_of
from foundation import audit, clock
from foundation.db import db, explain_constraint
from people.service import Details
from workshops.models import (
    HeadCount,
    Origin,
    Presence,
    PressOutcome,
    PressReceipt,
    Registration,
    SessionPresence,
    WorkshopSession,
)
from workshops.queries import attendance as queries
from workshops.rules.attendance import (
    Answer,
    Counted,
    Press,
    check_counted,
    check_its_day,
    check_may_mark,
    check_open,
    check_presence,
    judged,
)
from workshops.rules.enrolling import Enrolling
from workshops.rules.unmarkable import CountedMeanwhile, KeyTaken, NoSuchParticipant
from workshops.rules.unplannable import NoSuchSession
from workshops.service import giving, registering

explain_constraint("pk_press_receipt", KeyTaken)
explain_constraint("uq_press_receipt_key", KeyTaken)


@dataclass(frozen=True)
class WalkIn:
    """Somebody who comes without being registered: a known resident, or one whose name is told.

    `beyond` gives a seat although none is left, on purpose.
    """

    person_id: int | None = None
    newcomer: Details | None = None
    beyond: bool = False
    request_key: str | None = None


def press(session_id: int, wanted: Press, *, now: datetime, actor: Account) -> Answer:
    """Mark one person, or take the mark back. The same key is applied once and answered each time.

    When somebody else pressed something else since the device looked, nothing changes: the answer is a conflict,
    kept until somebody who sees both presses again.

    Raises:
        NoSuchSession, NotInYourStructure, OfTheTerritory, SessionCancelled, RecordWritten, TooEarly, NotThatDay,
        NoSuchParticipant, KeyTaken
    """
    session = locked(session_id, actor)
    mark = queries.mark_of(session_id, wanted.participant_id)
    if receipt := db.session.get(PressReceipt, wanted.key):
        return _answered_before(receipt, wanted, mark, session_id)
    check_markable(session, now)
    if not queries.is_expected(session, wanted.participant_id):
        raise NoSuchParticipant
    check_presence(wanted.presence, mark.presence if mark else None, session, now, clock.territory_zone())
    outcome = judged(wanted, mark.presence if mark else None, mark.version if mark else 0)
    if outcome is PressOutcome.APPLIED and wanted.seen == (mark.version if mark else 0):
        mark = _marked(session_id, wanted, mark, now, actor)
    receipt = PressReceipt(
        key=wanted.key, session_id=session_id, participant_id=wanted.participant_id, presence=wanted.presence,
        version=mark.version if mark else 0, outcome=outcome, received_at=now, pressed_by_id=actor.id,
    )  # fmt: skip
    db.session.add(receipt)
    db.session.flush()
    return _answer(receipt, mark)


def count(session_id: int, counted: Counted, *, now: datetime, actor: Account) -> HeadCount:
    """Write how many took part whom nobody names, or correct it. They stay a head-count.

    Raises:
        CountedMeanwhile: somebody else wrote other figures since the page was shown.
        BadCount, BadHelpers, BadSplit, what `check_text` finds, and the refusals of `press` about the session
    """
    session = locked(session_id, actor)
    check_markable(session, now)
    check_its_day(session, now, clock.territory_zone())
    check_counted(counted)
    there = queries.count_of(session_id)
    figures = {
        "people": counted.people, "feminine": counted.feminine, "masculine": counted.masculine,
        "helpers": counted.helpers, "done": counted.done.strip(),
    }  # fmt: skip
    if there is not None and all(getattr(there, name) == value for name, value in figures.items()):
        return there
    if there is not None and counted.seen is not None and counted.seen != there.version:
        raise CountedMeanwhile(there.counted_by.name, there.people)
    if there is None:
        there = HeadCount(session_id=session_id, version=0)
        db.session.add(there)
    for name, value in figures.items():
        setattr(there, name, value)
    there.version, there.counted_at, there.counted_by_id = there.version + 1, now, actor.id
    audit.record("session.counted", session.reference, actor_id=actor.id, people=there.people, helpers=there.helpers)
    db.session.flush()
    return there


def walk_in(session_id: int, wish: WalkIn, *, now: datetime, actor: Account) -> Registration:
    """Register somebody who has just come, and mark them as present.

    Raises:
        SessionFull: no seat is left and `beyond` was not said. AlreadyRegistered, and other refusals of
        `registering.register`, and those of `press` about the session
    """
    session = locked(session_id, actor)
    check_markable(session, now)
    check_its_day(session, now, clock.territory_zone())
    enrolling = Enrolling(
        session.programme_id, Origin.WALK_IN, session_id=session_id, person_id=wish.person_id,
        newcomer=wish.newcomer, beyond=wish.beyond, request_key=wish.request_key,
    )  # fmt: skip
    registration = registering.register(enrolling, now=now, actor_id=actor.id)
    _mark_all(registration, session_id, now, actor)
    return registration


def let_in(session_id: int, registration_id: int, *, now: datetime, actor: Account) -> Registration:
    """Give a seat to somebody of the waiting list who stands in the door, and mark them.

    It is beyond those planned if none is free.

    Raises:
        NoSuchParticipant: it does not wait for this session. The refusals of `giving.give_seat`, and those of `press`
        about the session
    """
    registration = giving.give_seat(registration_id, now=now, actor_id=actor.id, beyond=True)
    session = locked(session_id, actor)
    check_markable(session, now)
    check_its_day(session, now, clock.territory_zone())
    if registration.programme_id != session.programme_id or registration.session_id not in {None, session_id}:
        raise NoSuchParticipant
    _mark_all(registration, session_id, now, actor)
    return registration


def _mark_all(registration: Registration, session_id: int, now: datetime, actor: Account) -> None:
    """All of a registration are there, but for those of whom something else was said."""
    for participant in registration.participants:
        if queries.mark_of(session_id, participant.id) is None:
            _marked(session_id, Press(participant.id, Presence.PRESENT, 0, ""), None, now, actor)
    db.session.flush()


def locked(session_id: int, actor: Account) -> WorkshopSession:
    """The session, locked until the end of the transaction, for whoever may mark there.

    Raises:
        NoSuchSession, NotInYourStructure, OfTheTerritory
    """
    query = select(WorkshopSession).where(WorkshopSession.id == session_id)
    query = query.with_for_update(key_share=True, of=WorkshopSession)
    session = db.session.scalar(query.execution_options(populate_existing=True))
    if session is None:
        raise NoSuchSession
    check_may_mark(session, actor)
    return session


def check_markable(session: WorkshopSession, now: datetime) -> None:
    """Raises: SessionCancelled, RecordWritten, TooEarly."""
    check_open(session, telling_of(session.reference) is not None, now, clock.territory_zone())


def _marked(
    session_id: int, wanted: Press, mark: SessionPresence | None, now: datetime, actor: Account
) -> SessionPresence:
    if mark is None:
        mark = SessionPresence(session_id=session_id, participant_id=wanted.participant_id, version=0)
        db.session.add(mark)
    mark.presence, mark.version = wanted.presence, mark.version + 1
    mark.marked_at, mark.marked_by = now, db.session.get_one(Account, actor.id)
    return mark


def _answered_before(receipt: PressReceipt, wanted: Press, mark: SessionPresence | None, session_id: int) -> Answer:
    """The answer to a press that was sent before.

    Raises:
        KeyTaken: the key is of another press.
    """
    if (receipt.session_id, receipt.participant_id) != (session_id, wanted.participant_id):
        raise KeyTaken
    if receipt.presence is not wanted.presence:
        raise KeyTaken
    return _answer(receipt, mark)


def _answer(receipt: PressReceipt, mark: SessionPresence | None) -> Answer:
    """Of what was applied: itself and the version that it made, whatever was pressed since. Else: what stands."""
    if receipt.outcome is PressOutcome.APPLIED or mark is None:
        return Answer(receipt.outcome, receipt.presence, receipt.version)
    return Answer(receipt.outcome, mark.presence, mark.version, mark.marked_by.name)
