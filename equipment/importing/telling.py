"""What an import says of columns and values, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from equipment.importing.columns import COLUMNS, Kind
from equipment.importing.words import WORDS


def told(field: str, value: Any) -> str:
    """A value as a spreadsheet of ours shows it."""
    if value is None or value == "":
        return ""
    if field == "price_cents":
        return f"{value // 100},{value % 100:02d}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(WORDS[field][value]) if field in WORDS else str(value)


def said(kind: Kind, known: Any, values: Mapping[str, Any], named: Mapping[str, Mapping[Any, str]]) -> list[str]:
    """`Numéro de série : SN1 → SN2`, for each value that changes.

    Args:
        known: what there is, by attribute.
        named: for columns that hold a number, what each is called.
    """
    lines, columns = [], COLUMNS[kind]
    for field, value in values.items():
        was = getattr(known, field)
        if field in named:
            before, after = named[field].get(was, ""), named[field].get(value, "")
        else:
            before, after = told(field, was), told(field, value)
        if columns.heading(field):
            lines.append(columns.change(field, before, after))
    return lines
