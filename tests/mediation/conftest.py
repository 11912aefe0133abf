"""Fixtures that tests of mediation ask for by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine

from tests.cast import NOW
from tests.counting import statements


@pytest.fixture
def stopped_clock() -> Iterator[None]:
    """It is the Tuesday morning of the cast, and stays so."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def count_queries(app) -> Callable[[Callable[[], object]], int]:
    """How many statements an act sends to the database, beginning and end of transactions left out."""

    def count(act: Callable[[], object]) -> int:
        with statements() as sent:
            act()
        return sum(not statement.startswith("BEGIN") for statement in sent)

    return count
