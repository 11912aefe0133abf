"""Several senders at once: each message leaves exactly once, on both databases."""

from __future__ import annotations

from collections import Counter
from threading import Barrier, Thread

from foundation.db import db
from foundation.outbox.mail import Mailer
from foundation.outbox.models import Message, MessageState
from foundation.outbox.sending import send_due
from tests.foundation.post import mail_server, queue_message

SENDERS, MESSAGES = 6, 60


def test_each_message_leaves_once(app):
    for number in range(MESSAGES):
        queue_message(f"m{number}")
    db.session.remove()
    start = Barrier(SENDERS)
    tallies = []

    def send(url):
        with app.app_context():
            start.wait()
            tallies.append(send_due([Mailer(url, "a@rives.example")]))

    with mail_server() as (inbox, url):
        threads = [Thread(target=send, args=(url,)) for _ in range(SENDERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert Counter(inbox.recipients) == {f"m{number}@example.org": 1 for number in range(MESSAGES)}
    assert sum(one.sent for one in tallies) == MESSAGES
    assert db.session.query(Message).filter(Message.state == MessageState.SENT).count() == MESSAGES
