"""Closing the day: one activity record for the session, prefilled from what was marked and counted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from accounts.models import Account
from activity.models import ActivityKind, ActivityRecord
from activity.queries import telling_of
from activity.rules.records import AlreadyRecorded, Draft
from activity.service import records
from foundation import audit
from foundation.db import db
from workshops.models import SessionEvent, SessionEventKind, SessionState, WorkshopSession
from workshops.queries import attendance as queries
from workshops.rules.attendance import Told, check_begun, check_may_mark
from workshops.rules.unmarkable import NobodyMarked, SomebodyCame
from workshops.rules.unplannable import NoSuchSession


def close(
    session_id: int, told: Told, *, now: datetime, actor: Account, request_key: str | None = None
) -> ActivityRecord | None:
    """Write the one record of a session that took place: who is marked as present by name, the others as a count.

    Whoever was not marked is not counted. None when nobody came: nothing is left to tell then.

    Raises:
        NoSuchSession, NotInYourStructure, OfTheTerritory, SessionCancelled, NotBegun, NobodyMarked, SomebodyCame,
        AlreadyRecorded (`alternatives`: the id of the record), and the refusals of `activity.rules.records.check`
    """
    session = _locked(session_id, actor)
    check_begun(session, now)
    if (there := telling_of(session.reference)) is not None:
        raise AlreadyRecorded(there)
    draft = _draft(session, told)
    nobody = not draft.person_ids and not draft.anonymous_count
    if nobody != told.nobody_came:
        raise NobodyMarked if nobody else SomebodyCame
    record = None
    if not nobody:
        structure_id = session.programme.structure_id
        record = records.write(draft, now=now, actor=actor, structure_id=structure_id, request_key=request_key)
    if session.state is SessionState.PLANNED:
        session.state = SessionState.HELD
        db.session.add(SessionEvent(session_id=session_id, kind=SessionEventKind.HELD, at=now, actor_id=actor.id))
    audit.record("session.held", session.reference, actor_id=actor.id, nobody=nobody)
    db.session.flush()
    return record


def _locked(session_id: int, actor: Account) -> WorkshopSession:
    """The session, locked against presses and registrations."""
    query = select(WorkshopSession).where(WorkshopSession.id == session_id).with_for_update(of=WorkshopSession)
    session = db.session.scalar(query.execution_options(populate_existing=True))
    if session is None:
        raise NoSuchSession
    check_may_mark(session, actor)
    return session


def _draft(session: WorkshopSession, told: Told) -> Draft:
    """Whoever was erased since they were marked came all the same: they are counted without a name."""
    present, count = queries.present(session.id), queries.count_of(session.id)
    named = [person.id for person in present if person.anonymised_at is None]
    host = session.school or session.care_home
    return Draft(
        kind=ActivityKind.GROUP,
        started_at=session.starts_at,
        duration_minutes=told.minutes,
        venue_id=session.venue_id,
        at_host=host is not None,
        neighbourhood_id=host.neighbourhood_id if host else None,
        themes=told.themes,
        equipment=told.equipment,
        note=told.note,
        person_ids=tuple(named),
        anonymous_count=len(present) - len(named) + (count.people if count else 0),
        anonymous_feminine=count.feminine if count else 0,
        anonymous_masculine=count.masculine if count else 0,
        reference=session.reference,
        label=session.programme.title,
    )
