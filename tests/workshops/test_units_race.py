"""Forty register with one training voucher: no unit is spent twice, and no seat is given that was not paid."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import func, select

from foundation.db import db
from tests.racing import RACERS, race
from tests.vouchers.given import TRAINING, campaign, handed, sums_hold
from tests.workshops import unit_racers
from tests.workshops.enrolments import only, opened
from vouchers.models import Redemption
from workshops.models import Registration, RegistrationState

pytestmark = pytest.mark.long
ROUNDS = 2
FIVE = 5
"""Ten units pay five seats of two units."""


def stakes(cast, capacity):
    """A workshop a round of two units a seat, and a voucher of ten units."""
    found, made = campaign(cast, TRAINING).id, []
    for _round in range(ROUNDS):
        programme = opened(cast, training_units=2, capacity=capacity)
        made.append((programme.id, only(programme), handed(cast, found).code))
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


def test_registering_cancelling_and_calling_off_at_once_leave_no_money_behind(cast, database):
    every = [(*stake, cast.ids["manager"]) for stake in stakes(cast, 4)]
    race(database.url, unit_racers.all_at_once, every)
    check_agreement()
    assert {state for (state,) in db.session.execute(select(Registration.state))} <= {RegistrationState.CANCELLED}
    db.session.rollback()
