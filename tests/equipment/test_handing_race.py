"""Many phones hand over and take back one kit at once: it goes and comes once, and what is held stays right."""

from __future__ import annotations

from collections import Counter

import pytest

from equipment.models import Direction, Handover, Reservation, ReservationState
from foundation.db import db
from tests.equipment import racers
from tests.equipment.given import by_rights, kit, ledger, morning, reserved
from tests.equipment.handed import items_of, out
from tests.racing import RACERS, race
from tests.workshops.given import count, reread

pytestmark = pytest.mark.long
ROUNDS = 5


def stakes(cast, *, gone):
    found = []
    for number in range(ROUNDS):
        made = reserved(kit(f"Mallette {number}").id, morning(), cast.ids["mediator"])
        if gone:
            out(cast, made)
        found.append((made.id, tuple(items_of(made)), cast.ids["mediator"]))
    db.session.rollback()
    return found


def handovers(direction):
    found = db.session.query(Handover).filter_by(direction=direction).count()
    db.session.rollback()
    return found


def test_forty_phones_take_a_kit_back_once(cast, database):
    rounds = race(database.url, racers.taken_back, stakes(cast, gone=True))
    for got in rounds:
        counted = Counter("back" if one.isdigit() else one for one in got)
        assert counted == {"back": 1, "TakenBackMeanwhile": RACERS - 1}, got
    assert handovers(Direction.BACK) == ROUNDS
    assert ledger() == by_rights()


def test_one_page_pressed_forty_times_is_one_return_for_everybody(cast, database):
    rounds = race(database.url, racers.the_same_return, stakes(cast, gone=True))
    assert all(len(set(got)) == 1 and got[0].isdigit() for got in rounds), rounds
    assert (handovers(Direction.BACK), count(Handover)) == (ROUNDS, 2 * ROUNDS)


def test_handed_over_or_cancelled_but_never_both(cast, database):
    at_stake = stakes(cast, gone=False)
    rounds = race(database.url, racers.handed_over_or_cancelled, at_stake)
    for (reservation_id, _items, _actor), got in zip(at_stake, rounds, strict=True):
        counted = Counter("out" if one.isdigit() else one for one in got)
        half = RACERS // 2
        gone = {"out": 1, "HandedOverMeanwhile": half - 1, "NotToChange": half}
        called_off = {"cancelled": half, "NotLentAnyMore": half}
        state = reread(db.session.get_one(Reservation, reservation_id)).state
        assert counted == (gone if state is ReservationState.HANDED_OVER else called_off), got
    assert ledger() == by_rights()
