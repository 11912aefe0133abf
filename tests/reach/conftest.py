"""Fixtures that tests of reach ask for by name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.cast import NOW


@pytest.fixture
def stopped_clock() -> Iterator[None]:
    """It is the Tuesday morning of the cast, and stays so."""
    with time_machine.travel(NOW, tick=False):
        yield
