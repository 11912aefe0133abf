"""The jobs process itself: `python -m jobs` sends what waits, once with two of them, and stops when asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from foundation import clock
from foundation.db import db
from foundation.outbox.mail import Mailer
from foundation.outbox.models import Message, MessageState
from foundation.outbox.sending import Tally, recover_interrupted, send_due
from tests.foundation.post import mail_server, queue_message, read

pytestmark = pytest.mark.long
ROOT = Path(__file__).resolve().parents[2]
PROCESSES, MESSAGES = 2, 20


@pytest.fixture
def start(database, tmp_path):
    started = []

    def start_one(smtp_url):
        env = os.environ | {
            "DATABASE_URL": database.url, "SMTP_URL": smtp_url, "SECRET_KEY": "for tests", "PARVIS_VAR": str(tmp_path),
        }  # fmt: skip
        process = subprocess.Popen([sys.executable, "-m", "jobs"], cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start_one
    for process in started:
        process.kill()
        process.wait()
        process.stderr.close()


def _read_until_started(process):
    log = ""
    for line in process.stderr:
        log += line
        if "jobs started" in line:
            return log
    raise AssertionError(log)


def test_two_processes_send_each_message_once_and_stop_when_asked(app, start):
    for number in range(MESSAGES):
        queue_message(f"m{number}")
    db.session.remove()
    with mail_server() as (inbox, url):
        processes = [start(url) for _ in range(PROCESSES)]
        logs = [_read_until_started(process) for process in processes]
        inbox.wait_for(MESSAGES)
        for process in processes:
            process.send_signal(signal.SIGTERM)
        logs += [process.communicate(timeout=60)[1] for process in processes]
    assert [process.returncode for process in processes] == [0] * PROCESSES, logs
    assert Counter(inbox.recipients) == {f"m{number}@example.org": 1 for number in range(MESSAGES)}
    assert db.session.query(Message).filter(Message.state == MessageState.SENT).count() == MESSAGES
    assert "".join(logs).count("jobs stopped") == PROCESSES
    assert "example.org" not in "".join(logs), "an address in the logs"


def test_killed_between_handing_over_and_writing_it_down(app, start):
    """Nobody can know whether it arrived: it is sent again, so that mailboxes see that it is the same letter."""
    message_id = queue_message()
    with mail_server() as (inbox, url):
        process = start(url)
        inbox.before_answering = process.kill
        process.wait(timeout=60)
        inbox.before_answering = lambda: None
        assert read(message_id).state is MessageState.SENDING
        db.session.rollback()
        with time_machine.travel(clock.now() + timedelta(minutes=16)):
            assert recover_interrupted() == 1
            assert send_due([Mailer(url, "ne-pas-repondre@parvis.example")]) == Tally(sent=1)
    first, second = inbox.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert read(message_id).state is MessageState.SENT


def test_a_server_address_that_can_not_be_read_is_said_at_once(app, start):
    process = start("mail.example:25")
    log = process.communicate(timeout=60)[1]
    assert process.returncode == 1
    assert log.strip().splitlines()[-1].startswith("SMTP_URL starts with smtp://")
