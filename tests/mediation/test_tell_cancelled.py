"""A cancellation is told by whose decision it was; a no-show is never told that it was cancelled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from icalendar import Calendar

from foundation import clock
from foundation.db import transaction
from foundation.outbox.models import MessageState
from mediation.models import Attendance
from mediation.service import notices
from tests.cast import NOW
from tests.mediation.appointments import cancelled, make_appointment, messages

AT = datetime(2026, 3, 17, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _stopped_clock():
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        yield


def _cancel(appointment, attendance=Attendance.REVOKED):
    with transaction():
        cancelled(appointment, attendance)
        notices.tell_cancelled(appointment)


def _waiting():
    return [one for one in messages() if one.state is MessageState.QUEUED]


def test_the_service_says_sorry_and_how_to_book_again(cast):
    _cancel(make_appointment(cast, AT))
    assert messages()[0].body.startswith("Nous devons annuler le RDV du mar. 17 mars à 10h00.")
    assert "06 39 98 00 01" in messages()[0].body


def test_the_resident_gets_a_confirmation_of_their_own_cancellation(cast):
    _cancel(make_appointment(cast, AT), Attendance.EXCUSED)
    assert messages()[0].body.startswith("Vous avez annulé le RDV du mar. 17 mars")


def test_the_calendar_takes_the_event_out(cast):
    appointment = make_appointment(cast, AT, person="neighbour")
    _cancel(appointment)
    calendar = Calendar.from_ical(messages()[0].calendar)
    event = calendar.walk("VEVENT")[0]
    assert calendar["METHOD"] == "CANCEL"
    assert event["STATUS"] == "CANCELLED"
    assert event["SEQUENCE"] == 1
    assert event["UID"] == f"appointment-{appointment.id}@parvis.test"


def test_a_waiting_reminder_never_leaves(cast):
    appointment = make_appointment(cast, AT)
    with time_machine.travel(AT - timedelta(days=2), tick=False):
        with transaction():
            notices.queue_reminders(clock.now())
        _cancel(appointment)
        with transaction():
            assert notices.queue_reminders(clock.now()) == 0
    assert [one.key.split(":")[2] for one in _waiting()] == ["cancelled"]


@pytest.mark.parametrize("attendance", [Attendance.NOSHOW, Attendance.SEEN, Attendance.EXPECTED])
def test_only_what_is_cancelled_is_called_cancelled(cast, attendance):
    _cancel(make_appointment(cast, AT), attendance)
    assert messages() == []


def test_nothing_is_said_of_an_appointment_that_has_begun(cast):
    _cancel(make_appointment(cast, clock.now() - timedelta(minutes=5)))
    assert messages() == []
