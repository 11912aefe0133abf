"""Whole numbers by the hundred thousand out of either database: a column as one value, read by numpy.

A row that becomes Python objects costs ten times as much as the database needs to find it. So a column comes in one
piece: on PostgreSQL as the bytes of its numbers, on SQLite, which has none, as their text. Several numbers of known
size share one of 64 bits. This is the one place that knows how rows become arrays, on both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import numpy as np
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Dialect,
    LargeBinary,
    Select,
    String,
    cast,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy import case as when
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import SQLColumnExpression, func
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeDecorator, TypeEngine

from foundation.db import db
from reach.rules.cube import Numbers

WIDE = 2**32
"""An id is above, what it goes with below: ids are of 31 bits."""
COLUMNS = 5
"""How many columns each part of an answer has."""
AS_SENT = np.dtype(">i8")
"""How PostgreSQL sends a `bigint`."""
Whole = SQLColumnExpression[Any]
Part = Select[*tuple[Any, ...]]
Found = Mapping[tuple[int, int], Sequence[Numbers]]
"""(which part, of the how manieth period) → its columns."""


class Packed(TypeDecorator[Numbers]):
    """A whole column in one value. Of no row there is NULL, and no number."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(LargeBinary() if dialect.name == "postgresql" else String())

    def process_result_value(self, value: Any, dialect: Dialect) -> Numbers:
        if not value:
            return np.empty(0, dtype=np.int64)
        if dialect.name == "postgresql":
            return np.frombuffer(value, dtype=AS_SENT).astype(np.int64)
        return np.fromstring(value, dtype=np.int64, sep=",")


class told(GenericFunction[Numbers]):  # noqa: N801  # named as the SQL functions are
    """A whole column as one value. Columns of one SELECT come in one order: each row is added to all of them. What is
    NULL is left out, and all behind it moves up: give a number for it, or an id to all others of its column."""

    type = Packed()
    inherit_cache = True


@compiles(told, "sqlite")
def _text_of(element: told, compiler: SQLCompiler, **options: Any) -> str:
    return f"group_concat({compiler.process(element.clauses, **options)})"


@compiles(told, "postgresql")
def _bytes_of(element: told, compiler: SQLCompiler, **options: Any) -> str:
    return f"string_agg(int8send(CAST({compiler.process(element.clauses, **options)} AS bigint)), ''::bytea)"


class microseconds(GenericFunction[int]):  # noqa: N801  # named as the SQL functions are
    """The whole number of microseconds since 1970 of an instant: what SQLite keeps anyway."""

    type = BigInteger()
    inherit_cache = True


@compiles(microseconds, "sqlite")
def _as_kept(element: microseconds, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(microseconds, "postgresql")
def _of_seconds(element: microseconds, compiler: SQLCompiler, **options: Any) -> str:
    """Seconds as a double are within a quarter of a microsecond of the truth until 2100, and four times as fast as
    the exact ones of `extract`."""
    return f"CAST(date_part('epoch', {compiler.process(element.clauses, **options)}) * 1000000 AS bigint)"


def wide(above: Whole, below: Whole | int = 0) -> ColumnElement[int]:
    """Two numbers in one: `above` of 31 bits, `below` of 32; what is NULL is 0, which no id is."""
    return cast(func.coalesce(above, 0), BigInteger) * WIDE + below


def parted(both: Numbers) -> tuple[Numbers, Numbers]:
    """The two numbers that `wide` put together."""
    return both >> 32, both & (WIDE - 1)


def bits(number: Numbers, start: int, count: int) -> Numbers:
    """`count` bits of each number, from the bit `start` on (0: the last)."""
    return (number >> start) & ((1 << count) - 1)


def place_in(kind: type[StrEnum], column: Whole, first: int = 0) -> ColumnElement[int]:
    """The place of a value in its enumeration, counted from `first`; NULL of what it does not have."""
    return when({one.value: literal_column(str(place)) for place, one in enumerate(kind, first)}, value=column)


def line(part: int, *columns: Whole | None, of: int = 0) -> Part:
    """One line of an answer; a column that nobody needs, or that a part does not have, is empty.

    Args:
        of: of the how manieth of several periods.
    """
    nothing = cast(null(), Packed)
    packed = [nothing if column is None else told(column) for column in columns]
    return select(literal_column(str(part)), literal_column(str(of)), *packed, *[nothing] * (COLUMNS - len(packed)))


def fetched(*parts: Part) -> Found:
    """The columns of each part, in one statement."""
    return {(part, of): columns for part, of, *columns in db.session.execute(union_all(*parts))}
