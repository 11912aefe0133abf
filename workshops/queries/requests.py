"""Requests of hosts, as those who asked and those who answer read them."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true
from sqlalchemy.orm import joinedload

from accounts.models import Account
from foundation.db import db
from workshops.models import Programme, RequestState, WorkshopRequest
from workshops.rules.requests import NoSuchRequest

PER_PAGE = 50


class View(StrEnum):
    """Which requests are listed."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    ENDED = "ended"


STATES = {
    View.WAITING: (RequestState.ASKED,),
    View.ACCEPTED: (RequestState.ACCEPTED,),
    View.ENDED: (RequestState.DECLINED, RequestState.WITHDRAWN),
}


def seen_by(viewer: Account) -> ColumnElement[bool]:
    """All, for the territory's staff; for a structure's, what nobody answered and what became a programme of theirs."""
    if viewer.structure_id is None:
        return true()
    ours = exists().where(Programme.id == WorkshopRequest.programme_id, Programme.structure_id == viewer.structure_id)
    return or_(WorkshopRequest.state == RequestState.ASKED, ours)


def request_rows(viewer: Account, view: View, page: int = 1) -> list[WorkshopRequest]:
    """A page of requests, and one more if there is another page. Whoever waits longest comes first; then the latest."""
    order = WorkshopRequest.id if view is View.WAITING else WorkshopRequest.id.desc()
    query = _whole().where(seen_by(viewer), WorkshopRequest.state.in_(STATES[view])).order_by(order)
    return list(db.session.scalars(query.offset((page - 1) * PER_PAGE).limit(PER_PAGE + 1)))


def request_seen(request_id: int, viewer: Account) -> WorkshopRequest:
    """Raises: NoSuchRequest: there is none, or not for `viewer`."""
    return _found(_whole().where(WorkshopRequest.id == request_id, seen_by(viewer)))


def own_requests(asker_id: int) -> list[WorkshopRequest]:
    """What somebody asked for, the latest first."""
    query = _whole().where(WorkshopRequest.asked_by_id == asker_id).order_by(WorkshopRequest.id.desc())
    return list(db.session.scalars(query.limit(PER_PAGE)))


def own_request(request_id: int, asker_id: int) -> WorkshopRequest:
    """Raises: NoSuchRequest: there is none, or somebody else asked."""
    return _found(_whole().where(WorkshopRequest.id == request_id, WorkshopRequest.asked_by_id == asker_id))


def by_request_key(key: str, asker_id: int) -> WorkshopRequest | None:
    """What somebody asked for by the page that this key was made for."""
    mine = (WorkshopRequest.request_key == key, WorkshopRequest.asked_by_id == asker_id)
    return db.session.scalar(select(WorkshopRequest).where(*mine)) if key else None


def of_programme(programme_id: int) -> WorkshopRequest | None:
    """The request that became this programme."""
    return db.session.scalar(_whole().where(WorkshopRequest.programme_id == programme_id))


def waiting_count(asker_id: int | None = None) -> int:
    """How many have no answer yet, of all or of one host."""
    mine = true() if asker_id is None else WorkshopRequest.asked_by_id == asker_id
    return db.session.scalar(waiting().where(mine)) or 0


def waiting() -> Select[int]:
    """Counts those that have no answer yet."""
    return select(func.count()).select_from(WorkshopRequest).where(WorkshopRequest.state == RequestState.ASKED)


def _found(query: Select[WorkshopRequest]) -> WorkshopRequest:
    found = db.session.scalar(query)
    if found is None:
        raise NoSuchRequest
    return found


def _whole() -> Select[WorkshopRequest]:
    return select(WorkshopRequest).options(
        joinedload(WorkshopRequest.asked_by),
        joinedload(WorkshopRequest.answered_by),
        joinedload(WorkshopRequest.school),
        joinedload(WorkshopRequest.care_home),
        joinedload(WorkshopRequest.programme).joinedload(Programme.structure),
    )
