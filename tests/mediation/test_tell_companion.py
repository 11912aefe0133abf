"""Who can not be reached is told through somebody who acts for them and has a mobile phone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from foundation import clock
from foundation.db import transaction
from foundation.outbox.models import Channel
from foundation.outbox.sms import counted
from mediation.service import notices
from people import service as people
from people.models import ContactMeans, Relation
from tests.cast import NOW
from tests.mediation.appointments import cancelled, make_appointment, messages

AT = datetime(2026, 3, 17, 9, 0, tzinfo=UTC)
LEA, LANDLINE = "+33639980055", "+33298000001"
LATER = NOW + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _stopped_clock():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def unreachable(cast):
    """Jeanne has neither telephone nor e-mail; her daughter Léa acts for her."""
    with transaction():
        cast.resident.phone, cast.resident.contact_means = None, ContactMeans.NONE
        people.add_companion(cast.resident.id, "Club", LANDLINE, Relation.OTHER, None)
        people.add_companion(cast.resident.id, "Léa", LEA, Relation.CHILD, None)
    return cast


def _tell(appointment):
    with transaction():
        notices.tell_booked(appointment)


@pytest.mark.parametrize("locale", ["fr", "ar"])
def test_the_confirmation_goes_to_the_companion_and_says_for_whom(unreachable, locale):
    _tell(make_appointment(unreachable, AT, locale=locale))
    (message,) = messages()
    assert (message.channel, message.recipient) == (Channel.SMS, LEA)
    assert message.body.startswith("Pour Jeanne : RDV confirm" if locale == "fr" else "إلى Jeanne:")
    assert counted(message.body).segments <= (1 if locale == "fr" else 2)


def test_so_do_the_reminder_and_the_cancellation(unreachable):
    appointment = make_appointment(unreachable, AT, created_at=NOW)
    with time_machine.travel(AT - timedelta(days=2), tick=False), transaction():
        assert notices.queue_reminders(clock.now()) == 1
        assert notices.queue_reminders(clock.now()) == 0
    with transaction():
        cancelled(appointment)
        notices.tell_cancelled(appointment)
    assert [one.recipient for one in messages()] == [LEA, LEA]
    assert "Rappel" in messages()[0].body
    assert "Pour Jeanne" in messages()[1].body


def test_who_is_reached_is_told_themselves(unreachable):
    with transaction():
        unreachable.resident.email, unreachable.resident.contact_means = "jeanne@example.org", ContactMeans.EMAIL
    _tell(make_appointment(unreachable, AT))
    assert messages()[0].recipient == "jeanne@example.org"


def test_who_chose_to_be_told_nothing_is_not_told_through_others(unreachable):
    with transaction():
        unreachable.resident.phone = "+33639980021"
    _tell(make_appointment(unreachable, AT))
    assert messages() == []
