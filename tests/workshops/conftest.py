"""Fixtures that tests of workshops ask for by name."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine

from foundation.db import db
from foundation.errors import Refused
from tests.cast import NOW


@pytest.fixture
def stopped_clock() -> Iterator[None]:
    """It is the Tuesday morning of the cast, and stays so."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def at_once(app) -> Callable[[Sequence[Callable[[], object]]], list[str]]:
    """Run acts in threads that begin together, each with its own connection: `done`, or the name of its refusal."""

    def run(acts: Sequence[Callable[[], object]]) -> list[str]:
        barrier = threading.Barrier(len(acts))

        def one(act: Callable[[], object]) -> str:
            with app.app_context():
                try:
                    barrier.wait(timeout=60)
                    act()
                except Refused as refused:
                    return type(refused).__name__
                finally:
                    db.session.remove()
                return "done"

        db.session.remove()
        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(one, acts))

    return run
