"""A workshop paid with units of a training voucher: in the registration's transaction, given back with the seats."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import Account
from foundation.db import db, in_transaction
from tests.cast import NOW
from tests.vouchers.given import DEVICE, amounts, issued, sums_hold
from tests.workshops.enrolments import (
    FIRST,
    adult,
    counts,
    family,
    group,
    only,
    opened,
    registered,
    sessions_of,
    state,
    taken,
)
from tests.workshops.paying import HOUSEHOLD, voucher_of
from vouchers.models import HandedOver, Redemption, Voucher
from vouchers.queries.acts import paid_for
from vouchers.service import ending, issuing
from workshops.models import Enrolment, Origin, Registration
from workshops.queries.paid import payment_of
from workshops.rules.paying import (
    NotEnoughUnits,
    NotTheirVoucher,
    NoUnitsHere,
    VoucherRefused,
    are_given_back,
    check_voucher,
)
from workshops.service import changing, giving, instead, registering, waiting

WHOLE = (10_000, 0, 0, 0)
"""Ten units of ten euros."""


@pytest.fixture
def voucher(app, cast) -> Voucher:
    """Of the second adult of the town."""
    return voucher_of(cast, "Numéro 2")


@pytest.fixture
def lesson_of_two(app, cast):
    """One session of two seats that costs two units a seat."""
    return opened(cast, training_units=2)


def paid_with(programme, code, number=2, **changes):
    return registered(adult(programme, number, voucher_code=code, **changes))


def redemptions() -> list[tuple[str, int, bool]]:
    db.session.rollback()
    query = select(Redemption).order_by(Redemption.id).execution_options(populate_existing=True)
    return [(one.act, one.units, one.undone_at is None) for one in db.session.scalars(query)]


def cancelled(registration, *, by_resident, now=NOW) -> Registration:
    return in_transaction(lambda: registering.cancel(registration.id, now=now, by_resident=by_resident, actor_id=None))


def test_a_registration_is_paid_in_its_transaction(voucher, lesson_of_two):
    made = paid_with(lesson_of_two, voucher.code)
    assert redemptions() == [(made.reference, 2, True)]
    assert amounts(voucher.id) == (8_000, 2_000, 0, 0)
    assert paid_for(made.reference).units == 2
    sums_hold()


def test_each_seat_of_a_family_is_paid(app, cast):
    voucher = voucher_of(cast, "Moreau", "Karim", plan=HOUSEHOLD)
    programme = opened(cast, training_units=2, capacity=8)
    made = registered(family(programme, "Lina", "Noé", voucher_code=voucher.code))
    assert redemptions() == [(made.reference, 4, True)]


def test_the_code_is_read_as_it_is_read_aloud(voucher, lesson_of_two):
    code = voucher.code.lower()
    paid_with(lesson_of_two, f" {code[:5]} {code[5:]} ")
    assert amounts(voucher.id)[1] == 2_000


def test_the_same_page_sent_twice_pays_once(voucher, lesson_of_two):
    wish = adult(lesson_of_two, 2, voucher_code=voucher.code, request_key="page")
    assert registered(wish).id == registered(wish).id
    assert amounts(voucher.id)[1] == 2_000


def test_the_day_of_the_session_stands_on_the_payment(voucher, lesson_of_two):
    paid_with(lesson_of_two, voucher.code)
    assert db.session.scalars(select(Redemption)).one().session_on == FIRST.date()


@pytest.mark.parametrize("code", ["ABCDEFGHJK", "not a code", ""])
def test_nothing_is_registered_with_a_wrong_code(voucher, lesson_of_two, code):
    before = counts()
    if code:
        with pytest.raises((VoucherRefused, NotTheirVoucher)) as refused:
            paid_with(lesson_of_two, code)
        assert refused.value.field == "voucher_code"
        assert counts() == before
        assert taken(lesson_of_two) == [(0, 0)]
    else:
        assert payment_of(paid_with(lesson_of_two, code)) is None


def test_a_device_voucher_pays_no_workshop(app, cast, lesson_of_two):
    other = voucher_of(cast, "Numéro 2", plan=DEVICE)
    with pytest.raises(VoucherRefused, match="équipement"):
        paid_with(lesson_of_two, other.code)
    assert amounts(other.id) == WHOLE


def test_a_voucher_not_handed_over_pays_nothing(app, cast, lesson_of_two):
    other = voucher_of(cast, "Numéro 2")
    campaign_id, card_id = other.campaign_id, other.card_id
    in_transaction(lambda: ending.cancel(other.id, "Erreur", db.session.get_one(Account, cast.ids["manager"]), now=NOW))
    again = issued(cast, campaign_id, card_id)
    with pytest.raises(VoucherRefused, match="remis"):
        paid_with(lesson_of_two, again.code)


def test_too_few_units_register_nobody(app, cast, voucher):
    programme = opened(cast, training_units=11)
    before = counts()
    with pytest.raises(NotEnoughUnits, match=r"10.*11"):
        paid_with(programme, voucher.code)
    assert counts() == before
    assert amounts(voucher.id) == WHOLE


def test_a_workshop_without_units_takes_no_voucher(app, cast, voucher):
    programme = opened(cast)
    with pytest.raises(NoUnitsHere):
        paid_with(programme, voucher.code)


def test_a_group_has_no_voucher(app, cast, lesson_of_two):
    with pytest.raises(NoUnitsHere):
        check_voucher(group(lesson_of_two, 2, voucher_code="ABC"), lesson_of_two)


def test_whoever_waits_pays_when_they_say_yes(app, cast, voucher):
    programme = opened(cast, training_units=2, capacity=1)
    first = registered(adult(programme, 1))
    waits = paid_with(programme, voucher.code, 2)
    assert (state(waits), redemptions()) == ("waiting", [])
    assert payment_of(waits).paid is False
    cancelled(first, by_resident=True)
    assert (state(waits), redemptions()) == ("offered", [])
    for _press in range(2):
        in_transaction(lambda: waiting.accept(waits.id, now=NOW + timedelta(hours=1)))
    assert redemptions() == [(waits.reference, 2, True)]
    assert payment_of(waits).paid is True


def test_whoever_declines_pays_nothing(app, cast, voucher):
    programme = opened(cast, training_units=2, capacity=1)
    first, waits = registered(adult(programme, 1)), paid_with(programme, voucher.code, 2)
    cancelled(first, by_resident=True)
    in_transaction(lambda: waiting.decline(waits.id, now=NOW + timedelta(hours=1)))
    assert (redemptions(), amounts(voucher.id)) == ([], WHOLE)


def test_a_seat_is_not_taken_with_a_voucher_that_died_meanwhile(app, cast, voucher):
    programme = opened(cast, training_units=2, capacity=1)
    first, waits = registered(adult(programme, 1)), paid_with(programme, voucher.code, 2)
    manager = cast.ids["manager"]
    in_transaction(lambda: ending.cancel(voucher.id, "Erreur", db.session.get_one(Account, manager), now=NOW))
    cancelled(first, by_resident=True)
    with pytest.raises(VoucherRefused):
        in_transaction(lambda: waiting.accept(waits.id, now=NOW + timedelta(hours=1)))
    assert state(waits) == "offered"


def test_a_voucher_replaced_meanwhile_pays_with_the_new_one(app, cast, voucher):
    programme = opened(cast, training_units=2, capacity=1)
    first, waits = registered(adult(programme, 1)), paid_with(programme, voucher.code, 2)
    manager, mediator = cast.ids["manager"], cast.ids["mediator"]

    def lost() -> int:
        new = ending.replace(voucher.id, "Perdu", db.session.get_one(Account, manager), now=NOW)
        issuing.hand_over(new.id, HandedOver.IN_PERSON, db.session.get_one(Account, mediator), now=NOW)
        return new.id

    new_id = in_transaction(lost)
    cancelled(first, by_resident=True)
    in_transaction(lambda: waiting.accept(waits.id, now=NOW + timedelta(hours=1)))
    assert amounts(new_id) == (8_000, 2_000, 0, 0)


def test_a_seat_that_staff_give_is_paid(app, cast, voucher):
    programme = opened(cast, training_units=2, capacity=1)
    registered(adult(programme, 1))
    waits = paid_with(programme, voucher.code, 2)
    in_transaction(lambda: giving.give_seat(waits.id, now=NOW, actor_id=cast.ids["manager"], beyond=True))
    assert redemptions() == [(waits.reference, 2, True)]


@pytest.mark.parametrize("by_resident", [True, False])
def test_units_come_back_with_a_cancellation_in_time(voucher, lesson_of_two, by_resident):
    made = paid_with(lesson_of_two, voucher.code)
    for _press in range(2):
        cancelled(made, by_resident=by_resident)
    assert redemptions() == [(made.reference, 2, False)]
    assert amounts(voucher.id) == WHOLE
    assert payment_of(db.session.get_one(Registration, made.id)) is None
    sums_hold()


def test_units_come_back_when_the_session_is_called_off(app, cast, voucher, lesson_of_two):
    made = paid_with(lesson_of_two, voucher.code)
    in_transaction(lambda: changing.cancel(only(lesson_of_two), reason="Panne", now=NOW, actor_id=cast.ids["manager"]))
    assert (state(made), amounts(voucher.id)) == ("cancelled", WHOLE)


def test_another_date_is_paid_with_the_units_that_came_back(app, cast, voucher):
    programme = opened(cast, training_units=2, sessions=2)
    made = paid_with(programme, voucher.code)
    first, second = sessions_of(programme)
    ids = first.id, second.id
    in_transaction(lambda: changing.cancel(ids[0], reason="Panne", now=NOW, actor_id=cast.ids["manager"]))
    other = in_transaction(lambda: instead.take(made.id, ids[1], now=NOW))
    assert redemptions() == [(made.reference, 2, False), (other.reference, 2, True)]
    sums_hold()


def test_a_series_gives_units_back_only_when_none_of_it_is_left(app, cast, voucher):
    programme = opened(cast, training_units=6, sessions=2, enrolment=Enrolment.CYCLE)
    paid_with(programme, voucher.code)
    ids, manager = [one.id for one in sessions_of(programme)], cast.ids["manager"]
    in_transaction(lambda: changing.cancel(ids[0], reason="Panne", now=NOW, actor_id=manager))
    assert amounts(voucher.id) == (4_000, 6_000, 0, 0)
    in_transaction(lambda: changing.cancel(ids[1], reason="Panne", now=NOW, actor_id=manager))
    assert amounts(voucher.id) == WHOLE


def test_a_resident_who_leaves_a_series_that_began_has_paid_it(app, cast, voucher):
    programme = opened(cast, training_units=6, sessions=2, enrolment=Enrolment.CYCLE)
    made = paid_with(programme, voucher.code)
    cancelled(made, by_resident=True, now=FIRST + timedelta(days=1))
    assert amounts(voucher.id) == (4_000, 6_000, 0, 0)


def test_the_service_gives_back_even_then(app, cast, voucher):
    programme = opened(cast, training_units=6, sessions=2, enrolment=Enrolment.CYCLE)
    made = paid_with(programme, voucher.code)
    later, manager = FIRST + timedelta(days=1), cast.ids["manager"]
    in_transaction(lambda: registering.cancel(made.id, now=later, by_resident=False, actor_id=manager))
    assert amounts(voucher.id) == WHOLE


def test_staff_pay_for_somebody_too(app, cast, voucher, lesson_of_two):
    wish = replace(adult(lesson_of_two, 2, voucher_code=voucher.code), origin=Origin.DESK)
    made = registered(wish, actor_id=cast.ids["mediator"])
    assert db.session.scalars(select(Redemption)).one().by_id == cast.ids["mediator"]
    assert payment_of(made).paid


@pytest.mark.parametrize(
    ("first_start", "by_resident", "back"),
    [(NOW, False, True), (None, True, True), (NOW, True, False), (NOW + timedelta(hours=1), True, True)],
)
def test_who_gets_units_back(first_start, by_resident, back):
    assert are_given_back(first_start, NOW, by_resident=by_resident) is back
