"""What is held of kits in a stretch of time, as bare rows: one seek for each kit, however long its past."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import aliased

from agenda.models import Hold
from equipment.models import Kit
from foundation.db import UtcDateTime, db
from foundation.period import Period

_LAST = aliased(Hold)
_EDGE = (
    select(_LAST.starts_at)
    .where(_LAST.resource_id == Kit.resource_id, _LAST.starts_at < bindparam("start", type_=UtcDateTime))
    .order_by(_LAST.starts_at.desc())
    .limit(1)
    .correlate(Kit)
    .scalar_subquery()
)
_HELD: Select[*tuple[Any, ...]] = (
    select(Kit.id, Hold.reference, Hold.starts_at, Hold.ends_at, Hold.label)
    .join(Hold, Hold.resource_id == Kit.resource_id)
    .where(
        Hold.starts_at >= func.coalesce(_EDGE, bindparam("start", type_=UtcDateTime)),
        Hold.starts_at < bindparam("end", type_=UtcDateTime),
        Hold.ends_at > bindparam("start", type_=UtcDateTime),
    )
    .order_by(Hold.starts_at)
)
"""Holds never overlap: only the last one before the week can reach into it."""


def holds_of_kits(period: Period) -> Sequence[Row[*tuple[Any, ...]]]:
    """(kit, reference, start, end, label) of each hold that overlaps `period`, by start."""
    return db.session.execute(_HELD, {"start": period.start, "end": period.end}).all()
