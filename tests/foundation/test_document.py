"""Papers of several sheets, and tables on them."""

from __future__ import annotations

from functools import partial

import pytest

from foundation.document import Document, whole
from foundation.pdf import PLAIN
from foundation.table import PADDING, Column, Table, lines_of
from tests.papers import facts, lowest, sheets, text

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
FOOT = ["Essai – 12 mars", "Page 1 sur 1"]
COLUMNS = [Column("Nom", 3, bold=True), Column("Signature", 2), Column("Places", 1, number=True)]


def paper(rows: int, total: int, **how) -> Document:
    document = Document("Essai", "Essai – 12 mars", total, **how)
    document.write("En tête", 14, bold=True)
    Table(document, COLUMNS, grid=True).write([(f"Nom {n}", "", "1") for n in range(rows)], least=24)
    return document


def test_a_short_table_stands_on_one_sheet_that_says_so():
    content = whole(partial(paper, 3))
    assert sheets(content) == [
        ["En tête", "Nom", "Signature", "Places", "Nom 0", "1", "Nom 1", "1", "Nom 2", "1", *FOOT]
    ]


def test_a_table_that_goes_on_begins_each_sheet_with_its_heading_and_loses_no_row():
    pages = sheets(whole(partial(paper, 80)))
    assert len(pages) == 3
    for number, lines in enumerate(pages, 1):
        assert "Signature" in lines[:4]
        assert lines[-2:] == ["Essai – 12 mars", f"Page {number} sur 3"]
    assert [line for page in pages for line in page if line.startswith("Nom ")] == [f"Nom {n}" for n in range(80)]


def test_no_row_reaches_below_the_margin_and_none_stands_alone_without_its_heading():
    for rows in range(24, 30):
        content = whole(partial(paper, rows))
        assert lowest(content) > 30
        assert all("Nom" in page for page in sheets(content))


def test_the_last_row_never_stands_alone_on_its_sheet():
    for rows in range(24, 34):
        last = sheets(whole(partial(paper, rows)))[-1]
        assert sum(line.startswith("Nom ") for line in last) >= 2


def test_columns_without_names_have_no_empty_heading():
    document = Document("Essai", "Essai", 1)
    top = document.y
    Table(document, [Column("", 2), Column("", 3)]).write([])
    assert top - document.y == 2 * PADDING


def test_a_table_without_rows_is_its_heading():
    assert sheets(whole(partial(paper, 0)))[0][1:4] == ["Nom", "Signature", "Places"]


def test_the_same_words_make_the_same_bytes():
    assert whole(partial(paper, 5)) == whole(partial(paper, 5))


def test_it_says_its_title_its_language_and_carries_its_letters():
    told = facts(whole(partial(paper, 40, landscape=True)))
    assert told == {"title": "Essai", "language": "fr", "sheets": 3, "wide": True, "embedded": True}


def test_a_cell_is_as_high_as_what_it_holds_and_what_follows_the_first_line_too():
    def written(total):
        document = Document("Essai", "", total)
        Table(document, COLUMNS).write([("Moreau Lina\navec Karim Moreau", "une longue phrase " * 12, "2")])
        return document

    told = text(whole(written))
    assert "Moreau Lina\navec Karim Moreau" in told
    assert told.count("phrase") == 12


@pytest.mark.parametrize("word", ["Wolfeschlegelsteinhausenbergerdorff" * 2, "a" * 200])
def test_a_word_longer_than_its_cell_is_cut_and_nothing_of_it_is_lost(word):
    lines = lines_of(word, PLAIN, 9, 100)
    assert len(lines) > 3
    assert "".join(lines) == word


def test_the_ends_of_lines_of_a_cell_stay_and_an_empty_cell_has_no_line():
    assert lines_of("Mamie Jo\nTonton Max", PLAIN, 9, 200) == ["Mamie Jo", "Tonton Max"]
    assert lines_of("", PLAIN, 9, 200) == []


def test_an_hour_is_not_torn_apart():
    lines = lines_of("à 9\u202fh\u202f00 " * 30, PLAIN, 9, 70)
    assert len(lines) > 10
    assert sum(line.count("9\u202fh\u202f00") for line in lines) == 30


def test_two_tables_stand_side_by_side_and_tell_how_high_they_are_before():
    document = Document("Essai", "Essai", 1)
    half = document.room / 2
    left, right = (Table(document, COLUMNS, start=start, room=half) for start in (0, half))
    top, rows = document.y, [("Un nom", "", "1"), ("Un autre nom, plus long que sa cellule", "", "2")]
    for table in (left, right):
        document.y = top
        table.write(rows)
        assert top - document.y == pytest.approx(table.height(rows))
    (only,) = sheets(document.finished())
    assert only.count("Un nom") == 2
