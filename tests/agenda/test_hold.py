"""Holding time: what is taken is taken, whole or not at all."""

from __future__ import annotations

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from agenda import queries, service
from agenda.models import Hold
from agenda.service import AlreadyHeld, NoSuchRecord, ResourceInactive
from foundation.db import broken_constraint, db, in_transaction, transaction
from tests.agenda.conftest import span


def hold(resource_ids, start, end, reference="appointment:1"):
    in_transaction(lambda: service.hold(resource_ids, span(start, end), "Rendez-vous", reference))


def held(resource_id):
    rows = queries.holds_between([resource_id], span("00:00", "23:59"))
    db.session.rollback()
    return [(row.starts_at, row.ends_at, row.reference) for row in rows]


def test_takes_the_time_of_each_resource(people):
    hold([people.room, people.ines], "09:00", "10:00")
    period = span("09:00", "10:00")
    assert held(people.ines) == held(people.room) == [(period.start, period.end, "appointment:1")]
    assert held(people.marc) == []


@pytest.mark.parametrize(
    ("start", "end"),
    [("09:00", "10:00"), ("09:15", "09:45"), ("08:00", "11:00"), ("08:30", "09:01"), ("09:59", "10:30")],
    ids=["the same", "within", "around", "into its start", "into its end"],
)
def test_refuses_time_that_is_taken(people, start, end):
    hold([people.ines], "09:00", "10:00")
    with pytest.raises(AlreadyHeld) as refused:
        hold([people.ines], start, end, "appointment:2")
    assert refused.value.status == 409
    assert len(held(people.ines)) == 1


def test_touching_is_not_overlapping(people):
    hold([people.ines], "09:00", "10:00")
    hold([people.ines], "10:00", "11:00", "appointment:2")
    hold([people.ines], "08:00", "09:00", "appointment:3")
    assert len(held(people.ines)) == 3


def test_a_long_hold_is_seen_behind_later_ones(people):
    hold([people.ines], "09:00", "17:00")
    with pytest.raises(AlreadyHeld):
        hold([people.ines], "16:00", "18:00", "appointment:2")
    hold([people.ines], "17:00", "18:00", "appointment:3")


def test_one_taken_resource_leaves_the_others_free(people):
    hold([people.room], "09:00", "10:00")
    with pytest.raises(AlreadyHeld):
        hold([people.ines, people.marc, people.room], "09:30", "10:30", "appointment:2")
    assert held(people.ines) == held(people.marc) == []


def test_a_refusal_can_be_survived_inside_a_savepoint(people):
    hold([people.ines], "09:00", "10:00")
    with transaction():
        with pytest.raises(AlreadyHeld), db.session.begin_nested():
            service.hold([people.ines], span("09:00", "10:00"), "Rendez-vous", "appointment:2")
        service.hold([people.marc], span("09:00", "10:00"), "Rendez-vous", "appointment:2")
    assert held(people.marc)[0][2] == "appointment:2"


def test_refuses_a_resource_that_rests(people):
    in_transaction(lambda: service.change_resource(people.ines, active=False))
    with pytest.raises(ResourceInactive):
        hold([people.ines], "09:00", "10:00")


def test_refuses_a_resource_that_does_not_exist(people):
    with pytest.raises(NoSuchRecord):
        hold([people.ines, 999_999], "09:00", "10:00")
    assert held(people.ines) == []


def test_release_gives_all_back(people):
    hold([people.ines, people.room], "09:00", "10:00")
    assert in_transaction(lambda: service.release("appointment:1")) == 2
    assert in_transaction(lambda: service.release("appointment:1")) == 0
    hold([people.ines], "09:00", "10:00", "appointment:2")


def test_move_may_use_the_time_it_gives_back(people):
    hold([people.ines, people.room], "09:00", "10:00")
    in_transaction(
        lambda: service.move("appointment:1", [people.marc, people.room], span("09:30", "10:30"), "Rendez-vous")
    )
    period = span("09:30", "10:30")
    assert held(people.ines) == []
    assert held(people.marc) == held(people.room) == [(period.start, period.end, "appointment:1")]


