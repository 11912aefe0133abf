"""What the demonstration plans happens in the order of time, and what it brings about after it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from demo.vouchers.timeline import Timeline
from tests.demo.town import NOW

HOUR = timedelta(hours=1)


@pytest.fixture
def timeline():
    return Timeline(NOW)


@pytest.fixture
def seen():
    """What happened, and when."""
    return []


def note(seen, name, now):
    seen.append((name, now))


def test_acts_come_in_the_order_of_time_however_they_were_planned(timeline, seen):
    timeline.at(NOW - HOUR, partial(note, seen, "later"))
    timeline.at(NOW - 3 * HOUR, partial(note, seen, "first"))
    timeline.run()
    assert seen == [("first", NOW - 3 * HOUR), ("later", NOW - HOUR)]


def test_those_of_the_same_instant_come_as_they_were_planned(timeline, seen):
    for name in ("states", "approves", "pays"):
        timeline.at(NOW - HOUR, partial(note, seen, name))
    timeline.run()
    assert [name for name, _now in seen] == ["states", "approves", "pays"]


def test_an_act_brings_about_another_one_between_those_to_come(timeline, seen):
    def issue(now):
        note(seen, "issued", now)
        timeline.at(now + HOUR, partial(note, seen, "handed over"))

    timeline.at(NOW - HOUR, partial(note, seen, "stated"))
    timeline.at(NOW - 3 * HOUR, issue)
    timeline.run()
    assert [name for name, _now in seen] == ["issued", "handed over", "stated"]


@pytest.mark.parametrize("ahead", [timedelta(0), HOUR])
def test_what_would_be_after_the_loading_never_happens(timeline, seen, ahead):
    timeline.at(NOW + ahead, partial(note, seen, "paid"))
    timeline.run()
    assert seen == []


def test_an_act_happens_once(timeline, seen):
    timeline.at(NOW - HOUR, partial(note, seen, "paid"))
    timeline.run()
    timeline.run()
    assert len(seen) == 1
