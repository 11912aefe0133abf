"""The town with its reports, at hand once a worker and engine: the tests here only read, or undo."""

from __future__ import annotations

import pytest

from foundation.db import db
from tests.demo.town import fill
from tests.engines import Sqlite


@pytest.fixture(scope="package")
def valbriac(request, shared_app, database):
    """How many rows of each kind the town has; its database is at hand."""
    with shared_app.app_context():
        db.engine.dispose()
        if isinstance(database, Sqlite):
            town = request.getfixturevalue("town")
            database.become(db.engine, town.file)
            yield town.counts
        else:
            database.renew(db.engine)
            yield fill()
        db.session.remove()
        db.engine.dispose()
