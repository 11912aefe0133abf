"""Two processes of twenty threads that all want the same time: run by the tests of races, each round at once."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask

from accounts.models import Account
from activity.models import Channel
from agenda.models import Hold
from foundation.db import db, in_transaction, transaction
from foundation.errors import Refused
from foundation.period import Period
from mediation.models import Origin, Service
from mediation.queries.slots import find_slots
from mediation.rules.booking import Booking, Newcomer
from mediation.service import booking as verbs
from tests.cast import NOW
from tests.databases import application

PROCESSES, THREADS = 2, 20
CONTEXT = multiprocessing.get_context("spawn")
PATIENCE = 600


def race(url: str, attempt: str, ids: dict[str, int], starts: list[datetime]) -> list[list[str]]:
    """What each racer got in each round: `won`, or the name of what it was refused by, or broke with.

    Args:
        attempt: `guarded` or `unguarded`.
        starts: the time that all want, one a round.
    """
    barrier, results = CONTEXT.Barrier(PROCESSES * THREADS), CONTEXT.Queue()
    arguments = (url, attempt, ids, starts, barrier, results)
    processes = [CONTEXT.Process(target=_run, args=(*arguments, number), daemon=True) for number in range(PROCESSES)]
    for process in processes:
        process.start()
    got = [results.get(timeout=PATIENCE) for _ in range(PROCESSES * THREADS)]
    for process in processes:
        process.join(timeout=PATIENCE)
    return [[racer[turn] for racer in got] for turn in range(len(starts))]


def _run(url: str, attempt: str, ids: dict[str, int], starts: list[datetime], barrier: Any, results: Any,
         number: int) -> None:  # fmt: skip
    """One process."""
    app = application(url)
    act = {"guarded": _book, "unguarded": _take_without_guard}[attempt]
    threads = [
        threading.Thread(target=_ride, args=(app, act, ids, starts, barrier, results, f"{number}-{rank}"))
        for rank in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _ride(app: Flask, act: Callable[..., None], ids: dict[str, int], starts: list[datetime], barrier: Any,
          results: Any, name: str) -> None:  # fmt: skip
    """One thread: it waits for all others before each round."""
    got = []
    for start in starts:
        barrier.wait(PATIENCE)
        with app.app_context():
            try:
                act(ids, start, name)
                got.append("won")
            except Refused as refused:
                got.append(f"{type(refused).__name__}:{len(refused.alternatives)}")
            except Exception as error:
                got.append(repr(error))
    results.put(got)


def _book(ids: dict[str, int], start: datetime, name: str) -> None:
    wanted = Booking(
        service_id=ids["paperwork"],
        starts_at=start,
        channel=Channel.VENUE,
        venue_id=ids["library"],
        origin=Origin.RESIDENT,
        newcomer=Newcomer("", f"Racer {name}"),
    )
    in_transaction(lambda: verbs.book(wanted, now=NOW))


def _take_without_guard(ids: dict[str, int], start: datetime, name: str) -> None:
    """What a program does that looks first and writes after: no lock, and the database keeps nothing apart."""
    service = db.session.get_one(Service, ids["paperwork"])
    moment = Period(start, start + timedelta.resolution)
    if not find_slots(service, moment, now=NOW, venue_id=ids["library"], channel=Channel.VENUE):
        raise Refused("taken")
    resource_id = db.session.get_one(Account, ids["mediator"]).resource_id
    until = start + timedelta(minutes=30)
    with transaction():
        db.session.add(Hold(resource_id=resource_id, starts_at=start, ends_at=until, label="", reference=name))
