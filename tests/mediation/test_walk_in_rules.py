"""How long somebody who comes without an appointment can be received."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from foundation.period import Period
from mediation.rules.walk_ins import period_from

TEN = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return TEN + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("next_minutes", "length"),
    [(None, 45), (120, 45), (45, 45), (44, 44), (5, 5), (4, None), (0, None), (-3, None)],
)
def test_a_walk_in_is_cut_short_by_what_comes_next(next_minutes, length):
    next_at = None if next_minutes is None else at(next_minutes)
    period = period_from(TEN.replace(second=42), timedelta(minutes=45), next_at)
    assert period == (None if length is None else Period(TEN, at(length)))
