"""The pages of exports as a browser sees them: asked, waiting, whole, failed, refused; and what they hand out."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from foundation.db import db, in_transaction
from foundation.security import Role
from foundation.tables import as_written
from reach.models import RecordExport
from reach.rules.la_coop.lines import COLUMNS
from reach.service import exports
from tests.cast import sign_in
from tests.moments import TEN
from tests.reach.files import PAGE, VIEW, ask, file, make, rows, step
from tests.reach.test_topics import meeting, met


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(exports, "PAGE", 2)


def test_what_looks_like_a_formula_is_text_in_both_files(cast, client):
    meeting(cast, 1)
    in_transaction(lambda: setattr(cast.library, "name", "=1+1"))
    export_id = ask(cast)
    make()
    assert {line["Nom du lieu"] for line in rows(file(export_id))} == {"'=1+1"}
    sign_in(client, cast.manager)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PAGE}/{export_id}/comptes-rendus.xlsx").data))
    cells = [cell for row in book["Activités"].iter_rows(min_row=2) for cell in row]
    assert "=1+1" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}


def test_the_page_asks_then_shows_how_far_it_is_and_then_the_file(cast, client, small_parts):
    for day in range(3):
        met(cast, day)
    sign_in(client, cast.manager)
    assert "La Coop" in client.get(VIEW).text
    asked = client.post(VIEW, data={"request_key": "once"})
    assert asked.status_code == 303
    watching = client.get(asked.location)
    assert 'max="3" value="0"' in watching.text
    assert watching.headers["Refresh"] == "3"
    step()
    assert 'max="3" value="2"' in client.get(asked.location).text
    too_early = client.get(f"{asked.location}/comptes-rendus.csv")
    assert (too_early.status_code, "plus rapide" in too_early.text) == (409, False)
    make()
    ready = client.get(asked.location)
    assert "Refresh" not in ready.headers
    assert f"{asked.location}/comptes-rendus.csv" in ready.text
    fetched = client.get(f"{asked.location}/comptes-rendus.csv")
    assert fetched.headers["Cache-Control"] == "no-store"
    assert len(rows(fetched.get_data(as_text=True))) == 3
    assert f"{asked.location}/comptes-rendus.csv" in client.get(VIEW).text


def test_the_workbook_has_the_cells_of_the_csv_and_says_what_it_is(cast, client):
    met(cast)
    meeting(cast, 3)
    export_id = ask(cast)
    make()
    sign_in(client, cast.manager)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PAGE}/{export_id}/comptes-rendus.xlsx").data))
    header, *lines = book["Activités"].iter_rows(values_only=True)
    told = [dict(zip(header, line, strict=True)) for line in lines]
    assert header == COLUMNS
    for line, text in zip(told, rows(file(export_id)), strict=True):
        assert (line["Date"].date(), line["Durée (min)"]) == (date(2026, 3, 10), 45)
        for column in set(COLUMNS) - {"Date", "Durée (min)"}:
            assert str(line[column] or "") == as_written(text[column])
    assert [line["Participants"] for line in told] == [1, "1/4", "2/4", "3/4", "4/4"]
    assert book["Activités"].auto_filter.ref
    about = dict(book["À propos de ce fichier"].iter_rows(values_only=True))
    assert about["Période"] == "mars 2026"


def test_too_many_lines_for_a_workbook_are_csv_alone(cast, client, monkeypatch):
    monkeypatch.setattr("reach.views.exports.records.MOST_OF_A_WORKBOOK", 1)
    meeting(cast, 2)
    export_id = ask(cast)
    make()
    sign_in(client, cast.manager)
    page = client.get(f"{PAGE}/{export_id}").text
    assert ".csv" in page
    assert ".xlsx" not in page
    assert client.get(f"{PAGE}/{export_id}/comptes-rendus.xlsx").status_code == 409


def test_a_page_asked_for_twice_while_a_file_is_made_says_so(cast, client):
    ask(cast)
    sign_in(client, cast.manager)
    again = client.post(VIEW, data={"request_key": "two"})
    assert again.status_code == 409
    assert db.session.query(RecordExport).count() == 1


@pytest.mark.parametrize("role", [Role.PRESCRIBER, Role.HOST, Role.PARTNER])
def test_who_sees_no_figures_does_not_open_the_page(cast, client, role):
    sign_in(client, cast.account_of(role))
    assert client.get(VIEW).status_code == 403


def test_a_view_that_can_not_be_read_offers_nothing(cast, client):
    sign_in(client, cast.manager)
    page = client.get(f"{PAGE}?periode=demain")
    assert page.status_code == 422
    assert "portee.xlsx" not in page.text


def test_large_numbers_are_read_by_people(cast, client):
    export_id = ask(cast)
    in_transaction(lambda: setattr(db.session.get_one(RecordExport, export_id), "wanted", 1_234_567))
    sign_in(client, cast.manager)
    assert "0 sur 1 234 567" in plain(client.get(f"{PAGE}/{export_id}"))
    assert "0 comptes rendus sur 1 234 567" in plain(client.get(VIEW))


def plain(answer):
    return answer.text.replace("\u202f", " ").replace("\u00a0", " ")


def test_an_empty_file_says_that_nothing_was_recorded(cast, client):
    export_id = ask(cast)
    make()
    page = plain(sign_in(client, cast.manager).get(f"{PAGE}/{export_id}"))
    assert "Rien n’a été saisi dans cette vue" in page
    assert "0 ligne" in page


def failed(cast):
    """A file that could not be made."""
    export_id = ask(cast)
    in_transaction(lambda: setattr(db.session.get_one(RecordExport, export_id), "failed_at", TEN))
    return export_id


def test_a_file_that_could_not_be_made_says_so_and_leads_back_to_its_view(cast, client):
    export_id = failed(cast)
    answer = sign_in(client, cast.manager).get(f"{PAGE}/{export_id}")
    assert "Refresh" not in answer.headers
    assert "n’a pas pu être fait" in answer.text
    assert f"{PAGE}?periode=2026-03" in answer.text
    assert "N’a pas pu être fait" in client.get(VIEW).text
    assert client.get(f"{PAGE}/{export_id}/comptes-rendus.csv").status_code == 409


def test_what_somebody_else_asked_for_is_not_there_and_can_not_be_withdrawn(cast, client):
    export_id = ask(cast, "mediator")
    make()
    sign_in(client, cast.manager)
    for path in ("", "/comptes-rendus.csv", "/comptes-rendus.xlsx"):
        assert client.get(f"{PAGE}/{export_id}{path}").status_code == 404
    assert client.post(f"{PAGE}/{export_id}/retirer").status_code == 404
    assert f"{PAGE}/{export_id}" not in client.get(VIEW).text
    assert db.session.query(RecordExport).count() == 1


def test_a_file_that_is_not_wanted_is_thrown_away_and_its_address_leads_nowhere(cast, client):
    export_id = ask(cast)
    answer = sign_in(client, cast.manager).post(f"{PAGE}/{export_id}/retirer")
    assert (answer.status_code, answer.location) == (303, VIEW)
    gone = client.get(f"{PAGE}/{export_id}")
    assert gone.status_code == 404
    assert "Demandez-le de nouveau" in gone.text
    assert client.post(f"{PAGE}/{export_id}/retirer").status_code == 404


def test_the_second_press_leads_to_the_same_file(cast, client):
    sign_in(client, cast.manager)
    first, second = (client.post(VIEW, data={"request_key": "once"}).location for _press in range(2))
    assert first == second
    assert db.session.query(RecordExport).count() == 1


def test_a_mediator_is_not_offered_names_and_reads_whose_records_they_are(cast, client):
    page = sign_in(client, cast.mediator).get(VIEW).text
    assert 'name="names"' not in page
    assert cast.mediator.name in page
    assert 'name="names"' in sign_in(client, cast.manager).get(VIEW).text


def test_the_head_of_a_structure_has_the_lines_of_that_structure(cast, client):
    met(cast)
    mine = met(cast, 1, who="other_mediator")
    in_transaction(lambda: setattr(db.session.merge(cast.manager), "structure_id", cast.ids["association"]))
    sign_in(client, cast.manager)
    where = client.post(VIEW, data={"request_key": "mine"}).location
    make()
    lines = rows(client.get(f"{where}/comptes-rendus.csv").get_data(as_text=True))
    assert [line["ID CRA"] for line in lines] == [str(mine.id)]
    assert "toutes structures" not in client.get(where).text


def test_one_of_three_is_in_the_csv_as_la_coop_writes_it_and_text_in_the_workbook(cast, client):
    """An apostrophe, which keeps spreadsheets from reading the first of March, would keep programs from reading it."""
    meeting(cast, 2)
    export_id = ask(cast)
    make()
    lines = rows(file(export_id))
    assert [line["Participants"] for line in lines] == ["1/3", "2/3", "3/3"]
    sign_in(client, cast.manager)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PAGE}/{export_id}/comptes-rendus.xlsx").data))
    header, *told = book["Activités"].iter_rows()
    cells = [row[[one.value for one in header].index("Participants")] for row in told]
    assert [(cell.value, cell.data_type) for cell in cells] == [("1/3", "s"), ("2/3", "s"), ("3/3", "s")]
