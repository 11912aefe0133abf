"""The demonstration town in a file of SQLite: to load it takes as long as some hundred tests, to copy it no time."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import time_machine

from demo import reports
from demo.load import load
from foundation.db import db, transaction
from tests.databases import application
from tests.engines import Sqlite, fold

NOW = datetime(2026, 11, 24, 10, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Town:
    file: Path
    counts: dict[str, int]
    """How many rows of each kind it has."""


def fill() -> dict[str, int]:
    """Load the town into the empty database at hand and publish its reports; returns how many rows of each kind."""
    with time_machine.travel(NOW, tick=False):
        with transaction():
            counts = load(NOW)
        counts["reports"] = reports.publish(NOW)
    return counts


def build(database: Sqlite) -> Town:
    """The town as it is at `NOW`, in a file next to the others of `database`."""
    file = shutil.copyfile(database.template, database.template.with_name("town.db"))
    with application(f"sqlite:///{file}").app_context():
        counts = fill()
        db.session.remove()
        db.engine.dispose()
    fold(file)
    return Town(file, counts)
