"""The first sheet of an XLSX workbook as records: text and numbers as they stand, days as `2026-12-31`.

A workbook is a ZIP archive of XML (ECMA-376). Only what a table needs is read; formulas give their last value.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from foundation.i18n import _l
from places.importing.unreadable import TooBigError, UnreadableFileError, check_headings

START = b"PK\x03\x04"
MOST_UNPACKED = 40 * 1024 * 1024
_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL = re.compile(r"([A-Z]{1,3})\d+", re.ASCII)
_DAY_SHAPES = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
"""Number formats that are built in and show a day."""
_EPOCH = date(1899, 12, 30)
_MOST_DAYS = 2_958_465
"""31 December 9999."""


_BROKEN = (
    BadZipFile, zlib.error, EOFError, RuntimeError, KeyError, ElementTree.ParseError, ValueError, IndexError,
)  # fmt: skip
"""What a file raises that is none, is cut, or is locked with a password."""


def is_one(content: bytes) -> bool:
    return content.startswith(START)


def records(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, text by heading) of each line below the first one, which names the columns.

    Raises:
        UnreadableFileError: it unpacks into too much, is no workbook, or has a heading twice.
    """
    try:
        with ZipFile(io.BytesIO(content)) as book:
            if sum(one.file_size for one in book.infolist()) > MOST_UNPACKED:
                raise TooBigError
            lines = list(_lines(book))
    except _BROKEN as error:
        raise UnreadableFileError(
            _l("This is no spreadsheet that can be read. Save it as CSV or XLSX."), "file"
        ) from error
    names = {at: name.strip() for at, name in lines[0][1].items() if name.strip()} if lines else {}
    check_headings(names.values())
    for line, cells in lines[1:]:
        yield line, {name: cells.get(at, "") for at, name in names.items()}


def _lines(book: ZipFile) -> Iterator[tuple[int, dict[int, str]]]:
    """(number, text by column) of each line that says something."""
    texts, days = _texts(book), _day_styles(book)
    sheet = _parsed(book.read(_first_sheet(book)))
    for rank, line in enumerate(sheet.iter(f"{_SPACE}row"), 1):
        cells = {_column(cell): _said(cell, texts, days) for cell in line.iter(f"{_SPACE}c")}
        if any(text.strip() for text in cells.values()):
            yield int(line.get("r", rank)), cells


def _parsed(content: bytes) -> ElementTree.Element:
    """Raises: ParseError, ValueError: it declares entities or is in another encoding, which no workbook does."""
    if b"<!" in content[:2_000] or content[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in content[:100]:
        raise ValueError("made to harm")
    return ElementTree.fromstring(content)  # noqa: S314  without a document type there are no entities to expand


def _first_sheet(book: ZipFile) -> str:
    """Raises: IndexError"""
    found = [name for name in book.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
    return sorted(found, key=lambda name: int(re.sub(r"\D", "", name)))[0]


def _texts(book: ZipFile) -> list[str]:
    """The texts that cells share."""
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    root = _parsed(book.read("xl/sharedStrings.xml"))
    return ["".join(part.text or "" for part in one.iter(f"{_SPACE}t")) for one in root.iter(f"{_SPACE}si")]


def _day_styles(book: ZipFile) -> set[int]:
    """The styles in which a number is a day."""
    if "xl/styles.xml" not in book.namelist():
        return set()
    root = _parsed(book.read("xl/styles.xml"))
    own = {
        int(one.get("numFmtId", "0"))
        for one in root.iter(f"{_SPACE}numFmt")
        if re.search("[dy]", re.sub(r'"[^"]*"|\[[^\]]*\]', "", one.get("formatCode", "").lower()))
    }
    used = root.find(f"{_SPACE}cellXfs")
    shapes = [int(one.get("numFmtId", "0")) for one in used] if used is not None else []
    return {style for style, shape in enumerate(shapes) if shape in _DAY_SHAPES | own}


def _column(cell: ElementTree.Element) -> int:
    """`AB12` is 27. Raises: ValueError"""
    found = _CELL.fullmatch(cell.get("r", ""))
    if found is None:
        raise ValueError("a cell without its place")
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _said(cell: ElementTree.Element, texts: list[str], days: set[int]) -> str:
    """A number as it was typed: programs write 249.9 as 249.90000000000001. Raises: ValueError, IndexError"""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{_SPACE}t"))
    value = cell.findtext(f"{_SPACE}v") or ""
    if kind == "s":
        return texts[int(value)]
    if kind != "n" or not value:
        return value
    number = float(value)
    if int(cell.get("s", "0")) in days and 0 < number <= _MOST_DAYS:
        return (_EPOCH + timedelta(days=int(number))).isoformat()
    return str(int(number) if number.is_integer() else number)
