"""Files of activity records: asked for once, made part by part, whole or not offered, for whoever asked alone."""

from __future__ import annotations

import gc
import tracemalloc
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from foundation import clock
from foundation.audit import AuditEntry
from foundation.db import db, in_transaction
from reach.models import RecordExport, RecordExportPart
from reach.queries import exports as queries
from reach.queries.contacts import counted
from reach.rules.exporting import NeverMade, NoSuchExport, NotMadeYet, StillMaking
from reach.rules.scope import TERRITORY, NoFigures, Scope
from reach.service import exports
from tests.moments import TEN
from tests.reach.asking import MARCH, of
from tests.reach.files import ask, file, make, many, rows, step
from tests.reach.test_topics import meeting, met


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


def test_files_are_forgotten_with_their_parts(cast):
    met(cast)
    ask(cast)
    make()
    assert in_transaction(lambda: exports.forget(TEN)) == 0
    assert in_transaction(lambda: exports.forget(TEN + timedelta(days=7))) == 1
    assert db.session.query(RecordExportPart).count() == 0


def test_the_scope_is_kept_with_the_file(cast):
    export_id = ask(cast, "mediator")
    export = db.session.get_one(RecordExport, export_id)
    assert queries.scope_of(export) == Scope(mediator_id=cast.ids["mediator"])
    assert queries.filters_of(export) == of(MARCH)


def test_the_memory_of_a_file_does_not_grow_with_it(cast, monkeypatch):
    monkeypatch.setattr(exports, "PAGE", 20)
    gc.collect()
    gc.freeze()  # What thousands of tests before left is not looked through again for each part.
    peaks = []
    for wanted in (60, 240):
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


def broken(monkeypatch, error, after):
    """From so many records on, nothing can be written of any."""
    whole = exports.lines

    def some(record, zone):
        if record.id > after:
            raise error
        return whole(record, zone)

    monkeypatch.setattr(exports, "lines", some)


def test_a_file_that_can_not_be_made_fails_and_those_behind_it_are_made(cast, small_parts, monkeypatch):
    written = [met(cast, day).id for day in range(4)]
    failing = ask(cast)
    with monkeypatch.context() as for_now:
        broken(for_now, KeyError("theme"), after=written[1])
        make()
    failed = db.session.get_one(RecordExport, failing, populate_existing=True)
    assert (failed.waits, failed.ended_at, failed.looked, failed.parts) == (False, None, 2, 1)
    with pytest.raises(NeverMade):
        queries.whole(failing, cast.manager)
    db.session.rollback()
    again = ask(cast)
    make()
    assert len(rows(file(again))) == 4


def test_a_database_that_does_not_answer_fails_no_file(cast, small_parts, monkeypatch):
    met(cast)
    export_id = ask(cast)
    with monkeypatch.context() as for_now:
        broken(for_now, OperationalError("SELECT", {}, Exception("locked")), after=0)
        with pytest.raises(OperationalError):
            step()
    db.session.rollback()
    make()
    assert len(rows(file(export_id))) == 1


def withdraw(cast, export_id, who="manager"):
    return in_transaction(lambda: exports.withdraw(export_id, db.session.merge(getattr(cast, who))))


def test_a_file_is_withdrawn_while_it_is_made_and_the_next_is_asked_for(cast, small_parts):
    for day in range(5):
        met(cast, day)
    export_id = ask(cast)
    step()
    withdraw(cast, export_id)
    assert (step(), db.session.query(RecordExportPart).count()) == (0, 0)
    entries = db.session.query(AuditEntry).filter_by(subject=f"record_export:{export_id}").order_by(AuditEntry.id)
    assert [one.action for one in entries] == ["record_export.asked", "record_export.withdrawn"]
    db.session.rollback()
    assert ask(cast)


def test_nobody_withdraws_what_somebody_else_asked_for(cast):
    export_id = ask(cast, "mediator")
    with pytest.raises(NoSuchExport):
        withdraw(cast, export_id)
    assert db.session.query(RecordExport).count() == 1


def test_a_file_that_is_withdrawn_while_it_is_fetched_ends_without_its_rest(cast, small_parts):
    for day in range(5):
        met(cast, day)
    export_id = ask(cast)
    make()
    told = queries.text_of(queries.whole(export_id, cast.manager))
    assert [next(told).startswith("\ufeff"), "\r\n" in next(told)] == [True, True]
    withdraw(cast, export_id)
    with pytest.raises(NoSuchExport):
        next(told)


def test_files_are_made_in_the_order_in_which_they_were_asked_for(cast, small_parts):
    for day in range(3):
        met(cast, day)
    first, second = ask(cast), ask(cast, "mediator")
    waiting = []
    while step():
        waiting.append([one.id for one in db.session.query(RecordExport).order_by(RecordExport.id) if one.waits])
    assert waiting == [[first, second]] * 2 + [[second]] * 3 + [[]]


def test_the_audit_says_who_asked_for_names_and_tells_no_filter(cast):
    export_id = ask(cast, names=True)
    [entry] = db.session.query(AuditEntry).filter_by(subject=f"record_export:{export_id}")
    assert (entry.actor_id, entry.details) == (cast.ids["manager"], {"names": True, "wanted": 0})


def test_ten_files_are_shown_the_newest_first(cast):
    asked = []
    for _file in range(queries.SHOWN + 1):
        asked.append(ask(cast))
        make()
    assert [one.id for one in queries.of(cast.manager)] == asked[:0:-1]
