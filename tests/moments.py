"""A Tuesday at ten, the clock stopped there, and several things at one moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from flask import Flask

from foundation.db import db

TEN = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
"""Ten o'clock on the town's wall clock."""


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def at(instant: datetime = TEN) -> Any:
    """Stop the clock at `instant`."""
    return time_machine.travel(instant, tick=False)


def together(app: Flask, acts: list[Callable[[], object]]) -> list[Exception | None]:
    """Run each act in its own thread, all at once; returns what each raised."""
    raised: list[Exception | None] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(index):
        with app.app_context():
            start.wait()
            try:
                acts[index]()
            except Exception as error:
                raised[index] = error
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    return raised
