"""One voucher for one card: promised once, frozen as its person is that day, handed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from activity.models import AgeBand
from foundation.db import db, transaction
from people.models import Person, Residence
from places.models import Neighbourhood
from tests.cast import NOW, TODAY
from tests.vouchers.given import (
    AFTER,
    DEVICE,
    LAST,
    TRAINING,
    act,
    amounts,
    campaign,
    card,
    category,
    fresh,
    handed,
    issued,
    ledger,
    paid,
    partner,
    person,
    sums_hold,
)
from tests.workshops.given import count
from vouchers.models import Campaign, Card, HandedOver, MovementKind, Share, Voucher, VoucherMovement, VoucherState
from vouchers.rules import eligibility, refusals
from vouchers.rules.cards import NoSuchCard
from vouchers.rules.eligibility import Claim
from vouchers.service import campaigns, cards, ending, issuing


@pytest.fixture
def chosen(cast):
    return campaign(cast).id


class TestIssuing:
    def test_its_money_is_promised(self, cast, chosen):
        made = issued(cast, chosen, card(cast).id)
        assert (made.state, made.valid_until, made.issued_by_id) == (VoucherState.ISSUED, LAST, cast.ids["mediator"])
        assert amounts(made.id) == (10_000, 0, 0, 0)
        assert ledger(made.id) == [(MovementKind.ISSUED, 10_000)]
        found = fresh(Campaign, chosen)
        assert (found.left_cents, found.committed_cents) == (90_000, 10_000)
        sums_hold()

    def test_it_keeps_who_its_person_was_that_day(self, cast, chosen):
        made = issued(cast, chosen, card(cast, cast.ids["resident"]).id)
        with transaction():
            who = db.session.get_one(Person, cast.ids["resident"])
            who.birth_year, who.residence, who.neighbourhood_id = 2010, Residence.OUTSIDE, None
        kept = fresh(Voucher, made.id)
        assert (kept.age_band, kept.residence) == (AgeBand.FROM_70, Residence.INSIDE)
        assert (kept.neighbourhood_id, kept.category_id) == (cast.ids["harbour"], category())

    def test_unknown_stays_unknown(self, cast, chosen):
        kept = issued(cast, chosen, card(cast).id)
        assert (kept.age_band, kept.residence) == (AgeBand.NOT_COMMUNICATED, Residence.UNKNOWN)

    def test_who_prescribed_it_and_what_for(self, cast, chosen):
        made = issued(cast, chosen, card(cast).id, Claim(cast.ids["prescriber"], "programme:5"))
        assert (made.prescribed_by_id, made.act) == (cast.ids["prescriber"], "programme:5")

    def test_the_same_page_issues_once(self, cast, chosen):
        holder = card(cast).id
        assert len({issued(cast, chosen, holder, request_key="k").id for _ in "abc"}) == 1
        with pytest.raises(refusals.SentTwice):
            issued(cast, chosen, card(cast).id, request_key="k")
        assert count(Voucher) == count(VoucherMovement) == 1
        sums_hold()

    def test_a_budget_ends(self, cast):
        chosen = campaign(cast, replace(DEVICE, budget_cents=25_000)).id
        for _ in "ab":
            issued(cast, chosen, card(cast).id)
        with pytest.raises(refusals.BudgetExhausted) as refused:
            issued(cast, chosen, card(cast).id)
        assert refused.value.status == 409
        assert count(Voucher) == 2
        sums_hold()

    def test_the_database_has_the_last_word(self, cast, chosen):
        with pytest.raises(refusals.BudgetExhausted), transaction():
            db.session.get_one(Campaign, chosen).committed_cents = 100_001
        voucher = issued(cast, chosen, card(cast).id)
        with pytest.raises(refusals.ChangedMeanwhile), transaction():
            db.session.get_one(Voucher, voucher.id).cancelled_cents = 1

    def test_not_of_a_draft_nor_after_the_end(self, cast, chosen):
        draft = act(campaigns.create, DEVICE, by=cast.ids["manager"])
        with pytest.raises(refusals.CampaignNotOpen):
            issued(cast, draft.id, card(cast).id)
        with pytest.raises(refusals.CampaignIsOver):
            issued(cast, chosen, card(cast).id, now=AFTER)

    def test_unknown_cards_and_campaigns(self, cast, chosen):
        with pytest.raises(NoSuchCard):
            issued(cast, chosen, 4242)
        with pytest.raises(refusals.NoSuchCampaign):
            issued(cast, 4242, card(cast).id)

    def test_what_the_rules_refuse_promises_nothing(self, cast, chosen):
        holder = card(cast)
        act(cards.suspend, holder.id, "Dossier", by=cast.ids["manager"])
        with pytest.raises(eligibility.CardNotLive):
            issued(cast, chosen, holder.id)
        assert count(Voucher) == count(VoucherMovement) == 0
        assert fresh(Campaign, chosen).committed_cents == 0


class TestWhere:
    def test_what_a_neighbourhood_lies_in_counts_too(self, cast):
        """The harbour lies in a quarter, which lies in the commune that the campaign is for."""
        with transaction():
            harbour = db.session.get_one(Neighbourhood, cast.ids["harbour"])
            quarter = Neighbourhood(
                commune_id=harbour.commune_id, code="Q", name="Bas de ville", geometry=harbour.geometry,
                min_longitude=0, max_longitude=1, min_latitude=0, max_latitude=1, longitude=0, latitude=0,
            )  # fmt: skip
            db.session.add(quarter)
            db.session.flush()
            harbour.parent_id, commune_id = quarter.id, harbour.commune_id
        holder = card(cast, cast.ids["resident"]).id
        for areas in ({"neighbourhood_ids": [quarter.id]}, {"commune_ids": [commune_id]}):
            made = issued(cast, campaign(cast, replace(DEVICE, **areas)).id, holder)
            assert made.neighbourhood_id == cast.ids["harbour"]
        with pytest.raises(eligibility.OtherArea):
            issued(cast, campaign(cast, replace(DEVICE, neighbourhood_ids=[cast.ids["mills"]])).id, holder)
        with pytest.raises(eligibility.AreaNotKnown):
            issued(cast, campaign(cast, replace(DEVICE, commune_ids=[commune_id])).id, card(cast).id)


class TestOnce:
    def test_once_in_a_campaign(self, cast, chosen):
        holder = card(cast).id
        issued(cast, chosen, holder)
        with pytest.raises(eligibility.HadOneAlready):
            issued(cast, chosen, holder)
        assert issued(cast, campaign(cast).id, holder)

    def test_one_that_came_to_nothing_does_not_count(self, cast, chosen):
        holder, by = card(cast).id, cast.ids["manager"]
        act(ending.cancel, issued(cast, chosen, holder).id, "Erreur", by=by)
        assert issued(cast, chosen, holder)

    def test_one_that_was_spent_in_part_counts(self, cast, chosen):
        voucher = handed(cast, chosen)
        paid(voucher.code, partner(cast))
        with pytest.raises(eligibility.HadOneAlready):
            issued(cast, chosen, voucher.card_id)

    def test_a_new_card_is_no_new_right(self, cast, chosen):
        holder, by = card(cast), cast.ids["manager"]
        paid(handed(cast, chosen, holder.id).code, partner(cast))
        act(cards.end, holder.id, "Renvoyée", by=by)
        with pytest.raises(eligibility.HadOneAlready):
            issued(cast, chosen, card(cast, holder.person_id).id)

    def test_what_an_ended_card_took_along_unused_may_be_given_again(self, cast, chosen):
        holder, by = card(cast), cast.ids["manager"]
        issued(cast, chosen, holder.id)
        act(cards.end, holder.id, "Renvoyée", by=by)
        assert issued(cast, chosen, card(cast, holder.person_id).id)

    def test_every_so_many_years_across_campaigns_of_the_kind(self, cast):
        plan, holder = replace(DEVICE, every_years=2), card(cast).id
        issued(cast, campaign(cast).id, holder)
        with pytest.raises(eligibility.HadOneAlready):
            issued(cast, campaign(cast, plan).id, holder)
        training = campaign(cast, replace(TRAINING, every_years=2)).id
        assert issued(cast, training, holder)

    def test_after_these_years_again(self, cast):
        long_ago = NOW - timedelta(days=731)
        first = replace(DEVICE, starts_on=long_ago.date(), ends_on=long_ago.date() + timedelta(60))
        holder = card(cast, valid_from=long_ago.date()).id
        handed_out = issued(cast, campaign(cast, first).id, holder, now=long_ago)
        assert handed_out.issued_at == long_ago
        assert issued(cast, campaign(cast, replace(DEVICE, every_years=2)).id, holder)
        with pytest.raises(eligibility.HadOneAlready):
            issued(cast, campaign(cast, replace(DEVICE, every_years=3)).id, holder)

    def test_a_household_shares(self, cast):
        chosen = campaign(cast, replace(DEVICE, share=Share.HOUSEHOLD)).id
        first, second = (card(cast, household="77").id for _ in "ab")
        issued(cast, chosen, first)
        with pytest.raises(eligibility.HadOneAlready):
            issued(cast, chosen, second)

    @pytest.mark.parametrize("typed", ["f004-1", "F004 - 1", " F.004\u20111", "F0041"])
    def test_however_its_key_is_typed(self, cast, typed):
        chosen = campaign(cast, replace(DEVICE, share=Share.HOUSEHOLD)).id
        first, second = (card(cast, household=key).id for key in ("F004-1", typed))
        issued(cast, chosen, first)
        with pytest.raises(eligibility.HadOneAlready):
            issued(cast, chosen, second)
        assert fresh(Card, second).household == typed.strip()

    def test_a_dash_is_no_household(self, cast):
        chosen = campaign(cast, replace(DEVICE, share=Share.HOUSEHOLD)).id
        assert len({issued(cast, chosen, card(cast, household="-").id).id for _ in "ab"}) == 2

    def test_who_lives_with_nobody_known_stands_alone(self, cast):
        chosen = campaign(cast, replace(DEVICE, share=Share.HOUSEHOLD)).id
        assert len({issued(cast, chosen, card(cast).id).id for _ in "abc"}) == 3

    def test_where_persons_count_the_household_does_not(self, cast, chosen):
        assert len({issued(cast, chosen, card(cast, household="77").id).id for _ in "ab"}) == 2


class TestHandingOver:
    def test_who_when_and_how(self, cast, chosen):
        voucher, by = issued(cast, chosen, card(cast).id), cast.ids["mediator"]
        done = act(issuing.hand_over, voucher.id, HandedOver.IN_PERSON, by=by)
        assert (done.state, done.handed_over_at, done.handed_over_by_id) == (VoucherState.HANDED_OVER, NOW, by)
        assert ledger(voucher.id) == [(MovementKind.ISSUED, 10_000), (MovementKind.HANDED_OVER, 0)]

    def test_again_changes_nothing(self, cast, chosen):
        voucher, by = handed(cast, chosen), cast.ids["manager"]
        done = act(issuing.hand_over, voucher.id, HandedOver.POSTED, by=by, now=NOW + timedelta(1))
        assert (done.handed_over_how, done.handed_over_at) == (HandedOver.IN_PERSON, NOW)
        assert len(ledger(voucher.id)) == 2

    def test_it_is_a_contact_with_the_person(self, cast, chosen):
        holder, later = card(cast, person(), valid_until=TODAY + timedelta(days=3)), NOW + timedelta(days=3)
        voucher = issued(cast, chosen, holder.id)
        act(issuing.hand_over, voucher.id, HandedOver.IN_PERSON, by=cast.ids["mediator"], now=later)
        assert fresh(Person, voucher.person_id).last_contact_at == later

    def test_what_is_over_is_not_handed_over(self, cast, chosen):
        voucher, by = issued(cast, chosen, card(cast).id), cast.ids["manager"]
        act(ending.cancel, voucher.id, "Erreur", by=by)
        with pytest.raises(refusals.NotLive):
            act(issuing.hand_over, voucher.id, HandedOver.IN_PERSON, by=by)

    def test_an_unknown_one_is_unknown(self, cast):
        with pytest.raises(refusals.NoSuchVoucher):
            act(issuing.hand_over, 4242, HandedOver.IN_PERSON, by=cast.ids["mediator"])
