"""What waits is sent once, tried again for a day when it can not be, and dropped when it is no longer true."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from foundation import clock
from foundation.outbox import service
from foundation.outbox.delivery import Deferred, Rejected, Unreachable
from foundation.outbox.models import Channel, MessageState
from foundation.outbox.sending import BATCH, Tally, carriers, recover_interrupted, send_due
from foundation.outbox.words import TOO_LATE
from tests.foundation.post import claimed, queue_message, read

NOON = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
NIGHT = datetime(2026, 3, 10, 22, 0, tzinfo=UTC)


class Fake:
    """A way of sending that keeps what it was given, or fails as it is told to."""

    def __init__(self, channel=Channel.EMAIL):
        self.channel = channel
        self.sent = []
        self.failure = None

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        return None

    def deliver(self, parcel):
        if self.failure:
            raise self.failure
        self.sent.append(parcel)


@pytest.fixture(autouse=True)
def stopped():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def mail():
    return Fake()


def test_a_message_is_sent_and_not_again(app, mail):
    message_id = queue_message()
    assert send_due([mail]) == Tally(sent=1)
    assert send_due([mail]) == Tally()
    assert [one.recipient for one in mail.sent] == ["one@example.org"]
    assert read(message_id).state is MessageState.SENT
    assert read(message_id).sent_at == NOON


def test_it_waits_for_its_time(app, mail, stopped):
    queue_message(not_before=NOON + timedelta(hours=1))
    assert send_due([mail]) == Tally()
    stopped.move_to(NOON + timedelta(hours=1))
    assert send_due([mail]) == Tally(sent=1)


def test_with_nothing_configured_nothing_leaves(app):
    message_id = queue_message()
    assert carriers() == []
    assert send_due() == Tally()
    assert read(message_id).state is MessageState.QUEUED
    assert read(message_id).attempts == 0


def test_a_channel_that_is_not_configured_waits_alone(app, mail):
    text = queue_message("text", channel=Channel.SMS)
    queue_message("mail")
    assert send_due([mail]) == Tally(sent=1)
    assert read(text).state is MessageState.QUEUED


def test_no_text_message_leaves_at_night_even_when_it_was_due_by_day(app, stopped):
    texts = Fake(Channel.SMS)
    queue_message(channel=Channel.SMS)
    stopped.move_to(NIGHT)
    assert send_due([texts]) == Tally()
    stopped.move_to(datetime(2026, 3, 11, 7, 0, tzinfo=UTC))
    assert send_due([texts]) == Tally(sent=1)


def test_what_the_server_refuses_for_good_fails_at_once(app, mail):
    message_id = queue_message()
    mail.failure = Rejected("SMTP 550")
    assert send_due([mail]) == Tally(failed=1)
    assert read(message_id).state is MessageState.FAILED
    assert read(message_id).last_error == "SMTP 550"


def test_what_is_put_off_is_tried_later_and_others_pass(app, mail, stopped):
    first = queue_message("first")
    mail.failure = Deferred("SMTP 451")
    assert send_due([mail]) == Tally(put_off=1)
    assert read(first).state is MessageState.QUEUED
    assert read(first).not_before == NOON + timedelta(minutes=1)
    mail.failure = None
    queue_message("second")
    assert send_due([mail]) == Tally(sent=1)
    stopped.move_to(NOON + timedelta(minutes=1))
    assert send_due([mail]) == Tally(sent=1)
    assert read(first).last_error is None


def test_a_dead_server_costs_one_attempt_not_one_for_each_message(app, mail):
    ids = [queue_message(f"m{number}") for number in range(5)]
    mail.failure = Unreachable("no answer")
    assert send_due([mail]) == Tally(put_off=1)
    assert sorted(read(one).attempts for one in ids) == [0, 0, 0, 0, 1]


def test_after_a_day_of_tries_it_fails_and_is_shown(app, mail, stopped):
    message_id = queue_message()
    mail.failure = Unreachable("no answer")
    tries = 0
    while read(message_id).state is MessageState.QUEUED:
        stopped.move_to(read(message_id).not_before)
        send_due([mail])
        tries += 1
    assert read(message_id).state is MessageState.FAILED
    assert timedelta(hours=23) < clock.now() - NOON <= timedelta(days=1)
    assert tries == read(message_id).attempts


def test_a_text_message_put_off_in_the_evening_waits_for_the_morning(app, stopped):
    texts = Fake(Channel.SMS)
    texts.failure = Deferred("HTTP 503")
    message_id = queue_message(channel=Channel.SMS)
    stopped.move_to(datetime(2026, 3, 10, 18, 59, 30, tzinfo=UTC))
    send_due([texts])
    assert read(message_id).not_before == datetime(2026, 3, 11, 7, 0, tzinfo=UTC)


def test_what_comes_too_late_is_not_sent_and_staff_see_it(app, mail, stopped):
    message_id = queue_message(expires_at=NOON + timedelta(hours=1))
    stopped.move_to(NOON + timedelta(hours=1))
    assert send_due([mail]) == Tally(failed=1)
    assert mail.sent == []
    assert read(message_id).last_error == TOO_LATE


def test_what_is_no_longer_true_is_dropped(app, mail, monkeypatch):
    monkeypatch.setattr(service, "_askers", {"note": lambda _reference, key: key != "gone"})
    gone, true = queue_message("gone"), queue_message("true")
    assert send_due([mail]) == Tally(sent=1, dropped=1)
    assert read(gone).state is MessageState.WITHDRAWN
    assert read(true).state is MessageState.SENT


def test_a_withdrawn_message_is_not_sent(app, mail):
    queue_message()
    with app.app_context(), service.db.session.begin():
        service.withdraw("note:1")
    assert send_due([mail]) == Tally()


def test_it_stops_between_two_messages_when_asked(app, mail):
    for number in range(3):
        queue_message(f"m{number}")
    send_due([mail], stopped=lambda: len(mail.sent) >= 2)
    assert len(mail.sent) == 2


def test_a_long_queue_is_sent_in_several_batches(app, mail):
    for number in range(BATCH + 5):
        queue_message(f"m{number}")
    assert send_due([mail]) == Tally(sent=BATCH + 5)


def test_an_e_mail_whose_sender_died_is_sent_again_under_the_same_id(app, mail):
    message_id = queue_message()
    claimed(message_id, timedelta(minutes=16))
    assert recover_interrupted() == 1
    assert send_due([mail]) == Tally(sent=1)
    assert [one.id for one in mail.sent] == [message_id]


def test_a_text_message_whose_sender_died_is_left_to_staff(app):
    texts = Fake(Channel.SMS)
    message_id = queue_message(channel=Channel.SMS)
    claimed(message_id, timedelta(minutes=16))
    assert recover_interrupted() == 1
    assert send_due([texts]) == Tally()
    assert read(message_id).state is MessageState.FAILED


def test_a_message_on_its_way_is_left_alone(app, mail):
    message_id = queue_message()
    claimed(message_id, timedelta(minutes=14))
    assert recover_interrupted() == 0
    assert send_due([mail]) == Tally()
    assert read(message_id).state is MessageState.SENDING
