"""Tables for other programs: CSV and XLSX, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import IO, Any

import xlsxwriter

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
DISARMED = re.compile(r"'+[=+\-@\t\r]")
NEGATIVE = re.compile(r"-\d+([.,]\d+)?", re.ASCII)
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _harmless(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula is shown as text instead; a longitude is no formula.

    What looks as if this had been done already gets one more, so that `as_written` always finds the text again.
    """
    if not isinstance(value, str) or not value.startswith(("'", *FORMULA_STARTS)) or NEGATIVE.fullmatch(value):
        return value
    return f"'{value}" if not value.startswith("'") or DISARMED.match(value) else value


def _in_french(value: Any) -> Any:
    """A number with its comma: a French spreadsheet takes `8.5` for the eighth of May."""
    return str(value).replace(".", ",") if isinstance(value, float) else value


def as_written(text: str) -> str:
    """A cell of a CSV of ours, as it was before it was made harmless."""
    return text[1:] if DISARMED.match(text) else text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of a CSV file, made one at a time: UTF-8 with BOM, `;`, as French spreadsheets read it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    yield "\ufeff"
    for row in chain([header], rows):
        writer.writerow([_in_french(_harmless(value)) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


Sheets = Mapping[str, tuple[Sequence[str], Iterable[Sequence[Any]]]]
"""Name of each sheet → its header and its rows."""


def xlsx_bytes(sheets: Sheets) -> bytes:
    """A workbook of named sheets, each a header and its rows. What looks like a formula or an address stays text."""
    buffer = io.BytesIO()
    with _workbook(buffer) as book:
        for name, (header, rows) in sheets.items():
            _sheet(book, name, header, rows).autofit()
    return buffer.getvalue()


def write_xlsx(file: IO[bytes], sheets: Sheets, width: int = 20) -> None:
    """The same into a file, a row in memory at a time, however many there are; `width` of all columns, in letters."""
    with _workbook(file, constant_memory=True) as book:
        for name, (header, rows) in sheets.items():
            _sheet(book, name, header, rows, width)


def _workbook(file: IO[bytes], **options: bool) -> xlsxwriter.Workbook:
    harmless = {
        "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True,
        "default_date_format": "dd/mm/yyyy",
    }  # fmt: skip
    return xlsxwriter.Workbook(file, harmless | options)


def _sheet(
    book: xlsxwriter.Workbook, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]], width: int = 0
) -> Any:
    sheet = book.add_worksheet(name[:31])
    if width:
        sheet.set_column(0, len(header) - 1, width)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, header, book.add_format({"bold": True, "bottom": 1}))
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, row)
    return sheet
