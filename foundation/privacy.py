"""The register of personal data: each personal column says what it is for and how long it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import MetaData

KEY = "personal"


@dataclass(frozen=True)
class Declaration:
    """Why a column exists and when it goes.

    Attributes:
        purpose: what the datum is needed for, in one phrase.
        kept: how long, counted from what, e.g. `24 months after the last contact`.
    """

    purpose: str
    kept: str


def personal(purpose: str, kept: str) -> dict[str, Any]:
    """`info=` for a mapped column that holds data of a person."""
    return {KEY: Declaration(purpose, kept)}


def not_personal() -> dict[str, Any]:
    """`info=` for a text column of a table about people that says nothing of a person."""
    return {KEY: None}


def register(metadata: MetaData) -> Iterator[tuple[str, str, Declaration]]:
    """(table, column, declaration) of every declared personal column, in table order."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(declared := column.info.get(KEY), Declaration):
                yield table.name, column.name, declared
