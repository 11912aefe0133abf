"""Kits and their loans as bare facts."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_, select

from agenda.queries.timetable import absences
from agenda.rules.recurrence import occurrences
from equipment.models import Kit, Maintenance, Reservation, ReservationEvent, ReservationEventKind, ReservationState
from equipment.queries.figures.scope import Scope
from equipment.rules.figures import BorrowerKind, KitFacts, Loan
from foundation.db import db
from foundation.period import Period

_BACK = (
    select(ReservationEvent.reservation_id, func.min(ReservationEvent.at).label("at"))
    .where(ReservationEvent.kind == ReservationEventKind.RETURNED)
    .group_by(ReservationEvent.reservation_id)
    .subquery()
)


def took_place(now: datetime) -> ColumnElement[bool]:
    """Handed over; or taken by an act of another room, which gives its kits back when it does not take place.

    A school's reservation that nobody handed over is no loan.
    """
    for_act = and_(
        Reservation.state == ReservationState.APPROVED, Reservation.purpose_of != "", Reservation.starts_at <= now
    )
    return or_(Reservation.state.in_((ReservationState.HANDED_OVER, ReservationState.RETURNED)), for_act)


def loans(scope: Scope, period: Period, now: datetime, *narrowed: ColumnElement[bool]) -> list[Loan]:
    """Those that took place and touch `period`; `narrowed`: what else is asked of a reservation or its kit."""
    query = (
        select(
            Reservation.kit_id, Reservation.school_id, Reservation.care_home_id, Reservation.starts_at,
            Reservation.ends_at, Reservation.state, Reservation.head_count, Reservation.minutes_in_use, _BACK.c.at,
            Reservation.id,
        )
        .join(Kit, Kit.id == Reservation.kit_id)
        .outerjoin(_BACK, _BACK.c.reservation_id == Reservation.id)
        .where(
            scope.of(Kit.structure_id), took_place(now),
            Reservation.starts_at < period.end, Reservation.ends_at > period.start, *narrowed,
        )
        .order_by(Reservation.starts_at, Reservation.id)
    )  # fmt: skip
    return [
        Loan(kit_id, _borrower(school_id, home_id), *facts)
        for kit_id, school_id, home_id, *facts in db.session.execute(query)
    ]


def kits(scope: Scope, period: Period, zone: ZoneInfo) -> list[KitFacts]:
    """Those that were there in a part of `period`, by name, with what kept them back."""
    query = (
        select(Kit.id, Kit.resource_id, Kit.code, Kit.name, Kit.kind, Kit.created_at, Kit.retired_at)
        .where(
            scope.of(Kit.structure_id), Kit.created_at < period.end,
            or_(Kit.retired_at.is_(None), Kit.retired_at > period.start),
        )
        .order_by(Kit.name, Kit.id)
    )  # fmt: skip
    rows = db.session.execute(query).all()
    kept_back = _upkeep(period)
    away = _away([row.resource_id for row in rows], period, zone)
    return [
        KitFacts(
            row.id, row.code, row.name, row.kind, _there(row.created_at, row.retired_at, period),
            [*kept_back[row.id], *away[row.resource_id]],
        )
        for row in rows
    ]  # fmt: skip


def _there(came: datetime, left: datetime | None, period: Period) -> Period | None:
    """The part of `period` in which a kit was there."""
    start, end = max(came, period.start), min(left or period.end, period.end)
    return Period(start, end) if start < end else None


def _borrower(school_id: int | None, care_home_id: int | None) -> tuple[BorrowerKind, int]:
    if school_id is not None:
        return BorrowerKind.SCHOOL, school_id
    return (BorrowerKind.CARE_HOME, care_home_id) if care_home_id is not None else (BorrowerKind.TEAM, 0)


def _upkeep(period: Period) -> dict[int, list[Period]]:
    query = select(Maintenance.kit_id, Maintenance.starts_at, Maintenance.ends_at).where(
        Maintenance.called_off_at.is_(None), Maintenance.starts_at < period.end, Maintenance.ends_at > period.start
    )
    found: dict[int, list[Period]] = defaultdict(list)
    for kit_id, starts_at, ends_at in db.session.execute(query):
        found[kit_id].append(Period(starts_at, ends_at))
    return found


def _away(resource_ids: list[int], period: Period, zone: ZoneInfo) -> dict[int, list[Period]]:
    first, last = (one.astimezone(zone).date() for one in (period.start, period.end))
    found: dict[int, Any] = absences(resource_ids, first, last) if resource_ids else {}
    return {
        resource_id: [part for one in rows for part in occurrences(one.pattern, first, last, zone)]
        for resource_id, rows in found.items()
    }
