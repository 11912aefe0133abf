"""Who reads what participants answer, and between which sessions they are asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, select

from accounts.models import Account
from foundation.db import db
from foundation.period import Period
from workshops.models import Programme, Registration, SessionMediator, SessionState, WorkshopSession


def teaches(programme: Programme, account: Account) -> bool:
    """Whether what participants of a programme answer is for `account` to read and to write down.

    That is the structure that offers it, and the mediators of its sessions; what the whole territory offers is for its
    own staff and these mediators.
    """
    if account.structure_id is None or programme.structure_id == account.structure_id:
        return True
    in_team = (
        select(SessionMediator.session_id)
        .join(WorkshopSession, WorkshopSession.id == SessionMediator.session_id)
        .where(WorkshopSession.programme_id == programme.id, SessionMediator.account_id == account.id)
    )
    return db.session.scalar(in_team.limit(1)) is not None


def periods_of(programme_id: int) -> list[Period]:
    """The sessions of a programme that were not called off, by date."""
    return [Period(start, end) for _id, start, end in _sessions(programme_id)]


def periods_for(registration: Registration) -> list[Period]:
    """Those that a registration is for: of a series, those that were not over when they registered."""
    found = [
        (id_, Period(start, end))
        for id_, start, end in _sessions(registration.programme_id)
        if registration.session_id in {None, id_}
    ]
    own = [period for _id, period in found if period.end > registration.created_at]
    return own or [period for _id, period in found]


def _sessions(programme_id: int) -> Sequence[Row[int, datetime, datetime]]:
    query = select(WorkshopSession.id, WorkshopSession.starts_at, WorkshopSession.ends_at).where(
        WorkshopSession.programme_id == programme_id, WorkshopSession.state != SessionState.CANCELLED
    )
    return db.session.execute(query.order_by(WorkshopSession.starts_at, WorkshopSession.id)).all()
