"""One seat is left and forty want it: one gets it, the others wait in order. The pair: without the guard, several."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import func, select

from foundation.db import db
from tests.racing import RACERS, race
from tests.workshops import racers
from tests.workshops.enrolments import opened, seats_by_rights, sessions_of
from workshops.models import Participant, Registration, RegistrationState
from workshops.queries import waiting

pytestmark = pytest.mark.long
ROUNDS = 50


def stakes(cast, rounds, capacity):
    """So many programmes with one session each."""
    programmes = [opened(cast, capacity=capacity) for _ in range(rounds)]
    return [(one.id, sessions_of(one)[0].id) for one in programmes], programmes


def test_one_of_forty_gets_the_last_seat_and_the_others_wait_in_order(cast, database):
    wanted, programmes = stakes(cast, ROUNDS, capacity=1)
    rounds = race(database.url, racers.one, wanted)
    assert all(Counter(got) == {"registered": 1, "waiting": RACERS - 1} for got in rounds), rounds
    for programme in programmes:
        (session,) = sessions_of(programme)
        assert (session.taken, session.extra, seats_by_rights(session)) == (1, 0, 1)
        queue = waiting.waiting(programme.id)
        assert [one.turn for one in queue] == list(range(1, RACERS))
        assert [one.id for one in queue] == sorted(one.id for one in queue)


def test_of_five_seats_a_family_of_three_gets_three_or_none(cast, database):
    wanted, programmes = stakes(cast, 5, capacity=5)
    rounds = race(database.url, racers.one_or_three, wanted)
    for programme, got in zip(programmes, rounds, strict=True):
        tally = Counter(got)
        assert sum(tally.values()) == RACERS
        assert tally["one registered"] + 3 * tally["three registered"] == 5
        (session,) = sessions_of(programme)
        assert (session.taken, seats_by_rights(session)) == (5, 5)
    seated = db.session.scalar(
        select(func.count(Participant.id))
        .join(Participant.registration)
        .where(Registration.state == RegistrationState.REGISTERED)
    )
    assert seated == 5 * 5


def test_forty_times_the_same_person_at_once_is_registered_once(cast, database):
    wanted, programmes = stakes(cast, 3, capacity=60)
    rounds = race(database.url, racers.the_same, wanted)
    assert all(Counter(got) == {"registered": 1, "AlreadyRegistered": RACERS - 1} for got in rounds), rounds
    assert [seats_by_rights(sessions_of(one)[0]) for one in programmes] == [1, 1, 1]


def test_without_the_guard_several_get_the_last_seat(cast, database):
    wanted, programmes = stakes(cast, 5, capacity=1)
    race(database.url, racers.without_guard, wanted)
    assert max(seats_by_rights(sessions_of(one)[0]) for one in programmes) > 1
