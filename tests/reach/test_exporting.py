"""Files of activity records: asked for once, made part by part, whole or not offered, for whoever asked alone."""

from __future__ import annotations

import csv
import gc
import io
import tracemalloc
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import insert

from accounts.models import Account
from activity.models import ActivityKind, ActivityRecord, Channel
from foundation import clock
from foundation.db import db, in_transaction
from foundation.security import Role
from reach.models import RecordExport, RecordExportPart
from reach.queries import exports as queries
from reach.queries.contacts import counted
from reach.rules.exporting import NoSuchExport, NotMadeYet, StillMaking
from reach.rules.la_coop.lines import COLUMNS
from reach.rules.scope import TERRITORY, NoFigures, Scope
from reach.service import exports
from tests.cast import sign_in
from tests.moments import TEN
from tests.reach.asking import MARCH, of
from tests.reach.test_topics import meeting, met

PAGE = "/equipe/portee/exports"
VIEW = f"{PAGE}?periode=2026-03"


def ask(cast, who="manager", filters=None, **more):
    actor_id = cast.ids[who]
    return in_transaction(
        lambda: exports.ask(filters or of(MARCH), db.session.get_one(Account, actor_id), now=TEN, **more).id
    )


def step():
    return in_transaction(lambda: exports.make_next(clock.now()))


def make():
    while step():
        pass


def file(export_id):
    export = db.session.get_one(RecordExport, export_id, populate_existing=True)
    return "".join(queries.text_of(export))


def rows(text):
    assert text.startswith("\ufeff")
    header, *lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")
    assert tuple(header) == COLUMNS
    return [dict(zip(header, line, strict=True)) for line in lines]


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(exports, "PAGE", 2)


def test_a_file_has_a_line_for_each_contact(cast, small_parts):
    for day in range(3):
        met(cast, day)
    meeting(cast, 4)
    export_id = ask(cast)
    make()
    export = db.session.get_one(RecordExport, export_id)
    assert (export.wanted, export.looked, export.parts) == (4, 4, 2)
    assert export.lines == len(rows(file(export_id))) == counted(of(MARCH), TERRITORY).total.contacts


def test_an_empty_file_has_its_columns_alone(cast):
    export_id = ask(cast)
    make()
    assert rows(file(export_id)) == []


def test_what_was_killed_in_the_middle_is_not_offered_and_goes_on_where_it_was(cast, small_parts):
    for day in range(5):
        met(cast, day)
    export_id = ask(cast)
    assert step()
    with pytest.raises(NotMadeYet):
        queries.whole(export_id, cast.manager)
    db.session.rollback()
    with pytest.raises(ZeroDivisionError):
        in_transaction(lambda: exports.make_next(clock.now()) / 0)  # The process dies before it commits.
    assert db.session.query(RecordExportPart).count() == 1
    make()
    ids = [line["ID CRA"] for line in rows(file(export_id))]
    assert len(ids) == len(set(ids)) == counted(of(MARCH), TERRITORY).total.contacts


def test_a_record_written_behind_the_place_reached_is_in_no_part_twice(cast, small_parts):
    written = [met(cast, day).id for day in range(4)]
    export_id = ask(cast)
    step()
    late = met(cast, 9).id
    make()
    assert [int(line["ID CRA"]) for line in rows(file(export_id))] == [*written, late]


def test_a_double_press_asks_once(cast):
    assert ask(cast, request_key="k") == ask(cast, request_key="k")


def test_one_file_at_a_time_is_made_for_somebody(cast):
    ask(cast)
    with pytest.raises(StillMaking):
        ask(cast)
    ask(cast, "mediator")
    assert db.session.query(RecordExport).count() == 2


def test_a_mediator_gets_their_own_records_and_never_a_name(cast):
    met(cast)
    mine = met(cast, 1, who="other_mediator")
    export_id = ask(cast, "other_mediator", names=True)
    make()
    [line] = rows(file(export_id))
    assert (line["ID CRA"], line["Nom du médiateur"]) == (str(mine.id), "")


def test_a_manager_may_ask_for_the_names_of_mediators(cast):
    met(cast)
    named, unnamed = ask(cast, names=True), None
    make()
    unnamed = ask(cast)
    make()
    assert [rows(file(one))[0]["Nom du médiateur"] for one in (named, unnamed)] == [cast.mediator.name, ""]


@pytest.mark.parametrize("who", ["prescriber", "host", "partner"])
def test_who_sees_no_figures_gets_no_file(cast, who):
    with pytest.raises(NoFigures):
        ask(cast, who)


def test_nobody_fetches_what_somebody_else_asked_for(cast):
    export_id = ask(cast)
    make()
    with pytest.raises(NoSuchExport):
        queries.seen(export_id, cast.administrator)


def test_who_sees_other_figures_by_now_can_not_fetch_the_old_file(cast):
    export_id = ask(cast)
    make()
    own = cast.manager.structure_id
    in_transaction(lambda: setattr(cast.manager, "structure_id", cast.ids["association"] if own is None else None))
    with pytest.raises(NoSuchExport):
        queries.seen(export_id, cast.manager)


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
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_files_are_forgotten_with_their_parts(cast):
    met(cast)
    ask(cast)
    make()
    assert in_transaction(lambda: exports.forget(TEN)) == 0
    assert in_transaction(lambda: exports.forget(TEN + timedelta(days=7))) == 1
    assert db.session.query(RecordExportPart).count() == 0


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
    assert client.get(f"{asked.location}/comptes-rendus.csv").status_code == 409
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
    told = [[str(cell or "") for cell in line] for line in lines]
    assert header == COLUMNS
    assert told == [list(line.values()) for line in rows(file(export_id))]
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


def test_the_scope_is_kept_with_the_file(cast):
    export_id = ask(cast, "mediator")
    export = db.session.get_one(RecordExport, export_id)
    assert queries.scope_of(export) == Scope(mediator_id=cast.ids["mediator"])
    assert queries.filters_of(export) == of(MARCH)


def test_the_memory_of_a_file_does_not_grow_with_it(cast, monkeypatch):
    monkeypatch.setattr(exports, "PAGE", 20)
    peaks = []
    for wanted in (200, 800):
        many(cast, wanted)
        export_id = ask(cast, filters=of(MARCH))
        step()
        tracemalloc.start()
        while step():
            gc.collect()  # What hangs in circles would wait for its turn, which comes at other times in each run.
        export = db.session.get_one(RecordExport, export_id)
        read = sum(len(part) for part in queries.text_of(export))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert (export.looked, read > wanted * 100) == (wanted, True)
        db.session.expunge_all()
    assert peaks[1] < peaks[0] * 1.5


def many(cast, wanted):
    """So many records of March in all, written at once."""
    there = db.session.query(ActivityRecord).count()
    of_a_kind = {
        "kind": ActivityKind.GROUP, "mediator_id": cast.ids["mediator"], "started_at": TEN, "duration_minutes": 30,
        "channel": Channel.VENUE, "created_at": TEN, "updated_at": TEN, "anonymous_count": 1, "label": "", "note": "",
        "anonymous_feminine": 0, "anonymous_masculine": 0,
    }  # fmt: skip
    in_transaction(lambda: db.session.execute(insert(ActivityRecord), [of_a_kind] * (wanted - there)))
