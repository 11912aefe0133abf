"""Reservations as the team looks through them: to come, to answer, out, past; those of today and tomorrow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from accounts.models import Account
from equipment.models import Kit, Reservation, ReservationState
from equipment.queries.lending import FOR_LISTS
from foundation.db import db
from places.models import CareHome, School

PER_PAGE = 40
WAITING, READY = ReservationState.REQUESTED, ReservationState.APPROVED
OUT, BACK = ReservationState.HANDED_OVER, ReservationState.RETURNED


class View(StrEnum):
    """The parts of the list."""

    COMING = "coming"
    WAITING = "waiting"
    OUT = "out"
    PAST = "past"
    ENDED = "ended"


@dataclass(frozen=True)
class Asked:
    """What is looked for.

    Attributes:
        text: each word is in the name or label of the kit, the code, the group, the activity, or the place's name.
        kit_id, school_id, care_home_id: 0 for any.
    """

    view: View = View.COMING
    text: str = ""
    kit_id: int = 0
    school_id: int = 0
    care_home_id: int = 0


def within(viewer: Account) -> ColumnElement[bool]:
    """Kits within reach of a colleague, as `equipment.rules.kits.within_reach` decides for one."""
    if viewer.structure_id is None:
        return true()
    return or_(Kit.structure_id.is_(None), Kit.structure_id == viewer.structure_id)


def reservation_rows(viewer: Account, asked: Asked, *, now: datetime, page: int) -> list[Reservation]:
    """A page of reservations, and one more when there are more; what is to come first, what is past latest first.

    Which they are is asked apart: the database sorts tens of thousands of numbers instead of whole rows.
    """
    query = _narrow(viewer, asked, now)
    late_first = asked.view in {View.PAST, View.ENDED}
    order = (Reservation.starts_at.desc() if late_first else Reservation.starts_at, Reservation.id)
    ids = db.session.scalars(query.order_by(*order).offset((page - 1) * PER_PAGE).limit(PER_PAGE + 1)).all()
    whole = select(Reservation).options(*FOR_LISTS).where(Reservation.id.in_(ids))
    return list(db.session.scalars(whole.order_by(*order)))


def _narrow(viewer: Account, asked: Asked, now: datetime) -> Select[*tuple[int]]:
    query = select(Reservation.id).join(Reservation.kit).where(within(viewer), _in_view(asked.view, now))
    if words := asked.text.split():
        query = query.outerjoin(Reservation.school).outerjoin(Reservation.care_home).where(*map(_says, words))
    for column, value in (
        (Reservation.kit_id, asked.kit_id),
        (Reservation.school_id, asked.school_id),
        (Reservation.care_home_id, asked.care_home_id),
    ):
        query = query.where(column == value) if value else query
    return query


def _seen_by(viewer: Account) -> Select[Reservation]:
    return select(Reservation).options(*FOR_LISTS).join(Reservation.kit).where(within(viewer))


def _in_view(view: View, now: datetime) -> ColumnElement[bool]:
    to_come = Reservation.ends_at > now
    past = and_(Reservation.state.in_((WAITING, READY)), Reservation.ends_at <= now)
    return {
        View.COMING: and_(Reservation.state.in_((WAITING, READY)), to_come),
        View.WAITING: and_(Reservation.state == WAITING, to_come),
        View.OUT: Reservation.state == OUT,
        View.PAST: or_(Reservation.state == BACK, past),
        View.ENDED: Reservation.state.in_((ReservationState.REFUSED, ReservationState.CANCELLED)),
    }[view]


def _says(word: str) -> ColumnElement[bool]:
    columns = (
        Kit.name, Kit.code, Reservation.code, Reservation.group_label, Reservation.activity, School.name, CareHome.name,
    )  # fmt: skip
    return or_(*(column.icontains(word, autoescape=True) for column in columns))


def going_out(viewer: Account, now: datetime, until: datetime) -> list[Reservation]:
    """What is agreed to and starts before `until`, or has begun and was not fetched yet; by start."""
    query = _seen_by(viewer).where(
        Reservation.state == READY, Reservation.starts_at < until, Reservation.ends_at > now
    )  # fmt: skip
    return list(db.session.scalars(query.order_by(Reservation.starts_at, Reservation.id)))


def coming_back(viewer: Account, now: datetime, until: datetime) -> list[Reservation]:
    """What is out and due before `until`, but not late yet; by when it is due."""
    query = _seen_by(viewer).where(
        Reservation.state == OUT, Reservation.ends_at > now, Reservation.ends_at < until
    )  # fmt: skip
    return list(db.session.scalars(query.order_by(Reservation.ends_at, Reservation.id)))
