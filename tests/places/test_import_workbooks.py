"""A file that is a workbook: read as the same rows as CSV; what is none is refused in words."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from places.importing import workbook
from places.importing.reading import MAX_ROWS, read_table
from places.importing.unreadable import TooBigError, UnreadableFileError

HEAD = ["N° carte", "Nom", "Prénom", "Date de naissance", "Catégorie", "Valable jusqu'au", ""]
JEANNE = [
    "0042",
    "Kerlaz",
    "Jeanne",
    date(1957, 7, 14),
    "Minima sociaux",
    datetime.combine(date(2026, 12, 31), time(23)),
    "rien",
]


def by_openpyxl(rows: list[list]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.create_sheet("Autre").append(["x"])
    book.save(out)
    return out.getvalue()


def by_xlsxwriter(rows: list[list]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        days = book.add_format({"num_format": 'dd/mm/yyyy "j"'})
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(line, column, value, *([days] if isinstance(value, date) else []))
    return out.getvalue()


@pytest.mark.parametrize("written", [by_openpyxl, by_xlsxwriter])
class TestReading:
    def test_text_stays_text_and_a_day_is_a_day(self, written):
        content = written([HEAD, JEANNE])
        [row] = read_table(content).rows
        assert row.line == 2
        assert list(row.values.values()) == ["0042", "Kerlaz", "Jeanne", "1957-07-14", "Minima sociaux", "2026-12-31"]

    def test_a_number_is_written_without_decimals_it_does_not_have(self, written):
        rows = read_table(written([["a", "b"], [42, 1.5]])).rows
        assert rows[0].values == {"a": "42", "b": "1.5"}

    def test_empty_lines_are_left_out_and_the_others_keep_their_number(self, written):
        rows = read_table(written([["a"], ["x"], [None], ["  "], ["y"]])).rows
        assert [(one.line, one.values["a"]) for one in rows] == [(2, "x"), (5, "y")]

    def test_without_rows_there_is_nothing_to_read(self, written):
        with pytest.raises(UnreadableFileError):
            read_table(written([HEAD]))


def packed(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in files.items():
            book.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="str"><v>prix</v></c></row>%s</sheetData></worksheet>'
)
CELL = '<row r="%d"><c r="A%d"><v>%s</v></c></row>'


@pytest.mark.parametrize(
    ("kept", "typed"),
    [("249.90000000000001", "249.9"), ("0.10000000000000001", "0.1"), ("1E3", "1000"), ("-0.5", "-0.5")],
)
def test_a_number_is_what_was_typed_and_not_how_a_program_keeps_it(kept, typed):
    [row] = read_table(packed(xl__worksheets__sheet1=SHEET % CELL % (2, 2, kept))).rows
    assert row.values == {"prix": typed}


class TestRefused:
    @pytest.mark.parametrize(
        "content",
        [
            b"PK\x03\x04",
            packed(readme="x"),
            packed(xl__worksheets__sheet1="<no"),
            packed(xl__worksheets__sheet1="<worksheet/>"),
            packed(xl__worksheets__sheet1='<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'),
            by_openpyxl([HEAD, JEANNE])[:-200],
        ],
    )
    def test_what_is_no_workbook(self, content):
        with pytest.raises(UnreadableFileError):
            read_table(content)

    def test_one_that_is_locked_with_a_password(self):
        content = bytearray(packed(xl__worksheets__sheet1=SHEET % "1"))
        content[6] |= 1
        content[content.index(b"PK\x01\x02") + 8] |= 1
        with pytest.raises(UnreadableFileError):
            read_table(bytes(content))

    @given(at=st.integers(0, 400), flip=st.integers(1, 255))
    def test_one_that_was_damaged_on_its_way_is_refused_or_read_and_never_breaks(self, at, flip):
        """The archive, its check, its packing and its XML each tell of it in their own way."""
        content = bytearray(packed(xl__worksheets__sheet1=SHEET % "".join(CELL % (n, n, n) for n in range(2, 40))))
        content[at % len(content)] ^= flip
        try:
            assert read_table(bytes(content)).rows
        except UnreadableFileError:
            return

    def test_one_of_far_too_many_rows(self):
        with pytest.raises(UnreadableFileError, match="50,000"):
            read_table(packed(xl__worksheets__sheet1=SHEET % "".join(CELL % (n, n, n) for n in range(2, MAX_ROWS + 3))))

    def test_one_that_unpacks_into_far_too_much(self, monkeypatch):
        monkeypatch.setattr(workbook, "MOST_UNPACKED", 1_000)
        with pytest.raises(TooBigError):
            read_table(packed(xl__worksheets__sheet1="<a>" + "0" * 10_000 + "</a>"))

    @given(st.binary(max_size=200))
    def test_any_bytes_are_refused_or_read_and_never_break(self, content):
        with pytest.raises(UnreadableFileError):
            read_table(b"PK\x03\x04" + content)
