"""Reservations: one, those of a school or a home, those that wait for an answer; and dates on which a kit is free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, func, or_, select, true
from sqlalchemy.orm import joinedload

from accounts.models import Account
from agenda import queries as agenda
from equipment.models import Approval, Kit, Reservation, ReservationState
from equipment.rules.kits import Lendable, works_here
from equipment.rules.refusals import NoSuchReservation
from foundation.db import UtcDateTime, db
from foundation.period import Period
from foundation.security import Role

FOR_LISTS = (joinedload(Reservation.kit), joinedload(Reservation.school), joinedload(Reservation.care_home))
"""Which kit, and for whom it is."""
WITH_NAMES = (*FOR_LISTS, joinedload(Reservation.asked_by))
"""With whoever asked, and their roles, which are a statement of their own."""
_RESOURCE = select(Kit.resource_id).join(Reservation, Reservation.kit_id == Kit.id)
_RESOURCE_OF = _RESOURCE.where(Reservation.id == bindparam("reservation_id"))
_BY_CODE = select(Reservation).options(*WITH_NAMES).where(Reservation.code == bindparam("code"))
_BY_KEY = select(Reservation.id, Reservation.series).where(
    Reservation.request_key == bindparam("key"), Reservation.asked_by_id == bindparam("actor_id")
)
_OF_PLACE = (
    select(Reservation)
    .options(*WITH_NAMES)
    .where(
        or_(
            Reservation.school_id == bindparam("school_id"),
            Reservation.care_home_id == bindparam("care_home_id"),
        ),
        Reservation.ends_at > bindparam("since", type_=UtcDateTime),
    )
    .order_by(Reservation.starts_at, Reservation.id)
)
_WAITING = (
    select(Reservation)
    .options(*WITH_NAMES)
    .join(Reservation.kit)
    .where(Reservation.state == ReservationState.REQUESTED, Reservation.ends_at > bindparam("now", type_=UtcDateTime))
    .order_by(Reservation.starts_at, Reservation.id)
)


def resource_of(reservation_id: int) -> int:
    """The resource of the kit of a reservation.

    Raises:
        NoSuchReservation
    """
    found = db.session.scalar(_RESOURCE_OF, {"reservation_id": reservation_id})
    if found is None:
        raise NoSuchReservation
    return found


def by_code(code: str) -> Reservation | None:
    return db.session.scalar(_BY_CODE, {"code": code})


def by_request_key(key: str | None, actor_id: int) -> list[Reservation]:
    """What one page reserved, in order of time, when it was sent before; else nothing."""
    first = db.session.execute(_BY_KEY, {"key": key, "actor_id": actor_id}).first() if key else None
    if first is None:
        return []
    same = Reservation.series == first.series if first.series else Reservation.id == first.id
    return list(db.session.scalars(select(Reservation).where(same).order_by(Reservation.starts_at)))


def of_place(school_id: int | None, care_home_id: int | None, *, since: datetime) -> list[Reservation]:
    """What a school or a care home reserved that ends after `since`, whatever became of it, by start."""
    asked = {"school_id": school_id, "care_home_id": care_home_id, "since": since}
    return list(db.session.scalars(_OF_PLACE, asked))


def to_approve(account: Account, now: datetime) -> list[Reservation]:
    """What waits for an answer of this account, by start."""
    return list(db.session.scalars(_WAITING.where(_answered_by(account)), {"now": now}))


def how_many_wait(account: Account, now: datetime) -> Select[int]:
    """Counts what waits for an answer of this account."""
    return (
        select(func.count(Reservation.id))
        .join(Reservation.kit)
        .where(Reservation.state == ReservationState.REQUESTED, Reservation.ends_at > now, _answered_by(account))
    )


def _answered_by(account: Account) -> ColumnElement[bool]:
    """As `equipment.rules.lending.check_may_answer` decides for one."""
    if works_here(account):
        if not account.has(Role.MANAGER, Role.ADMINISTRATOR):
            return false()
        return true() if account.structure_id is None else Kit.structure_id == account.structure_id
    if not account.approves or account.school_id is None:
        return false()
    return and_(Reservation.school_id == account.school_id, Kit.approval == Approval.HEAD_TEACHER)


def free_periods(kit: Lendable, periods: Sequence[Period]) -> list[Period]:
    """Those on which the kit is neither held nor away, turnaround included; in two queries."""
    asked = [(kit.held(one), [kit.resource_id]) for one in periods]
    met = agenda.what_stands_in_the_way(asked)
    return [one for one, reasons in zip(periods, met, strict=True) if not reasons]
