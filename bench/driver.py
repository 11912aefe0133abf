"""An act through the whole stack, against the bare driver executing the same statements.

The press that acts is what counts: forms are filled in beforehand. Gunicorn runs 2 workers, 8 clients press at once.
The bare driver replays, over 8 connections, the statements that the same acts sent when they were recorded.
"""

from __future__ import annotations

import re
import socket
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import event, text

from foundation.db import db, in_transaction, transaction
from tests.mediation.served import Browser, Server, served

CLIENTS, WORKERS, THREADS = 8, 2, 4
LARGEST_ANSWER = 65_536
COLUMNS = ("engine", "bare driver /s", "whole stack /s", "ratio", "median press ms", "statements", "verb ms",
           "of it driver", "of it Python", "server, processor ms", "clients, processor ms")  # fmt: skip
Wish = TypeVar("Wish")
Connect = Callable[[], Any]


class Pressed(NamedTuple):
    """Acts a second, how long each took, and the processor time of one, of the server and of the clients; in ms."""

    rate: float
    spent: list[float]
    server: float
    clients: float


class Ready(NamedTuple):
    """A page whose last press is left: where it is sent, and what with."""

    browser: Browser
    address: str
    fields: Mapping[str, str] = {}


@dataclass(frozen=True)
class Act(Generic[Wish]):
    """What is measured.

    Attributes:
        firsts: id that the first new row of a table gets: no two tables share numbers, so that one tells what it is.
        furnish: write a town into the empty database.
        wishes: so many different things that somebody may want.
        do: the verb; gives back the id of the row that it made in each table of `firsts`.
        undo: take away what `do` wrote, so that it can be written again.
        fill_in: all pages but the last press.
    """

    firsts: Mapping[str, int]
    furnish: Callable[[], None]
    wishes: Callable[[int], list[Wish]]
    do: Callable[[Wish], dict[str, int]]
    undo: Callable[[], None]
    fill_in: Callable[[int, Wish], Ready]


@dataclass
class Statement:
    """What the driver was given: `made` names the row whose new id later statements use."""

    sql: str
    parameters: Any
    many: bool
    made: int | None = None


@dataclass
class Costs:
    """Milliseconds of one act, in the process itself."""

    driver: float = 0.0
    statements: int = 0
    wall: float = 0.0
    log: list[Statement] = field(default_factory=list)


@contextmanager
def watched(costs: Costs) -> Iterator[None]:
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


def record(do: Callable[[Wish], dict[str, int]], wanted: list[Wish]) -> list[Costs]:
    """Act in this process, once after the other; what each sent to the driver, and what it cost."""
    recorded = []
    for wish in wanted:
        costs = Costs()
        with watched(costs):
            start = time.perf_counter()
            made = in_transaction(lambda wish=wish: do(wish))  # type: ignore[misc]
            costs.wall = (time.perf_counter() - start) * 1000
        for statement in costs.log:
            if (found := re.match(r"INSERT INTO (\w+) ", statement.sql)) and found.group(1) in made:
                statement.made = made[found.group(1)]
        recorded.append(costs)
        db.session.remove()
    return recorded


def replay(connect: Connect, recorded: list[Costs]) -> float:
    """Acts a second of the bare driver, over as many connections as there are clients."""

    def work(rank: int) -> None:
        connection = connect()
        cursor = connection.cursor()
        for costs in recorded[rank::CLIENTS]:
            _replay_one(cursor, costs.log)
            connection.commit()
        connection.close()

    return len(recorded) / together(work)


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
    if isinstance(given, str) and (found := re.fullmatch(r"(\w+:)(\d{7,})(.*)", given)):
        return f"{found.group(1)}{ids.get(int(found.group(2)), found.group(2))}{found.group(3)}"
    return given


def press(server: Server, act: Act[Wish], wanted: list[Wish]) -> Pressed:
    """Each press opens a connection of its own. What it sends is written down before, as the parameters of the
    statements are: the clients share the cores with what is measured.
    """
    ready = [browser.request_of(address, **fields) for browser, address, fields in _filled_in(server.port, act, wanted)]
    spent: list[float] = []

    def work(rank: int) -> None:
        for request in ready[rank::CLIENTS]:
            start = time.perf_counter()
            status = _sent(server.port, request)
            spent.append((time.perf_counter() - start) * 1000)
            if status != 303:
                raise RuntimeError(f"a press was answered {status}")

    before = server.processor_seconds(), time.process_time()
    rate = len(ready) / together(work)
    of_server, of_clients = server.processor_seconds() - before[0], time.process_time() - before[1]
    return Pressed(rate, spent, of_server * 1000 / len(ready), of_clients * 1000 / len(ready))


def _filled_in(port: int, act: Act[Wish], wanted: list[Wish]) -> list[Ready]:
    ready = [act.fill_in(port, wish) for wish in wanted]
    for one in ready:
        one.browser.hang_up()
    return ready


def _sent(port: int, request: bytes) -> int:
    """The status of the answer, which is read to its end."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(request)
        answer = line.recv(LARGEST_ANSWER)
        while line.recv(LARGEST_ANSWER):
            pass
    return int(answer[9:12] or 0)


def together(work: Callable[[int], None]) -> float:
    """Seconds that all clients take, each with a thread. What stops one of them stops the measurement."""
    start = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        for done in [clients.submit(work, rank) for rank in range(CLIENTS)]:
            done.result()
    return time.perf_counter() - start


def measure(app: Flask, engine: str, url: str, connect: Connect, act: Act[Any], count: int) -> None:
    """One line of the table: `count` acts replayed, as many pressed."""
    with app.app_context():
        upgrade()
        act.furnish()
        _raise_sequences(act.firsts)
        wanted = act.wishes(2 * count)
        recorded = record(act.do, wanted[::2])
        with transaction():
            act.undo()
        db.session.remove()
        bare = replay(connect, recorded)
        db.engine.dispose()
        with served(url, workers=WORKERS, threads=THREADS) as server:
            press(server, act, wanted[1:17:2])
            pressed = press(server, act, wanted[17::2])
        _tell(engine, bare, pressed, recorded[20:] or recorded)
        _forget(engine)


def _raise_sequences(firsts: Mapping[str, int]) -> None:
    """On PostgreSQL; on SQLite the next id is one more than the highest: `furnish` leaves a row there."""
    if db.engine.dialect.name == "postgresql":
        with transaction():
            for table, first in firsts.items():
                db.session.execute(text(f"ALTER SEQUENCE {table}_id_seq RESTART WITH {first + 1}"))


def _tell(engine: str, bare: float, pressed: Pressed, recorded: list[Costs]) -> None:
    driver = statistics.median(one.driver for one in recorded)
    total = statistics.median(one.wall for one in recorded)
    count = statistics.median(one.statements for one in recorded)
    print(
        f"| {engine} | {bare:.0f} | {pressed.rate:.0f} | {pressed.rate / bare:.2f} "
        f"| {statistics.median(pressed.spent):.1f} | {count:.0f} | {total:.1f} | {driver:.1f} | {total - driver:.1f} "
        f"| {pressed.server:.1f} | {pressed.clients:.1f} |",
        flush=True,
    )


def _forget(engine: str) -> None:
    db.session.remove()
    if engine == "PostgreSQL":
        downgrade(revision="base")
    db.session.remove()
    db.engine.dispose()
