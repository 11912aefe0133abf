"""Appointments and their records: which have one, and what the page of a resident tells of both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from activity.models import ActivityRecord
from activity.queries import is_untold, recorded
from foundation.db import db, in_transaction
from mediation.models import Appointment, Attendance, id_in, reference_of
from mediation.queries.records import appointment_of, unwritten
from mediation.service import records
from mediation.views.records.history import history
from tests.mediation.days import TEN, at, draft, planned

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _ten_o_clock(cast):
    with at(TEN):
        yield


def write(cast, *, who="mediator", **more):
    wanted = draft(cast, **more)
    return in_transaction(lambda: records.write(wanted, now=TEN, actor=getattr(cast, who))).id


@pytest.mark.parametrize(
    ("reference", "id_"), [("appointment:12", 12), ("session:12", None), ("appointments:12", None), (None, None)]
)
def test_a_reference_names_an_appointment_or_something_else(reference, id_):
    assert id_in(reference) == id_


def test_a_reference_is_the_same_in_sql(cast):
    id_ = planned(cast)
    found = db.session.scalars(select(Appointment.reference)).all()
    assert found == [db.session.get_one(Appointment, id_).reference] == [reference_of(id_)]
    assert db.session.scalars(select(Appointment.id).where(Appointment.reference == found[0])).all() == [id_]


def test_appointments_know_their_record(cast):
    told, untold = (reference_of(planned(cast, TEN - days * DAY)) for days in (1, 2))
    record_id = write(cast, reference=told)
    assert recorded([told, untold]) == {told: record_id}


def test_a_record_knows_its_appointment(cast):
    id_ = planned(cast, TEN - DAY)
    told = db.session.get_one(ActivityRecord, write(cast, appointment_id=id_))
    alone = db.session.get_one(ActivityRecord, write(cast))
    assert appointment_of(told).id == id_
    assert appointment_of(alone) is None


def test_what_was_seen_more_than_a_year_ago_waits_no_more(cast):
    kept, _gone = (planned(cast, TEN - days * DAY, attendance=Attendance.SEEN) for days in (365, 367))
    assert [one.id for one in unwritten(cast.mediator.id, TEN)] == [kept]


def test_what_waits_is_found_through_the_index_of_references(app):
    """Ten thousand records must not be read to know that one is missing."""
    postgres = db.engine.dialect.name == "postgresql"
    if postgres:  # Its tables are empty here: it would read them whole.
        for way in ("seqscan", "hashjoin", "mergejoin", "bitmapscan"):
            db.session.execute(text(f"SET LOCAL enable_{way} = off"))
    wanted = select(Appointment.id).where(is_untold(Appointment.reference)).compile(db.engine)
    rows = db.session.execute(text(f"EXPLAIN {'' if postgres else 'QUERY PLAN '}{wanted}"))
    plan = "\n".join(" ".join(map(str, row)) for row in rows)
    index = "uq_activity_record_reference" if postgres else "INDEX sqlite_autoindex_activity_record_1 (reference=?)"
    assert index in plan


def told(cast, who):
    return history(cast.resident.id, getattr(cast, who))


def test_a_history_has_one_line_for_an_appointment_and_its_record(app, cast):
    appointment_id = planned(cast, TEN - DAY)
    record_id = write(cast, appointment_id=appointment_id)
    with app.test_request_context():
        (item,) = told(cast, "mediator")
    assert item.url == f"/equipe/comptes-rendus/{record_id}"


@pytest.mark.parametrize(
    ("who", "opened"), [("mediator", True), ("manager", True), ("other_mediator", False), ("prescriber", None)]
)
def test_a_history_opens_for_the_structure_and_shows_to_those_who_receive(app, cast, who, opened):
    write(cast)
    planned(cast, TEN + DAY)
    with app.test_request_context():
        items = told(cast, who)
    assert [item.url is not None for item in items] == ([] if opened is None else [opened, opened])
