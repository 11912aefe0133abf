"""What the tests of figures ask with: March 2026 of the whole territory, unless told otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from sqlalchemy import delete, inspect, select

from foundation.db import Base, db, transaction
from reach.rules import periods
from reach.rules.filters import Filters, Side
from reach.rules.scope import TERRITORY, Scope

PARIS = ZoneInfo("Europe/Paris")
MARCH = periods.month(2026, 3)
"""With the Sunday of 23 hours, the 29th."""
PLACE = Side.PLACE
ON_A_DATABASE = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def of(span: periods.Span = MARCH, **chosen: Any) -> Filters:
    return Filters(span=span, **chosen)


def asked(query: Callable[[Filters, Scope], Any], scope: Scope = TERRITORY, **chosen: Any) -> Any:
    """What a query answers, read anew."""
    db.session.rollback()
    found = query(of(**chosen), scope)
    db.session.rollback()
    return found


def days(first: int, last: int, month: int = 3) -> periods.Span:
    """From one day of March to another, or of another month of 2026."""
    return periods.Span(date(2026, month, first), date(2026, month, last))


def exported(model: type[Base]) -> list[dict[str, Any]]:
    """All rows as plain dictionaries, in order: what a second computation starts from."""
    db.session.rollback()
    columns = inspect(model).columns
    rows = db.session.execute(select(*columns).order_by(inspect(model).primary_key[0])).mappings().all()
    db.session.rollback()
    return [{column.key: row[column] for column in columns} for row in rows]


def put_away(*models: type[Base]) -> None:
    """Empty tables, those that point to others first: the next world begins."""
    with transaction():
        for model in models:
            db.session.execute(delete(model))


def local_day(instant: datetime) -> date:
    return instant.astimezone(PARIS).date()


def in_march(instant: datetime | None) -> bool:
    """By the wall clock, one instant at a time: not as the queries do it."""
    return instant is not None and (local_day(instant).year, local_day(instant).month) == (2026, 3)


def middle(values: Sequence[int]) -> float | None:
    """The median by sorting."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if not ordered:
        return None
    return float(ordered[half]) if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
