"""Reads about services and presences, for the pages that manage them and those that book."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import joinedload

from foundation.db import db
from mediation.models import Audience, Service, ShiftService


@dataclass(frozen=True)
class ServiceRow:
    """A service in a list, and for how many presences it is open."""

    service: Service
    shifts: int


def _offered_by(structure_id: int | None) -> ColumnElement[bool]:
    """Services of a structure and those that the territory shares; all of them for None."""
    if structure_id is None:
        return true()
    return or_(Service.structure_id == structure_id, Service.structure_id.is_(None))


def service_rows(structure_id: int | None) -> list[ServiceRow]:
    """Services that `structure_id` offers (None: all), open ones first, in the order of the pages."""
    shifts = (
        select(func.count(ShiftService.shift_id))
        .where(ShiftService.service_id == Service.id)
        .correlate(Service)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Service, shifts)
        .options(joinedload(Service.structure))
        .where(_offered_by(structure_id))
        .order_by(Service.active.desc(), Service.position, func.lower(Service.label), Service.id)
    )
    return [ServiceRow(service, count) for service, count in rows]


def service(service_id: int) -> Service | None:
    return db.session.get(Service, service_id)


def open_services(structure_id: int | None, audiences: Collection[Audience] = tuple(Audience)) -> list[Service]:
    """Services that can be booked now, in the order of the pages.

    Args:
        structure_id: who offers them, the territory's included; None: every structure.
        audiences: only those that are for one of these.
    """
    return list(
        db.session.scalars(
            select(Service)
            .options(joinedload(Service.structure))
            .where(Service.active, Service.audience.in_(audiences), _offered_by(structure_id))
            .order_by(Service.position, func.lower(Service.label), Service.id)
        )
    )
