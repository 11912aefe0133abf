"""Bytes of an unknown file read into rows: CSV with any of four separators, XLSX, JSON, GeoJSON; four encodings."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

from foundation.i18n import _l
from places.clean.text import search_key
from places.importing import workbook
from places.importing.unreadable import TooBigError, UnclosedQuoteError, UnreadableFileError, check_headings

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 50_000
MAX_CELL = 200_000
UTF_8 = "UTF-8"
WINDOWS = "Windows-1252"
_ARCHIVES = (b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"7z\xbc\xaf")


@dataclass(frozen=True, slots=True)
class Row:
    """One record. `line` is the line of a CSV or of a sheet, or the rank of a JSON record from 1.

    Keys of `values` are the column names, accent-blind, with `_` between words; `raw` has them as in the file.
    """

    line: int
    values: dict[str, Any]
    raw: dict[str, Any]
    geometry: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was read.

    Attributes:
        columns: names of the columns, accent-blind, with `_` between words.
        encoding: the one that it was written in.
    """

    rows: list[Row]
    columns: list[str] = field(default_factory=list)
    encoding: str = UTF_8

    def parts(self, rows: int | None) -> Iterator[Table]:
        """The same table in tables of at most so many rows; itself without a limit."""
        step = rows or max(1, len(self.rows))
        for start in range(0, len(self.rows), step):
            yield Table(self.rows[start : start + step], self.columns, self.encoding)


def read_table(content: bytes, *, limited: bool = True) -> Table:
    """Read a file whose format nobody told.

    Args:
        limited: refuse what is bigger than a page may send; a command reads a whole département.

    Raises:
        UnreadableFileError: when it is empty, too big, no text, broken JSON, or has no rows.
    """
    if limited and len(content) > MAX_BYTES:
        raise TooBigError
    if not content.strip():
        raise UnreadableFileError(_l("This file is empty."), "file")
    headings, found, encoding = _found(content)
    rows = list(islice(found, MAX_ROWS + 1 if limited else None))
    if not rows:
        raise UnreadableFileError(_l("No row was found in this file."), "file")
    if limited and len(rows) > MAX_ROWS:
        raise UnreadableFileError(_l("This file has more than 50,000 rows. Cut it into smaller ones."), "file")
    named = [column_key(one) for one in headings]
    columns = list(dict.fromkeys((*named, *(column for row in rows for column in row.values))))
    return Table(rows, columns, encoding)


def _found(content: bytes) -> tuple[Sequence[str], Iterator[Row], str]:
    """(headings of a CSV, which short rows do not all have; rows; name of the encoding).

    Raises:
        UnreadableFileError
    """
    if workbook.is_one(content):
        return (), (_row(line, raw) for line, raw in workbook.records(content)), UTF_8
    text, encoding = decode(content)
    if text.lstrip()[:1] in {"{", "["}:
        return (), _json_rows(text), encoding
    return *_csv_table(text), encoding


def decode(content: bytes) -> tuple[str, str]:
    """(text, name of its encoding).

    Raises:
        UnreadableFileError: when the bytes are no text.
    """
    if content.startswith(_ARCHIVES):
        raise UnreadableFileError(
            _l("This is a picture, an archive or an old spreadsheet. Save it as CSV or XLSX, then send it again."),
            "file",
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = [("utf-16", "UTF-16")]
    else:
        candidates = [("utf-8-sig", UTF_8), ("cp1252", WINDOWS)]
    for codec, name in candidates:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text, name
    raise UnreadableFileError(_l("This file is not text. Save it as XLSX, or as CSV in UTF-8."), "file")


def column_key(name: Any) -> str:
    """`Code postal` is `code_postal`."""
    return search_key(name).replace(" ", "_")


def _row(line: int, raw: dict[str, Any], geometry: Any = None) -> Row:
    values = {column_key(name): value for name, value in raw.items() if name is not None}
    return Row(line, values, raw, geometry if isinstance(geometry, dict) else None)


def _csv_table(text: str) -> tuple[list[str], Iterator[Row]]:
    """(headings, rows).

    Raises:
        UnreadableFileError: also RepeatedHeadingError, UnclosedQuoteError
    """
    lines = text.splitlines(keepends=True)
    if not lines or "<html" in text[:1000].lower():
        raise UnreadableFileError(_l("This is a web page or an empty file, not a table."), "file")
    delimiter = max(",;\t|", key=lines[0].count)
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [name.strip() for name in next(reader)]
    except csv.Error as error:
        raise UnclosedQuoteError from error
    check_headings(header)
    return header, _csv_rows(reader, header, text)


class _Lines(Protocol):
    """What `csv.reader` gives: cells by line, and how many lines of the file it has read."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


def _csv_rows(reader: _Lines, header: Sequence[str], text: str) -> Iterator[Row]:
    """Raises: UnclosedQuoteError"""
    start, cells = reader.line_num + 1, list[str]()
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _row(start, dict(zip(header, cells, strict=False)))
            start = reader.line_num + 1
    except csv.Error as error:
        raise UnclosedQuoteError from error
    if text.count('"') % 2 and cells and "\n" in cells[-1]:
        raise UnclosedQuoteError


def _json_rows(text: str) -> Iterator[Row]:
    for rank, (values, geometry) in enumerate(_records(parse_json(text)), 1):
        yield _row(rank, values, geometry)


def parse_json(text: str) -> Any:
    """The value that `text` describes.

    Raises:
        UnreadableFileError: when it is broken, or nested so deep that it was made to harm.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(_l("This JSON file is broken: it can not be read."), "file") from error


def _records(document: Any) -> Iterator[tuple[dict[str, Any], Any]]:
    """(values, geometry) of a list of records, a GeoJSON collection, or the envelopes that open-data portals use."""
    if isinstance(document, dict):
        inner = [document[name] for name in ("features", "records", "results", "data") if name in document]
        document = inner[0] if inner else [document]
    if not isinstance(document, list):
        raise UnreadableFileError(_l("No list of records was found in this file."), "file")
    for record in document:
        if not isinstance(record, dict):
            yield {}, None
            continue
        values = record.get("properties", record.get("fields", record))
        yield (values if isinstance(values, dict) else {}), record.get("geometry")
