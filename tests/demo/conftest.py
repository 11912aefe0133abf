"""The town, loaded and its reports published once a worker and engine: the tests here only read, or undo."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from demo import reports
from demo.load import load
from foundation.db import db, transaction

NOW = datetime(2026, 11, 24, 10, 20, tzinfo=UTC)


@pytest.fixture(scope="package")
def valbriac(shared_app, database):
    """How many rows of each kind the town has; its database is at hand."""
    with shared_app.app_context():
        db.engine.dispose()
        database.renew(db.engine)
        with time_machine.travel(NOW, tick=False):
            with transaction():
                counts = load(NOW)
            counts["reports"] = reports.publish(NOW)
        yield counts
        db.session.remove()
        db.engine.dispose()
