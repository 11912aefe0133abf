"""Campaigns: planned, opened, changed within what vouchers say, closed with what they came to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.models import Account
from foundation.db import db, transaction
from foundation.forbidden import AccountNumber
from foundation.scope import NotInYourStructure, OfTheTerritory
from tests.cast import NOW
from tests.vouchers.given import (
    AFTER,
    DEVICE,
    FIRST,
    LAST,
    TRAINING,
    act,
    campaign,
    card,
    fresh,
    handed,
    issued,
    paid,
    partner,
    sums_hold,
)
from tests.workshops.given import count
from vouchers.models import Campaign, CampaignState, DeviceKind
from vouchers.queries.sums import sums
from vouchers.rules import campaigns as rules
from vouchers.rules.refusals import NoSuchCampaign, NotYourCampaign
from vouchers.rules.states import Device
from vouchers.service import campaigns, ending


@pytest.fixture
def of_town(cast):
    """A manager of one structure."""
    with transaction():
        account = db.session.get_one(Account, cast.ids["manager"])
        account.structure_id = cast.ids["town"]
    return cast.ids["manager"]


class TestPlanning:
    def test_a_draft_keeps_all_that_was_decided(self, cast, by):
        plan = replace(
            DEVICE, category_ids=(1, 2), commune_ids=(3,), age_min=60, floor_cents=500, price_ceiling_cents=30_000,
            device_kinds=("phone",), act_needed="programme:5", prescriber_needed=True, every_years=3,
            voucher_text=" Chez nos partenaires. ", tolerance_days=7,
        )  # fmt: skip
        made = fresh(Campaign, act(campaigns.create, plan, by=by).id)
        assert made.state is CampaignState.DRAFT
        assert (made.category_ids, made.commune_ids, made.device_kinds) == ([1, 2], [3], ["phone"])
        assert (made.age_min, made.age_max, made.every_years, made.tolerance_days) == (60, 120, 3, 7)
        assert (made.floor_cents, made.price_ceiling_cents, made.face_cents) == (500, 30_000, 10_000)
        assert (made.voucher_text, made.act_needed, made.created_by_id) == ("Chez nos partenaires.", "programme:5", by)
        assert (made.left_cents, made.committed_cents, made.spent_cents) == (100_000, 0, 0)

    def test_training_is_worth_its_units(self, cast, by):
        made = act(campaigns.create, TRAINING, by=by)
        assert (made.face_cents, made.units, made.unit_cents) == (10_000, 10, 1_000)

    def test_partners_are_named(self, cast, by):
        chosen = partner(cast)
        made = act(campaigns.create, replace(DEVICE, partner_ids=[chosen, 4242]), by=by)
        assert [one.id for one in fresh(Campaign, made.id).partners] == [chosen]

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"title": "  "}, rules.TitleMissing),
            ({"title": "x" * 121}, rules.TitleMissing),
            ({"voucher_text": "x" * 1001}, rules.TextTooLong),
            ({"act_needed": "x" * 61}, rules.TextTooLong),
            ({"title": "FR76 3000 6000 0112 3456 7890 189"}, AccountNumber),
            ({"ends_on": FIRST - timedelta(1)}, rules.DatesInDisorder),
            ({"ends_on": FIRST + timedelta(367)}, rules.DatesInDisorder),
            ({"tolerance_days": -1}, rules.BadTolerance),
            ({"tolerance_days": 91}, rules.BadTolerance),
            ({"age_min": 60, "age_max": 59}, rules.BadAges),
            ({"age_min": -1}, rules.BadAges),
            ({"age_max": 121}, rules.BadAges),
            ({"every_years": 21}, rules.BadYears),
            ({"every_years": -1}, rules.BadYears),
            ({"face_cents": 0}, rules.FaceMissing),
            ({"face_cents": -5}, rules.FaceMissing),
            ({"budget_cents": 9_999}, rules.BudgetMissing),
            ({"budget_cents": 1_000_000_001}, rules.BudgetMissing),
            ({"floor_cents": -1}, rules.BadPrices),
            ({"floor_cents": 500, "price_ceiling_cents": 500}, rules.BadPrices),
            ({"price_ceiling_cents": 0, "floor_cents": 0}, rules.BadPrices),
            ({"device_kinds": ["toaster"]}, rules.NotADevice),
        ],
    )
    def test_what_can_not_be_is_refused(self, cast, by, changes, refusal):
        with pytest.raises(refusal):
            act(campaigns.create, replace(DEVICE, **changes), by=by)
        assert count(Campaign) == 0

    @pytest.mark.parametrize("changes", [{"units": 0}, {"unit_cents": 0}, {"units": -3, "unit_cents": -5}])
    def test_training_needs_units_that_are_worth_something(self, cast, by, changes):
        with pytest.raises(rules.FaceMissing) as refused:
            act(campaigns.create, replace(TRAINING, **changes), by=by)
        assert refused.value.field in changes


class TestWhose:
    def test_a_structure_runs_its_own(self, cast, of_town):
        made = act(campaigns.create, DEVICE, by=of_town, structure_id=cast.ids["town"])
        assert made.structure_id == cast.ids["town"]

    def test_only_the_territory_runs_those_of_all(self, cast, of_town):
        with pytest.raises(OfTheTerritory):
            act(campaigns.create, DEVICE, by=of_town)

    def test_nobody_touches_those_of_another(self, cast, by):
        chosen = act(campaigns.create, DEVICE, by=by, structure_id=cast.ids["association"]).id
        with transaction():
            db.session.get_one(Account, by).structure_id = cast.ids["town"]
        for verb, rest in ((campaigns.open_, []), (campaigns.change, [DEVICE]), (campaigns.close, [])):
            with pytest.raises(NotInYourStructure):
                act(verb, chosen, *rest, by=by)

    def test_mediators_of_another_structure_issue_nothing_of_it(self, cast):
        chosen = campaign(cast, structure_id=cast.ids["association"]).id
        with pytest.raises(NotYourCampaign):
            issued(cast, chosen, card(cast).id)
        everybody = campaign(cast).id
        assert issued(cast, everybody, card(cast).id)


class TestOpening:
    def test_once_and_again(self, cast, by):
        made = act(campaigns.create, DEVICE, by=by)
        for _ in "ab":
            assert act(campaigns.open_, made.id, by=by).state is CampaignState.OPEN

    def test_on_its_last_day_and_never_after_it(self, cast, by):
        made = act(campaigns.create, DEVICE, by=by)
        with pytest.raises(rules.OverBeforeItOpens):
            act(campaigns.open_, made.id, by=by, now=AFTER)
        assert fresh(Campaign, made.id).state is CampaignState.DRAFT
        assert act(campaigns.open_, made.id, by=by, now=AFTER - timedelta(days=1)).state is CampaignState.OPEN

    def test_none_is_planned_or_moved_into_the_past(self, cast, by):
        made = act(campaigns.create, DEVICE, by=by)
        for verb, rest in ((campaigns.create, [DEVICE]), (campaigns.change, [made.id, DEVICE])):
            with pytest.raises(rules.EndsInThePast) as refused:
                act(verb, *rest, by=by, now=AFTER)
            assert refused.value.field == "ends_on"
        assert count(Campaign) == 1

    def test_a_closed_one_stays_closed(self, cast, by):
        made = campaign(cast)
        act(campaigns.close, made.id, by=by, now=AFTER)
        with pytest.raises(rules.NotADraft):
            act(campaigns.open_, made.id, by=by)

    def test_an_unknown_one_is_unknown(self, cast, by):
        with pytest.raises(NoSuchCampaign):
            act(campaigns.open_, 4242, by=by)


class TestChanging:
    def test_a_draft_in_all(self, cast, by):
        made = act(campaigns.create, DEVICE, by=by)
        done = act(campaigns.change, made.id, replace(TRAINING, age_min=60), by=by)
        assert (done.kind, done.units, done.face_cents, done.age_min) == (TRAINING.kind, 10, 10_000, 60)
        back = act(campaigns.change, made.id, DEVICE, by=by)
        assert (back.units, back.unit_cents, back.age_min) == (0, 0, 0)

    def test_an_open_one_in_what_no_voucher_says(self, cast, by):
        made = campaign(cast)
        wanted = replace(
            DEVICE, title="Autre titre", budget_cents=50_000, ends_on=LAST + timedelta(10), tolerance_days=3,
            face_cents=1, floor_cents=0, age_min=60,
        )  # fmt: skip
        done = fresh(Campaign, act(campaigns.change, made.id, wanted, by=by).id)
        assert (done.title, done.budget_cents, done.tolerance_days) == ("Autre titre", 50_000, 3)
        assert done.ends_on == LAST + timedelta(10)
        assert (done.face_cents, done.floor_cents, done.age_min) == (10_000, 2_000, 0)

    def test_never_below_what_is_promised_and_spent(self, cast, by):
        made = campaign(cast)
        paid(handed(cast, made.id).code, partner(cast))
        handed(cast, made.id)
        with pytest.raises(rules.BudgetBelowPromises):
            act(campaigns.change, made.id, replace(DEVICE, budget_cents=19_999), by=by)
        assert act(campaigns.change, made.id, replace(DEVICE, budget_cents=20_000), by=by).left_cents == 0
        sums_hold()

    def test_the_end_only_moves_on(self, cast, by):
        made = campaign(cast)
        with pytest.raises(rules.EndBroughtForward):
            act(campaigns.change, made.id, replace(DEVICE, ends_on=LAST - timedelta(1)), by=by)


class TestClosing:
    def test_not_while_it_runs_nor_in_its_tolerance(self, cast, by):
        made = campaign(cast, replace(DEVICE, tolerance_days=5))
        for now in (NOW, AFTER, AFTER + timedelta(4)):
            with pytest.raises(rules.TooEarlyToClose):
                act(campaigns.close, made.id, by=by, now=now)
        assert act(campaigns.close, made.id, by=by, now=AFTER + timedelta(5)).state is CampaignState.CLOSED

    def test_not_while_a_voucher_can_be_spent(self, cast, by):
        made = campaign(cast)
        handed(cast, made.id)
        with pytest.raises(rules.StillLive, match="1"):
            act(campaigns.close, made.id, by=by, now=AFTER)

    def test_a_draft_is_not_closed(self, cast, by):
        made = act(campaigns.create, DEVICE, by=by)
        with pytest.raises(rules.NotADraft):
            act(campaigns.close, made.id, by=by, now=AFTER)

    def test_what_it_came_to_stays(self, cast, by):
        made = campaign(cast)
        paid(handed(cast, made.id).code, partner(cast))
        paid(handed(cast, made.id).code, 1, Device(5_000, DeviceKind.PHONE, "P"))
        issued(cast, made.id, card(cast).id)
        with transaction():
            assert ending.expire(now=AFTER) == 2
        closed = fresh(Campaign, act(campaigns.close, made.id, by=by, now=AFTER).id)
        assert (closed.closed_at, closed.closed_by_id) == (AFTER, by)
        assert closed.report is not None
        kept = {
            "budget_cents": 100_000, "issued": 3, "handed_over": 2, "first_used": 2, "unused": 1, "live": 0,
            "issued_cents": 30_000, "left_cents": 0, "spent_cents": 13_000, "cancelled_cents": 0,
            "expired_cents": 17_000, "partners": [{"name": "Les Clics solidaires", "redemptions": 2, "cents": 13_000}],
        }  # fmt: skip
        assert closed.report | kept == closed.report
        assert act(campaigns.close, made.id, by=by, now=AFTER + timedelta(9)).closed_at == AFTER


class TestSums:
    def test_an_empty_campaign_comes_to_nothing(self, cast):
        found = sums(campaign(cast).id)
        assert (found.issued, found.live, found.issued_cents) == (0, 0, 0)

    def test_each_voucher_is_counted_where_it_stands(self, cast, by):
        chosen = campaign(cast).id
        first = handed(cast, chosen)
        handed(cast, chosen)
        gone = issued(cast, chosen, card(cast).id)
        act(ending.cancel, gone.id, "Erreur", by=by)
        paid(first.code, partner(cast))
        found = sums(chosen)
        assert (found.issued, found.handed_over, found.first_used, found.unused, found.live) == (3, 2, 1, 2, 1)
        assert found.issued_cents == 30_000 == found.left_cents + found.spent_cents + found.cancelled_cents

    def test_a_replaced_one_counts_once(self, cast, by):
        chosen = campaign(cast).id
        lost = handed(cast, chosen)
        paid(lost.code, partner(cast), Device(5_000, DeviceKind.PHONE, "P"))
        act(ending.replace, lost.id, "Perdu", by=by)
        found = sums(chosen)
        assert (found.issued, found.first_used, found.unused) == (1, 1, 0)
        assert (found.issued_cents, found.left_cents, found.spent_cents, found.cancelled_cents) == (
            10_000, 7_000, 3_000, 0,
        )  # fmt: skip
