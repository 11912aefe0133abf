"""Forty people write the register at once: nothing is lost, nothing stands against each other, nobody waits forever."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import select

from equipment.models import Incident, Reservation, Supply
from equipment.rules.details import Counted
from equipment.service import supplies
from foundation.db import db, in_transaction
from tests.equipment import shelf_racers
from tests.equipment.given import by_rights, kit, ledger
from tests.equipment.shelves import added, by, events, item, reread
from tests.racing import RACERS, race
from tests.workshops.given import count

pytestmark = pytest.mark.long
ROUNDS = 4


def test_a_kit_is_either_lent_or_out_of_use(cast, database):
    manager = cast.ids["manager"]
    stakes = [(kit(f"Mallette {number}").id, manager) for number in range(ROUNDS)]
    db.session.rollback()
    rounds = race(database.url, shelf_racers.retired_or_reserved, stakes)
    for (kit_id, _manager), got in zip(stakes, rounds, strict=True):
        lent = db.session.scalar(select(Reservation.id).where(Reservation.kit_id == kit_id)) is not None
        assert lent is (reread(kit_id).retired_at is None)
        assert Counter(got)["reserved" if lent else "retired"] == 1, got
        assert set(got) <= {"reserved", "retired", "KitTaken", "KitStillWanted", "NoSuchKit"}, got
    assert ledger() == by_rights()


def test_a_device_is_in_one_kit_and_has_one_incident(cast, database):
    one, other = kit("A", units=0).id, kit("B", units=0).id
    made = added(cast, one).id
    db.session.rollback()
    (got,) = race(database.url, shelf_racers.moved_or_looked_at, [(made, one, other, cast.ids["manager"])])
    assert set(got) <= {"done", "NotInThisKit"}, got
    assert count(Incident) == 1
    moves = [(was, became) for kind, was, became, _note in events("TAB-01") if kind == "moved"]
    codes = [reread(one).code, *(became for _was, became in moves)]
    assert [was for was, _became in moves] == codes[:-1]
    assert reread(item("TAB-01").kit_id).code == codes[-1]


def test_no_press_is_lost(cast, database):
    case = kit(units=0).id
    made = in_transaction(lambda: supplies.add_supply(case, Counted("Souris"), by(cast.ids["manager"]))).id
    db.session.rollback()
    rounds = race(database.url, shelf_racers.counted, [(case, made, cast.ids["mediator"])] * 3)
    assert all(set(got) == {"counted"} for got in rounds), rounds
    assert db.session.get_one(Supply, made, populate_existing=True).count == 3 * RACERS
