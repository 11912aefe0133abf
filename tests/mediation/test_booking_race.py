"""Forty want one time: one gets it. The pair: without the guard, several do."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import select, text

from agenda.models import Hold
from foundation.db import db
from mediation.models import Appointment
from tests.mediation import racers
from tests.mediation.booking_wishes import local
from tests.racing import RACERS, race

pytestmark = pytest.mark.long
ROUNDS = 50
TIMES = [local(hour, minute, day) for day in (11, 12, 13, 16) for hour in range(9, 17) for minute in (0, 30)][:ROUNDS]


@pytest.fixture
def without_guard(cast):
    """The database as it would be without the rule that no two holds overlap."""
    guard = {
        "sqlite": ["DROP TRIGGER hold_overlap_insert", "DROP TRIGGER hold_overlap_update"],
        "postgresql": ["ALTER TABLE hold DROP CONSTRAINT ex_hold_overlap"],
    }
    for statement in guard[db.engine.dialect.name]:
        db.session.execute(text(statement))
    db.session.commit()
    return cast


def test_exactly_one_of_forty_gets_each_time(cast, database):
    rounds = race(database.url, racers.book, [(cast.ids, time) for time in TIMES])
    losers = RACERS - 1
    for got in rounds[:-1]:
        assert Counter(got) == {"won": 1, "SlotTaken:3": losers}
    assert Counter(outcome.partition(":")[0] for outcome in rounds[-1]) == {"won": 1, "SlotTaken": losers}
    assert sorted(db.session.scalars(select(Appointment.starts_at))) == TIMES
    assert len(db.session.scalars(select(Hold)).all()) == 2 * ROUNDS


def test_without_the_guard_several_get_the_same_time(without_guard, database):
    rounds = race(database.url, racers.take_without_guard, [(without_guard.ids, time) for time in TIMES[:5]])
    assert max(got.count("won") for got in rounds) > 1
