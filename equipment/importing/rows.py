"""Rows of files as facts: the cells that say something, each read as what it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equipment.importing.columns import COLUMNS, Kind
from equipment.importing.words import OTHERS, WORDS
from equipment.rules.codes import check_code, plain_code
from places.importing import cells
from places.importing.reading import Row, Table
from places.importing.sheet_report import Report
from places.importing.sheet_rows import Reader, Wanted, said
from places.importing.sheet_rows import read_rows as read_each

Facts = dict[str, Any]

_WORDS: dict[str, Reader] = {field: cells.one_of(words, OTHERS.get(field, {})) for field, words in WORDS.items()}
READERS: dict[Kind, dict[str, Reader]] = {
    Kind.ITEMS: _WORDS
    | {
        "battery_percent": cells.number,
        "bought_on": cells.day,
        "price_cents": cells.cents,
        "retired_on": cells.day,
    },
    Kind.KITS: _WORDS
    | {
        "rules": cells.lines,
        "description": cells.lines,
        "lead_hours": cells.number,
        "longest_loan_days": cells.number,
        "turnaround_minutes": cells.number,
        "flat_minutes": cells.number,
        "minimum_units": cells.number,
    },
}
"""How a field is read that is not one line of text."""


def read_rows(kind: Kind, table: Table, report: Report) -> list[Wanted[Facts]]:
    """The rows that can be read, each code once; the others go to the report.

    Raises:
        UnknownColumns
    """
    columns = COLUMNS[kind].found(table.columns)
    return read_each(
        table.rows, "code", lambda row: code_of(row, columns), lambda row: read(kind, row, columns), report
    )


def code_of(row: Row, columns: Mapping[str, str]) -> str:
    """The code of a row as it is kept; it may be none that anything could have."""
    return plain_code(cells.text(row.values.get(columns["code"]), "code"))


def read(kind: Kind, row: Row, columns: Mapping[str, str]) -> Facts:
    """What a row says, by field; an empty cell says nothing. `columns` is what `Columns.found` gave.

    Raises:
        BadCode, BadDay, BadNumber, BadAmount, BadWord
    """
    code = code_of(row, columns)
    check_code(code)
    return said(row, columns, READERS[kind]) | {"code": code}
