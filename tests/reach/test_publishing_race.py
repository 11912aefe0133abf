"""Forty publish, revise, schedule and make at once: each report once, each in a place of its own."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from foundation.db import db
from reach.models import PublishedReport, ReportSchedule, ReportState
from reach.queries import published
from tests.racing import RACERS, race
from tests.reach import publishers
from tests.reach.came import came

pytestmark = pytest.mark.long


def count(model, **values):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model).filter_by(**values))


def test_forty_at_once_ask_once_make_once_revise_once_and_send_once(cast, database):
    came(cast, 20, at=datetime(2025, 1, 8, 9, tzinfo=UTC))
    manager_id = cast.ids["administrator"]
    db.session.rollback()
    once = {"asked": 1, "AlreadyThere": RACERS - 1}
    rounds = race(database.url, publishers.ask, [(manager_id, 1), (manager_id, 2)])
    assert all(Counter(got) == once for got in rounds), rounds
    assert count(PublishedReport, state=ReportState.WAITING) == 2

    assert race(database.url, publishers.make, [(0, 0)] * 2) == [["worked"] * RACERS] * 2
    assert count(PublishedReport, state=ReportState.PUBLISHED) == 2
    assert sorted(db.session.scalars(select(PublishedReport.position))) == [1, 2]
    assert len(published.all_in_order()) == 2

    first = db.session.scalar(select(PublishedReport.id).filter_by(position=1))
    (got,) = race(database.url, publishers.revise, [(manager_id, first)])
    assert Counter(got) == {"asked": 1, "NotRevisable": RACERS - 1}

    (made,) = race(database.url, publishers.schedule, [(manager_id, 0)])
    assert len(set(made)) == 1, "the same sending, whoever asked first"
    assert count(ReportSchedule) == 1
