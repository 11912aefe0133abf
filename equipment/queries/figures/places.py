"""Schools and care homes: their names, and when they last borrowed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from equipment.models import Kit, Reservation
from equipment.queries.figures.loans import took_place
from equipment.queries.figures.scope import Scope
from equipment.rules.figures import BorrowerKind
from foundation.db import db
from places.models import CareHome, Neighbourhood, School


@dataclass(frozen=True, slots=True)
class Place:
    """Where kits may be lent. `last` is when its last loan began; None: it never had one."""

    kind: BorrowerKind
    id: int
    name: str
    active: bool
    neighbourhood: str
    is_priority: bool
    last: datetime | None

    @property
    def key(self) -> tuple[BorrowerKind, int]:
        return self.kind, self.id


def places(scope: Scope, until: datetime, now: datetime) -> list[Place]:
    """Schools, then care homes, by name, with their last loan that began before `until`."""
    return [
        *_of(BorrowerKind.SCHOOL, School, scope, until, now), *_of(BorrowerKind.CARE_HOME, CareHome, scope, until, now)
    ]  # fmt: skip


def _of(
    kind: BorrowerKind, model: type[School] | type[CareHome], scope: Scope, until: datetime, now: datetime
) -> list[Place]:  # fmt: skip
    own = Reservation.school_id if kind is BorrowerKind.SCHOOL else Reservation.care_home_id
    last = (
        select(own.label("place_id"), func.max(Reservation.starts_at).label("at"))
        .join(Kit, Kit.id == Reservation.kit_id)
        .where(own.is_not(None), scope.of(Kit.structure_id), took_place(now), Reservation.starts_at < until)
        .group_by(own)
        .subquery()
    )
    query = (
        select(
            model.id, model.name, model.active, func.coalesce(Neighbourhood.name, ""),
            func.coalesce(Neighbourhood.is_priority, False), last.c.at,
        )
        .outerjoin(last, last.c.place_id == model.id)
        .outerjoin(Neighbourhood, Neighbourhood.id == model.neighbourhood_id)
        .order_by(model.name, model.id)
    )  # fmt: skip
    return [Place(kind, *row) for row in db.session.execute(query)]
