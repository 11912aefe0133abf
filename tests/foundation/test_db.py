"""Instants, transactions, and the names of broken constraints."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from foundation.audit import AuditEntry, record
from foundation.claims import JobClaim, claim, forget
from foundation.db import append, broken_constraint, db, explain_constraint, in_transaction, rows_changed, transaction
from foundation.errors import Conflict
from foundation.outbox.models import Channel, Message, MessageState

NOON = datetime(2026, 11, 24, 11, 0, 0, 123456, tzinfo=UTC)


def a_message(**changes) -> Message:
    values = {
        "key": "k", "reference": "r:1", "channel": Channel.SMS, "recipient": "+33639980012", "subject": "", "body": "b",
        "locale": "fr", "created_at": NOON, "not_before": NOON, "state": MessageState.QUEUED, "attempts": 0,
    }  # fmt: skip
    return Message(**values | changes)


def test_an_instant_comes_back_to_the_microsecond_in_utc(app):
    paris = timezone(timedelta(hours=1))
    with transaction():
        db.session.add(JobClaim(job="j", slot=NOON.astimezone(paris), claimed_at=NOON))
    back = db.session.scalars(select(JobClaim)).one()
    assert back.slot == NOON
    assert back.slot.utcoffset() == timedelta(0)


def test_an_instant_before_1970_comes_back(app):
    long_ago = datetime(1950, 1, 1, 12, tzinfo=UTC)
    with transaction():
        db.session.add(JobClaim(job="j", slot=long_ago, claimed_at=NOON))
    assert db.session.scalars(select(JobClaim.slot)).one() == long_ago


def test_a_naive_instant_is_refused(app):
    with pytest.raises(StatementError, match="naive"), transaction():
        db.session.add(JobClaim(job="j", slot=NOON.replace(tzinfo=None), claimed_at=NOON))
        db.session.flush()


def test_an_error_inside_undoes_all(app):
    with pytest.raises(RuntimeError), transaction():
        record("thing.done", "thing:1")
        db.session.flush()
        raise RuntimeError
    assert db.session.scalars(select(AuditEntry)).all() == []


def test_what_was_committed_is_shown_as_it_was_and_read_anew_in_the_next_transaction(app):
    row = JobClaim(job="j", slot=NOON, claimed_at=NOON)
    with transaction():
        db.session.add(row)
    with db.engine.begin() as elsewhere:
        elsewhere.execute(update(JobClaim).values(claimed_at=NOON + timedelta(hours=1)))
    assert row.claimed_at == NOON
    with transaction():
        assert row.claimed_at == NOON + timedelta(hours=1)


def test_changes_made_outside_are_refused_at_the_edge(app):
    db.session.add(JobClaim(job="j", slot=NOON, claimed_at=NOON))
    with pytest.raises(RuntimeError, match="outside"), transaction():
        raise AssertionError("never reached")
    db.session.rollback()


@pytest.mark.parametrize(
    ("change", "name"),
    [({"attempts": -1}, "ck_message_attempts_not_negative"), ({"key": "twice"}, "uq_message_key")],
)
def test_a_broken_constraint_has_the_same_name_on_both_databases(app, change, name):
    with transaction():
        db.session.add(a_message(key="twice"))
    db.session.add(a_message(**change))
    with pytest.raises(IntegrityError) as caught:
        db.session.flush()
    assert broken_constraint(caught.value) == name
    db.session.rollback()


def test_a_constraint_that_was_explained_comes_out_as_its_refusal(app):
    explain_constraint("ck_message_attempts_not_negative", lambda: Conflict("count upwards", "attempts"))
    with pytest.raises(Conflict) as caught, transaction():
        db.session.add(a_message(attempts=-1))
    assert caught.value.field == "attempts"


def test_a_write_that_reads_first_waits_for_the_other_writer(app):
    """With SQLite's deferred BEGIN the second writer would fail at once or overwrite the first."""
    with transaction():
        db.session.add(a_message())
    failures: list[BaseException] = []

    def add_one() -> None:
        with app.app_context():
            try:
                with transaction():
                    message = db.session.scalars(select(Message).with_for_update()).one()
                    message.attempts += 1
            except BaseException as error:
                failures.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=add_one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert failures == []
    assert db.session.scalars(select(Message.attempts)).one() == 12


def test_an_act_is_run_once_more_after_a_deadlock(app):
    class Deadlock(Exception):
        sqlstate = "40P01"

    calls = []

    def act() -> str:
        calls.append(1)
        if len(calls) == 1:
            raise OperationalError("…", {}, Deadlock())
        record("thing.done", "thing:1")
        return "done"

    assert in_transaction(act) == "done"
    assert len(calls) == 2
    assert len(db.session.scalars(select(AuditEntry)).all()) == 1


def test_another_failure_is_not_tried_again(app):
    calls = []

    def act() -> None:
        calls.append(1)
        db.session.execute(text("SELECT * FROM nowhere"))

    with pytest.raises(Exception, match="nowhere"):
        in_transaction(act)
    assert calls == [1]


def test_a_slot_of_a_job_is_claimed_once(app):
    assert claim("reminders", NOON) is True
    assert claim("reminders", NOON) is False
    assert claim("reminders", NOON + timedelta(minutes=15)) is True
    assert claim("other", NOON) is True


def test_old_claims_are_forgotten(app):
    claim("reminders", NOON)
    claim("reminders", NOON + timedelta(days=2))
    with transaction():
        assert forget(NOON + timedelta(days=1)) == 1
    assert claim("reminders", NOON) is True


def test_rows_changed_counts(app):
    with transaction():
        db.session.add_all([a_message(key="a"), a_message(key="b")])
    with transaction():
        assert rows_changed(Message.__table__.update().values(attempts=3)) == 2


def entry(subject):
    return AuditEntry(at=NOON, actor_id=None, action="note.written", subject=subject)


def test_a_row_that_is_appended_is_known_with_its_id_and_its_defaults(app):
    with transaction():
        made = append(entry("note:1"))
        assert made.id
        assert not db.session.new
        assert made.details == {}
        made.subject = "note:2"
    db.session.expunge_all()
    assert db.session.get(AuditEntry, made.id).subject == "note:2"


def test_only_columns_are_appended(app):
    message = a_message()
    message.letter = "which no column keeps"
    with pytest.raises(TypeError, match="letter"), transaction():
        append(message)


def test_a_row_takes_the_place_of_one_that_was_taken_back(app):
    kept = []

    def write():
        kept.append(append(entry("note:1")))
        if len(kept) == 1:
            raise Conflict("once more")
        return kept[-1].id

    with pytest.raises(Conflict), transaction():
        write()
    assert db.session.get(AuditEntry, in_transaction(write)) is kept[1]
