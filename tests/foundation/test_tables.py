"""Tables for other programs."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.tables import WIDEST, AsIs, Look, Year, as_written, csv_lines, write_xlsx, xlsx_bytes


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_numbers_are_written_as_french_spreadsheets_read_them():
    text = "".join(csv_lines(["n"], [[8.5], [49], [-0.0845], ["8.5"]]))
    assert read(text)[1:] == [["8,5"], ["49"], ["-0,0845"], ["8.5"]]


def test_csv_starts_with_a_bom_so_that_spreadsheets_read_accents():
    text = "".join(csv_lines(["Lieu"], [["Médiathèque"]]))
    assert text.startswith("\ufeff")
    assert read(text) == [["Lieu"], ["Médiathèque"]]


def test_csv_keeps_separators_quotes_and_line_ends_inside_a_cell():
    cell = 'a;b "c"\nd'
    assert read("".join(csv_lines(["x"], [[cell]])))[1] == [cell]


def test_csv_never_lets_a_cell_be_a_formula():
    rows = [["=1+1"], ["+33639980012"], ["-2+3"], ["@x"], ["\tx"], ["plain"]]
    cells = [row[0] for row in read("".join(csv_lines(["x"], rows)))[1:]]
    assert all(cell.startswith("'") for cell in cells[:-1])
    assert cells[-1] == "plain"


def test_csv_is_made_a_line_at_a_time():
    asked = []

    def rows():
        for number in range(3):
            asked.append(number)
            yield [number]

    lines = csv_lines(["n"], rows())
    next(lines)
    next(lines)
    assert asked == []


def test_a_workbook_keeps_its_sheets_and_shows_formulas_as_text():
    content = xlsx_bytes({"Un": (["a", "b"], [["=1+1", 2]]), "Deux": (["c"], [])})
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Un", "Deux"]
    assert [cell.value for cell in book["Un"][2]] == ["=1+1", 2]
    assert book["Un"]["A2"].data_type == "s"


def test_a_long_sheet_name_is_cut_to_what_spreadsheets_take():
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes({"x" * 40: (["a"], [])})))
    assert book.sheetnames == ["x" * 31]


def test_a_negative_number_stays_one_so_that_the_file_can_be_read_back():
    (_bom, _header, line) = csv_lines(["longitude", "minus"], [["-1.2345", "-1+cmd"]])
    assert line.strip() == "-1.2345;'-1+cmd"


@pytest.mark.parametrize("text", ["1/3", "12/2026", "'1/3", "''2/5"])
def test_one_of_three_is_no_day(text):
    cell = read("".join(csv_lines(["x"], [[text]])))[1][0]
    assert (cell, as_written(cell)) == (f"'{text}", text)


def test_what_another_program_has_to_find_is_written_letter_by_letter():
    assert read("".join(csv_lines(["x"], [[AsIs("1/3"), "1/3"]])))[1] == ["1/3", "'1/3"]


@pytest.mark.parametrize("text", ["12/03/2026", "1/3 de la salle", "rue 1/3", "123/4"])
def test_days_and_sentences_are_left_alone(text):
    assert read("".join(csv_lines(["x"], [[text]])))[1] == [text]


@given(st.lists(st.text("'=+-@ab1/,", min_size=1, max_size=6), min_size=1, max_size=5))
def test_what_was_made_harmless_is_found_again_as_it_was(cells):
    written = read("".join(csv_lines(["x"] * len(cells), [cells])))[1]
    assert [as_written(cell) for cell in written] == cells


def test_a_workbook_written_to_a_file_is_the_same_with_a_row_in_memory_at_a_time():
    sheets = {"Lieux": (["Nom", "Places"], [["=1+1", 8], ["Médiathèque", 2.5]]), "Vide": (["a"], [])}
    file = io.BytesIO()
    write_xlsx(file, sheets)
    written, whole = (openpyxl.load_workbook(source) for source in (file, io.BytesIO(xlsx_bytes(sheets))))
    for name in sheets:
        assert list(written[name].values) == list(whole[name].values)
    assert {cell.data_type for row in written["Lieux"] for cell in row} == {"s", "n"}


LONG = "Une définition qui est bien plus longue que la colonne dans laquelle elle se trouve. " * 3
TOLD = {
    "Chiffres": (["Quartier", "Habitants", "Année", "Taux", "Définition"], [["Le Port", 6720, Year(2022), 22.17, LONG]])
}


def shown(look, write=False):
    """The first sheet of a workbook."""
    file = io.BytesIO()
    if write:
        write_xlsx(file, TOLD, look)
    else:
        file.write(xlsx_bytes(TOLD, look))
    return openpyxl.load_workbook(file)["Chiffres"]


@pytest.mark.parametrize("write", [False, True])
def test_amounts_have_separators_and_years_have_none(write):
    _name, people, year, rate, _text = shown(Look(figures=True), write)[2]
    assert [(one.value, one.number_format) for one in (people, year, rate)] == [
        (6720, "#,##0"), (2022, "General"), (22.17, "#,##0.0"),
    ]  # fmt: skip
    assert {cell.number_format for cell in shown(Look(), write)[2]} == {"General"}


@pytest.mark.parametrize("write", [False, True])
def test_columns_are_as_wide_as_what_is_in_them_and_long_texts_go_on_below(write):
    sheet = shown(Look(), write)
    widths = {key: one.width for key, one in sheet.column_dimensions.items()}
    assert widths["E"] < WIDEST + 1
    assert widths["A"] < 12
    assert sheet["E2"].alignment.wrap_text
    assert all(cell.alignment.vertical == "top" for cell in sheet[2])


def test_what_is_of_whom_stays_in_sight_and_is_printed_on_each_sheet():
    sheet = shown(Look(title="Portée & co", figures=True))
    assert sheet.freeze_panes == "B2"
    assert (sheet.print_title_rows, sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (
        "$1:$1",
        "landscape",
        0,
    )
    assert sheet.oddHeader.left.text == "Portée && co"
    assert shown(Look()).freeze_panes == "A2"


def test_a_list_can_be_sifted_by_each_column_and_what_is_no_list_can_not():
    assert shown(Look(sifted=True)).auto_filter.ref == "A1:E2"
    assert shown(Look()).auto_filter.ref is None
