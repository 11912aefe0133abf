"""Vouchers cancelled, replaced, given more time, expired: what is not used goes back to the budget."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from foundation.audit import history
from foundation.db import db, in_transaction
from tests.vouchers.given import (
    AFTER,
    DEVICE,
    LAST,
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
from vouchers.models import Campaign, DeviceKind, HandedOver, MovementKind, Voucher, VoucherMovement, VoucherState
from vouchers.rules import refusals
from vouchers.rules.eligibility import Claim
from vouchers.rules.states import Device
from vouchers.service import ending, issuing

SMALL = Device(5_000, DeviceKind.PHONE, "P")


@pytest.fixture
def chosen(cast):
    return campaign(cast).id


@pytest.fixture
def voucher(cast, chosen):
    return handed(cast, chosen)


def expired(now=AFTER, limit=500):
    return in_transaction(lambda: ending.expire(now=now, limit=limit))


def free(campaign_id):
    """What may be promised again."""
    return fresh(Campaign, campaign_id).left_cents


class TestCancelling:
    def test_what_is_left_goes_back(self, cast, voucher, by):
        paid(voucher.code, partner(cast), SMALL)
        done = act(ending.cancel, voucher.id, "  Dossier clos ", by=by)
        assert done.state is VoucherState.CANCELLED
        assert amounts(voucher.id) == (0, 3_000, 7_000, 0)
        assert free(voucher.campaign_id) == 97_000
        last = db.session.scalars(select(VoucherMovement).order_by(VoucherMovement.id.desc())).first()
        assert (last.kind, last.amount_cents, last.reason, last.actor_id) == (
            MovementKind.CANCELLED, 7_000, "Dossier clos", by,
        )  # fmt: skip
        sums_hold()

    def test_again_changes_nothing(self, voucher, by):
        for _ in "ab":
            act(ending.cancel, voucher.id, "Erreur", by=by)
        assert len(ledger(voucher.id)) == 3
        assert free(voucher.campaign_id) == 100_000

    def test_nothing_is_left_of_a_used_one(self, cast, voucher, by):
        paid(voucher.code, partner(cast))
        with pytest.raises(refusals.NotLive):
            act(ending.cancel, voucher.id, "Erreur", by=by)
        assert amounts(voucher.id) == (0, 10_000, 0, 0)

    def test_before_it_was_handed_over(self, cast, chosen, by):
        made = issued(cast, chosen, card(cast).id)
        assert act(ending.cancel, made.id, "Erreur", by=by).state is VoucherState.CANCELLED

    def test_the_audit_tells_who_and_no_name(self, voucher, by):
        act(ending.cancel, voucher.id, "Erreur", by=by)
        entry = history(voucher.reference)[0]
        assert (entry.action, entry.actor_id, entry.details) == ("voucher.cancelled", by, {"cents": 10_000})

    @pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
    @pytest.mark.parametrize("verb", [ending.cancel, ending.replace])
    def test_not_without_a_reason(self, voucher, by, verb, reason):
        with pytest.raises(refusals.ReasonMissing):
            act(verb, voucher.id, reason, by=by)
        assert amounts(voucher.id) == (10_000, 0, 0, 0)


class TestReplacing:
    def test_a_new_code_for_what_is_left(self, cast, voucher, by):
        till = partner(cast)
        paid(voucher.code, till, SMALL)
        new = act(ending.replace, voucher.id, "Perdu", by=by)
        assert (new.code != voucher.code, new.face_cents, new.left_cents) == (True, 7_000, 7_000)
        assert (new.card_id, new.valid_until, new.replaces_id) == (voucher.card_id, LAST, voucher.id)
        assert amounts(voucher.id) == (0, 3_000, 7_000, 0)
        assert ledger(voucher.id)[-1] == (MovementKind.REPLACED, 7_000)
        assert ledger(new.id) == [(MovementKind.ISSUED, 7_000)]
        assert free(voucher.campaign_id) == 90_000
        sums_hold()

    def test_the_old_code_is_dead_and_the_new_one_is_handed_over_first(self, cast, voucher, by):
        till, new = partner(cast), act(ending.replace, voucher.id, "Perdu", by=by)
        with pytest.raises(refusals.VoucherCancelled):
            paid(voucher.code, till)
        with pytest.raises(refusals.NotHandedOver):
            paid(new.code, till)
        act(issuing.hand_over, new.id, HandedOver.IN_PERSON, by=by)
        assert paid(new.code, till).amount_cents == 10_000
        sums_hold()

    def test_twice_gives_the_same_new_one(self, voucher, by):
        assert len({act(ending.replace, voucher.id, "Perdu", by=by).id for _ in "abc"}) == 1
        assert count(Voucher) == 2
        sums_hold()

    def test_the_new_one_can_be_lost_too(self, voucher, by):
        second = act(ending.replace, voucher.id, "Perdu", by=by)
        third = act(ending.replace, second.id, "Encore perdu", by=by)
        assert [amounts(one.id)[0] for one in (voucher, second, third)] == [0, 0, 10_000]
        sums_hold()

    def test_it_needs_no_budget(self, cast, by):
        voucher = handed(cast, campaign(cast, replace(DEVICE, budget_cents=10_000)).id)
        assert act(ending.replace, voucher.id, "Perdu", by=by).left_cents == 10_000

    @pytest.mark.parametrize("how", ["used", "expired"])
    def test_nothing_replaces_what_is_over(self, cast, voucher, by, how):
        if how == "used":
            paid(voucher.code, partner(cast))
        else:
            expired()
        with pytest.raises(refusals.NotLive):
            act(ending.replace, voucher.id, "Perdu", by=by)


class TestExtending:
    def test_one_voucher_gets_more_time(self, cast, voucher, by):
        done = act(ending.extend, voucher.id, LAST + timedelta(30), "Hospitalisée", by=by)
        assert done.valid_until == LAST + timedelta(30)
        assert ledger(voucher.id)[-1] == (MovementKind.EXTENDED, 0)
        assert expired() == 0
        assert paid(voucher.code, partner(cast), now=AFTER + timedelta(29))
        with pytest.raises(refusals.NotLive):
            act(ending.extend, voucher.id, LAST + timedelta(60), "Encore", by=by)

    @pytest.mark.parametrize("days", [-1, 0, 184, 4000])
    def test_only_longer_and_not_for_ever(self, voucher, by, days):
        with pytest.raises(refusals.NotLonger) as refused:
            act(ending.extend, voucher.id, LAST + timedelta(days), "Malade", by=by)
        assert refused.value.field == "until"
        assert fresh(Voucher, voucher.id).valid_until == LAST

    def test_what_has_expired_stays_so(self, voucher, by):
        expired()
        with pytest.raises(refusals.NotLive):
            act(ending.extend, voucher.id, LAST + timedelta(30), "Malade", by=by)


class TestExpiring:
    def test_what_was_not_used_goes_back(self, cast, chosen, voucher):
        part = handed(cast, chosen)
        paid(part.code, partner(cast), SMALL)
        untouched = issued(cast, chosen, card(cast).id)
        assert expired() == 3
        assert amounts(voucher.id) == amounts(untouched.id) == (0, 0, 0, 10_000)
        assert amounts(part.id) == (0, 3_000, 0, 7_000)
        assert ledger(part.id)[-1] == (MovementKind.EXPIRED, 7_000)
        assert free(chosen) == 97_000
        sums_hold()

    def test_not_on_the_last_day_nor_in_the_tolerance(self, cast):
        handed(cast, campaign(cast, replace(DEVICE, tolerance_days=5)).id)
        for days in (-1, 0, 4):
            assert expired(AFTER + timedelta(days)) == 0
        assert expired(AFTER + timedelta(5)) == 1

    def test_a_few_at_a_time_campaign_by_campaign(self, cast, chosen):
        other = campaign(cast, TRAINING).id
        for one in (chosen, chosen, chosen, other):
            handed(cast, one)
        assert [expired(limit=2) for _ in range(4)] == [2, 1, 1, 0]
        assert free(chosen) == free(other) == 100_000
        sums_hold()

    def test_what_is_over_is_left_alone(self, cast, chosen, voucher, by):
        used = handed(cast, chosen)
        paid(used.code, partner(cast))
        act(ending.cancel, voucher.id, "Erreur", by=by)
        assert expired() == 0
        assert amounts(voucher.id) == (0, 0, 10_000, 0)
        assert amounts(used.id) == (0, 10_000, 0, 0)

    def test_units_that_were_not_taken(self, cast):
        voucher = handed(cast, campaign(cast, TRAINING).id)
        paid(voucher.code, None, lesson(4), reference="registration:5")
        expired()
        assert amounts(voucher.id) == (0, 4_000, 0, 6_000)
        sums_hold()

    def test_the_job_signs_for_nobody(self, voucher):
        expired()
        last = db.session.scalars(select(VoucherMovement).order_by(VoucherMovement.id.desc())).first()
        assert (last.actor_id, last.at) == (None, AFTER)
        assert history(f"campaign:{voucher.campaign_id}")[0].details == {"count": 1, "cents": 10_000}


def test_nobody_of_another_structure_touches_them(cast):
    chosen = campaign(cast, structure_id=cast.ids["association"]).id
    made = act(issuing.issue, chosen, card(cast).id, Claim(), by=cast.ids["other_mediator"])
    for verb, rest in ((ending.cancel, []), (ending.replace, [])):
        with pytest.raises(refusals.NotYourCampaign):
            act(verb, made.id, *rest, "Erreur", by=cast.ids["mediator"])
    with pytest.raises(refusals.NotYourCampaign):
        act(issuing.hand_over, made.id, HandedOver.POSTED, by=cast.ids["mediator"])
    with pytest.raises(refusals.NotYourCampaign):
        act(ending.extend, made.id, LAST + timedelta(9), "Malade", by=cast.ids["mediator"])
    assert fresh(Voucher, made.id).state is VoucherState.ISSUED
