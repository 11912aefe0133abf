"""One session at another time, with another team, at another place, with other seats, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select

from foundation import audit
from foundation.db import db
from foundation.forbidden import check_text
from foundation.period import Period
from foundation.said import told
from workshops.models import KitNeed, SessionEvent, SessionEventKind, SessionMediator, SessionState, WorkshopSession
from workshops.queries.sessions import last_start
from workshops.rules.planning import Place, SessionPlan, check_arrangement, check_capacity, check_period, check_planned
from workshops.rules.programmes import check_opens_before
from workshops.rules.unplannable import NoSuchSession
from workshops.service import following, seats, waiting
from workshops.service.holding import give_back, hold_instead


@dataclass(frozen=True)
class Arrangement:
    """All of a session but its time and its seats, as `workshops.rules.planning.SessionPlan` describes it."""

    place: Place
    team: Sequence[int]
    title: str = ""
    kits: Mapping[str, int] = field(default_factory=dict)
    equipment_note: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def move(session_id: int, period: Period, *, now: datetime, actor_id: int | None, reason: str = "") -> WorkshopSession:
    """Give a session another time, with the same team at the same place; what is held around it goes along.

    Raises:
        NoSuchSession, NotPlanned, InThePast, TooLong, OpensAfterThese, NotFree, and what `check_text` finds
    """
    session = _locked(session_id, now)
    check_text(reason, "reason")
    check_period(period, now=now)
    was = Period(session.starts_at, session.ends_at)
    if period == was:
        return session
    others = last_start(session.programme_id, besides=session_id)
    check_opens_before(session.programme.registration_opens_at, [others, period.start])
    before, after = session.starts_at - session.held_from, session.held_until - session.ends_at
    held = period.padded(before, after)
    place, kits = place_of(session), kits_of(session)
    plan = SessionPlan(period, place, team_of(session), before=before, after=after, kits=kits)
    hold_instead(session, plan, place, now=now, actor_id=actor_id)
    session.starts_at, session.ends_at = period.start, period.end
    session.held_from, session.held_until = held.start, held.end
    event = _note(session, SessionEventKind.MOVED, now, actor_id, reason, was.start, period.start)
    audit.record("session.moved", session.reference, actor_id=actor_id)
    db.session.flush()
    following.session_moved(session, event, now=now)
    return session


def change(
    session_id: int, wanted: Arrangement, *, now: datetime, actor_id: int | None, reason: str = ""
) -> WorkshopSession:
    """Give a session another team, place, title or equipment, at the same time.

    Raises:
        NoSuchSession, NotPlanned, NoTeam, NoPlace, BadKits, NotAMediator, PlaceGone, UnknownKitKind, NotFree, and
        what `check_text` finds
    """
    session = _locked(session_id, now)
    check_text(reason, "reason")
    plan = SessionPlan(
        Period(session.starts_at, session.ends_at), wanted.place, wanted.team, title=wanted.title,
        before=session.starts_at - session.held_from, after=session.held_until - session.ends_at, kits=wanted.kits,
        equipment_note=wanted.equipment_note, translations=wanted.translations,
    )  # fmt: skip
    check_arrangement(plan)
    hold_instead(session, plan, place_of(session), now=now, actor_id=actor_id)
    session.team = [SessionMediator(account_id=id_) for id_ in sorted(set(wanted.team))]
    session.kit_needs = [KitNeed(kind=kind, count=count) for kind, count in sorted(wanted.kits.items())]
    before, place = house_of(session), wanted.place
    session.venue_id, session.room_id = place.venue_id, place.room_id
    session.school_id, session.care_home_id = place.school_id, place.care_home_id
    session.title, session.equipment_note = wanted.title.strip(), wanted.equipment_note.strip()
    session.translations = told(wanted.translations, ["title"])
    elsewhere = house_of(session) != before
    kind = SessionEventKind.RELOCATED if elsewhere else SessionEventKind.CHANGED
    event = _note(session, kind, now, actor_id, reason)
    audit.record("session.changed", session.reference, actor_id=actor_id)
    db.session.flush()
    if elsewhere:
        following.session_relocated(session, event, now=now)
    return session


def change_capacity(session_id: int, capacity: int, *, now: datetime, actor_id: int | None) -> WorkshopSession:
    """Give a session more seats, or fewer, down to those that are taken.

    Seats that were given beyond the old capacity are within the new one.

    Raises:
        NoSuchSession, NotPlanned, BadCapacity, CapacityTaken
    """
    session = _locked(session_id, now)
    if capacity == session.capacity:
        return session
    check_capacity(capacity, session.taken)
    audit.record(
        "session.capacity_changed", session.reference, actor_id=actor_id, before=session.capacity, after=capacity
    )
    session.capacity, session.extra = capacity, 0
    _note(session, SessionEventKind.CHANGED, now, actor_id)
    db.session.flush()
    waiting.offer_freed(session.programme_id, now)
    return session


def cancel(session_id: int, *, reason: str, now: datetime, actor_id: int | None) -> WorkshopSession:
    """Call a session off and give its time back. Doing so again changes nothing.

    Raises:
        NoSuchSession, NotPlanned (it took place), and what `check_text` finds in the reason
    """
    check_text(reason, "reason")
    session = _row(session_id, now)
    if session.state is SessionState.CANCELLED:
        return session
    check_planned(session.state)
    session.state = SessionState.CANCELLED
    give_back(session, now=now, actor_id=actor_id)
    _note(session, SessionEventKind.CANCELLED, now, actor_id, reason, session.starts_at)
    audit.record("session.cancelled", session.reference, actor_id=actor_id)
    db.session.flush()
    following.session_cancelled(session, now=now, actor_id=actor_id, reason=reason)
    return session


def place_of(session: WorkshopSession) -> Place:
    return Place(session.venue_id, session.room_id, session.school_id, session.care_home_id)


def house_of(session: WorkshopSession) -> Place:
    """Where people go to: another room of the same house is no news to them."""
    return replace(place_of(session), room_id=None)


def kits_of(session: WorkshopSession) -> dict[str, int]:
    """Kind of kit → how many it needs."""
    return {one.kind: one.count for one in session.kit_needs}


def team_of(session: WorkshopSession) -> list[int]:
    """The accounts of the team, ascending."""
    return [one.account_id for one in session.team]


def _row(session_id: int, now: datetime) -> WorkshopSession:
    """The session with its row locked, after those to come of its programme: whoever registers locks in this order."""
    programme_id = db.session.scalar(select(WorkshopSession.programme_id).where(WorkshopSession.id == session_id))
    if programme_id is None:
        raise NoSuchSession
    seats.lock_to_come(programme_id, now)
    return db.session.get_one(WorkshopSession, session_id, with_for_update=True, populate_existing=True)


def _locked(session_id: int, now: datetime) -> WorkshopSession:
    session = _row(session_id, now)
    check_planned(session.state)
    return session


def _note(
    session: WorkshopSession, kind: SessionEventKind, now: datetime, actor_id: int | None, reason: str = "",
    from_start: datetime | None = None, to_start: datetime | None = None,
) -> SessionEvent:  # fmt: skip
    event = SessionEvent(
        session=session, kind=kind, at=now, actor_id=actor_id, reason=reason.strip(), from_start=from_start,
        to_start=to_start,
    )  # fmt: skip
    db.session.add(event)
    return event
