"""Tables for other programs: CSV and XLSX, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from string import digits
from typing import IO, Any

import xlsxwriter

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
NO_DAY = re.compile(r"\d{1,2}/\d{1,4}", re.ASCII)
"""`1/3` means one of three, and a spreadsheet that opens a CSV reads the first of March."""
DISARMED = re.compile(rf"'+(?:[=+\-@\t\r]|{NO_DAY.pattern}\Z)", re.ASCII)
NEGATIVE = re.compile(r"-\d+([.,]\d+)?", re.ASCII)
SUSPECT = frozenset((*FORMULA_STARTS, "'", *digits))
"""What begins otherwise is harmless: most cells of a large file are passed at a glance."""
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class AsIs(str):
    """Text of ours, no word of which anybody typed, that another program has to find letter by letter: never changed.

    A spreadsheet that opens the CSV may show it as a day; the workbook, which says what is text, never does.
    """


def _harmless(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula, or take for a day, is shown as text; a longitude is no formula.

    What looks as if this had been done already gets one more, so that `as_written` always finds the text again.
    """
    if not isinstance(value, str) or value[:1] not in SUSPECT or isinstance(value, AsIs) or NEGATIVE.fullmatch(value):
        return value
    armed = value.startswith(FORMULA_STARTS) or NO_DAY.fullmatch(value) or DISARMED.match(value)
    return f"'{value}" if armed else value


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
WIDEST, NARROWEST = 60, 8
"""Of a column, in letters. What is longer goes on below."""
A4 = 9


class Year(int):
    """A number that names something and counts nothing: it is shown without separators."""


@dataclass(frozen=True)
class Look:
    """How a workbook is shown; what its cells hold is the same.

    Attributes:
        title: in its properties, and above each sheet on paper.
        figures: numbers are amounts, as in `1 234` and `12,5`, and the first column says of what: it stays in sight.
        sifted: its first sheet is a list that can be filtered by each column.
    """

    title: str = ""
    figures: bool = False
    sifted: bool = False


def xlsx_bytes(sheets: Sheets, look: Look = Look()) -> bytes:
    """A workbook of named sheets, each a header and its rows. What looks like a formula or an address stays text."""
    buffer = io.BytesIO()
    _write(_book(buffer, {}), sheets, look)
    return buffer.getvalue()


def write_xlsx(file: IO[bytes], sheets: Sheets, look: Look = Look()) -> None:
    """The same into a file, a row in memory at a time, however many there are."""
    _write(_book(file, {"constant_memory": True}), sheets, look)


def _book(file: IO[bytes], options: Mapping[str, Any]) -> xlsxwriter.Workbook:
    harmless = {
        "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True,
        "default_date_format": "dd/mm/yyyy",
    }  # fmt: skip
    return xlsxwriter.Workbook(file, {**harmless, **options})


def _write(book: xlsxwriter.Workbook, sheets: Sheets, look: Look) -> None:
    with book:
        book.set_properties({"title": look.title})
        cells = _Cells(book, look)
        for number, (name, (header, rows)) in enumerate(sheets.items()):
            sheet = book.add_worksheet(name[:31])
            last = cells.write(sheet, header, rows)
            if look.sifted and number == 0 and header:
                sheet.autofilter(0, 0, last, len(header) - 1)
            sheet.freeze_panes(1, int(look.figures))
            _on_paper(sheet, look)


def _on_paper(sheet: Any, look: Look) -> None:
    """As wide as the sheet of paper, the header on each."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&L{look.title.replace('&', '&&')}&R&A")
    sheet.set_footer("&R&P / &N")


class _Cells:
    """The formats of a workbook, and which cell has which."""

    def __init__(self, book: xlsxwriter.Workbook, look: Look) -> None:
        self.figures = look.figures
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.plain = book.add_format({"valign": "top"})
        self.whole = book.add_format({"num_format": "#,##0", "valign": "top"})
        self.part = book.add_format({"num_format": "#,##0.0", "valign": "top"})

    def write(self, sheet: Any, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """All rows, and columns as wide as what is in them; returns the number of the last row."""
        widths = [_letters(name) for name in header]
        sheet.write_row(0, 0, header, self.head)
        last = 0
        for last, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                sheet.write(last, column, int(value) if isinstance(value, Year) else value, self._of(value))
                if column < len(widths):
                    widths[column] = max(widths[column], _letters(value))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(max(width + 2, NARROWEST), WIDEST))
        return last

    def _of(self, value: Any) -> Any:
        """None of what has a format by itself, as days have."""
        if isinstance(value, str):
            return self.text
        if self.figures and type(value) is int:
            return self.whole
        if self.figures and isinstance(value, float):
            return self.part
        return self.plain if isinstance(value, (int, float)) else None


def _letters(value: Any) -> int:
    """Of the longest line; a number has its separators."""
    if isinstance(value, (int, float)):
        return len(f"{value:,}")
    return max((len(line) for line in str(value).splitlines()), default=0)
