"""Writers of one SQLite file take turns; whoever holds the turn writes, and gives it back whatever happens."""

from __future__ import annotations

import fcntl
import threading
from pathlib import Path

import pytest

from foundation import audit
from foundation.db import db, transaction
from tests.engines import Sqlite


@pytest.fixture
def turn(app, database) -> Path:
    """The file on which writers queue; on PostgreSQL there is none."""
    if not isinstance(database, Sqlite):
        pytest.skip("PostgreSQL lets writers of different rows write at once")
    return database.file.with_name(f"{database.file.name}.queue")


def write() -> None:
    with transaction():
        audit.record("test.written", "test:1")


def test_a_write_waits_for_its_turn(app, turn):
    write()
    begun, done = threading.Event(), threading.Event()

    def writer() -> None:
        with app.app_context():
            begun.set()
            write()
            done.set()

    with turn.open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        thread = threading.Thread(target=writer)
        thread.start()
        assert begun.wait(10)
        assert not done.wait(0.2)
    assert done.wait(10)
    thread.join()
    assert len(audit.history("test:1")) == 2


def test_a_write_that_fails_gives_its_turn_back(turn):
    with pytest.raises(RuntimeError), transaction():
        raise RuntimeError
    with turn.open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    write()


def test_nobody_waits_who_only_reads(turn):
    write()
    with turn.open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert len(audit.history("test:1")) == 1
        db.session.rollback()
