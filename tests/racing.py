"""Two processes of twenty threads that all want the same thing: each round at once."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from flask import Flask

from foundation.db import db, engine_options
from foundation.errors import Refused
from tests.databases import application

PROCESSES, THREADS = 2, 20
RACERS = PROCESSES * THREADS
CONTEXT = multiprocessing.get_context("spawn")
PATIENCE = 600

Act = Callable[[Any, int], str]
"""What a racer does in one round, given what is at stake and its own number: says how it went."""


def race(url: str, act: Act, stakes: Sequence[Any]) -> list[list[str]]:
    """What each racer got in each round: what `act` says, the name of what it was refused by, or what it broke with.

    Args:
        act: a function of a module, so that another process finds it.
        stakes: what all want, one a round.
    """
    got = _team().run(url, act, list(stakes))
    return [[racer[turn] for racer in got] for turn in range(len(stakes))]


class Team:
    """The processes, started for the first race and kept for the next ones: to import everything takes them seconds."""

    def __init__(self) -> None:
        self.barrier = CONTEXT.Barrier(RACERS)
        self.wires = [self._start(number) for number in range(PROCESSES)]

    def _start(self, number: int) -> Any:
        ours, theirs = CONTEXT.Pipe()
        CONTEXT.Process(target=_run, args=(theirs, self.barrier, number), daemon=True).start()
        theirs.close()
        return ours

    def run(self, url: str, act: Act, stakes: list[Any]) -> list[list[str]]:
        """What each racer got, round by round.

        Raises:
            EOFError: when one of the processes died.
        """
        for wire in self.wires:
            wire.send((url, act, stakes))
        return [racer for wire in self.wires for racer in wire.recv()]


_team = cache(Team)


@cache
def _application(url: str) -> Flask:
    """Made once for all races on one database, with a connection for each thread that stays open while they race.

    Opening one takes PostgreSQL longer than what most racers want, and no race is about that.
    """
    return application(url, SQLALCHEMY_ENGINE_OPTIONS=engine_options(url) | {"pool_size": THREADS})


def _run(wire: Any, barrier: Any, number: int) -> None:
    """One process: race after race. No connection is open any more when it says what its racers got."""
    while True:
        url, act, stakes = wire.recv()
        app = _application(url)
        got: list[list[str]] = [[] for _ in range(THREADS)]
        threads = [
            threading.Thread(target=_ride, args=(app, act, stakes, barrier, mine, number * THREADS + rank))
            for rank, mine in enumerate(got)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with app.app_context():
            db.engine.dispose()
        wire.send(got)


def _ride(app: Flask, act: Act, stakes: list[Any], barrier: Any, got: list[str], number: int) -> None:
    """One thread: it waits for all others before each round."""
    for stake in stakes:
        barrier.wait(PATIENCE)
        with app.app_context():
            try:
                got.append(act(stake, number))
            except Refused as refused:
                got.append(type(refused).__name__)
            except Exception as error:
                got.append(repr(error))
