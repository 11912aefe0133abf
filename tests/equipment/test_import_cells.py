"""Cells of a spreadsheet, read as what they stand for, and written so that they are read again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipment.importing.columns import COLUMNS, Kind
from equipment.importing.rows import READERS, read, read_rows
from equipment.importing.telling import said, told
from equipment.importing.words import OTHERS, WORDS
from equipment.models import Condition, Purchase
from equipment.rules.codes import BadCode
from foundation.i18n import in_language
from places.importing import cells
from places.importing.columns import UnknownColumns
from places.importing.reading import Row, column_key, read_table
from places.importing.sheet_report import Report

ONE_ENGINE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_that_we_wrote_is_read_again(day):
    assert cells.day(told("bought_on", day), "bought_on") == day


@given(st.integers(0, 10_000_000))
def test_an_amount_that_we_wrote_is_read_again(cents):
    assert cells.cents(told("price_cents", cents), "price_cents") == cents


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
        mapped = COLUMNS[Kind.ITEMS].found([column_key(head) for head in heads])
        assert list(mapped) == ["code", "kind", "label", "serial_number", "bought_on", "price_cents"]

    @pytest.mark.parametrize(("kind", "heads"), [(Kind.ITEMS, ["type"]), (Kind.KITS, ["code"]), (Kind.KITS, ["nom"])])
    def test_a_file_without_what_it_needs_is_refused(self, app, kind, heads):
        with pytest.raises(UnknownColumns):
            COLUMNS[kind].found(heads)

    def test_no_two_columns_of_a_file_of_ours_have_one_heading(self, app):
        for kind in Kind:
            for language in ("fr", "en"):
                with in_language(language):
                    heads = [column_key(heading) for heading in COLUMNS[kind].headings]
                assert len(heads) == len(set(heads))

    def test_a_refusal_is_told_with_the_heading_of_its_column(self, app):
        with in_language("en"):
            assert COLUMNS[Kind.ITEMS].heading("price") == "Price in euros"
            assert COLUMNS[Kind.ITEMS].heading("percent") == COLUMNS[Kind.ITEMS].heading("battery_percent")
            assert COLUMNS[Kind.KITS].heading("home_venue_id") == "Where it is kept"
            assert COLUMNS[Kind.ITEMS].heading(None) == COLUMNS[Kind.ITEMS].heading("nothing") == ""


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

    def test_a_code_is_one_code_however_it_is_written(self, app):
        table = read_table(b"code;type\nA-1;robot\n a-1 ;robot\n;x\nB;robot\n")
        report = Report(COLUMNS[Kind.ITEMS])
        kept = read_rows(Kind.ITEMS, table, report)
        assert [(one.key, one.row.line) for one in kept] == [("A-1", 2), ("B", 5)]
        assert (report.noted["repeated"], [one.line for one, _raw in report.rows]) == (1, [4])


class Known:
    """What there is, before a change."""

    serial_number, price_cents, kit_id, structure_id, condition = "", 24990, 7, 1, Condition.WORKING


@ONE_ENGINE
class TestTelling:
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
