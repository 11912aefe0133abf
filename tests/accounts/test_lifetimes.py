"""How long sessions and links live."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from accounts.rules.lifetimes import LinkSpent, check_link, session_alive, worth_noting

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("created_hours_ago", "seen_hours_ago", "revoked", "alive"),
    [
        (0, 0, False, True),
        (11, 11, False, True),
        (12, 12, False, False),
        (100, 11.99, False, True),
        (30 * 24 - 1, 0, False, True),
        (30 * 24, 0, False, False),
        (1, 0, True, False),
    ],
)
def test_session_alive(created_hours_ago, seen_hours_ago, revoked, alive):
    created, seen = (NOW - timedelta(hours=hours) for hours in (created_hours_ago, seen_hours_ago))
    assert session_alive(created, seen, NOW if revoked else None, NOW) is alive


@pytest.mark.parametrize(("minutes", "noted"), [(0, False), (9, False), (10, True), (600, True)])
def test_last_use_is_written_every_ten_minutes(minutes, noted):
    assert worth_noting(NOW - timedelta(minutes=minutes), NOW) is noted


def test_link_lives_until_its_end():
    check_link(NOW + timedelta(seconds=1), None, NOW)


@pytest.mark.parametrize(("left", "used"), [(0, None), (-60, None), (60, NOW)])
def test_link_is_spent_by_time_or_by_use(left, used):
    with pytest.raises(LinkSpent):
        check_link(NOW + timedelta(seconds=left), used, NOW)
