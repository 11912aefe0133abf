"""A card file that is a workbook: read as the same rows as CSV; what is none is refused in words."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime, time

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from places.importing.reading import UnreadableFileError
from tests.cast import sign_in
from tests.vouchers.carded import PAGE, newest, text
from tests.vouchers.given import category
from vouchers.importing import workbook
from vouchers.importing.workbook import is_workbook, read_workbook

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
        assert is_workbook(content)
        [row] = read_workbook(content).rows
        assert row.line == 2
        assert list(row.values.values()) == ["0042", "Kerlaz", "Jeanne", "1957-07-14", "Minima sociaux", "2026-12-31"]

    def test_a_number_is_written_without_decimals_it_does_not_have(self, written):
        rows = read_workbook(written([["a", "b"], [42, 1.5]])).rows
        assert rows[0].values == {"a": "42", "b": "1.5"}

    def test_empty_lines_are_left_out_and_the_others_keep_their_number(self, written):
        rows = read_workbook(written([["a"], ["x"], [None], ["  "], ["y"]])).rows
        assert [(one.line, one.values["a"]) for one in rows] == [(2, "x"), (5, "y")]

    def test_without_rows_there_is_nothing_to_read(self, written):
        with pytest.raises(UnreadableFileError):
            read_workbook(written([HEAD]))


def packed(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in files.items():
            book.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


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
            read_workbook(content)

    def test_one_that_unpacks_into_far_too_much(self, monkeypatch):
        monkeypatch.setattr(workbook, "MOST_UNPACKED", 1_000)
        with pytest.raises(UnreadableFileError):
            read_workbook(packed(xl__worksheets__sheet1="<a>" + "0" * 10_000 + "</a>"))

    @given(st.binary(max_size=200))
    def test_any_bytes_are_refused_or_read_and_never_break(self, content):
        with pytest.raises(UnreadableFileError):
            read_workbook(b"PK\x03\x04" + content)


@pytest.mark.usefixtures("stopped_clock")
class TestPage:
    def test_a_workbook_is_imported_like_any_file(self, client, cast, app, tmp_path, monkeypatch):
        monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], var=tmp_path))
        category()
        manager = sign_in(client, cast.manager)
        sent = {"file": (io.BytesIO(by_openpyxl([HEAD, JEANNE])), "cartes.xlsx")}
        where = manager.post(f"{PAGE}/import", data=sent, content_type="multipart/form-data").headers["Location"]
        assert "0042" in text(manager.get(where))
        manager.post(where)
        made = newest()
        assert (made.former_number, made.valid_until, made.person.birth_year) == ("0042", date(2026, 12, 31), 1957)
