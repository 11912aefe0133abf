"""Forty want one kit at once: one gets it, the others are offered what is free."""

from __future__ import annotations

from collections import Counter

import pytest

from equipment.models import Reservation
from foundation.db import db
from tests.equipment import racers
from tests.equipment.given import by_rights, host_of_school, kit, ledger, morning
from tests.racing import RACERS, race
from tests.workshops.given import count

pytestmark = pytest.mark.long
ROUNDS = 50


def stakes(cast, rounds):
    blue, red, host = kit(), kit("Mallette rouge"), host_of_school(cast)
    ids = blue.id, host.id, red.id
    db.session.rollback()
    return [(ids[0], morning(week), *ids[1:]) for week in range(rounds)]


def test_one_of_forty_gets_the_kit_and_the_others_are_offered_another(cast, database):
    rounds = race(database.url, racers.one, stakes(cast, ROUNDS))
    assert all(Counter(got) == {"reserved": 1, "offered": RACERS - 1} for got in rounds), rounds
    assert count(Reservation) == ROUNDS
    assert ledger() == by_rights()


def test_one_page_sent_forty_times_at_once_reserves_once(cast, database):
    rounds = race(database.url, racers.the_same, stakes(cast, 5))
    assert all(len(set(got)) == 1 for got in rounds), rounds
    assert count(Reservation) == 5
    assert ledger() == by_rights()
