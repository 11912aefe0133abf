"""A job is done once for its slot, whoever looks; after a pause what is due is done at once, once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import time_machine
from structlog.testing import capture_logs

import jobs
from foundation import clock
from foundation.claims import JobClaim
from foundation.db import db, transaction
from foundation.outbox.models import MessageState
from jobs import JOBS, Job, each, nightly, perform
from tests.cast import NOW
from tests.foundation.post import queue_message, read
from tests.mediation.appointments import make_appointment, messages

QUARTERS = each(timedelta(minutes=15))


def _job(done, slot=QUARTERS):
    return Job("count", lambda _stopped: done.append(clock.now()), timedelta(minutes=15), slot)


def test_twice_in_one_slot_works_once(app):
    done = []
    with time_machine.travel(NOW, tick=False) as stopped:
        assert perform(_job(done)) is True
        assert perform(_job(done)) is False
        stopped.shift(timedelta(minutes=15))
        assert perform(_job(done)) is True
    assert len(done) == 2


def test_without_a_slot_each_look_works(app):
    done = []
    assert perform(_job(done, None))
    assert perform(_job(done, None))
    assert len(done) == 2


def test_again_works_although_it_was_done(app):
    done = []
    with time_machine.travel(NOW, tick=False):
        perform(_job(done))
        assert perform(_job(done), again=True) is True
    assert len(done) == 2


def test_eight_processes_at_once_do_it_once(app):
    done, start = [], Barrier(8)
    db.session.remove()

    def look():
        with app.app_context():
            start.wait()
            perform(_job(done, nightly))

    threads = [Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1


def test_after_a_pause_a_nightly_job_is_caught_up_once(app):
    done = []
    job = _job(done, nightly)
    with time_machine.travel(NOW, tick=False) as stopped:
        perform(job)
        stopped.shift(timedelta(days=3, hours=5))
        assert [perform(job), perform(job)] == [True, False]
    assert len(done) == 2


def test_after_a_pause_reminders_are_queued_for_what_is_still_to_come(cast):
    soon = make_appointment(cast, NOW + timedelta(days=4, hours=6), created_at=NOW)
    make_appointment(cast, NOW + timedelta(days=2, hours=6), created_at=NOW)
    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        assert perform(JOBS["queue-reminders"])
    assert [one.reference for one in messages()] == [soon.reference]


def test_a_job_that_fails_is_logged_and_the_scheduler_lives_on(app):
    def fail(_stopped):
        raise RuntimeError("the network is down")

    with capture_logs() as logs:
        jobs._tick(app, Job("fail", fail, timedelta(minutes=1), None), lambda: False)
    assert [(one["event"], one["job"]) for one in logs] == [("job failed", "fail")]


def test_old_messages_go_after_ninety_days_sent_or_not(app):
    with time_machine.travel(NOW, tick=False) as stopped:
        old = queue_message("old")
        stopped.shift(timedelta(days=30))
        young = queue_message("young")
        stopped.shift(timedelta(days=60, minutes=1))
        perform(JOBS["purge-messages"])
        assert [one.id for one in messages()] == [young]
    assert old != young


def test_old_claims_go(app):
    with time_machine.travel(NOW, tick=False) as stopped:
        perform(_job([]))
        stopped.shift(timedelta(days=31))
        perform(JOBS["forget-claims"])
    assert [one.job for one in db.session.query(JobClaim)] == ["forget-claims"]


def test_home_addresses_go_the_day_after(cast):
    home = {"channel": "home", "venue_id": None, "home_address": "3 rue des Lilas"}
    yesterday = make_appointment(cast, NOW - timedelta(hours=18), **home)
    today = make_appointment(cast, NOW + timedelta(hours=2), **home)
    ids = yesterday.id, today.id
    with time_machine.travel(NOW + timedelta(hours=12), tick=False):
        perform(JOBS["erase-home-addresses"])
    db.session.expire_all()
    assert [db.session.get(type(today), one).home_address for one in ids] == ["", "3 rue des Lilas"]


def test_what_a_dead_sender_left_is_taken_up_by_the_next_look(app):
    with time_machine.travel(datetime(2026, 3, 10, 11, 0, tzinfo=UTC), tick=False) as stopped:
        text = queue_message(channel="sms")
        with transaction():
            message = read(text)
            message.state, message.claimed_at = MessageState.SENDING, clock.now()
        stopped.shift(timedelta(minutes=16))
        perform(JOBS["send-messages"])
    assert read(text).state is MessageState.FAILED


def test_a_process_that_is_to_end_begins_nothing_more(cast):
    make_appointment(cast, NOW + timedelta(days=1), created_at=NOW - timedelta(days=9))
    queue_message()
    with time_machine.travel(NOW, tick=False):
        for job in JOBS.values():
            perform(job, lambda: True)
    assert [one.state for one in messages()] == [MessageState.QUEUED]
