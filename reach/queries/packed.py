"""Whole numbers by the hundred thousand out of either database: a column as one text, read by numpy.

A row that becomes Python objects costs ten times as much as the database needs to find it; a text of numbers is found,
sent and read in a fifth of that (measured, see docs/decisions). Several numbers of known size share one of 64 bits.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, String, cast, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import SQLColumnExpression
from sqlalchemy.sql.functions import GenericFunction

from reach.rules.cube import Numbers

WIDE = 2**32
"""An id is above, what it goes with below: ids are of 31 bits."""
Whole = SQLColumnExpression[Any]


def wide(above: Whole, below: Whole | int = 0) -> ColumnElement[int]:
    """Two numbers in one: `above` of 31 bits, `below` of 32; what is NULL is 0, which no id is."""
    return cast(func.coalesce(above, 0), BigInteger) * WIDE + below


class microseconds(GenericFunction[int]):  # noqa: N801  # named as the SQL functions are
    """The whole number of microseconds since 1970 of an instant: what SQLite keeps anyway."""

    type = BigInteger()
    inherit_cache = True


@compiles(microseconds, "sqlite")
def _on_sqlite(element: microseconds, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(microseconds, "postgresql")
def _on_postgresql(element: microseconds, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(extract(epoch FROM {compiler.process(element.clauses, **options)}) * 1000000 AS bigint)"


def told(number: ColumnElement[int]) -> ColumnElement[str]:
    """A whole column as one text. Columns of one SELECT come in one order: each row is added to all of them."""
    return func.aggregate_strings(cast(number, String), ",")


def numbers(text: str | None) -> Numbers:
    """What `told` told; nothing of no row."""
    return np.fromstring(text, dtype=np.int64, sep=",") if text else np.empty(0, dtype=np.int64)


def parted(both: Numbers) -> tuple[Numbers, Numbers]:
    """The two numbers that `wide` put together."""
    return both >> 32, both & (WIDE - 1)


def bits(number: Numbers, start: int, count: int) -> Numbers:
    """`count` bits of each number, from the bit `start` on (0: the last)."""
    return (number >> start) & ((1 << count) - 1)