def test_a_refused_move_leaves_everything_where_it_was(people):
    hold([people.ines], "09:00", "10:00")
    hold([people.ines], "11:00", "12:00", "appointment:2")
    with pytest.raises(AlreadyHeld):
        in_transaction(lambda: service.move("appointment:1", [people.ines], span("10:30", "11:30"), "Rendez-vous"))
    assert [row[2] for row in held(people.ines)] == ["appointment:1", "appointment:2"]
    assert held(people.ines)[0][0] == span("09:00", "10:00").start


def test_moving_away_from_a_resource_that_rests(people):
    hold([people.ines], "09:00", "10:00")
    in_transaction(lambda: service.change_resource(people.ines, active=False))
    in_transaction(lambda: service.move("appointment:1", [people.marc], span("09:00", "10:00"), "Rendez-vous"))
    assert held(people.ines) == []
    with pytest.raises(ResourceInactive):
        in_transaction(lambda: service.move("appointment:1", [people.ines], span("09:00", "10:00"), "Rendez-vous"))


def test_the_holds_of_one_act(people):
    hold([people.room, people.ines], "09:00", "10:00")
    assert [row.resource_id for row in queries.holds_of("appointment:1")] == sorted([people.ines, people.room])
    assert queries.holds_of("appointment:2") == []


def broken(act):
    with pytest.raises(IntegrityError) as error:
        act()
    db.session.rollback()
    return broken_constraint(error.value)


def test_the_database_itself_refuses_and_names_the_rule(people):
    """Whatever writes: rows past the verbs, updates into taken time, empty periods."""
    hold([people.ines], "09:00", "10:00")
    hold([people.ines], "11:00", "12:00", "appointment:2")
    db.session.rollback()

    def insert(start, end):
        period = Hold(resource_id=people.ines, label="", reference="x:1", starts_at=start, ends_at=end)
        db.session.add(period)
        db.session.flush()

    day = span("08:00", "09:30")
    assert broken(lambda: insert(day.start, day.end)) == "ex_hold_overlap"
    assert broken(lambda: insert(day.end, day.start)) == "ck_hold_end_after_start"
    assert broken(lambda: insert(day.start, day.start)) == "ck_hold_end_after_start"
    second = update(Hold).where(Hold.reference == "appointment:2")
    assert broken(lambda: db.session.execute(second.values(starts_at=day.end))) == "ex_hold_overlap"
    hold([people.marc], "11:30", "11:40", "appointment:3")
    assert broken(lambda: db.session.execute(second.values(resource_id=people.marc))) == "ex_hold_overlap"


def test_a_hold_may_shrink_grow_and_be_relabelled_in_place(people):
    hold([people.ines], "09:00", "10:00")
    hold([people.ines], "11:00", "12:00", "appointment:2")
    with transaction():
        first = update(Hold).where(Hold.reference == "appointment:1")
        db.session.execute(first.values(ends_at=span("09:00", "11:00").end))
        db.session.execute(first.values(starts_at=span("09:30", "11:00").start, label="Atelier"))
    assert held(people.ines)[0][:2] == (span("09:30", "11:00").start, span("09:30", "11:00").end)


def test_reading_and_guarding_seek_in_the_index(people):
    """On SQLite: neither the guard nor the range read walks through the past."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL guards by an exclusion constraint, which has an index of its own")
    guard = """EXPLAIN QUERY PLAN SELECT ends_at FROM hold WHERE resource_id = 1 AND starts_at < 5
               ORDER BY starts_at DESC LIMIT 1"""
    plan = " ".join(str(row) for row in db.session.execute(text(guard)))
    assert "COVERING INDEX ix_hold_resource_id_starts_at_ends_at (resource_id=? AND starts_at<?)" in plan
    assert "B-TREE" not in plan
