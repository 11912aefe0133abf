"""Marking an appointment: what is written, what is freed, what is refused, and that the last word counts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.audit import history
from foundation.db import db, in_transaction
from foundation.outbox.models import Message
from mediation.models import Attendance
from mediation.rules.attendance import (
    AlreadyMarked,
    AlreadyTold,
    CancelledByTheService,
    NotYetTime,
    TimeTaken,
    TooEarly,
)
from mediation.rules.booking import NoSuchAppointment
from mediation.service import attendance, records
from tests.mediation.days import TEN, appointment, at, draft, events, holds, minutes, planned, together


@pytest.fixture(autouse=True)
def _ten_o_clock(cast):
    with at(TEN):
        yield


def mark(cast, id_, wanted, *, now=TEN, who="mediator"):
    return in_transaction(lambda: attendance.mark(id_, wanted, now=now, actor=getattr(cast, who)))


def arrive(cast, id_, *, now=TEN, who="mediator"):
    return in_transaction(lambda: attendance.arrive(id_, now=now, actor=getattr(cast, who)))


def test_an_arrival_is_noted_once_with_its_instant(cast):
    id_ = planned(cast)
    arrive(cast, id_, now=TEN - minutes(5))
    arrive(cast, id_, now=TEN)
    assert appointment(id_).arrived_at == TEN - minutes(5)
    assert appointment(id_).attendance is Attendance.EXPECTED
    assert events(id_) == [("arrived", None)]


def test_nobody_arrives_on_another_day(cast):
    id_ = planned(cast, TEN + timedelta(days=1))
    with pytest.raises(TooEarly):
        arrive(cast, id_)
    assert appointment(id_).arrived_at is None


def test_an_arrival_is_taken_back(cast):
    id_ = planned(cast)
    arrive(cast, id_)
    mark(cast, id_, Attendance.EXPECTED)
    assert appointment(id_).arrived_at is None
    assert events(id_) == [("arrived", None), ("reopened", "expected")]


def test_nobody_arrives_at_what_was_marked(cast):
    id_ = planned(cast)
    mark(cast, id_, Attendance.NOSHOW)
    with pytest.raises(AlreadyMarked):
        arrive(cast, id_)


@pytest.mark.parametrize("wanted", [Attendance.SEEN, Attendance.NOSHOW])
def test_a_mark_keeps_the_time_and_is_audited(cast, wanted):
    id_ = planned(cast)
    mark(cast, id_, wanted)
    assert appointment(id_).attendance is wanted
    assert [reference for reference, _start, _end in holds()] == [f"appointment:{id_}"]
    assert history(f"appointment:{id_}")[0].details == {"was": "expected", "now": wanted.value}


def test_pressing_twice_marks_once(cast):
    id_ = planned(cast)
    mark(cast, id_, Attendance.SEEN)
    mark(cast, id_, Attendance.SEEN)
    assert events(id_) == [("marked", "seen")]


def test_a_no_show_who_comes_late_is_seen_after_all(cast):
    id_ = planned(cast)
    mark(cast, id_, Attendance.NOSHOW, now=TEN + minutes(15))
    mark(cast, id_, Attendance.SEEN, now=TEN + minutes(20))
    assert appointment(id_).attendance is Attendance.SEEN
    assert events(id_) == [("marked", "noshow"), ("marked", "seen")]


def test_a_no_show_is_never_told_that_it_was_cancelled(cast):
    id_ = planned(cast)
    mark(cast, id_, Attendance.NOSHOW)
    assert db.session.query(Message).count() == 0


def test_an_excuse_frees_the_time_and_is_confirmed(cast):
    id_ = planned(cast, TEN + timedelta(days=1))
    mark(cast, id_, Attendance.EXCUSED)
    assert holds() == []
    assert [message.key.split(":")[2] for message in db.session.query(Message)] == ["cancelled"]


def test_an_excuse_heard_afterwards_is_confirmed_to_nobody(cast):
    id_ = planned(cast)
    mark(cast, id_, Attendance.EXCUSED, now=TEN + minutes(30))
    assert holds() == []
    assert db.session.query(Message).count() == 0


def test_an_excuse_taken_back_takes_its_time_again(cast):
    id_ = planned(cast, TEN + timedelta(days=1))
    before = holds()
    mark(cast, id_, Attendance.EXCUSED)
    mark(cast, id_, Attendance.EXPECTED)
    assert holds() == before
    assert events(id_) == [("marked", "excused"), ("reopened", "expected")]


def test_an_excuse_taken_back_too_late_says_what_is_there_now(cast):
    id_ = planned(cast)
    mark(cast, id_, Attendance.EXCUSED)
    planned(cast, TEN + minutes(15), service_label="Une démarche en ligne", code="OTHER1")
    with pytest.raises(TimeTaken) as refused:
        mark(cast, id_, Attendance.SEEN)
    assert "Une démarche en ligne" in str(refused.value)
    assert appointment(id_).attendance is Attendance.EXCUSED
    assert len(holds()) == 1


@pytest.mark.parametrize(
    ("wanted", "early", "refusal"),
    [
        (Attendance.SEEN, minutes(31), TooEarly),
        (Attendance.NOSHOW, minutes(1), NotYetTime),
    ],
)
def test_a_mark_before_its_time_is_refused(cast, wanted, early, refusal):
    id_ = planned(cast)
    with pytest.raises(refusal):
        mark(cast, id_, wanted, now=TEN - early)
    assert events(id_) == []


@pytest.mark.parametrize("wanted", [Attendance.SEEN, Attendance.NOSHOW, Attendance.EXCUSED, Attendance.EXPECTED])
def test_what_the_service_cancelled_stays_cancelled(cast, wanted):
    id_ = planned(cast, attendance=Attendance.REVOKED)
    with pytest.raises(CancelledByTheService):
        mark(cast, id_, wanted)
    assert holds() == []


def test_what_a_record_tells_of_stays_seen(cast):
    id_ = planned(cast, TEN - minutes(60))
    in_transaction(lambda: records.write(draft(cast, appointment_id=id_), now=TEN, actor=cast.mediator))
    with pytest.raises(AlreadyTold):
        mark(cast, id_, Attendance.NOSHOW)
    assert appointment(id_).attendance is Attendance.SEEN


@pytest.mark.parametrize("who", ["other_mediator", "prescriber", "host", "administrator"])
def test_somebody_elses_appointment_does_not_exist(cast, who):
    id_ = planned(cast)
    with pytest.raises(NoSuchAppointment):
        mark(cast, id_, Attendance.SEEN, who=who)
    with pytest.raises(NoSuchAppointment):
        arrive(cast, id_, who=who)
    assert events(id_) == []


def test_a_manager_marks_for_the_mediator(cast):
    id_ = planned(cast)
    mark(cast, id_, Attendance.SEEN, who="manager")
    assert appointment(id_).attendance is Attendance.SEEN


def test_an_unknown_appointment_does_not_exist(cast):
    with pytest.raises(NoSuchAppointment):
        mark(cast, 987654, Attendance.SEEN)


def test_two_phones_that_press_differently_leave_one_state_and_both_words(app, cast):
    for round_ in range(5):
        id_ = planned(cast, TEN - timedelta(days=1 + round_))
        acts = [lambda w=w, i=id_: mark(cast, i, w) for w in (Attendance.SEEN, Attendance.NOSHOW)]
        assert together(app, acts) == [None, None]
        said = events(id_)
        assert sorted(said) == [("marked", "noshow"), ("marked", "seen")]
        assert appointment(id_).attendance.value == said[-1][1]


def test_two_phones_that_press_the_same_mark_once(app, cast):
    for round_ in range(5):
        id_ = planned(cast, TEN - timedelta(days=1 + round_))
        assert together(app, [lambda i=id_: mark(cast, i, Attendance.SEEN) for _ in range(3)]) == [None] * 3
        assert events(id_) == [("marked", "seen")]
