"""How a database walks to its rows, where it can not know best."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import ReturnTypeFromArgs


class beside_index(ReturnTypeFromArgs[Any]):  # noqa: N801  Written like a function of SQL.
    """A column that SQLite, which has no statistics, shall not search by its index.

    PostgreSQL knows how many rows hold which value, and is told nothing: of an expression it would guess one in two
    hundred, and walk from the few rows that it expects.
    """

    inherit_cache = True


@compiles(beside_index)
def _plain(element: beside_index, compiler: SQLCompiler, **more: Any) -> str:
    return compiler.process(element.clauses, **more)


@compiles(beside_index, "sqlite")
def _signed(element: beside_index, compiler: SQLCompiler, **more: Any) -> str:
    """A plus sign changes no value, and takes the index away (https://www.sqlite.org/optoverview.html)."""
    return "+" + compiler.process(element.clauses, **more)
