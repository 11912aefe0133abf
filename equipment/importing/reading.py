"""Rows of a file, read, each code once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from equipment.importing.columns import Kind
from equipment.importing.report import Report, SameCodeTwice
from equipment.importing.rows import Facts, code_of, read
from equipment.importing.telling import column_of
from foundation.errors import Refused
from places.importing.reading import Row, Table


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row that could be read."""

    code: str
    row: Row
    facts: Facts


def read_rows(kind: Kind, table: Table, columns: Mapping[str, str], report: Report) -> list[Wanted]:
    """The rows that can be read, in order; the others go to the report, as do those that say a thing again."""
    kept: dict[str, Wanted] = {}
    for row in table.rows:
        code = code_of(row, columns)
        try:
            wanted = Wanted(code, row, read(kind, row, columns))
            if code in kept and kept[code].facts != wanted.facts:
                raise SameCodeTwice
        except Refused as refused:
            report.refuse(row.line, code[:40], column_of(kind, refused.field), str(refused), row.raw)
            continue
        if code in kept:
            report.repeated += 1
        else:
            kept[code] = wanted
    return list(kept.values())
