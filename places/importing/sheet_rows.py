"""Rows of a spreadsheet as facts, each thing once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from foundation.errors import Refused
from foundation.i18n import _l
from places.clean.text import one_line
from places.importing import cells
from places.importing.reading import Row
from places.importing.sheet_report import Report

Reader = Callable[[Any, str], Any]
Facts = TypeVar("Facts")


class SaidOtherwise(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(
            _l("An earlier row of this file has the same value in this column and says something else."), field
        )


@dataclass(frozen=True, slots=True)
class Wanted(Generic[Facts]):
    """One row that could be read, and what it is known by."""

    key: str
    row: Row
    facts: Facts


def said(
    row: Row, columns: Mapping[str, str], readers: Mapping[str, Reader], usual: Reader = cells.text
) -> dict[str, Any]:
    """What a row says, by field; an empty cell says nothing.

    Args:
        columns: what `Columns.found` gave.
        readers: how a field is read that is not read by `usual`.

    Raises:
        what the readers find
    """
    return {
        field: readers.get(field, usual)(row.values[column], field)
        for field, column in columns.items()
        if one_line(row.values.get(column))
    }


def read_rows(
    rows: Iterable[Row], field: str, key_of: Callable[[Row], str], read: Callable[[Row], Facts], report: Report
) -> list[Wanted[Facts]]:
    """The rows that can be read, in order; the others go to the report, as do those that say a thing again.

    Args:
        field: the one that holds the key of a row.
        key_of: what the thing of a row is known by; it refuses nothing.
        read: the facts of a row, or a refusal.
    """
    kept: dict[str, Wanted[Facts]] = {}
    for row in rows:
        key = key_of(row)
        try:
            wanted = Wanted(key, row, read(row))
            if key in kept and kept[key].facts != wanted.facts:
                raise SaidOtherwise(field)
        except Refused as refused:
            report.refuse(row, key, refused)
            continue
        if key in kept:
            report.noted["repeated"] += 1
        else:
            kept[key] = wanted
    return list(kept.values())
