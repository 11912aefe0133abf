"""What is held of kits in a stretch of time, as bare rows: one seek for each kit, however long its past."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from agenda.models import Hold
from equipment.models import Kit, Reservation
from foundation.db import UtcDateTime, db
from foundation.period import Period
from places.models import CareHome, School

_START, _END = bindparam("start", type_=UtcDateTime), bindparam("end", type_=UtcDateTime)
_PAST = aliased(Hold)
_LAST = (
    select(_PAST.starts_at)
    .where(_PAST.resource_id == Kit.resource_id, _PAST.starts_at < _START)
    .order_by(_PAST.starts_at.desc())
    .limit(1)
    .correlate(Kit)
    .scalar_subquery()
)
"""Holds never overlap: only the last one before can reach into the stretch."""


def _held(on: ColumnElement[bool], *where: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    columns = (Kit.id.label("kit_id"), Hold.reference, Hold.starts_at, Hold.ends_at, Hold.label)
    return select(*columns).join(Hold, on).where(*where)


_KITS_FIRST = Hold.resource_id == Kit.resource_id + 0
"""A sum is in no index: SQLite, which may never have counted its rows, can not begin with all holds ever made."""


def _both(*where: ColumnElement[bool]) -> CompoundSelect[*tuple[Any, ...]]:
    """In two parts, each with bounds that PostgreSQL sees: with one for both it reads all holds there ever were."""
    return union_all(
        _held(and_(_KITS_FIRST, Hold.starts_at == _LAST), Hold.ends_at > _START, *where),
        _held(_KITS_FIRST, Hold.starts_at >= _START, Hold.starts_at < _END, *where),
    )


def _with_loans(*where: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """A reservation starts with its hold: so it is found by the index of its kit."""
    rows = _both(*where).subquery()
    loan = and_(
        Reservation.kit_id == rows.c.kit_id,
        Reservation.starts_at == rows.c.starts_at,
        rows.c.reference == literal("reservation:") + cast(Reservation.id, String),
    )
    return (
        select(
            rows, Reservation.id, Reservation.state, Reservation.ends_at.label("due_at"), Reservation.school_id,
            Reservation.care_home_id, Reservation.purpose_of, Reservation.group_label,
            func.coalesce(School.name, CareHome.name).label("place"),
        )
        .outerjoin(Reservation, loan)
        .outerjoin(School, School.id == Reservation.school_id)
        .outerjoin(CareHome, CareHome.id == Reservation.care_home_id)
        .order_by(rows.c.starts_at)
    )  # fmt: skip


_HELD = _both().order_by("starts_at")
_WITH_LOANS = _with_loans()
_WITH_LOANS_OF = _with_loans(Kit.id.in_(bindparam("kit_ids", expanding=True)))


def holds_of_kits(period: Period) -> Sequence[Row[*tuple[Any, ...]]]:
    """(kit, reference, start, end, label) of each hold that overlaps `period`, by start."""
    return db.session.execute(_HELD, {"start": period.start, "end": period.end}).all()


def holds_with_loans(period: Period, kit_ids: Collection[int] | None = None) -> Sequence[Row[*tuple[Any, ...]]]:
    """The same, with the reservation that each is for: id (None: none), state, when it is due back, school, home,
    act of another room, group, and the name of the place. `kit_ids`: of these kits alone.
    """
    asked = {"start": period.start, "end": period.end}
    if kit_ids is None:
        return db.session.execute(_WITH_LOANS, asked).all()
    return db.session.execute(_WITH_LOANS_OF, asked | {"kit_ids": list(kit_ids)}).all()
