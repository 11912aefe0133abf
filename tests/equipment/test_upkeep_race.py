"""Forty people at once: one incident for a device, one end, and a kit that is kept back or lent, never both."""

from __future__ import annotations

from collections import Counter

import pytest

from equipment.models import Incident, IncidentEvent
from foundation.db import db
from tests.equipment import upkeep_racers
from tests.equipment.faults import condition_of, count, devices, reported
from tests.equipment.given import by_rights, kit, ledger, morning
from tests.racing import RACERS, race

pytestmark = pytest.mark.long
ROUNDS = 3


def ids_of(cast, units=ROUNDS):
    blue, by = kit(units=units).id, cast.ids["manager"]
    db.session.rollback()
    return blue, by


def test_a_device_that_everybody_reports_has_one_incident_with_all_they_said(cast, database):
    blue, by = ids_of(cast)
    rounds = race(database.url, upkeep_racers.reports, [(blue, one, by) for one in devices(blue)])
    assert all(len(set(got)) == 1 and got[0].isdigit() for got in rounds), rounds
    assert (count(Incident), count(IncidentEvent)) == (ROUNDS, ROUNDS * RACERS)


def test_one_settles_it_and_the_others_are_told_so(cast, database):
    blue, by = ids_of(cast)
    made = [reported(blue, by, item_id=one).id for one in devices(blue)]
    rounds = race(database.url, upkeep_racers.settles, [(one, by) for one in made])
    assert all(Counter(got) == {"settled": 1, "ClosedMeanwhile": RACERS - 1} for got in rounds), rounds
    assert {condition_of(one).value for one in devices(blue)} == {"working"}
    assert count(IncidentEvent) == 2 * ROUNDS


def test_a_kit_is_kept_back_or_lent_never_both(cast, database):
    blue, by = ids_of(cast)
    rounds = race(
        database.url, upkeep_racers.keeps_back_or_reserves, [(blue, morning(week), by) for week in range(ROUNDS)]
    )
    for got in rounds:
        found = Counter(got)
        assert found.pop("got it") == 1, got
        assert set(found) <= {"KitNotFree", "KitTaken"}
    assert ledger() == by_rights()
    assert len(ledger()) == ROUNDS
