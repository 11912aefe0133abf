"""What other rooms tell of a resident."""

from __future__ import annotations

from datetime import timedelta

import pytest

from people import history
from people.history import MOST, HistoryItem
from tests.cast import NOW


@pytest.fixture
def told(monkeypatch):
    providers = []
    monkeypatch.setattr(history, "history_providers", providers)
    return providers


def item(days: int) -> HistoryItem:
    return HistoryItem(NOW + timedelta(days=days), f"jour {days}")


def test_items_of_all_rooms_are_one_list_newest_first(told, cast):
    told += [lambda _person, _viewer: [item(1), item(3)], lambda _person, _viewer: [item(2)]]
    assert [one.what for one in history.history(1, cast.mediator)] == ["jour 3", "jour 2", "jour 1"]


def test_a_long_life_is_cut_at_its_old_end(told, cast):
    told.append(lambda _person, _viewer: [item(day) for day in range(MOST + 10)])
    shown = history.history(1, cast.mediator)
    assert len(shown) == MOST
    assert shown[0].what == f"jour {MOST + 9}"


def test_a_room_is_told_who_looks_at_whom(told, cast):
    seen = []
    told.append(lambda person_id, viewer: seen.append((person_id, viewer.name)) or [])
    assert history.history(7, cast.mediator) == []
    assert seen == [(7, "Salima Benali")]
