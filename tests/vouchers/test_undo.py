"""Payments undone: whose, until when, and where the money goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from foundation.db import in_transaction
from foundation.forbidden import SocialSecurityNumber
from tests.cast import NOW
from tests.vouchers.billing import APRIL, IN_APRIL, IN_MAY, stated
from tests.vouchers.given import (
    AFTER,
    DEVICE,
    LAST,
    TRAINING,
    act,
    amounts,
    campaign,
    fresh,
    handed,
    ledger,
    lesson,
    paid,
    partner,
    sums_hold,
)
from vouchers.models import (
    Campaign,
    DeviceKind,
    HandedOver,
    MovementKind,
    Redemption,
    Voucher,
    VoucherState,
)
from vouchers.queries.statement_lines import lines
from vouchers.queries.sums import sums
from vouchers.rules import refusals
from vouchers.rules.states import Device
from vouchers.service import campaigns, ending, issuing, undoing

SMALL = Device(5_000, DeviceKind.PHONE, "P")


@pytest.fixture
def voucher(cast):
    return handed(cast, campaign(cast).id)


def undone(redemption, by, reason="Appareil rendu", **more):
    return act(undoing.undo, redemption.id, reason, by=by, **more)


class TestWhereTheMoneyGoes:
    def test_back_to_the_voucher(self, cast, voucher, till, by):
        made = paid(voucher.code, till)
        done = undone(made, by)
        assert (done.undone_at, done.undone_by_id, done.undone_reason) == (NOW, by, "Appareil rendu")
        found = fresh(Voucher, voucher.id)
        assert (found.state, found.first_used_at) == (VoucherState.HANDED_OVER, None)
        assert amounts(voucher.id) == (10_000, 0, 0, 0)
        assert ledger(voucher.id)[-1] == (MovementKind.UNDONE, 10_000)
        assert fresh(Campaign, voucher.campaign_id).committed_cents == 10_000
        assert paid(voucher.code, till).amount_cents == 10_000
        sums_hold()

    def test_one_of_two_leaves_the_other(self, voucher, till, by):
        first = paid(voucher.code, till, SMALL)
        paid(voucher.code, till, SMALL, now=NOW + timedelta(minutes=5))
        undone(first, by)
        found = fresh(Voucher, voucher.id)
        assert (found.state, found.first_used_at) == (VoucherState.PARTLY_USED, NOW)
        assert amounts(voucher.id) == (7_000, 3_000, 0, 0)
        sums_hold()

    def test_to_the_budget_when_the_voucher_was_cancelled(self, cast, voucher, till, by):
        made = paid(voucher.code, till, SMALL)
        act(ending.cancel, voucher.id, "Erreur", by=by)
        undone(made, by)
        assert amounts(voucher.id) == (0, 0, 10_000, 0)
        assert ledger(voucher.id)[-2:] == [(MovementKind.UNDONE, 3_000), (MovementKind.CANCELLED, 3_000)]
        assert fresh(Campaign, voucher.campaign_id).left_cents == 100_000
        sums_hold()

    def test_to_the_voucher_that_replaced_it_through_all_of_them(self, voucher, till, by):
        made = paid(voucher.code, till, SMALL)
        second = act(ending.replace, voucher.id, "Perdu", by=by)
        third = act(ending.replace, second.id, "Encore perdu", by=by)
        undone(made, by)
        assert amounts(voucher.id) == (0, 0, 10_000, 0)
        assert ledger(voucher.id)[-2:] == [(MovementKind.UNDONE, 3_000), (MovementKind.REPLACED, 3_000)]
        assert amounts(second.id) == (0, 0, 7_000, 0)
        assert amounts(third.id) == (10_000, 0, 0, 0)
        assert ledger(third.id) == [(MovementKind.ISSUED, 7_000), (MovementKind.ISSUED, 3_000)]
        last = fresh(Voucher, third.id)
        assert (last.state, last.face_cents, last.first_used_at) == (VoucherState.ISSUED, 10_000, None)
        assert fresh(Campaign, voucher.campaign_id).committed_cents == 10_000
        found = sums(voucher.campaign_id)
        assert (found.issued, found.issued_cents, found.left_cents, found.first_used) == (1, 10_000, 10_000, 0)
        sums_hold()

    def test_the_one_that_replaced_it_can_be_used_up_already_and_pays_again(self, voucher, till, by):
        made = paid(voucher.code, till, SMALL)
        new = act(ending.replace, voucher.id, "Perdu", by=by)
        act(issuing.hand_over, new.id, HandedOver.IN_PERSON, by=by)
        paid(new.code, till, now=NOW + timedelta(hours=1))
        undone(made, by)
        found = fresh(Voucher, new.id)
        assert (found.state, found.first_used_at) == (VoucherState.PARTLY_USED, NOW)
        assert amounts(new.id) == (3_000, 7_000, 0, 0)
        assert paid(new.code, till, SMALL).amount_cents == 3_000
        sums_hold()

    @pytest.mark.parametrize("how", ["cancelled", "expired"])
    def test_to_the_budget_when_the_one_that_replaced_it_is_over(self, voucher, till, by, how):
        made = paid(voucher.code, till, SMALL)
        new = act(ending.replace, voucher.id, "Perdu", by=by)
        if how == "cancelled":
            act(ending.cancel, new.id, "Erreur", by=by)
        undone(made, by, now=NOW if how == "cancelled" else AFTER)
        assert amounts(new.id) == ((0, 0, 10_000, 0) if how == "cancelled" else (0, 0, 0, 10_000))
        found = sums(voucher.campaign_id)
        assert (found.issued_cents, found.cancelled_cents + found.expired_cents) == (10_000, 10_000)
        assert fresh(Campaign, voucher.campaign_id).left_cents == 100_000
        sums_hold()

    def test_to_the_voucher_only_once(self, voucher, till, by):
        made = paid(voucher.code, till, SMALL)
        new = act(ending.replace, voucher.id, "Perdu", by=by)
        for _ in "ab":
            undone(made, by)
        assert amounts(new.id) == (10_000, 0, 0, 0)
        sums_hold()

    def test_to_the_budget_when_it_had_expired(self, voucher, till, by):
        made = paid(voucher.code, till, SMALL)
        in_transaction(lambda: ending.expire(now=AFTER))
        undone(made, by, now=AFTER)
        assert amounts(voucher.id) == (0, 0, 0, 10_000)
        assert fresh(Voucher, voucher.id).state is VoucherState.EXPIRED
        sums_hold()

    def test_to_the_budget_when_its_time_is_over_although_no_job_came_by(self, voucher, till, by):
        made = paid(voucher.code, till, SMALL)
        undone(made, by, now=AFTER)
        assert amounts(voucher.id) == (0, 0, 0, 10_000)
        assert ledger(voucher.id)[-1] == (MovementKind.EXPIRED, 10_000)
        sums_hold()

    def test_in_its_tolerance_it_comes_to_life_again(self, cast, till, by):
        voucher = handed(cast, campaign(cast, replace(DEVICE, tolerance_days=5)).id)
        undone(paid(voucher.code, till), by, now=AFTER)
        assert amounts(voucher.id) == (10_000, 0, 0, 0)

    def test_a_closed_campaign_keeps_its_report_and_gets_the_money_back(self, voucher, till, by):
        made = paid(voucher.code, till)
        act(campaigns.close, voucher.campaign_id, by=by, now=AFTER)
        undone(made, by, now=AFTER)
        found = fresh(Campaign, voucher.campaign_id)
        assert (found.report["spent_cents"], found.spent_cents, found.left_cents) == (10_000, 0, 100_000)
        assert amounts(voucher.id) == (0, 0, 0, 10_000)
        sums_hold()

    def test_a_closed_campaign_has_no_live_voucher_even_where_one_had_more_time(self, voucher, till, by):
        act(ending.extend, voucher.id, LAST + timedelta(days=30), "Malade", by=by)
        made = paid(voucher.code, till)
        act(campaigns.close, voucher.campaign_id, by=by, now=AFTER)
        undone(made, by, now=AFTER)
        assert amounts(voucher.id) == (0, 0, 0, 10_000)


class TestWhose:
    def test_the_partner_on_the_same_day(self, cast, voucher, till):
        made = paid(voucher.code, till)
        done = undone(made, cast.ids["partner"], partner_id=till)
        assert done.undone_by_id == cast.ids["partner"]

    def test_not_on_the_next_day_of_the_town(self, cast, voucher, till, by):
        """At 23 h 30 in Paris it is still the same day; half an hour later it is not, whatever UTC says."""
        evening = datetime(2026, 3, 10, 23, 0, tzinfo=ZoneInfo("Europe/Paris"))
        made = paid(voucher.code, till, now=evening)
        with pytest.raises(refusals.UndoTooLate):
            undone(made, cast.ids["partner"], partner_id=till, now=evening + timedelta(hours=1))
        assert fresh(Redemption, made.id).undone_at is None
        late = undone(made, cast.ids["partner"], partner_id=till, now=evening + timedelta(minutes=30))
        assert late.undone_at is not None

    def test_a_manager_later(self, voucher, till, by):
        made = paid(voucher.code, till)
        assert undone(made, by, now=NOW + timedelta(days=30)).undone_by_id == by

    def test_another_partner_does_not_know_of_it(self, cast, voucher, till):
        made = paid(voucher.code, till)
        with pytest.raises(refusals.NoSuchRedemption):
            undone(made, cast.ids["partner"], partner_id=partner(cast, structure="town"))
        assert amounts(voucher.id)[1] == 10_000

    def test_an_unknown_one_is_unknown(self, cast, by):
        with pytest.raises(refusals.NoSuchRedemption):
            act(undoing.undo, 4242, "Rendu", by=by)

    def test_again_changes_nothing(self, voucher, till, by):
        made = paid(voucher.code, till)
        undone(made, by)
        again = undone(made, by, "Autre raison", now=NOW + timedelta(days=1))
        assert (again.undone_at, again.undone_reason) == (NOW, "Appareil rendu")
        assert len(ledger(voucher.id)) == 4
        sums_hold()

    @pytest.mark.parametrize("reason", ["", " ", "x" * 301])
    def test_not_without_a_reason(self, voucher, till, by, reason):
        made = paid(voucher.code, till)
        with pytest.raises(refusals.ReasonMissing):
            undone(made, by, reason)

    def test_no_number_of_a_person_in_it(self, voucher, till, by):
        made = paid(voucher.code, till)
        with pytest.raises(SocialSecurityNumber):
            undone(made, by, "2 55 08 14 168 025 38")


class TestAfterAStatement:
    def test_the_payment_stays_on_it(self, voucher, till, by):
        """What is taken back afterwards is a line of the next statement."""
        made = paid(voucher.code, till)
        march = stated(till)
        undone(made, by, now=IN_APRIL)
        assert [line.cents for line in lines(march)] == [10_000]
        assert [line.cents for line in lines(stated(till, APRIL, IN_MAY))] == [-10_000]


class TestActsOfOtherRooms:
    @pytest.fixture
    def voucher(self, cast):
        return handed(cast, campaign(cast, TRAINING).id)

    def test_all_that_was_paid_for_it_comes_back(self, cast, voucher):
        other = handed(cast, voucher.campaign_id)
        for one in (voucher, other):
            paid(one.code, None, lesson(2), reference="registration:5")
        paid(voucher.code, None, lesson(1), reference="registration:6")
        done = in_transaction(lambda: undoing.undo_acts(["registration:5"], "Séance annulée", None, now=NOW))
        assert [one.undone_by_id for one in done] == [None, None]
        assert (amounts(voucher.id), amounts(other.id)) == ((9_000, 1_000, 0, 0), (10_000, 0, 0, 0))
        assert in_transaction(lambda: undoing.undo_acts(["registration:5"], "Séance annulée", None, now=NOW)) == []
        sums_hold()

    def test_a_counter_can_not_be_reached_through_it(self, cast, voucher):
        paid(voucher.code, None, lesson(1), reference="registration:6")
        assert in_transaction(lambda: undoing.undo_acts([""], "Séance annulée", None, now=NOW)) == []
