"""Rows of a card file as facts, each card once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from foundation.errors import Refused
from foundation.i18n import _l
from places.importing import cells as plain
from places.importing.reading import Row, Table
from places.importing.sheet_report import Report
from places.importing.sheet_rows import Reader, Wanted, said
from places.importing.sheet_rows import read_rows as read_each
from vouchers.importing import cells
from vouchers.importing.columns import COLUMNS

READERS: dict[str, Reader] = {
    "family_name": cells.name,
    "given_name": cells.name,
    "birth_year": plain.year,
    "valid_from": plain.day,
    "valid_until": plain.day,
    "phone": cells.phone,
}
"""How a column is read that is not one line of text."""


class SomethingMissing(Refused):
    """A cell that every row needs is empty."""

    def __init__(self, field: str) -> None:
        super().__init__(_l("This cell is empty."), field)


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


def read_rows(table: Table, report: Report) -> list[Wanted[Facts]]:
    """The rows that can be read, each number once; the others go to the report.

    What else the file holds of people is nobody's business here: only our columns are given back, under our headings.

    Raises:
        UnknownColumns
    """
    columns = COLUMNS.found(table.columns)
    ours = {COLUMNS.heading(one.field): columns[one.field] for one in COLUMNS.listed if one.field in columns}
    rows = [
        replace(row, raw={heading: row.values.get(column) for heading, column in ours.items()}) for row in table.rows
    ]
    number = columns["former_number"]
    return read_each(
        rows, "former_number", lambda row: plain.text(row.values.get(number), "former_number"),
        lambda row: _facts(row, columns), report,
    )  # fmt: skip


def _facts(row: Row, columns: Mapping[str, str]) -> Facts:
    """Raises: SomethingMissing, and what the readers find"""
    told = said(row, columns, READERS, cells.text)
    for field in COLUMNS.needed:
        if field not in told:
            raise SomethingMissing(field)
    return Facts(**told)
