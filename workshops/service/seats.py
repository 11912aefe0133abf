"""Seats of sessions: taken together or not at all, given back, never sold twice.

Whoever changes the seats of a programme locks the sessions first, in ascending id, with `lock_to_come`. The update is
conditional all the same, and the CHECK of the table is the last word.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select, update
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.util import identity_key

from foundation.db import UtcDateTime, db, explain_constraint, rows_changed, table_of
from foundation.errors import Conflict
from foundation.i18n import _l
from workshops.models import Programme, Registration, RegistrationState, SessionState, WorkshopSession

TAKING = [state for state in RegistrationState if state.takes_seats]


class SeatsTaken(Conflict):
    """Somebody else was first, or the capacity is lower than what is taken."""

    def __init__(self) -> None:
        super().__init__(_l("These seats have just been taken. Try again: you will be put on the waiting list."))


explain_constraint("ck_workshop_session_seats", SeatsTaken)


@dataclass(frozen=True)
class Seating:
    """The seats of one session as they are while it is locked.

    Attributes:
        whole: all of it, when `lock_whole` read it: whoever holds this need not read it again.
    """

    session_id: int
    programme_id: int
    starts_at: datetime
    capacity: int
    taken: int
    whole: WorkshopSession | None = None

    @property
    def free(self) -> int:
        """Never negative, although staff may go beyond."""
        return max(0, self.capacity - self.taken)


def lock_to_come(programme_id: int, now: datetime) -> list[Seating]:
    """Every planned session to come of the programme, locked until the end of the transaction, by id.

    The programme is locked before: no session is added to a series between listing its sessions and taking seats.
    """
    db.session.execute(_PROGRAMME, {"programme_id": programme_id})
    return _locked(_TO_COME, programme_id=programme_id, now=now)


def lock(session_ids: Collection[int]) -> list[Seating]:
    """These sessions, if they are planned, begun or not; locked until the end of the transaction, by id."""
    return _locked(_CHOSEN, ids=list(session_ids))


def lock_whole(session_id: int) -> list[Seating]:
    """The same of one session, with all that a confirmation of it needs: its programme and its venue."""
    found = db.session.scalars(_WHOLE, {"session_id": session_id})
    return [Seating(one.id, one.programme_id, one.starts_at, one.capacity, one.taken, one) for one in found]


_PROGRAMME = select(Programme.id).where(Programme.id == bindparam("programme_id")).with_for_update(read=True)
_PLANNED = (
    select(
        WorkshopSession.id,
        WorkshopSession.programme_id,
        WorkshopSession.starts_at,
        WorkshopSession.capacity,
        WorkshopSession.taken,
    )
    .where(WorkshopSession.state == SessionState.PLANNED)
    .order_by(WorkshopSession.id)
    .with_for_update(key_share=True)
)
_TO_COME = _PLANNED.where(
    WorkshopSession.programme_id == bindparam("programme_id"),
    WorkshopSession.starts_at > bindparam("now", type_=UtcDateTime),
)
_WHOLE = (
    select(WorkshopSession)
    .options(joinedload(WorkshopSession.programme), joinedload(WorkshopSession.venue))
    .where(WorkshopSession.id == bindparam("session_id"), WorkshopSession.state == SessionState.PLANNED)
    .with_for_update(key_share=True, of=WorkshopSession)
    .execution_options(populate_existing=True)
)
_CHOSEN = _PLANNED.where(WorkshopSession.id.in_(bindparam("ids", expanding=True)))


def _locked(query: Select[int, int, datetime, int, int], **wanted: Any) -> list[Seating]:
    return [Seating(*row) for row in db.session.execute(query, wanted)]


def take(locked: Collection[Seating], seats: int, *, beyond: bool = False) -> bool:
    """Take `seats` in each of these sessions: in all or in none. False when they are not free.

    Args:
        locked: as they were when this transaction locked them, or since it last took or gave seats.
        beyond: staff go beyond the capacity on purpose; the sessions grow by as much as is missing.

    Raises:
        SeatsTaken: a session changed although it was locked, which can not be; nothing may be kept then.
    """
    if not locked or not (beyond or all(one.free >= seats for one in locked)):
        return False
    ids = [one.session_id for one in locked]
    if rows_changed(_GROWN if beyond else _TAKEN, {"ids": ids, "seats": seats}) != len(ids):
        raise SeatsTaken
    for id_ in ids:
        if (loaded := db.session.identity_map.get(identity_key(WorkshopSession, id_))) is not None:
            db.session.expire(loaded, ["taken", "extra"])
    return True


def give_back(session_ids: Collection[int], seats: int) -> None:
    """Give `seats` back in each of these sessions; those beyond the capacity go first, and are not offered again."""
    after = WorkshopSession.taken - seats
    db.session.execute(
        update(WorkshopSession).where(WorkshopSession.id.in_(session_ids)).values(taken=after, extra=_beyond(after))
    )


_SESSIONS = table_of(WorkshopSession)
_AFTER = _SESSIONS.c.taken + bindparam("seats")
_MORE = update(_SESSIONS).where(_SESSIONS.c.id.in_(bindparam("ids", expanding=True))).values(taken=_AFTER)
_TAKEN = _MORE.where(_SESSIONS.c.capacity >= _AFTER)
_GROWN = _MORE.values(extra=case((_SESSIONS.c.capacity < _AFTER, _AFTER - _SESSIONS.c.capacity), else_=0))


def recount(session_id: int) -> None:
    """Write down what is taken by whoever has a seat in this session: one that is new in a series, or came back."""
    programme = select(WorkshopSession.programme_id).where(WorkshopSession.id == session_id).scalar_subquery()
    whole_series = and_(Registration.session_id.is_(None), Registration.programme_id == programme)
    total = db.session.scalar(
        select(func.coalesce(func.sum(Registration.seats), 0)).where(
            Registration.state.in_(TAKING), or_(Registration.session_id == session_id, whole_series)
        )
    )
    taken = int(total or 0)
    extra = case((WorkshopSession.capacity < taken, taken - WorkshopSession.capacity), else_=0)
    db.session.execute(update(WorkshopSession).where(WorkshopSession.id == session_id).values(taken=taken, extra=extra))


def _beyond(taken: ColumnElement[int]) -> ColumnElement[int]:
    """How many of so many taken seats are beyond the capacity."""
    return case((taken > WorkshopSession.capacity, taken - WorkshopSession.capacity), else_=0)
