"""What is taken: the holds of an act, those in a stretch of time, and the same as bare integers for a search."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, String, bindparam, func, literal, literal_column, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, aliased, contains_eager
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from agenda.models import Hold, Resource
from agenda.rules.quick import Busy, Scale
from foundation import clock
from foundation.db import UtcDateTime, db
from foundation.period import Period


class seconds_as_json(GenericFunction[str]):  # noqa: N801  (SQL functions are written small)
    """The instants of a group as one JSON text of seconds since an origin: forty thousand rows arrive as a few.

    Args: the column, the origin, and how many microseconds to add before rounding down.
    """

    type = String()
    inherit_cache = True


@compiles(seconds_as_json, "sqlite")
def _seconds_on_sqlite(element: seconds_as_json, compiler: SQLCompiler, **options: Any) -> str:
    column, origin, more = (compiler.process(clause, **options) for clause in element.clauses)
    return f"json_group_array(({column} - {origin} + {more}) / 1000000)"


@compiles(seconds_as_json, "postgresql")
def _seconds_on_postgresql(element: seconds_as_json, compiler: SQLCompiler, **options: Any) -> str:
    column, origin, more = (compiler.process(clause, **options) for clause in element.clauses)
    passed = f"date_part('epoch', {column} - {origin}) * 1000000 + {more}"
    return f"CAST(array_to_json(array_agg(CAST(floor(({passed}) / 1000000) AS integer))) AS text)"


def _instant(name: str) -> BindParameter[datetime]:
    return bindparam(name, type_=UtcDateTime)


def _edge(
    column: InstrumentedAttribute[datetime],
    instant: ColumnElement[datetime],
    *others: Callable[[Any], ColumnElement[bool]],
) -> ColumnElement[datetime]:
    """`column` of the last hold of a resource that starts before `instant`."""
    last = aliased(Hold)
    return (
        select(getattr(last, column.key))
        .where(last.resource_id == Resource.id, last.starts_at < instant, *(other(last) for other in others))
        .order_by(last.starts_at.desc())
        .limit(1)
        .correlate(Resource)
        .scalar_subquery()
    )


_RESOURCES: BindParameter[int] = bindparam("resource_ids", expanding=True)
_IGNORING = bindparam("ignoring", type_=String)


def _statements(*others: Callable[[Any], ColumnElement[bool]]) -> tuple[Select[int, str, str], Select[int, datetime]]:
    """What is held within a period, by resource, and the end of what each resource holds across its start."""
    within = (
        select(
            Hold.resource_id,
            seconds_as_json(Hold.starts_at, _instant("origin"), literal_column("0")),
            seconds_as_json(Hold.ends_at, _instant("origin"), literal_column("999999")),
        )
        .where(
            Hold.resource_id.in_(_RESOURCES),
            Hold.starts_at >= _instant("start"),
            Hold.starts_at < _instant("end"),
            *(other(Hold) for other in others),
        )
        .group_by(Hold.resource_id)
    )
    across = select(Resource.id, _edge(Hold.ends_at, _instant("start"), *others)).where(Resource.id.in_(_RESOURCES))
    return within, across


_ALL_HOLDS = _statements()
_OTHER_HOLDS = _statements(lambda hold: hold.reference != _IGNORING)
"""Apart, because the first needs nothing but the index."""


def busy_seconds(
    resource_ids: Collection[int], period: Period, scale: Scale, *, ignoring: str | None = None
) -> dict[int, Busy]:
    """What is held of each resource in `period`, clipped at its start; resources that are free are left out.

    Holds never overlap, so starts and ends sorted apart still belong together, and only the last hold that starts
    before `period` can reach into it. Both reads stay inside the index of holds.

    Args:
        ignoring: reference of an act whose own holds count as free, because it is about to be moved.
    """
    within, across = _ALL_HOLDS if ignoring is None else _OTHER_HOLDS
    asked = {"resource_ids": [*resource_ids], "start": period.start, "ignoring": ignoring}
    found = {
        resource_id: Busy(sorted(json.loads(starts)), sorted(json.loads(ends)))
        for resource_id, starts, ends in db.session.execute(within, asked | {"end": period.end, "origin": scale.origin})
    }
    for resource_id, ends_at in db.session.execute(across, asked):
        if ends_at is not None and ends_at > period.start:
            busy = found.setdefault(resource_id, Busy([], []))
            busy.starts.insert(0, scale.floor(period.start))
            busy.ends.insert(0, scale.ceil(ends_at))
    return found


def holds_between(resource_ids: Collection[int], period: Period) -> list[Hold]:
    """The holds that overlap `period`, by start, each with its resource."""
    start = literal(period.start, UtcDateTime)
    return list(
        db.session.scalars(
            select(Hold)
            .join(Hold.resource)
            .options(contains_eager(Hold.resource))
            .where(
                Hold.resource_id.in_(resource_ids),
                Hold.starts_at < period.end,
                Hold.starts_at >= func.coalesce(_edge(Hold.starts_at, start), start),
                Hold.ends_at > period.start,
            )
            .order_by(Hold.starts_at, Hold.resource_id)
        )
    )


def holds_of(reference: str) -> list[Hold]:
    """The holds of one act, by resource."""
    return list(
        db.session.scalars(select(Hold).where(Hold.reference == reference).order_by(Hold.resource_id, Hold.starts_at))
    )


def held_until(resource_ids: Collection[int] | None = None) -> dict[int, datetime]:
    """Of `resource_ids` (None: of all), those that are held now or later, with the end of their last hold."""
    last = aliased(Hold)
    end = (
        select(last.ends_at)
        .where(last.resource_id == Resource.id)
        .order_by(last.starts_at.desc())
        .limit(1)
        .correlate(Resource)
        .scalar_subquery()
    )
    query = select(Resource.id, end)
    if resource_ids is not None:
        query = query.where(Resource.id.in_(resource_ids))
    now = clock.now()
    return {id_: ends_at for id_, ends_at in db.session.execute(query) if ends_at is not None and ends_at > now}
