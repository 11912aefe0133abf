"""Fixtures that tests of vouchers ask for by name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.cast import NOW, Cast
from tests.vouchers.billing import IN_APRIL, approved, lessons, purse, stated, trainer, with_accounts
from tests.vouchers.given import partner
from vouchers.models import Statement


@pytest.fixture
def stopped_clock() -> Iterator[None]:
    """It is the Tuesday morning of the cast, and stays so."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def april() -> Iterator[None]:
    """It is the day on which March is stated, and stays so."""
    with time_machine.travel(IN_APRIL, tick=False):
        yield


@pytest.fixture
def by(cast: Cast) -> int:
    """Who does it: the id of the manager."""
    return cast.ids["manager"]


@pytest.fixture
def till(cast: Cast) -> int:
    """The id of a partner who sells devices."""
    return partner(cast)


@pytest.fixture
def school(cast: Cast) -> int:
    """The id of a partner who gives lessons."""
    return trainer(cast)


@pytest.fixture
def march(cast: Cast, school: int) -> Statement:
    """30 € of March, just stated: two lessons paid at the school's till."""
    lessons(purse(cast), school, 1, 2)
    return stated(school)


@pytest.fixture
def owed(cast: Cast, school: int) -> Statement:
    """30 € of March, approved, with all accounts written."""
    lessons(purse(cast), school, 1, 2)
    with_accounts(cast, school)
    return approved(cast, school)
