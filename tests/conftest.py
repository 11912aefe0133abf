"""Fixtures of the whole house: every test that asks for `app` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy import Engine, event

from accounts import hashing
from foundation.db import db
from tests.cast import Cast
from tests.databases import standing
from tests.demo.town import Town, build
from tests.engines import Postgres, Sqlite, quick_folder
from tests.stage import give_cast

# A slow machine is not a fault: no test is judged by the time it takes. Everybody's run draws the same examples, so
# that a change is judged by what it changed; `make explore` draws others.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile("steady")

ENGINES = os.environ.get("PARVIS_TEST_ENGINES", "sqlite,postgresql").split(",")


@event.listens_for(Engine, "connect")
def nothing_has_an_order_by_chance(connection: object, _record: object) -> None:
    """SQLite gives rows that nobody ordered backwards: what leans on an order must ask for it.

    PostgreSQL gives them in any order, another one on a bad day; here each day is the same bad day.
    """
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA reverse_unordered_selects=ON")


# What is imported and collected stays to the end: looking for rubbish in it, again and again, took a sixth of the time.
gc.disable()

# What the tests themselves keep, a million nodes of parsed modules for one, took another tenth each time all was looked
# through: ten times more rarely costs some megabytes. What is young is looked through as often as anywhere.
OFTEN = (700, 10, 100)


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(*OFTEN)
    gc.enable()


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes never give a test its name: what is packed anew may differ from worker to worker, and both must agree."""
    return "bytes" if isinstance(val, bytes) else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items) -> None:
    """Mark what needs a database and what needs a browser, so that `make check` can leave it out; order the rest.

    Two workers begin at the start and in the middle, and take from each other's end: one has SQLite, the other
    PostgreSQL. What takes long begins first, so that they end together.
    """
    for item in items:
        if "database" in item.fixturenames:
            item.add_marker("database")
        if "browser" in item.fixturenames:
            item.add_marker("browser")
    items.sort(key=lambda item: (_engine(item), not _takes_long(item)))


def _takes_long(item) -> bool:
    return bool(item.get_closest_marker("long") or {"browser", "valbriac"}.intersection(item.fixturenames))


def _engine(item) -> int:
    """0 for SQLite, 1 for none, 2 for PostgreSQL."""
    wanted = item.callspec.params.get("database") if hasattr(item, "callspec") else None
    return {"sqlite": 0, None: 0 if "browser" in item.fixturenames else 1, "postgresql": 2}[wanted]


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Passwords cost nearly nothing here; tests/accounts/test_hashing.py looks at what they cost in a town."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashing, "HASHER", quick)
        patch.setattr(hashing, "NOBODY", quick.hash("nobody"))
        yield


@pytest.fixture(scope="session")
def sqlite_database() -> Iterator[Sqlite]:
    with TemporaryDirectory(prefix="parvis-sqlite-", dir=quick_folder(), ignore_cleanup_errors=True) as folder:
        yield Sqlite(Path(folder))


@pytest.fixture(scope="session")
def town(sqlite_database) -> Town:
    """The demonstration town in a file, loaded once a worker: `sqlite_database.become(db.engine, town.file)`."""
    return build(sqlite_database)


@pytest.fixture(scope="session")
def postgres_database() -> Iterator[Postgres]:
    """Outside of pytest's own folders, which another run may tidy away under a running server."""
    with TemporaryDirectory(prefix="parvis-postgres-", ignore_cleanup_errors=True) as folder:
        database = Postgres(Path(folder))
        yield database
        database.stop()


@pytest.fixture(scope="session", params=ENGINES)
def database(request) -> Sqlite | Postgres:
    """The engine at hand; the fixtures above start each engine once a worker, only when it is asked for."""
    return request.getfixturevalue("sqlite_database" if request.param == "sqlite" else "postgres_database")


@pytest.fixture(scope="session")
def shared_app(database) -> Iterator[Flask]:
    with standing(database.url) as app:
        yield app


@pytest.fixture
def app(shared_app, database) -> Iterator[Flask]:
    """The application on a fresh, migrated, empty database, with its context pushed."""
    with shared_app.app_context():
        database.renew(db.engine)
        yield shared_app
        db.session.remove()
        database.rest(db.engine)


@pytest.fixture
def client(app) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def cast(app, database) -> Cast:
    """A small town with a handful of people: see tests/cast.py."""
    return give_cast(database)
