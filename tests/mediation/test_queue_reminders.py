"""Two days before, once, by day, and only to whoever booked before that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import time_machine

from foundation import clock
from foundation.db import db, transaction
from foundation.outbox.models import Message, MessageState
from mediation.models import Attendance
from mediation.service import notices
from people.models import ContactMeans
from tests.cast import NOW
from tests.mediation.appointments import make_appointment, messages

AT = datetime(2026, 3, 17, 9, 0, tzinfo=UTC)
BOOKED = NOW - timedelta(days=3)


def _remind(at: datetime) -> int:
    with time_machine.travel(at, tick=False), transaction():
        return notices.queue_reminders(clock.now())


def test_it_is_queued_two_days_before_not_earlier_and_once(cast):
    make_appointment(cast, AT, created_at=BOOKED)
    assert _remind(AT - timedelta(days=2, minutes=1)) == 0
    assert _remind(AT - timedelta(days=2)) == 1
    assert _remind(AT - timedelta(days=2) + timedelta(minutes=15)) == 0
    message = messages()[0]
    assert message.body.startswith("Rappel : RDV mar. 17 mars à 10h00, Médiathèque du Port")
    assert message.expires_at == AT


def test_after_a_day_without_the_jobs_process_it_is_sent_late_rather_than_not(cast):
    make_appointment(cast, AT, created_at=BOOKED)
    assert _remind(AT - timedelta(hours=20)) == 1


def test_an_hour_before_it_helps_nobody_any_more(cast):
    make_appointment(cast, AT, created_at=BOOKED)
    assert _remind(AT - timedelta(hours=1)) == 0


def test_returning_in_the_night_it_leaves_in_the_morning(cast):
    appointment = make_appointment(cast, AT + timedelta(hours=5), created_at=BOOKED)
    assert _remind(appointment.starts_at - timedelta(hours=13)) == 1
    assert messages()[0].not_before == datetime(2026, 3, 17, 7, 0, tzinfo=UTC)


def test_whoever_booked_less_than_two_days_ahead_is_not_reminded(cast):
    make_appointment(cast, AT, created_at=AT - timedelta(hours=47))
    assert _remind(AT - timedelta(hours=40)) == 0


def test_only_expected_appointments_of_people_reached_by_messages(cast):
    make_appointment(cast, AT, created_at=BOOKED, attendance=Attendance.REVOKED)
    with transaction():
        cast.neighbour.contact_means = ContactMeans.PHONE_CALL
    make_appointment(cast, AT + timedelta(minutes=1), created_at=BOOKED, person="neighbour")
    assert _remind(AT - timedelta(days=1)) == 0


def test_a_withdrawn_reminder_comes_back_when_the_appointment_does(cast):
    make_appointment(cast, AT, created_at=BOOKED)
    _remind(AT - timedelta(days=2))
    with transaction():
        db.session.query(Message).update({Message.state: MessageState.WITHDRAWN})
    assert _remind(AT - timedelta(days=1)) == 1
    assert [one.state for one in messages()] == [MessageState.QUEUED]


def test_a_great_number_is_queued_in_batches(cast, monkeypatch):
    monkeypatch.setattr(notices, "BATCH", 2)
    for minute in range(3):
        make_appointment(cast, AT + timedelta(minutes=minute), created_at=BOOKED)
    assert _remind(AT - timedelta(days=1)) == 2
    assert _remind(AT - timedelta(days=1)) == 1
    assert _remind(AT - timedelta(days=1)) == 0
