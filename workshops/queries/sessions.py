"""Sessions as the staff list and read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Account
from foundation.db import db
from places.standing import Standing, asks
from workshops.models import KitNeed, Programme, SessionEvent, SessionMediator, SessionState, WorkshopSession
from workshops.queries.programmes import seen_by
from workshops.rules.planning import Place, SessionPlan
from workshops.rules.unplannable import NoSuchSession


def sessions_of(programme_id: int) -> list[WorkshopSession]:
    """The sessions of a programme by date, with places and teams."""
    found = whole().where(WorkshopSession.programme_id == programme_id)
    return list(db.session.scalars(found.order_by(WorkshopSession.starts_at, WorkshopSession.id)))


def planned_alike(programme_id: int, plans: Sequence[SessionPlan]) -> bool:
    """Whether the programme has all these sessions already: same times, same place, same team."""
    there = {
        (one.starts_at, one.ends_at, _place_of(one), frozenset(member.account_id for member in one.team))
        for one in sessions_of(programme_id)
        if one.state is SessionState.PLANNED
    }
    return all((one.period.start, one.period.end, one.place, frozenset(one.team)) in there for one in plans)


def last_start(programme_id: int, besides: int | None = None) -> datetime | None:
    """When the last session begins of those that were not called off; None: there is none.

    Args:
        besides: id of a session that is not looked at.
    """
    query = select(func.max(WorkshopSession.starts_at)).where(
        WorkshopSession.programme_id == programme_id, WorkshopSession.state != SessionState.CANCELLED
    )
    return db.session.scalar(query.where(WorkshopSession.id != besides) if besides is not None else query)


def _place_of(session: WorkshopSession) -> Place:
    return Place(session.venue_id, session.room_id, session.school_id, session.care_home_id)


def session_seen(session_id: int, viewer: Account) -> WorkshopSession:
    """A session with its programme, place, team and kits.

    Raises:
        NoSuchSession: there is none, or not for `viewer`.
    """
    query = whole().join(WorkshopSession.programme).where(WorkshopSession.id == session_id, seen_by(viewer))
    found = db.session.scalar(query)
    if found is None:
        raise NoSuchSession
    return found


def events_of(session_id: int) -> list[tuple[SessionEvent, str]]:
    """What happened to a session, in order, with the name of who did it; empty for what happened by itself."""
    rows = db.session.execute(
        select(SessionEvent, Account.name)
        .outerjoin(Account, Account.id == SessionEvent.actor_id)
        .where(SessionEvent.session_id == session_id)
        .order_by(SessionEvent.id)
    )
    return [(event, name or "") for event, name in rows]


def team_to_choose(viewer: Account, session: WorkshopSession | None = None) -> list[Account]:
    """Mediators whom `viewer` may put into a team: those of the structure (all, without one), and who is in it."""
    own = true() if viewer.structure_id is None else Account.structure_id == viewer.structure_id
    kept = [one.account_id for one in session.team] if session else []
    query = (
        select(Account)
        .options(joinedload(Account.structure))
        .where(Account.active, Account.resource_id.is_not(None), or_(own, Account.id.in_(kept)))
        .order_by(Account.name, Account.id)
    )
    return list(db.session.scalars(query))


def kits_asked_for(viewer: Account) -> list[str]:
    """The kinds of kits that sessions ask for, of programmes that `viewer` sees, in alphabetical order."""
    query = (
        select(KitNeed.kind)
        .join(WorkshopSession, WorkshopSession.id == KitNeed.session_id)
        .join(WorkshopSession.programme)
        .where(seen_by(viewer))
        .distinct()
        .order_by(KitNeed.kind)
    )
    return list(db.session.scalars(query))


def standing_at(venue_id: int, now: datetime) -> list[Standing]:
    """The sessions that are still to come at a venue, as its page tells of them before it is closed."""
    coming = (
        WorkshopSession.venue_id == venue_id,
        WorkshopSession.state == SessionState.PLANNED,
        WorkshopSession.ends_at > now,
    )
    found = db.session.scalars(whole().where(*coming).order_by(WorkshopSession.starts_at, WorkshopSession.id))
    return [
        Standing(one.starts_at, one.programme.title, ", ".join(member.account.name for member in one.team))
        for one in found
    ]


asks(standing_at)


def whole() -> Select[WorkshopSession]:
    """Sessions with all that a list or a page shows of them."""
    return select(WorkshopSession).options(
        joinedload(WorkshopSession.programme).joinedload(Programme.structure),
        joinedload(WorkshopSession.venue),
        joinedload(WorkshopSession.room),
        joinedload(WorkshopSession.school),
        joinedload(WorkshopSession.care_home),
        selectinload(WorkshopSession.team).joinedload(SessionMediator.account),
        selectinload(WorkshopSession.kit_needs),
    )
