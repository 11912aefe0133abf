"""Many rows at once, with ids that were given by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, insert, select

from foundation.db import Base, db, table_of

BATCH = 2000


def insert_all(model: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    """Insert many rows in batches, without building an object for each."""
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            db.session.execute(insert(table_of(model)), batch)
            batch = []
    if batch:
        db.session.execute(insert(table_of(model)), batch)


def next_id(model: type[Base]) -> int:
    """The first id that may be given by hand."""
    return (db.session.scalar(select(func.max(model.__table__.c.id))) or 0) + 1


def advance_sequences(*models: type[Base]) -> None:
    """PostgreSQL counts on from the ids that were given by hand."""
    if db.session.get_bind().dialect.name != "postgresql":
        return
    for model in models:
        key = model.__table__.c.id
        sequence = func.pg_get_serial_sequence(model.__tablename__, key.name)
        db.session.execute(select(func.setval(sequence, select(func.max(key)).scalar_subquery())))
