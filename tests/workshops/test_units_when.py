"""When units stay paid and when they come back: decision 74, line by line."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from foundation.db import db, in_transaction
from tests.cast import NOW
from tests.vouchers.given import amounts, sums_hold
from tests.workshops.days import BEGUN, led, pressed
from tests.workshops.enrolments import FIRST, adult, only, registered
from tests.workshops.given import hours
from tests.workshops.paying import voucher_of
from workshops.models import Participant, Presence
from workshops.queries.paid import payment_of
from workshops.rules.refusals import NotToChange
from workshops.service import changing, registering

pytestmark = pytest.mark.usefixtures("stopped_clock")
PAID, BACK = (8_000, 2_000, 0, 0), (10_000, 0, 0, 0)
NEXT_WEEK = FIRST + timedelta(days=7)


@pytest.fixture
def seat(cast):
    """The voucher, and the registration that it paid."""
    voucher = voucher_of(cast)
    return voucher.id, registered(adult(led(cast, training_units=2), voucher_code=voucher.code))


def cancelled(made, now, by_resident=True, actor_id=None):
    in_transaction(lambda: registering.cancel(made.id, now=now, by_resident=by_resident, actor_id=actor_id))


def moved(made):
    session_id = only(made.programme)
    in_transaction(lambda: changing.move(session_id, hours(NEXT_WEEK.date()), now=NOW, actor_id=None))


def test_cancelled_a_minute_before_they_come_back(seat):
    voucher_id, made = seat
    cancelled(made, FIRST - timedelta(minutes=1))
    assert amounts(voucher_id) == BACK


def test_a_resident_can_not_cancel_what_has_begun(seat):
    voucher_id, made = seat
    with pytest.raises(NotToChange):
        cancelled(made, BEGUN)
    assert amounts(voucher_id) == PAID


@pytest.mark.parametrize(("by_resident", "left"), [(True, PAID), (False, BACK)])
def test_once_it_has_begun_the_team_gives_back_only_what_the_service_calls_off(cast, seat, by_resident, left):
    voucher_id, made = seat
    cancelled(made, BEGUN, by_resident, cast.ids["manager"])
    assert amounts(voucher_id) == left
    sums_hold()


def test_a_session_that_takes_another_day_stays_paid(seat):
    voucher_id, made = seat
    moved(made)
    assert amounts(voucher_id) == PAID
    assert payment_of(made).paid


def test_whoever_can_not_come_on_the_new_day_gets_them_back_even_after_the_old_one(seat):
    voucher_id, made = seat
    moved(made)
    cancelled(made, NEXT_WEEK - timedelta(hours=1))
    assert amounts(voucher_id) == BACK


@pytest.mark.parametrize("presence", [Presence.ABSENT, Presence.ABSENT_EXCUSED, Presence.PRESENT])
def test_whoever_does_not_come_has_paid_the_seat_that_was_kept(cast, seat, presence):
    voucher_id, made = seat
    participant = db.session.scalars(select(Participant.id).where(Participant.registration_id == made.id)).one()
    db.session.rollback()
    pressed(cast, only(made.programme), participant, presence)
    assert amounts(voucher_id) == PAID
