"""Two who press at once: the desk says yes while the job gives the seat on; one cancels twice; one seat given twice.

All in one race, since starting forty racers takes longer than what they do.
"""

from __future__ import annotations

from collections import Counter

import pytest

from foundation.db import in_transaction
from tests.cast import NOW
from tests.racing import RACERS, race
from tests.workshops import deskers
from tests.workshops.enrolments import events, fill, opened, seats_by_rights, sessions_of, state, taken
from workshops.service import registering

pytestmark = pytest.mark.usefixtures("stopped_clock")
ROUNDS = 2


def three(cast, number, capacity):
    """A programme with so many seats, and three adults who asked for one."""
    programme = opened(cast, capacity=capacity)
    return programme, fill(programme, 3, first=10 * number + 1)


def check_answer(programme, made, got):
    """The seat is the one person's who said yes, or is offered to the next: never both, never neither."""
    _seated, first, second = made
    yes = Counter(got)["accepted registered"]
    assert state(first) == ("registered" if yes else "lapsed")
    assert state(second) == ("waiting" if yes else "offered")
    assert taken(programme) == [(1, 0)]
    assert seats_by_rights(sessions_of(programme)[0]) == 1
    assert len({"accepted", "lapsed"} & set(events(first))) == 1


def check_cancel(programme, made, got):
    """It is cancelled once, and its seat is offered once."""
    assert Counter(got) == {"cancelled": RACERS}
    assert (state(made[2]), taken(programme)) == ("offered", [(2, 0)])
    assert events(made[0]).count("cancelled") == 1


def check_give(programme, made, got):
    """It is one seat beyond, written down once."""
    assert Counter(got) == {"registered": RACERS}
    assert taken(programme) == [(2, 1)]
    assert events(made[1]).count("overbooked") == 1


def test_whoever_presses_at_the_same_moment_finds_one_of_both_or_the_same(cast, database):
    answers = [("answer", 1, 1, check_answer)] * ROUNDS
    kinds = [*answers, ("cancel", 2, 0, check_cancel), ("give", 1, 1, check_give)]
    scenes, stakes = [], []
    for number, (kind, capacity, whose, check) in enumerate(kinds):
        programme, made = three(cast, number, capacity)
        if kind == "answer":
            in_transaction(lambda made=made: registering.cancel(made[0].id, now=NOW, by_resident=True))
        scenes.append((programme, made, check))
        stakes.append((kind, made[whose].id))
    rounds = race(database.url, deskers.press, stakes)
    assert not [one for got in rounds for one in got if "Error" in one], rounds
    for (programme, made, check), got in zip(scenes, rounds, strict=True):
        check(programme, made, got)
