"""Forty look at once at a kit that lost a device: its borrower is warned once, its managers are told once."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from equipment.models import Condition, Item, ReservationEvent, ReservationEventKind
from equipment.rules.lending import Wish
from foundation.db import db, transaction
from tests.equipment import warning_racers
from tests.equipment.given import host_of_school, kit, morning, reserved
from tests.equipment.told import mails
from tests.racing import RACERS, race

pytestmark = pytest.mark.long
ROUNDS = 3


def lacking(name, host_id=None):
    """A kit of which one device broke, before anybody was told; perhaps somebody borrows it next."""
    found = kit(name)
    if host_id is not None:
        reserved(found.id, morning(), host_id, Wish(units_wanted=3))
    with transaction():
        item = db.session.scalars(select(Item).where(Item.kit_id == found.id).order_by(Item.id)).first()
        item.condition = Condition.DAMAGED
    return found.id


def test_each_is_told_once_whoever_looks(cast, database):
    host_id = host_of_school(cast).id
    kits = [lacking(f"Mallette {number}", host_id) for number in range(ROUNDS)]
    rounds = race(database.url, warning_racers.notices, kits)
    assert rounds == [["looked"] * RACERS] * ROUNDS
    warned = select(func.count()).where(ReservationEvent.kind == ReservationEventKind.WARNED)
    assert db.session.scalar(warned) == ROUNDS
    told = [one.key for one in mails()]
    assert sum(":short:" in key for key in told) == ROUNDS
    assert [sum(key.startswith(f"kit:{kit_id}:fewer:") for key in told) for kit_id in kits] == [1] * ROUNDS


def test_managers_are_told_once_of_a_kit_that_nobody_waits_for(cast, database):
    kits = [lacking(f"Mallette {number}") for number in range(ROUNDS)]
    race(database.url, warning_racers.looks, kits)
    told = [one.key for one in mails()]
    assert [sum(key.startswith(f"kit:{kit_id}:fewer:") for key in told) for kit_id in kits] == [1] * ROUNDS
