"""What the tests of the day of a session begin with: a session of Salima, who is registered for it, and presses."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from accounts.models import Account
from activity.models import Equipment, Theme
from foundation.db import db, in_transaction, transaction
from tests.cast import Cast
from tests.workshops.enrolments import FIRST, adult, fill, opened, registered, sessions_of
from workshops.models import (
    Participant,
    Presence,
    Programme,
    SessionMediator,
    SessionPresence,
    WorkshopSession,
)
from workshops.rules.attendance import Answer, Counted, Press, Told
from workshops.service import attendance, held

BEGUN = FIRST + timedelta(minutes=5)
OVER = FIRST + timedelta(hours=2)
keys = (f"key-{number}" for number in count())


def led(cast: Cast, *, capacity: int = 4, team: tuple[str, ...] = ("mediator",), **changes: Any) -> Programme:
    """A programme of the town with one session on Wednesday at four, led by Salima."""
    programme = opened(cast, capacity=capacity, **changes)
    with transaction():
        for session in db.session.scalars(select(WorkshopSession).filter_by(programme_id=programme.id)):
            session.team = [SessionMediator(account_id=cast.ids[name]) for name in team]
    return programme


def expected(cast: Cast, people: int = 2, **changes: Any) -> tuple[int, list[int]]:
    """The session, and the participants of so many adults."""
    programme = led(cast, **changes)
    found = [one.participants[0].id for one in fill(programme, people)]
    return sessions_of(programme)[0].id, found


def one_more(programme: Programme, number: int = 90) -> Participant:
    """Another adult of the session."""
    return registered(adult(programme, number)).participants[0]


def actor(cast: Cast, name: str = "mediator") -> Account:
    return db.session.get_one(Account, cast.ids[name])


def pressed(
    cast: Cast, session_id: int, participant_id: int, presence: Presence | None = Presence.PRESENT, seen: int = 0,
    *, key: str = "", who: str = "mediator", now: datetime = BEGUN,
) -> Answer:  # fmt: skip
    """One press, committed."""
    wanted = Press(participant_id, presence, seen, key or next(keys))
    return in_transaction(lambda: attendance.press(session_id, wanted, now=now, actor=actor(cast, who)))


def counted(
    cast: Cast, session_id: int, people: int, *, who: str = "mediator", now: datetime = OVER, **more: Any
) -> Any:
    """A head-count, committed."""
    wanted = Counted(people, **more)
    return in_transaction(lambda: attendance.count(session_id, wanted, now=OVER, actor=actor(cast, who)))


def closed(
    cast: Cast, session_id: int, *, who: str = "mediator", now: datetime = OVER, key: str | None = None, **more: Any
) -> Any:
    """The record of the session, committed."""
    usual: dict[str, Any] = {
        "themes": frozenset({Theme.FILES}), "minutes": 120, "equipment": frozenset({Equipment.TABLET}),
    }  # fmt: skip
    told = Told(**{**usual, **more})
    return in_transaction(lambda: held.close(session_id, told, now=now, actor=actor(cast, who), request_key=key))


def marks(session_id: int) -> dict[int, tuple[str | None, int]]:
    """Participant → what is marked, and its version."""
    db.session.rollback()
    query = select(SessionPresence).where(SessionPresence.session_id == session_id)
    rows = db.session.scalars(query.execution_options(populate_existing=True))
    return {row.participant_id: (row.presence and row.presence.value, row.version) for row in rows}


JSON = {"Accept": "application/json"}
"""What the script of the page says to be answered in figures."""


def address(session_id: int, *more: object) -> str:
    """The page of attendance, or what hangs under it."""
    return "/".join([f"/equipe/ateliers/seances/{session_id}/presence", *map(str, more)])
