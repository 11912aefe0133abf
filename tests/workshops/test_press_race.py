"""Two devices press at the same moment: one press stands, and the other is told."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import select

from activity.models import ActivityRecord
from foundation.db import db
from tests.moments import together
from tests.workshops.days import closed, counted, expected, led, marks, pressed
from tests.workshops.enrolments import only
from tests.workshops.given import count
from workshops.models import HeadCount, Presence, PressReceipt

pytestmark = pytest.mark.usefixtures("stopped_clock")
ROUNDS, DEVICES = 3, 6


def outcomes():
    db.session.rollback()
    return Counter(one.value for one in db.session.scalars(select(PressReceipt.outcome)))


def test_of_devices_that_press_something_else_one_wins_each_time(app, cast):
    session_id, people = expected(cast, ROUNDS)
    values = list(Presence)
    for participant_id in people:
        acts = [
            lambda number=number, id_=participant_id: pressed(cast, session_id, id_, values[number % 3])
            for number in range(DEVICES)
        ]
        assert together(app, acts) == [None] * DEVICES
    assert [version for _value, version in marks(session_id).values()] == [1] * ROUNDS
    same = DEVICES // 3
    assert outcomes() == {"applied": ROUNDS * same, "conflict": ROUNDS * (DEVICES - same)}


def test_one_press_sent_many_times_at_once_is_applied_once(app, cast):
    session_id, people = expected(cast, ROUNDS)
    for participant_id in people:
        acts = [lambda id_=participant_id: pressed(cast, session_id, id_, key=f"same-{id_}")] * DEVICES
        assert together(app, acts) == [None] * DEVICES
    assert [version for _value, version in marks(session_id).values()] == [1] * ROUNDS
    assert outcomes() == {"applied": ROUNDS}


def test_one_record_is_written_and_no_press_slips_in_after_it(app, cast):
    session_id, people = expected(cast, 4)
    pressed(cast, session_id, people[0])
    acts = [lambda: closed(cast, session_id)] * 2
    acts += [lambda id_=id_: pressed(cast, session_id, id_) for id_ in people[1:]]
    raised = [type(one).__name__ for one in together(app, acts) if one]
    assert set(raised) <= {"AlreadyRecorded", "RecordWritten"}
    record = db.session.scalars(select(ActivityRecord)).one()
    present = [value for value, _version in marks(session_id).values()].count("present")
    assert len(record.participants) == present


def test_of_two_first_counts_one_stands(app, cast):
    session_id = only(led(cast))
    acts = [lambda number=number: counted(cast, session_id, number, seen=0) for number in (5, 6)]
    raised = [type(one).__name__ for one in together(app, acts) if one]
    assert (raised, count(HeadCount)) == (["CountedMeanwhile"], 1)
