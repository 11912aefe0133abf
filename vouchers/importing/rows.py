"""Rows of a card file as facts, each card once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from foundation.errors import Refused
from foundation.i18n import _l
from places.clean.text import one_line
from places.importing.reading import Row, Table
from vouchers.importing import cells
from vouchers.importing.columns import COLUMNS, heading
from vouchers.importing.report import Report

Reader = Callable[[Any, str], Any]
READERS: dict[str, Reader] = {
    "family_name": cells.name,
    "given_name": cells.name,
    "birth_year": cells.year,
    "valid_from": cells.day,
    "valid_until": cells.day,
    "phone": cells.phone,
}
"""How a column is read that is not one line of text."""


class SomethingMissing(Refused):
    """A cell that every row needs is empty."""

    def __init__(self, field: str) -> None:
        super().__init__(_l("This cell is empty."), field)


class SameNumberTwice(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l("An earlier row of this file has the same number and says something else."), "former_number"
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """What one row says; what it does not say is empty or None."""

    former_number: str
    family_name: str
    category: str
    valid_until: date
    given_name: str = ""
    birth_year: int | None = None
    valid_from: date | None = None
    household: str = ""
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row that could be read; `raw` has only the columns that are read here."""

    line: int
    raw: dict[str, Any]
    facts: Facts


def read_rows(table: Table, columns: Mapping[str, str], report: Report) -> list[Wanted]:
    """The rows that can be read, in order; the others go to the report, as do those that say a thing again."""
    kept: dict[str, Wanted] = {}
    ours = {str(one.label): columns[one.field] for one in COLUMNS if one.field in columns}
    for row in table.rows:
        raw = _raw(row, ours)
        try:
            wanted = Wanted(row.line, raw, _facts(row, columns))
            known = kept.get(wanted.facts.former_number)
            if known and known.facts != wanted.facts:
                raise SameNumberTwice
        except Refused as refused:
            report.refuse(row.line, _number(row, columns), heading(refused.field), str(refused), raw)
            continue
        if known:
            report.repeated += 1
        else:
            kept[wanted.facts.former_number] = wanted
    return list(kept.values())


def _facts(row: Row, columns: Mapping[str, str]) -> Facts:
    """Raises: SomethingMissing, and as `vouchers.importing.cells`"""
    said: dict[str, Any] = {}
    for field, column in columns.items():
        if one_line(row.values.get(column)):
            read: Reader = READERS.get(field) or cells.text
            said[field] = read(row.values.get(column), field)
    for field in ("former_number", "family_name", "category", "valid_until"):
        if field not in said:
            raise SomethingMissing(field)
    return Facts(**said)


def _raw(row: Row, ours: Mapping[str, str]) -> dict[str, Any]:
    """The cells under our own headings; what else the file holds of people is nobody's business here."""
    return {label: row.values.get(column) for label, column in ours.items()}


def _number(row: Row, columns: Mapping[str, str]) -> str:
    return one_line(row.values.get(columns["former_number"]))[:40]
