"""Rows of files as facts: the cells that say something, each read as what it stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from equipment.importing import cells
from equipment.importing.columns import Kind
from equipment.importing.words import OTHERS, WORDS
from equipment.rules.codes import check_code, plain_code
from places.clean.text import one_line
from places.importing.reading import Row

Facts = dict[str, Any]
Reader = Callable[[Any, str], Any]

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


def code_of(row: Row, columns: Mapping[str, str]) -> str:
    """The code of a row as it is kept; it may be none that anything could have."""
    return plain_code(cells.text(row.values.get(columns["code"]), "code"))


def read(kind: Kind, row: Row, columns: Mapping[str, str]) -> Facts:
    """What a row says, by field; an empty cell says nothing. `columns` is what `columns.found` gave.

    Raises:
        BadCode, BadDate, BadNumber, BadAmount, BadWord
    """
    code = code_of(row, columns)
    check_code(code)
    facts: Facts = {"code": code}
    for field, column in columns.items():
        value = row.values.get(column)
        if field != "code" and one_line(value):
            reader: Reader = READERS[kind].get(field) or cells.text
            facts[field] = reader(value, field)
    return facts
