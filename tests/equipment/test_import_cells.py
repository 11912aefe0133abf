"""Cells of a spreadsheet, read as what they stand for, and written so that they are read again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipment.importing import cells
from equipment.importing.columns import COLUMNS, Kind, UnknownColumns, found
from equipment.importing.reading import read_rows
from equipment.importing.report import Report, from_json, refused_table, summary_of, to_json
from equipment.importing.rows import READERS, read
from equipment.importing.telling import column_of, said, told
from equipment.importing.words import OTHERS, WORDS
from equipment.models import Condition, Purchase
from equipment.rules.codes import BadCode
from foundation.i18n import in_language
from places.importing.reading import Row, column_key, read_table

ONE_ENGINE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class TestDays:
    @pytest.mark.parametrize(
        "written",
        [
            "28/02/2024", "28-02-2024", "28.02.2024", "28/2/24", "2024-02-28", "2024-02-28 00:00:00",
            "2024-02-28T10:00:00", "28/02/2024 10:15", " 28/02/2024 ",
        ],
    )  # fmt: skip
    def test_however_a_spreadsheet_writes_it(self, written):
        assert cells.day(written, "bought_on") == date(2024, 2, 28)

    @pytest.mark.parametrize("written", ["31/02/2024", "2024-13-01", "hier", "45350", "28/02", "2024", "02/28/2024"])
    def test_what_is_no_day_is_refused_with_its_column(self, written):
        with pytest.raises(cells.BadDate) as refused:
            cells.day(written, "bought_on")
        assert refused.value.field == "bought_on"

    @given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
    def test_a_day_that_we_wrote_is_read_again(self, day):
        assert cells.day(told("bought_on", day), "bought_on") == day


class TestAmounts:
    @pytest.mark.parametrize(
        ("written", "cents"),
        [
            ("249,90", 24990), ("249.9", 24990), ("249", 24900), ("1 249,90 €", 124990),
            ("1\u202f249,90\u00a0€", 124990), ("0", 0), ("-3", -300), (249.0, 24900),
        ],
    )  # fmt: skip
    def test_however_it_is_written(self, written, cents):
        assert cells.cents(written, "price_cents") == cents

    @pytest.mark.parametrize("written", ["cher", "1,249.90", "12,345", "1e9", "NaN", "inf", "9" * 12, "€", "1/2"])
    def test_what_is_no_amount_is_refused(self, written):
        with pytest.raises(cells.BadAmount):
            cells.cents(written, "price_cents")

    @given(st.integers(0, 10_000_000))
    def test_an_amount_that_we_wrote_is_read_again(self, cents):
        assert cells.cents(told("price_cents", cents), "price_cents") == cents


class TestNumbers:
    @pytest.mark.parametrize(
        ("written", "number"),
        [("12", 12), ("12.0", 12), ("12,00", 12), (12.0, 12), (" 87 % ", 87), ("1 440", 1440), ("-1", -1)],
    )  # fmt: skip
    def test_however_it_is_written(self, written, number):
        assert cells.number(written, "battery_percent") == number

    @pytest.mark.parametrize("written", ["douze", "1.5", "1" * 12, "٣", "0x10", "--1"])
    def test_what_is_no_whole_number_is_refused(self, written):
        with pytest.raises(cells.BadNumber):
            cells.number(written, "battery_percent")


class TestTexts:
    def test_a_text_is_on_one_line_and_rules_keep_theirs(self):
        assert cells.text(" Galaxy\n  Tab ", "label") == "Galaxy Tab"
        assert cells.lines(" Charger \r\n Compter ", "rules") == "Charger\nCompter"

    def test_a_formula_that_was_disarmed_is_itself_again(self):
        assert cells.text("'=1+1", "label") == "=1+1"
        assert cells.text("'simple", "label") == "'simple"

    def test_a_number_of_a_spreadsheet_loses_its_useless_decimals(self):
        assert cells.text(31000.0, "serial_number") == "31000"


@ONE_ENGINE
class TestWords:
    @pytest.mark.parametrize("language", ["fr", "en"])
    @pytest.mark.parametrize("field", WORDS)
    def test_each_word_of_our_pages_is_read_in_each_language(self, app, field, language):
        reader = READERS[Kind.ITEMS if field in {"condition", "purchase", "destination"} else Kind.KITS][field]
        with in_language(language):
            written = [(value, told(field, value)) for value in WORDS[field]]
        assert [reader(words, field) for _value, words in written] == [value for value, _words in written]

    @pytest.mark.parametrize("field", OTHERS)
    def test_what_towns_write_is_read_whatever_its_case_and_accents(self, app, field):
        for words, value in OTHERS[field].items():
            assert READERS[Kind.ITEMS][field](words.upper(), field) is value

    def test_another_word_is_refused_with_those_that_are_offered(self, app):
        with pytest.raises(cells.BadWord) as refused:
            READERS[Kind.ITEMS]["purchase"]("volé", "purchase")
        assert str(WORDS["purchase"][Purchase.NEW]) in str(refused.value)


@ONE_ENGINE
class TestColumns:
    def test_what_towns_call_them(self, app):
        heads = ["Identifiant", "Type d'appareil", "Modèle", "N° de série", "Date d'achat", "Prix TTC", "Couleur"]
        mapped = found(Kind.ITEMS, [column_key(head) for head in heads])
        assert list(mapped) == ["code", "kind", "label", "serial_number", "bought_on", "price_cents"]

    def test_of_two_columns_for_one_thing_the_first_counts(self, app):
        assert found(Kind.ITEMS, ["etiquette", "code", "type"])["code"] == "etiquette"

    @pytest.mark.parametrize(("kind", "heads"), [(Kind.ITEMS, ["type"]), (Kind.KITS, ["code"]), (Kind.KITS, ["nom"])])
    def test_a_file_without_what_it_needs_is_refused(self, app, kind, heads):
        with pytest.raises(UnknownColumns):
            found(kind, heads)

    def test_no_two_columns_of_a_file_of_ours_have_one_heading(self, app):
        for kind in Kind:
            for language in ("fr", "en"):
                with in_language(language):
                    heads = [column_key(str(column.label)) for column in COLUMNS[kind]]
                assert len(heads) == len(set(heads))

    def test_a_refusal_is_told_with_the_heading_of_its_column(self, app):
        with in_language("en"):
            assert column_of(Kind.ITEMS, "price") == "Price in euros"
            assert column_of(Kind.ITEMS, "percent") == column_of(Kind.ITEMS, "battery_percent")
            assert column_of(Kind.KITS, "home_venue_id") == "Where it is kept"
            assert column_of(Kind.ITEMS, None) == column_of(Kind.ITEMS, "nothing") == ""


@ONE_ENGINE
class TestRows:
    COLUMNS = {"code": "code", "kind": "type", "battery_percent": "batterie"}

    def test_a_cell_that_says_nothing_is_not_among_the_facts(self, app):
        row = Row(2, {"code": "tab-1", "type": " ", "batterie": ""}, {})
        assert read(Kind.ITEMS, row, self.COLUMNS) == {"code": "TAB-1"}

    def test_a_row_that_is_too_short_says_less(self, app):
        assert read(Kind.ITEMS, Row(2, {"code": "TAB-1"}, {}), self.COLUMNS) == {"code": "TAB-1"}

    @pytest.mark.parametrize("code", ["", "é", "a_b", "-", "A--B", "x" * 21, None])
    def test_a_code_that_no_label_has_is_refused(self, app, code):
        with pytest.raises(BadCode):
            read(Kind.ITEMS, Row(2, {"code": code}, {}), self.COLUMNS)

    def test_rows_of_one_file_are_told_apart_from_those_that_say_it_again(self, app):
        table = read_table(b"code;type\nA;robot\nA;robot\nA;drone\n;x\nB;robot\n")
        report = Report()
        kept = read_rows(Kind.ITEMS, table, {"code": "code", "kind": "type"}, report)
        assert [(one.code, one.row.line) for one in kept] == [("A", 2), ("B", 6)]
        assert (report.repeated, [one.line for one, _raw in report.rows]) == (1, [4, 5])


class Known:
    """What there is, before a change."""

    serial_number, price_cents, kit_id, structure_id, condition = "", 24990, 7, 1, Condition.WORKING


@ONE_ENGINE
class TestReport:
    def test_a_change_tells_what_was_and_what_becomes(self, app):
        with in_language("en"):
            lines = said(
                Kind.ITEMS, Known, {"serial_number": "SN1", "price_cents": 100, "kit_id": None, "structure_id": 2},
                {"kit_id": {7: "MAL-1"}, "structure_id": {1: "Ville", 2: "Association"}},
            )  # fmt: skip
        assert lines == [
            "Serial number: – → SN1", "Price in euros: 249,90 → 1,00", "Label of the kit: MAL-1 → –",
            "Belongs to: Ville → Association",
        ]  # fmt: skip

    def test_rows_are_given_back_in_the_order_of_the_file_ready_to_be_sent_again(self, app):
        report = Report()
        report.refuse(9, "B", "Étiquette", "trop long", {"code": "B", "type": "'=1"})
        report.refuse(2, "A", "", "déjà pris", {"code": "A", "couleur": None})
        header, rows = refused_table(report)
        assert header[3:] == ["code", "couleur", "type"]
        assert rows == [["2", "déjà pris", "", "A", "", ""], ["9", "trop long", "Étiquette", "B", "", "=1"]]

    def test_a_page_shows_the_first_rows_of_each_sort_and_counts_all(self, app):
        report = Report()
        for number in range(30):
            report.create(f"N-{number}")
            report.change(number, f"C-{number}", lambda: ["x"])
            report.refuse(number, f"R-{number}", "", "non", {})
        summary = summary_of(report, "x.csv")
        assert summary.counts == {"created": 30, "updated": 30, "unchanged": 0, "refused": 30}
        assert len(summary.new) == len(summary.changes) == len(summary.refusals) == 20

    def test_what_a_page_tells_is_the_same_after_it_was_kept(self, app):
        report = Report(unchanged=3, repeated=1, left=2)
        report.create("A")
        report.change(4, "B", lambda: ["x → y"])
        report.refuse(5, "C", "Prix", "non", {"code": "C"})
        assert from_json(to_json(summary_of(report, "f.csv"))) == summary_of(report, "f.csv")


@given(days=st.integers(1, 400))
def test_a_year_in_two_digits_is_of_this_century(days):
    day = date(2024, 1, 1) + timedelta(days)
    assert cells.day(f"{day:%d/%m/%y}", "x") == day
