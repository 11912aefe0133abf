"""A spreadsheet of any room: its columns, its rows, its report, and what is kept of it."""

from __future__ import annotations

import fcntl
from dataclasses import replace

import pytest

from foundation.errors import Refused
from foundation.i18n import in_language
from places.importing import cells
from places.importing.columns import Column, Columns, UnknownColumns
from places.importing.reading import Row, Table, read_table
from places.importing.sheet_report import Report, from_json, refused_table, summary_of, to_json
from places.importing.sheet_rows import read_rows, said
from places.transfer import sheets, uploads

COLUMNS = Columns(
    (Column("code", "Code", ("id",)), Column("price_cents", "Price", ("prix", "code")), Column("seats", "Seats")),
    ("code",), "Where is the code?", {"price": "price_cents"},
)  # fmt: skip
ONE_ENGINE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
FILE = b"id;prix;bruit\nA;12,50;x\nA;12,50;y\nA;13;x\nB;dear;'=x\nC;;\n"


def row(line: int, **cells: object) -> Row:
    return Row(line, dict(cells), dict(cells))


def imported(table: Table) -> Report:
    """Each row that can be read is a new one, but for C, which changes."""
    report = Report(COLUMNS)
    found = COLUMNS.found(table.columns)
    for one in read_rows(
        table.rows, "code", lambda row: cells.text(row.values["id"], "code"),
        lambda row: said(row, found, {"price_cents": cells.cents}), report,
    ):  # fmt: skip
        if one.key == "C":
            report.change(one.row.line, one.key, lambda: ["x → y"])
            report.noted["left"] += 1
        else:
            report.create(one.key)
    return report


@ONE_ENGINE
class TestColumns:
    def test_are_found_by_heading_field_or_what_others_say_and_strangers_are_left_out(self, app):
        assert COLUMNS.found(["id", "seats", "colour"]) == {"code": "id", "seats": "seats"}

    def test_our_heading_is_stronger_than_what_others_say(self, app):
        assert COLUMNS.found(["code", "prix"]) == {"code": "code", "price_cents": "prix"}

    def test_of_two_columns_for_one_thing_the_first_counts(self, app):
        assert COLUMNS.found(["id", "code"])["code"] == "id"

    def test_a_file_without_what_it_needs_is_refused_in_the_words_of_its_room(self, app):
        with pytest.raises(UnknownColumns, match="Where is the code") as refused:
            COLUMNS.found(["seats"])
        assert refused.value.field == "file"

    def test_the_heading_of_a_field_of_another_name_and_of_none(self, app):
        assert [COLUMNS.heading(name) for name in ("price", "seats", "?", None)] == ["Price", "Seats", "", ""]

    def test_a_change_shows_a_dash_for_nothing(self, app):
        with in_language("en"):
            assert COLUMNS.change("price", "", "12,50") == "Price: – → 12,50"
            assert COLUMNS.change("seats", "3", "") == "Seats: 3 → –"


@ONE_ENGINE
class TestRows:
    def test_an_empty_cell_says_nothing_and_a_short_row_says_less(self, app):
        found = {"code": "id", "price_cents": "prix", "seats": "seats"}
        assert said(row(2, id="A", prix=" "), found, {"price_cents": cells.cents}) == {"code": "A"}

    def test_each_thing_once_and_what_can_not_be_read_goes_to_the_report(self, app):
        with in_language("en"):
            report = imported(read_table(FILE))
        assert (report.created, report.updated, report.noted) == (1, 1, {"repeated": 1, "left": 1})
        assert [(one.line, one.key, one.column) for one, _raw in report.rows] == [(4, "A", "Code"), (5, "B", "Price")]
        assert "says something else" in report.rows[0][0].why


