"""Two processes of twenty threads that all want the same thing: each round at once."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask

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
    barrier, results = CONTEXT.Barrier(RACERS), CONTEXT.Queue()
    arguments = (url, act, list(stakes), barrier, results)
    processes = [CONTEXT.Process(target=_run, args=(*arguments, number), daemon=True) for number in range(PROCESSES)]
    for process in processes:
        process.start()
    got = [results.get(timeout=PATIENCE) for _ in range(RACERS)]
    for process in processes:
        process.join(timeout=PATIENCE)
    return [[racer[turn] for racer in got] for turn in range(len(stakes))]


def _run(url: str, act: Act, stakes: list[Any], barrier: Any, results: Any, number: int) -> None:
    """One process."""
    app = application(url)
    threads = [
        threading.Thread(target=_ride, args=(app, act, stakes, barrier, results, number * THREADS + rank))
        for rank in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _ride(app: Flask, act: Act, stakes: list[Any], barrier: Any, results: Any, number: int) -> None:
    """One thread: it waits for all others before each round."""
    got = []
    for stake in stakes:
        barrier.wait(PATIENCE)
        with app.app_context():
            try:
                got.append(act(stake, number))
            except Refused as refused:
                got.append(type(refused).__name__)
            except Exception as error:
                got.append(repr(error))
    results.put(got)
