"""A move is told once; what waited about the old time never leaves."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from icalendar import Calendar

from foundation import clock
from foundation.db import in_transaction, transaction
from foundation.outbox.models import MessageState
from foundation.outbox.sms import counted
from mediation.models import EventKind, Origin
from mediation.service import booking as verbs
from mediation.service import notices
from tests.cast import NOW
from tests.mediation.appointments import change, make_appointment, messages
from tests.mediation.booking_wishes import booked, local

AT = datetime(2026, 3, 17, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=7)


@pytest.fixture(autouse=True)
def _stopped_clock():
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        yield


def _move(appointment, to):
    with transaction():
        was = appointment.starts_at
        change(appointment, EventKind.MOVED, starts_at=to, ends_at=to + timedelta(hours=1))
        notices.tell_moved(appointment, was)


def _waiting():
    return [one for one in messages() if one.state is MessageState.QUEUED]


def test_the_new_time_and_the_old_one_are_told(cast):
    appointment = make_appointment(cast, AT, person="neighbour", locale="fr")
    _move(appointment, LATER)
    message = messages()[0]
    assert "mardi 24 mars à 10" in message.subject
    assert "Le rendez-vous du mardi 17 mars" in message.body
    event = Calendar.from_ical(message.calendar).walk("VEVENT")[0]
    assert event["SEQUENCE"] == 1
    assert event.decoded("DTSTART") == LATER


def test_a_confirmation_that_still_waits_is_replaced(cast):
    appointment = make_appointment(cast, AT)
    with transaction():
        notices.tell_booked(appointment)
    _move(appointment, LATER)
    assert len(_waiting()) == 1
    assert "24 mars" in _waiting()[0].body


def test_the_old_reminder_is_withdrawn_and_a_new_one_follows(cast):
    appointment = make_appointment(cast, AT)
    with time_machine.travel(AT - timedelta(days=2), tick=False), transaction():
        assert notices.queue_reminders(clock.now()) == 1
        was = appointment.starts_at
        change(appointment, EventKind.MOVED, starts_at=LATER, ends_at=LATER + timedelta(hours=1))
        notices.tell_moved(appointment, was)
        assert notices.queue_reminders(clock.now()) == 0
    with time_machine.travel(LATER - timedelta(days=2), tick=False), transaction():
        assert notices.queue_reminders(clock.now()) == 1
    states = {one.key.split(":", 2)[2]: one.state for one in messages()}
    assert states["reminder:20260317T0900"] is MessageState.WITHDRAWN
    assert states["reminder:20260324T0900"] is MessageState.QUEUED


def test_there_and_back_again_is_told_each_time_and_reminded_once(cast):
    appointment = make_appointment(cast, AT)
    _move(appointment, LATER)
    _move(appointment, AT)
    _move(appointment, LATER)
    assert len(messages()) == 3
    assert [one.state for one in messages()] == [MessageState.WITHDRAWN, MessageState.WITHDRAWN, MessageState.QUEUED]


@pytest.fixture
def handed_over(cast):
    """Who was told as booked, and then given to a colleague at the same time."""

    def act(person: str, **more):
        with transaction():
            cast.other_shift.venue_id, cast.other_shift.opening.starts = cast.library.id, time(9)
        wish = {"service_id": cast.ids["first_steps"], "starts_at": local(9), "mediator_id": cast.ids["mediator"]}
        booking = booked(cast, origin=Origin.DESK, newcomer=None, person_id=cast.ids[person], **wish, **more)
        colleague, actor = cast.ids["other_mediator"], cast.ids["manager"]
        in_transaction(lambda: verbs.move(booking.id, local(9), now=clock.now(), actor_id=actor, mediator_id=colleague))
        return _waiting()

    return act


def test_who_will_be_there_instead_at_the_same_time_is_told_in_the_place_of_the_confirmation(handed_over):
    (message,) = handed_over("resident")
    assert message.body.startswith("RDV jeu. 12 mars à 9h00, Médiathèque du Port")
    assert "Yann Kerdoncuff vous recevra" in message.body
    assert counted(message.body).segments == 1


def test_an_e_mail_says_that_nothing_else_changes(handed_over):
    (message,) = handed_over("neighbour")
    assert "reste à la même heure et au même endroit. Yann Kerdoncuff vous recevra." in message.body
    assert "Salima Benali" not in message.body + message.subject
    assert Calendar.from_ical(message.calendar).walk("VEVENT")[0]["SEQUENCE"] == 1


def test_by_text_message_in_arabic_it_fits_in_two(handed_over):
    (message,) = handed_over("resident", locale="ar")
    assert counted(message.body).segments <= 2
