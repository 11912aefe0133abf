"""The last guard before a message leaves: what was written while its appointment changed is not sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from foundation import clock
from foundation.db import db, transaction
from foundation.outbox.models import MessageState
from foundation.outbox.sending import Tally, send_due
from mediation.models import Appointment, Attendance, EventKind
from mediation.service import notices
from people import service as people
from tests.cast import NOW
from tests.foundation.test_send_messages import Fake
from tests.mediation.appointments import cancelled, change, make_appointment, messages

AT = datetime(2026, 3, 17, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def stopped():
    with time_machine.travel(AT - timedelta(days=2), tick=False) as traveller:
        yield traveller


@pytest.fixture
def reminded(cast):
    """An appointment whose reminder waits, as a job wrote it a moment before the change below was committed."""
    appointment = make_appointment(cast, AT, person="neighbour", created_at=NOW)
    with transaction():
        assert notices.queue_reminders(clock.now()) == 1
    return appointment.id


def _appointment(appointment_id):
    return db.session.get_one(Appointment, appointment_id)


@pytest.mark.parametrize("attendance", [one for one in Attendance if one is not Attendance.EXPECTED])
def test_nobody_is_reminded_of_what_is_cancelled_or_over(reminded, attendance):
    with transaction():
        cancelled(_appointment(reminded), attendance)
    assert send_due([Fake()]) == Tally(dropped=1)
    assert messages()[0].state is MessageState.WITHDRAWN


def test_nobody_is_reminded_of_the_time_before_a_move(reminded):
    later = {"starts_at": AT + timedelta(hours=2), "ends_at": AT + timedelta(hours=3)}
    with transaction():
        change(_appointment(reminded), EventKind.MOVED, **later)
    assert send_due([Fake()]) == Tally(dropped=1)


def test_nobody_is_told_of_a_cancellation_that_was_taken_back(cast):
    appointment = make_appointment(cast, AT, person="neighbour")
    with transaction():
        cancelled(appointment)
        notices.tell_cancelled(appointment)
    with transaction():
        change(_appointment(appointment.id), EventKind.REOPENED, attendance=Attendance.EXPECTED)
    assert send_due([Fake()]) == Tally(dropped=1)


def test_a_reminder_that_is_still_true_leaves(reminded):
    assert send_due([Fake()]) == Tally(sent=1)


def test_a_reminder_that_could_not_leave_before_the_start_never_does(reminded, stopped):
    stopped.move_to(AT)
    assert send_due([Fake()]) == Tally(failed=1)


def test_whoever_is_forgotten_is_forgotten_in_the_messages(cast, reminded):
    with transaction():
        people.erase(cast.ids["neighbour"], None)
    assert messages() == []
