"""A booking is confirmed once, by the means the person chose, in their language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from icalendar import Calendar

from activity.models import Channel as Place
from foundation.codes import spoken
from foundation.db import transaction
from foundation.outbox.models import Channel
from foundation.outbox.sms import counted
from mediation.models import Attendance
from mediation.service import notices
from people.models import ContactMeans
from tests.cast import NOW
from tests.mediation.appointments import make_appointment, messages

AT = datetime(2026, 3, 17, 9, 0, tzinfo=UTC)
EVENING = datetime(2026, 3, 10, 20, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _stopped_clock():
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        yield


def _tell(appointment):
    with transaction():
        notices.tell_booked(appointment)


def _reached(cast, **columns):
    with transaction():
        for name, value in columns.items():
            setattr(cast.resident, name, value)


def test_a_text_message_says_when_where_and_how_to_change_and_fits_in_one(cast):
    _tell(make_appointment(cast, AT))
    message = messages()[0]
    assert message.channel is Channel.SMS
    assert message.recipient == "+33639980021"
    assert message.body.startswith("RDV confirmé mar. 17 mars à 10h00, Médiathèque du Port, 2 quai des Lampes.")
    assert "http://parvis.test/r/" in message.body
    assert counted(message.body).segments == 1
    assert not counted(message.body).unicode


def test_an_e_mail_carries_the_calendar_file(cast):
    appointment = make_appointment(cast, AT, person="neighbour", locale="fr")
    _tell(appointment)
    message = messages()[0]
    assert message.subject == "Votre rendez-vous du mardi 17 mars à 10\u202fh\u202f00"
    for needed in (
        "Bonjour Farid",
        "Premiers pas",
        "Salima Benali",
        spoken(appointment.code),
        "Votre ordinateur",
        "/r/",
    ):
        assert needed in message.body
    event = Calendar.from_ical(message.calendar).walk("VEVENT")[0]
    assert event["UID"] == f"appointment-{appointment.id}@parvis.test"
    assert event.decoded("DTSTART") == AT
    assert event["SEQUENCE"] == 0


def test_it_is_written_in_the_language_of_the_appointment(cast):
    _tell(make_appointment(cast, AT, person="neighbour", locale="ar"))
    assert "تم تأكيد موعدكم" in messages()[0].body
    assert "خطواتي الأولى مع الحاسوب" in messages()[0].body


def test_arabic_by_text_message_fits_in_two(cast):
    _tell(make_appointment(cast, AT, locale="ar"))
    assert counted(messages()[0].body).segments <= 2


def test_telling_twice_writes_one_message(cast):
    appointment = make_appointment(cast, AT)
    _tell(appointment)
    _tell(appointment)
    assert len([one for one in messages() if one.state == "queued"]) == 1


@pytest.mark.parametrize("means", [ContactMeans.NONE, ContactMeans.PHONE_CALL])
def test_who_is_called_or_wants_nothing_is_sent_nothing(cast, means):
    _reached(cast, contact_means=means)
    _tell(make_appointment(cast, AT))
    assert messages() == []


def test_a_text_message_in_the_evening_waits_for_the_morning(cast):
    with time_machine.travel(EVENING, tick=False):
        _tell(make_appointment(cast, AT))
    assert messages()[0].not_before == datetime(2026, 3, 11, 7, 0, tzinfo=UTC)


def test_an_e_mail_in_the_evening_leaves_at_once(cast):
    with time_machine.travel(EVENING, tick=False):
        _tell(make_appointment(cast, AT, person="neighbour"))
    assert messages()[0].not_before == EVENING


def test_an_appointment_by_telephone_says_so(cast):
    _tell(make_appointment(cast, AT, channel=Place.PHONE, venue_id=None))
    assert "par téléphone, nous vous appelons" in messages()[0].body


def test_what_is_past_or_no_longer_expected_is_not_confirmed(cast):
    _tell(make_appointment(cast, NOW))
    _tell(make_appointment(cast, AT, attendance=Attendance.NOSHOW))
    assert messages() == []


def test_only_the_managers_of_its_structure_may_read_it(cast):
    _tell(make_appointment(cast, AT, structure_id=cast.ids["town"]))
    assert messages()[0].structure_id == cast.ids["town"]