@ONE_ENGINE
class TestReport:
    def test_rows_are_given_back_in_the_order_of_the_file_ready_to_be_sent_again(self, app):
        report = Report(COLUMNS)
        report.refuse(row(9, code="B", type="'=1"), "B", Refused("trop long", "price"))
        report.refuse(row(2, code="A", couleur=None), "A" * 50, Refused("déjà pris"))
        header, rows = refused_table(report)
        assert header[3:] == ["code", "couleur", "type"]
        assert rows == [["2", "déjà pris", "", "A", "", ""], ["9", "trop long", "Price", "B", "", "=1"]]
        assert [len(one.key) for one, _raw in report.rows] == [40, 1]

    def test_refused_again_they_do_not_carry_what_was_said_before(self, app):
        report = Report(COLUMNS)
        with in_language("en"):
            sent = {"line": "9", "reason": "too long", "column": "Price", "code": "B"}
            report.refuse(Row(2, sent, sent), "B", Refused("still too long"))
            header, rows = refused_table(report)
        assert header == ["line", "reason", "column", "code"]
        assert rows == [["2", "still too long", "", "B"]]

    def test_a_page_shows_the_first_rows_of_each_sort_and_counts_all(self, app):
        report, asked = Report(COLUMNS), []
        for number in range(30):
            report.create(f"N-{number}")
            report.change(number, f"C-{number}", lambda: asked.append(1) or ["x"])
            report.refuse(row(number), f"R-{number}", Refused("non"))
        summary = summary_of(report, "x.csv")
        assert summary.counts == {"created": 30, "updated": 30, "unchanged": 0, "refused": 30}
        assert len(summary.new) == len(summary.changes) == len(summary.refusals) == len(asked) == 20

    def test_what_a_page_tells_is_the_same_after_it_was_kept(self, app):
        summary = summary_of(imported(read_table(FILE)), "f.csv")
        assert from_json(to_json(summary)) == summary


@ONE_ENGINE
class TestOnItsWay:
    @pytest.fixture
    def upload(self, app, cast, tmp_path, monkeypatch):
        monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], var=tmp_path))
        return lambda content=FILE: self.fetched(uploads.keep(1, "f.csv", content, b"", {"kits": "1"}))

    def fetched(self, token: str) -> uploads.Upload:
        return uploads.fetch(token, 1, "kits")

    def test_what_it_would_do_is_what_it_did(self, upload):
        sent = upload()
        before = sheets.told(sent, imported)
        sheets.carry_out(sent, 1, "kits", imported)
        after = sheets.told(self.fetched(sent.token), imported)
        assert replace(after, file="") == before
        assert after.file.startswith("kits-")
        back = sheets.refused_rows(self.fetched(sent.token))
        assert [line.split(";")[0] for line in back.splitlines()[1:]] == ["4", "5"]
        assert "'=x" in back

    def test_once_is_enough(self, upload):
        sent, times = upload(), []
        for _press in range(2):
            sheets.carry_out(self.fetched(sent.token), 1, "kits", lambda table: times.append(1) or imported(table))
        assert len(times) == 1

    def test_confirmed_twice_at_once_the_first_result_stays(self, upload):
        """Both presses had the file in hand before either was done."""
        sent, again = upload(), Report(COLUMNS)
        sheets.carry_out(sent, 1, "kits", imported)
        first = self.fetched(sent.token).done
        sheets.carry_out(sent, 1, "kits", lambda _table: again)
        assert self.fetched(sent.token).done == first

    def test_while_one_press_imports_another_one_waits(self, upload, tmp_path):
        sent = upload()

        def held(table):
            with next(tmp_path.rglob(f"{sent.token}.lock")).open() as other, pytest.raises(BlockingIOError):
                fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return imported(table)

        sheets.carry_out(sent, 1, "kits", held)

    def test_dropped_meanwhile_nothing_is_imported(self, upload):
        sent = upload()
        uploads.forget(sent.token)
        with pytest.raises(uploads.NoSuchImport):
            sheets.carry_out(sent, 1, "kits", imported)

    @pytest.mark.parametrize("done", [False, True])
    def test_without_refused_rows_there_is_no_file_of_them(self, upload, done):
        sent = upload(b"id\nA\n")
        if done:
            sheets.carry_out(sent, 1, "kits", imported)
        with pytest.raises(uploads.NoSuchImport):
            sheets.refused_rows(self.fetched(sent.token))

    @pytest.mark.parametrize(("who", "choice"), [(2, "kits"), (1, "cards")])
    def test_it_is_found_by_who_sent_it_and_in_its_room_only(self, upload, who, choice):
        token = upload().token
        with pytest.raises(uploads.NoSuchImport):
            uploads.fetch(token, who, choice)
