"""The cast on an empty database: written by the mapper the first time, and then given again as it was.

The mapper takes longer to think of the statements than the database to do them, and some thousand tests want the cast.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from foundation.db import db
from tests.cast import Cast, make_cast
from tests.engines import Postgres, Sqlite, Statement

_ids: dict[str, dict[str, int]] = {}


def give_cast(database: Sqlite | Postgres) -> Cast:
    """`make_cast` for a database that is empty as the migrations left it; the ids are the same each time."""
    engine = db.engine.dialect.name
    if engine in _ids:
        database.repeat(db.engine)
    else:
        with _noting() as rows:
            _ids[engine] = make_cast().ids
        db.session.remove()
        database.learn(db.engine, rows)
    return Cast(_ids[engine])


@contextmanager
def _noting() -> Iterator[list[Statement]]:
    """The rows that are written meanwhile."""
    rows: list[Statement] = []

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, *_: Any) -> None:
        if sql.startswith("INSERT"):
            rows.append((sql, values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield rows
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
