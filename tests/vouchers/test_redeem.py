"""A voucher is taken at a counter: what it pays, what is refused, and pages that come twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from foundation.codes import ALPHABET
from foundation.db import db, transaction
from tests.cast import NOW, TODAY
from tests.vouchers.given import (
    AFTER,
    DEVICE,
    FIRST,
    LAPTOP,
    TRAINING,
    act,
    amounts,
    campaign,
    card,
    fresh,
    handed,
    issued,
    ledger,
    lesson,
    paid,
    partner,
    sums_hold,
)
from tests.workshops.given import count
from vouchers.models import (
    Campaign,
    CampaignPartner,
    DeviceKind,
    MovementKind,
    Partner,
    PartnerKind,
    Redemption,
    Voucher,
    VoucherState,
)
from vouchers.rules import refusals
from vouchers.rules.codes import Mistyped, spoken
from vouchers.rules.states import Device
from vouchers.service import cards, ending, redeeming


@pytest.fixture
def voucher(cast):
    return handed(cast, campaign(cast).id)


def nothing_written(voucher):
    assert count(Redemption) == 0
    assert amounts(voucher.id) == (10_000, 0, 0, 0)
    sums_hold()


class TestDevices:
    def test_all_of_it_goes_into_a_price_well_above(self, voucher, till, cast):
        made = paid(voucher.code, till, by=cast.ids["partner"])
        assert (made.amount_cents, made.price_cents, made.serial, made.by_id) == (
            10_000, 15_000, "SN001", cast.ids["partner"],
        )  # fmt: skip
        found = fresh(Voucher, voucher.id)
        assert (found.state, found.first_used_at) == (VoucherState.USED, NOW)
        assert amounts(voucher.id) == (0, 10_000, 0, 0)
        sums_hold()

    def test_the_floor_is_paid_by_the_resident(self, voucher, till):
        made = paid(voucher.code, till, Device(5_000, DeviceKind.TABLET, "A1"))
        assert made.amount_cents == 3_000
        assert fresh(Voucher, voucher.id).state is VoucherState.PARTLY_USED
        assert amounts(voucher.id) == (7_000, 3_000, 0, 0)
        sums_hold()

    def test_what_is_left_pays_another_one(self, voucher, till):
        paid(voucher.code, till, Device(5_000, DeviceKind.TABLET, "A1"))
        assert paid(voucher.code, till, Device(50_000, DeviceKind.PHONE, "A2")).amount_cents == 7_000
        with pytest.raises(refusals.NothingLeft):
            paid(voucher.code, till)
        assert ledger(voucher.id)[2:] == [(MovementKind.REDEEMED, 3_000), (MovementKind.REDEEMED, 7_000)]
        sums_hold()

    def test_the_money_moves_from_committed_to_spent(self, voucher, till):
        paid(voucher.code, till)
        found = fresh(Campaign, voucher.campaign_id)
        assert (found.left_cents, found.committed_cents, found.spent_cents) == (90_000, 0, 10_000)

    @pytest.mark.parametrize(
        ("bought", "refusal"),
        [
            (Device(2_000, DeviceKind.TABLET, "A"), refusals.PriceTooLow),
            (Device(0, DeviceKind.TABLET, "A"), refusals.PriceMissing),
            (Device(-5, DeviceKind.TABLET, "A"), refusals.PriceMissing),
            (Device(10_000_001, DeviceKind.TABLET, "A"), refusals.PriceTooHigh),
            (Device(9_000, DeviceKind.TABLET, " "), refusals.SerialMissing),
            (Device(9_000, DeviceKind.TABLET, "A" * 61), refusals.SerialMissing),
            (lesson(), refusals.WrongPurchase),
        ],
    )
    def test_what_can_not_be_bought_leaves_it_as_it_was(self, voucher, till, bought, refusal):
        with pytest.raises(refusal):
            paid(voucher.code, till, bought)
        nothing_written(voucher)

    def test_a_campaign_narrows_kinds_and_prices(self, cast, till):
        plan = replace(DEVICE, device_kinds=["phone"], price_ceiling_cents=20_000)
        voucher = handed(cast, campaign(cast, plan).id)
        with pytest.raises(refusals.WrongDevice):
            paid(voucher.code, till)
        with pytest.raises(refusals.PriceTooHigh):
            paid(voucher.code, till, Device(20_001, DeviceKind.PHONE, "A"))
        assert paid(voucher.code, till, Device(20_000, DeviceKind.PHONE, "A")).amount_cents == 10_000


class TestTraining:
    @pytest.fixture
    def voucher(self, cast):
        return handed(cast, campaign(cast, TRAINING).id)

    def test_units_are_paid_one_session_after_the_other(self, cast, voucher):
        school = partner(cast, PartnerKind.TRAINING)
        assert paid(voucher.code, school, lesson(3)).amount_cents == 3_000
        assert paid(voucher.code, school, lesson(7)).units == 7
        assert fresh(Voucher, voucher.id).state is VoucherState.USED
        sums_hold()

    def test_more_units_than_are_left_are_refused_with_their_number(self, cast, voucher):
        school = partner(cast, PartnerKind.TRAINING)
        paid(voucher.code, school, lesson(8))
        with pytest.raises(refusals.TooFewUnits, match="2"):
            paid(voucher.code, school, lesson(3))
        assert amounts(voucher.id) == (2_000, 8_000, 0, 0)

    def test_an_act_of_the_town_is_paid_without_partner(self, voucher):
        made = paid(voucher.code, None, lesson(2), reference="registration:5")
        assert (made.partner_id, made.act, made.amount_cents) == (None, "registration:5", 2_000)

    @pytest.mark.parametrize("units", [0, -1])
    def test_no_units_pay_nothing(self, voucher, units):
        with pytest.raises(refusals.UnitsMissing):
            paid(voucher.code, None, lesson(units), reference="registration:5")
        nothing_written(voucher)

    @pytest.mark.parametrize("day", [date(2025, 3, 10), date(2027, 3, 10)])
    def test_a_session_of_another_year_is_a_slip_of_the_pen(self, voucher, day):
        with pytest.raises(refusals.SessionNotNow):
            paid(voucher.code, None, lesson(1, day), reference="registration:5")

    def test_a_device_is_not_training(self, cast, voucher):
        with pytest.raises(refusals.WrongPurchase):
            paid(voucher.code, partner(cast, PartnerKind.TRAINING), LAPTOP)


class TestWhoseCounter:
    def test_a_code_is_read_as_people_write_it(self, voucher, till):
        assert paid(f" {spoken(voucher.code).lower()} ", till).voucher_id == voucher.id

    def test_a_mistyped_code_is_said_to_be_one(self, voucher, till):
        other = next(letter for letter in ALPHABET if letter != voucher.code[0])
        with pytest.raises(Mistyped):
            paid(other + voucher.code[1:], till)
        nothing_written(voucher)

    def test_a_device_voucher_is_not_for_the_town_nor_a_training_partner(self, cast, voucher):
        with pytest.raises(refusals.NotTakenHere):
            paid(voucher.code, None, lesson(), reference="registration:5")
        with pytest.raises(refusals.NotTakenHere):
            paid(voucher.code, partner(cast, PartnerKind.TRAINING))
        nothing_written(voucher)

    def test_a_campaign_with_partners_is_for_these_alone(self, cast, till):
        other = partner(cast, structure="town")
        voucher = handed(cast, campaign(cast, replace(DEVICE, partner_ids=[other])).id)
        assert count(CampaignPartner) == 1
        with pytest.raises(refusals.NotTakenHere):
            paid(voucher.code, till)
        assert paid(voucher.code, other).partner_id == other

    def test_unknown_and_not_yours_are_told_in_the_same_words(self, cast, voucher, till):
        with pytest.raises(refusals.NotTakenHere) as unknown:
            paid("2222222222", till)
        with pytest.raises(refusals.NotTakenHere) as other:
            paid(voucher.code, partner(cast, PartnerKind.TRAINING, "town"))
        assert (str(unknown.value), unknown.value.status) == (str(other.value), other.value.status)

    @pytest.mark.parametrize(("first", "last"), [(TODAY + timedelta(1), None), (FIRST, TODAY - timedelta(1))])
    def test_nobody_takes_vouchers_outside_their_agreement(self, voucher, till, first, last):
        with transaction():
            one = db.session.get_one(Partner, till)
            one.agreement_from, one.agreement_until = first, last
        with pytest.raises(refusals.NoAgreement):
            paid(voucher.code, till)
        nothing_written(voucher)


class TestWhen:
    def test_what_was_not_handed_over_is_not_taken(self, cast, till):
        voucher = issued(cast, campaign(cast).id, card(cast).id)
        with pytest.raises(refusals.NotHandedOver):
            paid(voucher.code, till)
        nothing_written(voucher)

    def test_not_before_the_campaign_begins(self, cast, till):
        voucher = handed(cast, campaign(cast, replace(DEVICE, starts_on=TODAY + timedelta(days=1))).id)
        with pytest.raises(refusals.NotValidYet):
            paid(voucher.code, till)
        assert paid(voucher.code, till, now=NOW + timedelta(days=1))

    def test_not_after_its_last_day(self, voucher, till):
        with pytest.raises(refusals.VoucherExpired):
            paid(voucher.code, till, now=AFTER)
        assert paid(voucher.code, till, now=AFTER - timedelta(days=1))

    def test_in_the_days_of_tolerance_it_still_counts(self, cast, till):
        voucher = handed(cast, campaign(cast, replace(DEVICE, tolerance_days=5)).id)
        with pytest.raises(refusals.VoucherExpired):
            paid(voucher.code, till, now=AFTER + timedelta(days=5))
        assert paid(voucher.code, till, now=AFTER + timedelta(days=4))

    def test_a_stopped_card_stops_its_vouchers(self, cast, voucher, till):
        by = cast.ids["manager"]
        act(cards.suspend, voucher.card_id, "Dossier à revoir", by=by)
        with pytest.raises(refusals.CardStopped):
            paid(voucher.code, till)
        act(cards.resume, voucher.card_id, by=by)
        assert paid(voucher.code, till)

    def test_a_cancelled_one_is_not_taken(self, cast, voucher, till):
        act(ending.cancel, voucher.id, "Erreur", by=cast.ids["manager"])
        with pytest.raises(refusals.VoucherCancelled):
            paid(voucher.code, till)


class TestTwice:
    def test_the_same_page_pays_once(self, voucher, till):
        first, second = (paid(voucher.code, till, Device(5_000, DeviceKind.TABLET, "A"), key="k") for _ in "ab")
        assert first.id == second.id
        assert amounts(voucher.id) == (7_000, 3_000, 0, 0)
        assert count(Redemption) == 1

    def test_it_is_answered_also_when_nothing_is_left(self, voucher, till):
        assert paid(voucher.code, till, key="k").id == paid(voucher.code, till, key="k", now=AFTER).id

    def test_a_page_does_not_pay_with_another_voucher(self, cast, voucher, till):
        paid(voucher.code, till, key="k")
        other = handed(cast, voucher.campaign_id)
        with pytest.raises(refusals.SentTwice):
            paid(other.code, till, key="k")
        assert amounts(other.id) == (10_000, 0, 0, 0)


class TestLooking:
    def test_only_what_is_needed_is_shown(self, cast, till):
        holder = card(cast, cast.ids["resident"])
        voucher = handed(cast, campaign(cast).id, holder.id)
        seen = redeeming.look(voucher.code, till, now=NOW)
        assert (seen.name, seen.left_cents, seen.floor_cents) == ("Jeanne L.", 10_000, 2_000)
        assert "Le Goff" not in repr(seen)

    def test_units_are_counted(self, cast):
        voucher = handed(cast, campaign(cast, TRAINING).id)
        paid(voucher.code, None, lesson(4), reference="registration:5")
        assert redeeming.look(voucher.code, None, now=NOW).units_left == 6

    def test_what_can_not_be_taken_is_not_shown(self, cast, voucher):
        with pytest.raises(refusals.NotTakenHere):
            redeeming.look(voucher.code, partner(cast, PartnerKind.TRAINING), now=NOW)
