"""Files of figures: cell by cell what the pages say, for whoever asks, with what is counted and of what."""

from __future__ import annotations

import csv
import html
import io
import re

import openpyxl
import pytest
from flask_babel import force_locale

from foundation.db import db, transaction
from foundation.security import Role
from foundation.tables import as_written
from reach.queries.contacts import counted
from reach.rules.amounts import written
from reach.rules.dimensions import LABELS, Dimension
from reach.rules.indicators import INDICATORS, Unit
from reach.rules.lines import NAMES
from reach.rules.scope import TERRITORY, Scope
from reach.views.exports import sheets
from reach.views.exports.sheets import Sheet, flat
from tests.cast import sign_in
from tests.reach.asking import MARCH, of
from tests.reach.test_topics import meeting, met

FILE = "/equipe/portee/exports/portee"
BY_AREA = "Quartier de résidence"


def workbook(client, query="periode=2026-03"):
    answer = client.get(f"{FILE}.xlsx?{query}")
    assert answer.status_code == 200, answer.text
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def table(client, query="periode=2026-03"):
    text = client.get(f"{FILE}.csv?{query}").get_data(as_text=True)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


@pytest.fixture
def busy(cast, client):
    """Some of everything, seen by the manager of the territory."""
    for day in range(4):
        met(cast, day)
    met(cast, 5, person_ids=(cast.ids["neighbour"],))
    meeting(cast, 7, anonymous_feminine=3)
    met(cast, 6, who="other_mediator")
    with transaction():
        cast.manager.structure_id = None
    sign_in(client, cast.manager)
    return client


