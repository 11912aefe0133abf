"""Rows by the million into either engine: columns of numpy, no keys to keep in order and no triggers meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import repeat
from typing import Any

import numpy as np
from sqlalchemy import Connection, text

from foundation.db import Base, UtcDateTime, table_of

Columns = Mapping[str, Any]
"""Column → one value for all rows, or an array of one a row; instants are microseconds since 1970."""
ASIDE = {
    "sqlite": (
        "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL AND type <> 'table'"
    ),
    "postgresql": (
        "SELECT 'index', indexname, indexdef FROM pg_indexes WHERE tablename = :table AND indexname NOT IN"
        " (SELECT conname FROM pg_constraint WHERE conrelid = CAST(:table AS regclass))"
    ),
}
"""What can be made again once a table is full."""


@contextmanager
def laid_bare(connection: Connection, models: Sequence[type[Base]]) -> Iterator[None]:
    """These tables without their indexes and triggers, which come back when they are full; keys are not checked."""
    engine = connection.dialect.name
    if engine == "postgresql":
        connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text("SET TIME ZONE 'UTC'"))
    found = [
        row for model in models for row in connection.execute(text(ASIDE[engine]), {"table": model.__tablename__}).all()
    ]
    for kind, name, _made in found:
        connection.execute(text(f"DROP {kind} {name}"))
    yield
    for _kind, _name, made in found:
        connection.exec_driver_sql(made)
    if engine == "postgresql":
        connection.execute(text("SET session_replication_role = origin"))


def copy(connection: Connection, model: type[Base], count: int, columns: Columns) -> None:
    """So many rows, straight into the driver; what is not named is NULL."""
    table = table_of(model)
    is_sqlite = connection.dialect.name == "sqlite"
    given = [
        repeat(value, count)
        if not isinstance(value, np.ndarray)
        else _told(value, not is_sqlite and isinstance(table.columns[name].type, UtcDateTime))
        for name, value in columns.items()
    ]
    rows = zip(*given, strict=True)
    names, driver = ", ".join(table.columns[name].name for name in columns), connection.connection.driver_connection
    if is_sqlite:
        marks = ", ".join("?" * len(columns))
        driver.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", rows)  # type: ignore[union-attr]  # noqa: S608
        return
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as told:  # type: ignore[union-attr]
        for row in rows:
            told.write_row(row)


def _told(values: Any, as_instants: bool) -> list[Any]:
    if as_instants:
        return [f"{one}Z" for one in np.datetime_as_string(values.astype("datetime64[us]"))]
    told: list[Any] = values.tolist()
    return told


def picked(values: Sequence[Any], places: Any) -> Any:
    """One of some values for each place: texts, or numbers and None."""
    return np.array(values, dtype=object)[places]


def or_none(numbers: Any, there: Any) -> Any:
    """The numbers where they are there, else None."""
    return np.where(there, numbers.astype(object), None)
