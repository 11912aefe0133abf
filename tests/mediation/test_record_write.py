"""A record of an appointment, or of a mediator's own work: what is known already is not typed again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from activity.rules.records import AlreadyRecorded, NoTheme
from foundation.db import in_transaction
from foundation.forbidden import SocialSecurityNumber
from mediation.models import Attendance
from mediation.queries.records import unwritten
from mediation.rules.attendance import NothingToTell
from mediation.rules.booking import NoSuchAppointment
from mediation.service import records
from tests.activity.drafts import count
from tests.mediation.days import TEN, appointment, at, draft, events, minutes, planned, together


@pytest.fixture(autouse=True)
def _ten_o_clock(cast):
    with at(TEN):
        yield


def write(cast, *, who="mediator", request_key=None, now=TEN, **more):
    wanted = draft(cast, **more)
    return in_transaction(lambda: records.write(wanted, now=now, actor=getattr(cast, who), request_key=request_key))


def test_what_stands_alone_has_the_label_of_its_service_and_the_structure_of_its_author(cast):
    record = write(cast)
    assert (record.reference, record.service_id, record.label) == (
        None, cast.ids["first_steps"], "Premiers pas avec mon ordinateur",
    )  # fmt: skip
    assert record.structure_id == cast.town.id


@pytest.mark.parametrize("service_id", [None, 424242])
def test_without_a_service_it_has_no_label(cast, service_id):
    record = write(cast, service_id=service_id)
    assert (record.service_id, record.label) == (None, "")


def test_a_record_marks_its_appointment_seen(cast):
    id_ = planned(cast)
    record = write(cast, appointment_id=id_)
    assert appointment(id_).attendance is Attendance.SEEN
    assert events(id_) == [("marked", "seen")]
    assert (record.reference, record.label) == (f"appointment:{id_}", "Premiers pas")


def test_an_appointment_has_one_record(cast):
    id_ = planned(cast)
    record = write(cast, appointment_id=id_)
    with pytest.raises(AlreadyRecorded) as refused:
        write(cast, appointment_id=id_, duration_minutes=15)
    assert refused.value.alternatives == [record.id]
    assert count() == 1


@pytest.mark.parametrize("attendance", [Attendance.NOSHOW, Attendance.EXCUSED, Attendance.REVOKED])
def test_what_did_not_take_place_has_none(cast, attendance):
    id_ = planned(cast, attendance=attendance)
    with pytest.raises(NothingToTell):
        write(cast, appointment_id=id_)
    assert count() == 0


@pytest.mark.parametrize("who", ["other_mediator", "manager"])
def test_only_its_mediator_tells_of_an_appointment(cast, who):
    id_ = planned(cast)
    with pytest.raises(NoSuchAppointment):
        write(cast, appointment_id=id_, who=who)
    assert count() == 0


@pytest.mark.parametrize("reference", ["session:5", "appointment:424242"])
def test_what_is_no_appointment_of_ones_own_is_unknown(cast, reference):
    with pytest.raises(NoSuchAppointment):
        write(cast, reference=reference)
    assert count() == 0


def test_the_same_form_of_an_appointment_sent_twice_writes_once(cast):
    id_ = planned(cast)
    first, second = (write(cast, appointment_id=id_, request_key="one-form").id for _ in range(2))
    assert first == second
    assert events(id_) == [("marked", "seen")]


def test_a_form_that_wrote_something_else_marks_nobody_seen(cast):
    write(cast, request_key="one-form")
    id_ = planned(cast)
    write(cast, appointment_id=id_, request_key="one-form")
    assert appointment(id_).attendance is Attendance.EXPECTED


def test_two_phones_that_tell_of_one_appointment_write_one_record(app, cast):
    for round_ in range(5):
        id_ = planned(cast, TEN - timedelta(days=1 + round_))
        acts = [lambda i=id_, k=key: write(cast, appointment_id=i, request_key=k) for key in (f"a{id_}", f"b{id_}")]
        raised = [error for error in together(app, acts) if error]
        assert [type(error) for error in raised] == [AlreadyRecorded]
        assert count() == round_ + 1


@pytest.mark.parametrize(
    ("more", "refusal"),
    [({"themes": frozenset()}, NoTheme), ({"note": "sécu 2 84 05 75 116 001 58"}, SocialSecurityNumber)],
)
def test_a_refused_record_leaves_nothing_behind(cast, more, refusal):
    id_ = planned(cast)
    with pytest.raises(refusal):
        write(cast, appointment_id=id_, **more)
    assert count() == 0
    assert events(id_) == []


def test_what_was_seen_waits_until_it_is_written(cast):
    seen = planned(cast, TEN - minutes(120), attendance=Attendance.SEEN)
    planned(cast, TEN - minutes(60), attendance=Attendance.NOSHOW, code="NOSHO1")
    assert [one.id for one in unwritten(cast.mediator.id, TEN)] == [seen]
    write(cast, appointment_id=seen)
    assert unwritten(cast.mediator.id, TEN) == []
