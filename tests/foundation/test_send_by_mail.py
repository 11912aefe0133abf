"""E-mail over a real SMTP server: what arrives, what is refused, and a server that is away for a while."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from foundation import clock
from foundation.outbox.delivery import Deferred, Parcel, Rejected, Unreachable
from foundation.outbox.mail import Mailer, Server, letter_of, server_of
from foundation.outbox.models import MessageState
from foundation.outbox.sending import Tally, send_due
from tests.foundation.post import free_port, mail_server, queue_message, read

SENDER = "Ville de Rives <ne-pas-repondre@rives.example>"
CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n"


def _parcel(**more):
    given = {
        "id": 7, "recipient": "a@example.org", "subject": "Rendez-vous à 9 h 00", "body": "Été à la Médiathèque",
        "calendar": None, "locale": "fr",
    }  # fmt: skip
    return Parcel(**given | more)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", Server("smtp", "mail.example", 25, "", "")),
        ("smtp://127.0.0.1:2525", Server("smtp", "127.0.0.1", 2525, "", "")),
        ("smtps://u%40x:p%2Fw@mail.example", Server("smtps", "mail.example", 465, "u@x", "p/w")),
        ("smtp+starttls://u:p@mail.example", Server("smtp+starttls", "mail.example", 587, "u", "p")),
    ],
)
def test_the_address_of_the_server_is_read(url, expected):
    assert server_of(url) == expected


@pytest.mark.parametrize("url", ["http://mail.example", "smtp://", "mail.example:25", ""])
def test_an_address_that_makes_no_sense_is_refused(url):
    with pytest.raises(ValueError, match="SMTP_URL"):
        server_of(url)


def test_text_and_calendar_arrive_as_they_were_written():
    with mail_server() as (inbox, url), Mailer(url, SENDER) as mailer:
        mailer.deliver(_parcel(calendar=CALENDAR))
        mailer.deliver(_parcel(id=8, recipient="b@example.org"))
    letter = inbox.letters[0]
    assert inbox.recipients == ["a@example.org", "b@example.org"]
    assert letter["Subject"] == "Rendez-vous à 9 h 00"
    assert letter["From"] == SENDER
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_body().get_content().strip() == "Été à la Médiathèque"
    attached = next(letter.iter_attachments())
    assert attached.get_content_type() == "text/calendar"
    assert attached.get_param("method") == "CANCEL"
    assert attached.get_filename() == "rendez-vous.ics"
    assert attached.get_content().replace("\r\n", "\n") == CALENDAR.replace("\r\n", "\n")


def test_the_message_id_is_the_same_at_every_attempt():
    assert letter_of(_parcel(), SENDER)["Message-ID"] == "<parvis-message-7@rives.example>"


def test_an_address_can_not_smuggle_in_a_header():
    with mail_server() as (inbox, url), Mailer(url, SENDER) as mailer, pytest.raises(Rejected):
        mailer.deliver(_parcel(recipient="a@example.org\r\nBcc: all@example.org"))
    assert inbox.letters == []


@pytest.mark.parametrize(
    ("answer", "failure"),
    [("550 no such mailbox", Rejected), ("451 later", Deferred), ("421 closing", Unreachable)],
)
def test_the_server_s_answer_decides(answer, failure):
    with mail_server() as (inbox, url), Mailer(url, SENDER) as mailer:
        inbox.answers["a@example.org"] = answer
        with pytest.raises(failure) as caught:
            mailer.deliver(_parcel())
    assert caught.value.reason == f"SMTP {answer[:3]}"
    assert "example.org" not in caught.value.reason


def test_a_server_that_is_away_is_unreachable():
    with Mailer(f"smtp://127.0.0.1:{free_port()}", SENDER) as mailer, pytest.raises(Unreachable):
        mailer.deliver(_parcel())


def test_messages_leave_when_the_server_is_back_once_each(app):
    port = free_port()
    ids = [queue_message(f"m{number}") for number in range(4)]
    away = Mailer(f"smtp://127.0.0.1:{port}", SENDER)
    assert send_due([away]) == Tally(put_off=1)
    assert send_due([away]) == Tally(put_off=1)
    with mail_server(port) as (inbox, url), time_machine.travel(clock.now() + timedelta(minutes=3)):
        assert send_due([Mailer(url, SENDER)]) == Tally(sent=4)
        assert send_due([Mailer(url, SENDER)]) == Tally()
    assert sorted(inbox.recipients) == [f"m{number}@example.org" for number in range(4)]
    assert {read(one).state for one in ids} == {MessageState.SENT}
