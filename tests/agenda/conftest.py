"""A mediator, a colleague and a room, on the calendar of nobody yet."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from agenda import queries, service
from agenda.models import ResourceKind
from agenda.rules.free import free_periods
from agenda.rules.recurrence import Pattern
from foundation.db import transaction
from foundation.period import Period

PARIS = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 11, 23)


def at(text: str) -> datetime:
    """An instant from the wall clock of Paris, e.g. `2026-11-23 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


def span(start: str, end: str) -> Period:
    """A period of 23 November 2026, e.g. `09:00`, `10:00`."""
    return Period(at(f"{MONDAY} {start}"), at(f"{MONDAY} {end}"))


def hours(start: str, end: str, day: date = MONDAY) -> Pattern:
    """One day's pattern."""
    return Pattern.once(day, time.fromisoformat(start), time.fromisoformat(end))


def free_time(resource_id: int, first: date = MONDAY, last: date = MONDAY) -> list[Period]:
    """The free stretches of a resource on the days `first` to `last`."""
    return free_periods(queries.timetables([resource_id], first, last)[resource_id], first, last, PARIS)


@pytest.fixture
def people(app, monkeypatch) -> SimpleNamespace:
    """Ids of Inès and Marc, mediators, and of a room. It is Sunday noon, the day before `MONDAY`."""
    monkeypatch.setattr("foundation.clock.now", lambda: at(f"{MONDAY - timedelta(days=1)} 12:00"))
    with transaction():
        ines = service.add_resource(ResourceKind.MEDIATOR, "Inès")
        marc = service.add_resource(ResourceKind.MEDIATOR, "Marc")
        room = service.add_resource(ResourceKind.ROOM, "Salle bleue")
        return SimpleNamespace(ines=ines.id, marc=marc.id, room=room.id)
