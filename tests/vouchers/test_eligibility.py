"""Who may have a voucher: each no by its own name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from people.models import Residence
from tests.cast import TODAY
from tests.vouchers.given import FIRST, LAST, YEAR_END
from vouchers.models import Campaign, CampaignKind, CampaignState, CardState, Share
from vouchers.rules import eligibility
from vouchers.rules.eligibility import Claim, Holder, check_eligible, check_issuing, counted_since
from vouchers.rules.refusals import CampaignIsOver, CampaignNotOpen

HOLDER = Holder(1, 1, CardState.LIVE, FIRST, YEAR_END, category_id=1)


def planned(**changes) -> Campaign:
    usual = {
        "kind": CampaignKind.DEVICE, "state": CampaignState.OPEN, "starts_on": FIRST, "ends_on": LAST,
        "category_ids": [], "commune_ids": [], "neighbourhood_ids": [], "age_min": 0, "age_max": 120,
        "share": Share.PERSON, "every_years": 0, "prescriber_needed": False, "act_needed": "",
    }  # fmt: skip
    return Campaign(**(usual | changes))


def check(campaign, holder=HOLDER, claim=Claim(), *, had_one=False, today=TODAY):  # noqa: B008
    check_eligible(campaign, holder, claim, today, had_one=had_one)


def test_without_conditions_a_live_card_is_enough():
    check(planned())


@pytest.mark.parametrize("state", [CardState.SUSPENDED, CardState.LOST, CardState.REPLACED, CardState.ENDED])
def test_a_card_that_does_not_count_gets_none(state):
    with pytest.raises(eligibility.CardNotLive):
        check(planned(), replace(HOLDER, state=state))


@pytest.mark.parametrize(("day", "valid"), [(FIRST - timedelta(1), False), (FIRST, True), (YEAR_END, True),
                                            (YEAR_END + timedelta(1), False)])  # fmt: skip
def test_the_card_has_to_be_valid_that_day(day, valid):
    if valid:
        check(planned(), today=day)
        return
    with pytest.raises(eligibility.CardNotValid):
        check(planned(), today=day)


def test_categories_that_are_named_narrow():
    check(planned(category_ids=[3, 1]))
    with pytest.raises(eligibility.OtherCategory):
        check(planned(category_ids=[3]))


class TestWhere:
    AT_HOME = replace(HOLDER, residence=Residence.INSIDE, neighbourhood_id=4, neighbourhood_ids={4, 9}, commune_ids={2})

    @pytest.mark.parametrize("areas", [{"neighbourhood_ids": [4]}, {"neighbourhood_ids": [9]}, {"commune_ids": [2]},
                                       {"neighbourhood_ids": [7], "commune_ids": [2]}])  # fmt: skip
    def test_any_area_that_holds_them_is_enough(self, areas):
        check(planned(**areas), self.AT_HOME)

    @pytest.mark.parametrize("areas", [{"neighbourhood_ids": [7]}, {"commune_ids": [4]}])
    def test_others_live_elsewhere(self, areas):
        with pytest.raises(eligibility.OtherArea):
            check(planned(**areas), self.AT_HOME)
        with pytest.raises(eligibility.OtherArea):
            check(planned(**areas), replace(HOLDER, residence=Residence.OUTSIDE))

    def test_unknown_is_not_elsewhere(self):
        with pytest.raises(eligibility.AreaNotKnown):
            check(planned(neighbourhood_ids=[4]))


class TestAge:
    @pytest.mark.parametrize(("born", "old_enough"), [(1966, True), (1967, False), (1941, True), (1940, False)])
    def test_it_is_counted_by_the_year(self, born, old_enough):
        senior = planned(age_min=60, age_max=85)
        if old_enough:
            check(senior, replace(HOLDER, birth_year=born))
            return
        with pytest.raises(eligibility.OtherAge):
            check(senior, replace(HOLDER, birth_year=born))

    def test_it_has_to_be_known_only_when_it_counts(self):
        check(planned(), replace(HOLDER, birth_year=None))
        with pytest.raises(eligibility.AgeNotKnown):
            check(planned(age_min=60))
        with pytest.raises(eligibility.AgeNotKnown):
            check(planned(age_max=25))


class TestClaims:
    def test_a_prescriber_is_named_where_one_is_needed(self):
        check(planned(prescriber_needed=True), claim=Claim(prescribed_by_id=3))
        with pytest.raises(eligibility.PrescriberNeeded):
            check(planned(prescriber_needed=True))

    @pytest.mark.parametrize("act", ["", "programme:6", "programme:55"])
    def test_the_very_act_is_needed(self, act):
        check(planned(act_needed="programme:5"), claim=Claim(act="programme:5"))
        with pytest.raises(eligibility.ActNeeded):
            check(planned(act_needed="programme:5"), claim=Claim(act=act))

    def test_nobody_has_two(self):
        with pytest.raises(eligibility.HadOneAlready):
            check(planned(), had_one=True)


class TestWhen:
    @pytest.mark.parametrize("state", [CampaignState.DRAFT, CampaignState.CLOSED])
    def test_only_an_open_campaign_gives_any(self, state):
        with pytest.raises(CampaignNotOpen):
            check_issuing(planned(state=state), TODAY)

    def test_until_its_last_day(self):
        check_issuing(planned(), LAST)
        with pytest.raises(CampaignIsOver):
            check_issuing(planned(), LAST + timedelta(1))

    def test_before_its_first_day_they_are_prepared(self):
        check_issuing(planned(), FIRST - timedelta(30))

    @pytest.mark.parametrize(
        ("years", "today", "since"),
        [(0, TODAY, None), (3, TODAY, date(2023, 3, 10)), (1, date(2028, 2, 29), date(2027, 2, 28)),
         (4, date(2028, 2, 29), date(2024, 2, 28))],
    )  # fmt: skip
    def test_earlier_ones_count_for_so_many_years(self, years, today, since):
        assert counted_since(planned(every_years=years), today) == since
