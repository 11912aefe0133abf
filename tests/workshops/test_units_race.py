"""Forty register with one training voucher: no unit is spent twice, and no seat is given that was not paid."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import func, select

from foundation.db import db, in_transaction
from tests.cast import NOW
from tests.racing import RACERS, race
from tests.vouchers.given import sums_hold
from tests.workshops import unit_racers
from tests.workshops.enrolments import adult, only, opened, registered
from tests.workshops.paying import HOUSEHOLD, voucher_of
from vouchers.models import Redemption
from workshops.models import Registration, RegistrationState
from workshops.service import registering

pytestmark = pytest.mark.long
ROUNDS = 2
FIVE = 5
"""Ten units pay five seats of two units."""


def stakes(cast, capacity):
    """A workshop a round of two units a seat, and a voucher of ten units."""
    made = []
    for _round in range(ROUNDS):
        programme = opened(cast, training_units=2, capacity=capacity)
        made.append((programme.id, only(programme), voucher_of(cast, "Seul", plan=HOUSEHOLD).code))
    db.session.rollback()
    return made


def check_agreement():
    """Whoever has a seat has paid it, once; whoever has none has paid nothing."""
    db.session.rollback()
    seated = set(db.session.scalars(select(Registration.id).where(Registration.state == RegistrationState.REGISTERED)))
    query = select(Redemption.act, func.count()).where(Redemption.undone_at.is_(None)).group_by(Redemption.act)
    assert dict(db.session.execute(query).all()) == {f"registration:{id_}": 1 for id_ in seated}
    sums_hold()


def test_five_of_forty_are_registered_and_paid(cast, database):
    rounds = race(database.url, unit_racers.paid_seat, stakes(cast, RACERS))
    for got in rounds:
        assert Counter(got) == {"registered": FIVE, "VoucherRefused": RACERS - FIVE}, got
    check_agreement()


def test_two_seats_are_paid_and_the_others_wait_unpaid(cast, database):
    rounds = race(database.url, unit_racers.paid_seat, stakes(cast, 2))
    for got in rounds:
        assert Counter(got) == {"registered": 2, "waiting": RACERS - 2}, got
    check_agreement()


def offered_twice(cast):
    """Two lists on which one voucher of ten units was promised twice, six units each, and both seats are offered."""
    voucher, ids = voucher_of(cast, "Numéro 2"), []
    for _list in range(2):
        programme = opened(cast, training_units=6, capacity=1)
        first = registered(adult(programme, 1))
        waits = registered(adult(programme, 2, voucher_code=voucher.code))
        in_transaction(lambda first=first: registering.cancel(first.id, now=NOW, by_resident=True))
        ids.append(waits.id)
    return tuple(ids)


def test_one_voucher_promised_on_two_lists_pays_one_of_them(cast, database):
    every = [offered_twice(cast) for _round in range(ROUNDS)]
    for ids, got in zip(every, race(database.url, unit_racers.accepted, every), strict=True):
        assert Counter(got) == {"registered": RACERS // 2, "NotEnoughUnits": RACERS // 2}, got
        states = sorted(str(db.session.get_one(Registration, id_).state) for id_ in ids)
        assert states == ["offered", "registered"]
    check_agreement()


def test_registering_cancelling_and_calling_off_at_once_leave_no_money_behind(cast, database):
    every = [(*stake, cast.ids["manager"]) for stake in stakes(cast, 4)]
    race(database.url, unit_racers.all_at_once, every)
    check_agreement()
    assert {state for (state,) in db.session.execute(select(Registration.state))} <= {RegistrationState.CANCELLED}
    db.session.rollback()
