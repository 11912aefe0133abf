"""Correcting and withdrawing the record of an appointment, or of a mediator's own work."""

from __future__ import annotations

from datetime import timedelta

import pytest

from activity.models import ActivityRecord
from activity.rules.records import NoSuchRecord, NotTheAuthor
from activity.service import records as activity
from foundation.db import db, in_transaction, transaction
from mediation.models import Attendance
from mediation.queries.records import unwritten
from mediation.service import records
from tests.activity import drafts
from tests.mediation.days import TEN, appointment, at, draft, planned


@pytest.fixture(autouse=True)
def _ten_o_clock(cast):
    with at(TEN):
        yield


def write(cast, **more):
    wanted = draft(cast, **more)
    return in_transaction(lambda: records.write(wanted, now=TEN, actor=cast.mediator)).id


def edit(cast, id_, *, who="mediator", **more):
    wanted = draft(cast, **more)
    in_transaction(lambda: records.edit(id_, wanted, now=TEN, actor=getattr(cast, who)))
    return db.session.get_one(ActivityRecord, id_, populate_existing=True)


def test_the_appointment_it_tells_of_stays(cast):
    appointment_id = planned(cast)
    id_ = write(cast, appointment_id=appointment_id)
    record = edit(cast, id_, duration_minutes=30)
    assert (record.reference, record.duration_minutes) == (f"appointment:{appointment_id}", 30)


def test_another_service_is_chosen_and_the_label_of_the_appointment_stays(cast):
    id_ = write(cast, appointment_id=planned(cast))
    record = edit(cast, id_, service_id=cast.ids["paperwork"])
    assert (record.service_id, record.label) == (cast.ids["paperwork"], "Premiers pas")


def test_another_service_of_what_stands_alone_brings_its_label(cast):
    record = edit(cast, write(cast), service_id=cast.ids["paperwork"])
    assert (record.service_id, record.label) == (cast.ids["paperwork"], cast.paperwork.label)
    record = edit(cast, record.id, service_id=None)
    assert (record.service_id, record.label) == (None, "")


def test_a_service_that_is_renamed_keeps_its_old_name_on_what_was_done(cast):
    id_ = write(cast)
    with transaction():
        cast.first_steps.label = "Autre chose"
    assert edit(cast, id_, duration_minutes=30).label == "Premiers pas avec mon ordinateur"


def test_what_was_done_at_a_host_stays_there_until_a_venue_is_chosen(cast):
    at_host = {"reference": "session:5", "label": "Club", "venue_id": None, "at_host": True}
    id_ = drafts.write(cast, **at_host, neighbourhood_id=cast.ids["mills"]).id
    record = edit(cast, id_, venue_id=None, duration_minutes=30)
    assert (record.duration_minutes, record.label) == (30, "Club")
    assert (record.venue_id, record.venue_neighbourhood_id) == (None, cast.mills.id)
    record = edit(cast, id_)
    assert (record.venue_id, record.venue_neighbourhood_id) == (cast.library.id, cast.harbour.id)


@pytest.mark.parametrize(("who", "refusal"), [("other_mediator", NoSuchRecord), ("manager", NotTheAuthor)])
def test_others_change_nothing(cast, who, refusal):
    id_ = write(cast, appointment_id=planned(cast))
    with pytest.raises(refusal):
        edit(cast, id_, who=who, duration_minutes=15)
    assert db.session.get_one(ActivityRecord, id_).duration_minutes == 45


def test_an_unknown_record_is_unknown(cast):
    with pytest.raises(NoSuchRecord):
        edit(cast, 987654)


def test_an_appointment_whose_record_is_withdrawn_waits_for_one_again(cast):
    appointment_id = planned(cast, TEN - timedelta(hours=1))
    id_ = write(cast, appointment_id=appointment_id)
    in_transaction(lambda: activity.withdraw(id_, now=TEN, actor=cast.mediator))
    assert appointment(appointment_id).attendance is Attendance.SEEN
    assert [one.id for one in unwritten(cast.mediator.id, TEN)] == [appointment_id]
