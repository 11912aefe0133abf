"""The mail server is away: bookings go on; what is still true leaves when it is back, once each."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from icalendar import Calendar

from activity.models import Channel
from foundation import clock
from foundation.db import in_transaction
from foundation.outbox.mail import Mailer
from foundation.outbox.models import MessageState
from foundation.outbox.sending import Tally, send_due
from mediation.models import Origin
from mediation.rules.booking import Booking
from mediation.service import booking
from people.models import ContactMeans
from tests.cast import NOW
from tests.foundation.post import free_port, mail_server
from tests.mediation.appointments import messages

FIRST = datetime(2026, 3, 17, 8, 0, tzinfo=UTC)
SENDER = "rdv@rives.example"


def _book(cast, number):
    wanted = Booking(
        service_id=cast.ids["paperwork"],
        starts_at=FIRST + timedelta(minutes=30 * number),
        channel=Channel.VENUE,
        origin=Origin.RESIDENT,
        venue_id=cast.ids["library"],
        person_id=cast.ids["neighbour"],
    )
    return in_transaction(lambda: booking.book(wanted, now=clock.now())).id


def _cancel(appointment_id):
    in_transaction(lambda: booking.cancel(appointment_id, now=clock.now(), by_resident=True))


@pytest.fixture
def port():
    return free_port()


def test_bookings_go_on_and_each_message_leaves_once(cast, port):
    with time_machine.travel(NOW + timedelta(hours=2), tick=False) as traveller:
        away = Mailer(f"smtp://127.0.0.1:{port}", SENDER)
        kept, gone = _book(cast, 0), _book(cast, 1)
        assert send_due([away]) == Tally(put_off=1)
        moved = _book(cast, 2)
        assert send_due([away]) == Tally(put_off=1)
        _cancel(gone)
        in_transaction(lambda: booking.move(moved, FIRST + timedelta(hours=3), now=clock.now()))
        traveller.shift(timedelta(hours=1))
        with mail_server(port) as (inbox, url):
            assert send_due([Mailer(url, SENDER)]) == Tally(sent=3)
            assert send_due([Mailer(url, SENDER)]) == Tally()
    assert Counter(_method(letter) for letter in inbox.letters) == {"PUBLISH": 2, "CANCEL": 1}
    states = Counter((one.reference, one.key.split(":")[2], one.state) for one in messages())
    assert states == {
        (f"appointment:{kept}", "booked", MessageState.SENT): 1,
        (f"appointment:{gone}", "booked", MessageState.WITHDRAWN): 1,
        (f"appointment:{gone}", "cancelled", MessageState.SENT): 1,
        (f"appointment:{moved}", "booked", MessageState.WITHDRAWN): 1,
        (f"appointment:{moved}", "moved", MessageState.SENT): 1,
    }


def _method(letter):
    (attached,) = letter.iter_attachments()
    return str(Calendar.from_ical(attached.get_content())["METHOD"])


def test_who_has_no_address_is_booked_all_the_same(cast):
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        in_transaction(lambda: setattr(cast.neighbour, "contact_means", ContactMeans.NONE))
        _book(cast, 0)
    assert messages() == []