def words(page):
    """The words of a page, one blank between them."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_each_figure_is_the_one_of_the_page(busy):
    page = words(busy.get("/equipe/portee?periode=2026-03").text)
    lines = {line[0]: line for line in workbook(busy)["Chiffres"][1:]}
    with force_locale("fr"):
        for key in ("people", "first_timers", "returning", "contacts", "anonymous", "hours", "rate", "not_located"):
            one = INDICATORS[key]
            value = lines[str(one.label)][1]
            told = written(value / 100 if one.unit is Unit.SHARE else value, one.unit)
            assert re.search(rf"{re.escape(str(one.label))}.{{0,400}}?{re.escape(words(told))}", page), (key, told)


@pytest.mark.parametrize("dimension", list(Dimension))
def test_each_line_is_the_one_of_its_page(busy, dimension):
    page = busy.get(f"/equipe/portee/par/{NAMES[dimension]}?periode=2026-03").text
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL)
    shown = [[words(cell).strip() for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]
    by_name = {html.unescape(cells[0]): cells[1:] for cells in shown}
    units = (Unit.PEOPLE, Unit.PEOPLE, Unit.CONTACTS, Unit.HEADS, Unit.HOURS)
    with force_locale("fr"):
        *lines, total = workbook(busy)[str(LABELS[dimension])[:31]][1:]
        assert lines
        for line in [*lines, ["Au total", *total[1:]]]:
            told = [written(value, unit) for value, unit in zip([*line[1:3], *line[4:7]], units, strict=True)]
            assert [cell.split(" (")[0] for cell in by_name[line[0]][:5]] == [words(one) for one in told]


def test_each_sheet_ends_with_its_total(busy):
    total = counted(of(MARCH), TERRITORY).total
    for title, rows in workbook(busy).items():
        if rows[-1][0] == "Total":
            assert rows[-1][1:6] == [
                total.people, total.first_timers, total.returning, total.contacts, total.anonymous,
            ], title  # fmt: skip


def test_contacts_of_the_lines_add_up_to_the_total(busy):
    sheets = [rows for rows in workbook(busy).values() if rows[-1][0] == "Total"]
    assert len(sheets) == len(Dimension)
    assert all(sum(row[4] for row in rows[1:-1]) == rows[-1][4] for rows in sheets)


def test_a_neighbourhood_where_nobody_was_reached_has_a_line_with_its_inhabitants(busy, cast):
    lines = {line[0]: line for line in workbook(busy)[BY_AREA]}
    assert lines["Les Moulins"][1] == 0
    assert lines["Les Moulins"][8:] == [cast.mills.population, cast.mills.population_year, 0]


def test_no_month_and_no_age_is_left_out_and_none_is_made_up(stopped_clock, busy):
    """It is March: there is a line of January, when nobody came, and none of April, which has not begun."""
    found = workbook(busy, "periode=2026")
    assert [line[0] for line in found["Mois"][1:-1]] == ["janvier 2026", "février 2026", "mars 2026"]
    assert [line[4] for line in found["Mois"][1:-1]][:2] == [0, 0]
    between = [f"{ages} ans" for ages in ("12–17", "18–24", "25–39", "40–59", "60–69")]
    assert [line[0] for line in found["Âge ce jour-là"]][1:8] == ["Moins de 12 ans", *between, "70 ans et plus"]


def test_the_csv_has_every_cell_of_the_workbook(busy):
    told = {(one, two, three): as_written(value) for one, two, three, value in table(busy)[1:]}
    book = workbook(busy)
    titles = {title[:31]: title for title, _line, _column in told}
    count = 0
    for name, (header, *rows) in book.items():
        for row in rows:
            for column, cell in zip(header[1:], row[1:], strict=True):
                if row[0] == "Compté le" or [one[0] for one in rows].count(row[0]) > 1:
                    continue
                found = told[titles[name], row[0], column]
                is_number = isinstance(cell, (int, float))
                assert (float(found.replace(",", ".")) if is_number else found) == ("" if cell is None else cell)
                count += 1
    assert count > 200


def test_definitions_are_those_of_the_indicators(busy):
    told = workbook(busy)["Définitions"][1:]
    with force_locale("fr"):
        assert [line[:4] for line in told] == [
            [str(text) for text in (one.label, one.definition, one.counts, one.does_not_count)]
            for one in INDICATORS.values()
        ]


def test_the_file_says_whose_figures_of_what_and_when(busy, cast):
    query = f"periode=2026-03&genre=feminine&cote=lieu&quartier={cast.ids['harbour']}"
    about = workbook(busy, query)["À propos de ce fichier"][1:]
    told = {line[0]: line[1] for line in about}
    assert told["Période"] == "mars 2026"
    assert told["Même période auparavant"] == "février 2026"
    assert told["Genre"] == "Féminin"
    assert told["Quartier du lieu"] == "Le Port"
    assert "toutes structures" in told["De qui sont les chiffres"]
    assert query.split("&", maxsplit=1)[0] in told["Adresse de la page"]
    assert "ne sont pas masqués ici" in told["Pour l’équipe"]
    missed = [line[1] for line in about if line[0] == "Filtre que ces chiffres ne connaissent pas"]
    assert missed
    assert any("genre" in one for one in missed)


def test_a_filter_narrows_the_file_as_it_narrows_the_page(busy, cast):
    lines = workbook(busy, f"periode=2026-03&mediateur={cast.ids['other_mediator']}")["Chiffres"][1:]
    with force_locale("fr"):
        told = {line[0]: line[1] for line in lines}
        assert told[str(INDICATORS["contacts"].label)] == 1


def test_a_mediator_has_their_own_figures_and_no_sheet_of_others(cast, client):
    met(cast)
    met(cast, 1, who="other_mediator")
    sign_in(client, cast.mediator)
    book = workbook(client)
    assert not {"Médiateur", "Structure"} & set(book)
    own = counted(of(MARCH), Scope(mediator_id=cast.ids["mediator"])).total
    assert book[BY_AREA][-1][4] == own.contacts == 1
    assert cast.other_mediator.name not in str(book)


def test_a_mediator_who_asks_for_a_colleagues_file_gets_none(cast, client):
    sign_in(client, cast.mediator)
    assert client.get(f"{FILE}.xlsx?mediateur={cast.ids['other_mediator']}").status_code in (403, 404, 422)


@pytest.mark.parametrize("role", [Role.PRESCRIBER, Role.HOST, Role.PARTNER])
def test_who_sees_no_figures_gets_no_file(cast, client, role):
    sign_in(client, cast.account_of(role))
    assert client.get(f"{FILE}.csv").status_code == 403


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(f"{FILE}.csv").status_code == 303


def test_there_are_two_kinds_of_files(busy):
    assert busy.get(f"{FILE}.ods").status_code == 404


def test_names_that_look_like_formulas_are_text(busy, cast):
    with transaction():
        cast.harbour.name = '=HYPERLINK("http://x")'
        cast.library.name = "@SUM(1)"
    book = openpyxl.load_workbook(io.BytesIO(busy.get(f"{FILE}.xlsx?periode=2026-03").data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert '=HYPERLINK("http://x")' in {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}
    assert not any(cell.startswith(("=", "@", "+")) for line in table(busy) for cell in line)


def test_accents_survive_in_both_files(busy, cast):
    with transaction():
        cast.harbour.name = "Cœur-de-l’Île ; « Ça »\tçà"
    db.session.rollback()
    assert "Cœur-de-l’Île ; « Ça »\tçà" in {line[0] for line in workbook(busy)[BY_AREA]}
    assert "Cœur-de-l’Île ; « Ça »\tçà" in {as_written(line[1]) for line in table(busy)}


def test_nobody_on_the_way_keeps_the_file(busy):
    answer = busy.get(f"{FILE}.csv?periode=2026-03")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="portee-2026-03.csv"'


def test_the_file_is_in_the_readers_language(busy):
    busy.set_cookie("parvis_language", "en")
    with busy.session_transaction() as session:
        session["language"] = "en"
    assert "Definitions" in workbook(busy)


def cells_of(client, query="periode=2026-03"):
    return openpyxl.load_workbook(io.BytesIO(client.get(f"{FILE}.xlsx?{query}").data))


def test_the_workbook_is_made_to_be_read(busy):
    book = cells_of(busy)
    figures, areas = book["Chiffres"], book[BY_AREA]
    assert book.properties.title.endswith("Portée · mars 2026")
    assert {sheet.freeze_panes for sheet in book} == {"B2"}
    assert {cell.number_format for cell in areas["B"][1:]} == {"#,##0"}
    assert {cell.number_format for cell in areas["G"][1:]} == {"#,##0.0"}
    assert {cell.number_format for cell in areas["J"][1:] if cell.value} == {"General"}, "a year has no separator"
    assert all(one.width < 62 for sheet in book for one in sheet.column_dimensions.values())
    assert figures["E2"].alignment.wrap_text
    assert figures["A1"].font.bold


def test_a_view_of_nothing_has_all_its_sheets_and_no_figure_made_up(busy):
    whole, empty = workbook(busy), workbook(busy, "periode=2020")
    assert list(empty) == list(whole)
    told = {line[0]: line[1] for line in empty["Chiffres"][1:]}
    with force_locale("fr"):
        assert told[str(INDICATORS["people"].label)] == 0
        assert told[str(INDICATORS["not_located"].label)] is None
        assert told[str(INDICATORS["waiting"].label)] is None
    assert empty["Genre"][1:] == [["Total", 0, 0, 0, 0, 0, 0, 0]]


def test_the_head_of_a_structure_has_its_figures_and_is_told_so(busy, cast):
    with transaction():
        db.session.merge(cast.manager).structure_id = cast.ids["association"]
    book = workbook(busy)
    own = counted(of(MARCH), Scope(structure_id=cast.ids["association"])).total
    assert book[BY_AREA][-1][4] == own.contacts == 1
    said = dict(line[:2] for line in book["À propos de ce fichier"])["De qui sont les chiffres"]
    assert cast.association.name in said


def test_every_cell_of_a_table_is_a_line_of_the_flat_one():
    table_ = Sheet("Tableau", ["Quartier", "Personnes", "Passages"], [["Le Port", 3, 4.5], ["Les Moulins", "", 0]])
    assert list(flat([table_, Sheet("Vide", ["a", "b"], [])])) == [
        ("Tableau", "Le Port", "Personnes", 3), ("Tableau", "Le Port", "Passages", 4.5),
        ("Tableau", "Les Moulins", "Personnes", ""), ("Tableau", "Les Moulins", "Passages", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value", "written_so"),
    [
        ("people", 1234, 1234), ("people", None, ""), ("fill", 0.123456789, 12.3457), ("hours", 2.5, 2.5),
        ("rate", 1 / 3, 0.3333), ("euros", 12.3, 12.3),
    ],
)  # fmt: skip
def test_a_figure_is_a_number_of_its_unit_or_nothing(key, value, written_so):
    assert sheets.cell(value, INDICATORS[key]) == written_so
