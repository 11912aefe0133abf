"""The database: one declarative base, aware instants, and transactions that are begun on purpose.

SQLite's defaults book one slot twice: the driver begins late and a deferred transaction reads before it owns
the write lock. Here a write begins IMMEDIATE, after ending the read that loading the user opened.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, TypeVar, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    URL,
    BigInteger,
    CursorResult,
    DateTime,
    Dialect,
    Engine,
    Insert,
    MetaData,
    Table,
    UpdateBase,
    event,
    insert,
)
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, class_mapper, make_transient_to_detached
from sqlalchemy.orm.util import identity_key
from sqlalchemy.types import TypeDecorator, TypeEngine

from foundation.errors import Refused

T = TypeVar("T")
Row = TypeVar("Row", bound="Base")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
BUSY_TIMEOUT_MS = 20_000

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Typed models of the whole house."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
"""What a verb wrote can be shown after its commit without reading it again; the next transaction reads anew."""


def engine_options(url: str) -> dict[str, Any]:
    """How connections to the database at `url` are made and kept."""
    if url.startswith("sqlite"):
        return {"connect_args": {"check_same_thread": False}, "hide_parameters": True}
    return {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 24, "hide_parameters": True}


def table_of(model: type[Base]) -> Table:
    """The bare table: rows that nobody looks at again are appended through it, without the cost of objects."""
    return Base.metadata.tables[model.__tablename__]


def in_microseconds(instant: datetime) -> int:
    """Since 1970, of an aware instant."""
    return (instant - EPOCH) // MICROSECOND


def append(row: Row) -> Row:
    """Insert one new row now, and know it from then on as if it had been read.

    A flush looks at everything that is pending and at what may depend on it: for a verb that writes its few rows in
    an order that it knows, that costs five times as much. Columns alone are written: give `person_id`, not `person`.
    What is left out has its default, and is read when somebody asks for it.

    Raises:
        TypeError: something else than a column was given; it would be lost.
    """
    columns, key, statement = _appending(type(row))
    values = {name: value for name, value in row.__dict__.items() if name in columns}
    if len(values) != len(row.__dict__) - 1:
        raise TypeError(f"only columns are appended: {sorted(row.__dict__.keys() - columns)}")
    made = cast(CursorResult[Any], db.session.execute(statement, values))
    if key not in values and made.inserted_primary_key:
        setattr(row, key, made.inserted_primary_key[0])
    make_transient_to_detached(row)
    undone = db.session.identity_map.get(identity_key(instance=row))
    if undone is not None:  # A row of the same id that was taken back with its transaction.
        db.session.expunge(undone)
    db.session.add(row)
    return row


@cache
def _appending(model: type[Base]) -> tuple[frozenset[str], str, Insert]:
    """Names of the columns, which are those of the attributes; the one that is the key; and what inserts a row."""
    table = table_of(model)
    (key,) = table.primary_key.columns.keys()
    return frozenset(class_mapper(model).columns.keys()), key, insert(table)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: `timestamptz` on PostgreSQL, microseconds since 1970 in an integer on SQLite.

    SQLite has no instants; integers compare, subtract and index faster than text
    (`datetime(starts_at / 1000000, 'unixepoch')` shows one).

    Raises:
        ValueError: when given a naive datetime.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime: say in which zone")
        return in_microseconds(value) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return EPOCH + timedelta(microseconds=value) if dialect.name == "sqlite" else value.astimezone(UTC)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Write-ahead log, foreign keys and patience; and no hidden BEGIN by the driver."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA cache_size=-32000")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        immediate = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


_writers = threading.RLock()
_inside = threading.local()
NO_FILE = {None, "", ":memory:"}


@contextmanager
def _in_turn(url: URL) -> Iterator[None]:
    """Let the writers of an SQLite file queue: first the threads of a process, then the processes.

    In SQLite each waits by asking again after up to 100 ms: forty writers spent most of their time asleep, and a
    process could starve for 20 s. The kernel's queue on a file beside the database wakes whoever comes next, and
    forgets whoever dies. The lock that keeps writes apart is still the database's, also when waiting takes too long.
    """
    if url.get_backend_name() != "sqlite" or url.database in NO_FILE or getattr(_inside, "turn", False):
        yield
        return
    queued = _writers.acquire(timeout=BUSY_TIMEOUT_MS / 1000)
    turn = os.open(f"{url.database}.queue", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600) if queued else None
    try:
        if turn is not None:
            fcntl.flock(turn, fcntl.LOCK_EX)
            _inside.turn = True
        yield
    finally:
        if turn is not None:
            _inside.turn = False
            os.close(turn)
            _writers.release()


@contextmanager
def transaction() -> Iterator[None]:
    """Begin a write, commit it at the end, undo it on any error. The edge calls it: a view, a job, a command.

    Named constraints that were broken come out as the `Refused` that `explain_constraint` was told of.
    """
    session = db.session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("changes were made outside of a transaction")
    session.rollback()
    session.expire_all()
    with _in_turn(session.get_bind().engine.url):
        yield from _begun(session)


def _begun(session: Any) -> Iterator[None]:
    session.connection(execution_options={"write": True})
    try:
        yield
        session.commit()
    except DBAPIError as error:
        session.rollback()
        if refusal := _refusal_for(error):
            raise refusal from error
        raise
    except BaseException:
        session.rollback()
        raise


def in_transaction(act: Callable[[], T]) -> T:
    """Run `act` in one transaction; once more when the database broke a deadlock by undoing ours."""
    try:
        with transaction():
            return act()
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) not in {"40P01", "40001"}:
            raise
    with transaction():
        return act()


def rows_changed(statement: UpdateBase, parameters: Mapping[str, Any] | None = None) -> int:
    """Execute an UPDATE, DELETE or INSERT of many rows; how many rows it touched: a compare-and-swap looks at it."""
    return int(cast(CursorResult[Any], db.session.execute(statement, parameters)).rowcount)


_explained: dict[str, Callable[[], Refused]] = {}


def explain_constraint(name: str, refusal: Callable[[], Refused]) -> None:
    """Say which refusal a person gets when the constraint (or trigger) called `name` is broken."""
    _explained[name] = refusal


def _refusal_for(error: DBAPIError) -> Refused | None:
    name = broken_constraint(error)
    return _explained[name]() if name in _explained else None


def broken_constraint(error: DBAPIError) -> str | None:
    """Name of the constraint that `error` broke, or None.

    PostgreSQL names it. SQLite names CHECKs and our triggers in its text, and a UNIQUE by its columns:
    `UNIQUE constraint failed: person.code` is `uq_person_code`.
    """
    diagnostics = getattr(error.orig, "diag", None)
    if diagnostics is not None:
        return str(diagnostics.constraint_name) if diagnostics.constraint_name else None
    if not isinstance(error, IntegrityError):
        return None
    kind, _, rest = str(error.orig).partition(" constraint failed: ")
    if kind == "UNIQUE":
        columns = [column.strip().split(".") for column in rest.split(",")]
        return "_".join(["uq", columns[0][0], *(column[-1] for column in columns)])
    return rest or kind
