"""Vouchers for everybody who may have one: a few hundred at a time, as far as the budget goes, never twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from foundation.db import db, in_transaction, transaction
from tests.cast import NOW
from tests.vouchers.given import (
    AFTER,
    DEVICE,
    YEAR_END,
    act,
    amounts,
    campaign,
    card,
    category,
    fresh,
    handed,
    issued,
    ledger,
    sums_hold,
)
from tests.workshops.given import count
from vouchers.models import BatchState, Campaign, MovementKind, Share, Voucher, VoucherBatch, VoucherState
from vouchers.rules.eligibility import ActNeeded, Claim
from vouchers.rules.refusals import CampaignIsOver, CampaignNotOpen, NoSuchBatch
from vouchers.service import batches, campaigns, cards

EVERYBODY = Claim()


def ask(chosen, by, claim=EVERYBODY, **more):
    return act(batches.ask, chosen, claim, by=by, **more).id


def some(batch_id, limit=2, now=NOW):
    return in_transaction(lambda: batches.make_some(batch_id, now=now, limit=limit))


def whole(batch_id, limit=2):
    """The batch when it has ended, and how often it was called."""
    calls = 1
    while (batch := some(batch_id, limit)).state is BatchState.WAITING:
        calls += 1
    return batch, calls


def holders_of(chosen):
    found = db.session.scalars(select(Voucher.card_id).where(Voucher.campaign_id == chosen).order_by(Voucher.id)).all()
    db.session.rollback()
    return found


class TestAsking:
    def test_it_says_how_many_cards_it_will_look_at(self, cast, by):
        for _ in range(3):
            card(cast)
        batch = fresh(VoucherBatch, ask(campaign(cast).id, by))
        assert (batch.wanted, batch.made, batch.skipped, batch.state) == (3, 0, 0, BatchState.WAITING)
        assert (batch.asked_by_id, batch.asked_at) == (by, NOW)

    def test_a_double_press_asks_once(self, cast, by):
        chosen = campaign(cast).id
        assert len({ask(chosen, by, request_key="k") for _ in "abc"}) == 1
        assert count(VoucherBatch) == 1

    def test_not_of_a_draft_nor_after_the_end(self, cast, by):
        with pytest.raises(CampaignNotOpen):
            ask(act(campaigns.create, DEVICE, by=by).id, by)
        with pytest.raises(CampaignIsOver):
            ask(campaign(cast).id, by, now=AFTER)

    def test_what_has_to_be_done_first_can_not_be_guessed_of_everybody(self, cast, by):
        chosen, holder = campaign(cast, replace(DEVICE, act_needed="programme:5")).id, card(cast).id
        done = Claim(act="programme:5")
        for claim, only in ((EVERYBODY, [holder]), (done, None), (Claim(act="programme:6"), [holder])):
            with pytest.raises(ActNeeded):
                ask(chosen, by, claim, card_ids=only)
        batch, _calls = whole(ask(chosen, by, done, card_ids=[holder]))
        assert batch.made == 1
        assert db.session.scalars(select(Voucher.act)).one() == "programme:5"


class TestMaking:
    def test_a_few_at_a_time_until_all_are_made(self, cast, by):
        people = [card(cast).id for _ in range(5)]
        chosen = campaign(cast).id
        batch, calls = whole(ask(chosen, by))
        assert (batch.state, batch.made, batch.skipped, calls) == (BatchState.DONE, 5, 0, 4)
        assert holders_of(chosen) == people
        assert fresh(Campaign, chosen).committed_cents == 50_000
        sums_hold()

    def test_each_has_a_code_and_a_line_of_its_own(self, cast, by):
        for _ in range(4):
            card(cast)
        batch, _calls = whole(ask(campaign(cast).id, by), limit=50)
        made = db.session.scalars(select(Voucher)).all()
        assert len({one.code for one in made}) == 4
        assert {(one.batch_id, one.issued_by_id, one.state) for one in made} == {(batch.id, by, VoucherState.ISSUED)}
        ids = [one.id for one in made]
        assert all(ledger(one) == [(MovementKind.ISSUED, 10_000)] for one in ids)

    def test_it_keeps_who_its_people_were(self, cast, by):
        card(cast, cast.ids["resident"])
        whole(ask(campaign(cast).id, by))
        made = db.session.scalars(select(Voucher)).one()
        assert (made.neighbourhood_id, made.category_id) == (cast.ids["harbour"], category())

    def test_who_may_have_none_is_left_out_and_counted(self, cast, by):
        chosen = campaign(cast, replace(DEVICE, category_ids=[category("Étudiant")])).id
        card(cast)
        card(cast, valid_until=NOW.date().replace(day=9))
        suspended = card(cast, category_id=category("Étudiant"))
        act(cards.suspend, suspended.id, "Dossier", by=by)
        right = card(cast, category_id=category("Étudiant")).id
        had = card(cast, category_id=category("Étudiant")).id
        issued(cast, chosen, had)
        batch, _calls = whole(ask(chosen, by))
        assert (batch.wanted, batch.made, batch.skipped) == (4, 1, 3)
        assert holders_of(chosen) == [had, right]

    def test_it_stops_where_the_budget_ends(self, cast, by):
        people = [card(cast).id for _ in range(5)]
        chosen = campaign(cast, replace(DEVICE, budget_cents=35_000)).id
        batch, _calls = whole(ask(chosen, by))
        assert (batch.state, batch.stopped, batch.made, batch.skipped) == (BatchState.STOPPED, "BudgetExhausted", 3, 0)
        assert holders_of(chosen) == people[:3]
        assert batch.last_card_id < people[3]
        sums_hold()

    def test_what_it_looked_at_is_made_and_skipped_up_to_there(self, cast, by):
        """Of six cards in one chunk the second and the last may have none, and the budget ends before the fourth."""
        chosen = campaign(cast, replace(DEVICE, budget_cents=25_000, category_ids=[category()])).id
        kinds = [category(), category("Autre"), category(), category(), category(), category("Autre")]
        for one in kinds:
            card(cast, category_id=one)
        batch, calls = whole(ask(chosen, by), limit=6)
        assert (batch.state, batch.made, batch.skipped, calls) == (BatchState.STOPPED, 2, 1, 1)

    def test_a_second_one_goes_on_where_the_first_stopped(self, cast, by):
        people = [card(cast).id for _ in range(5)]
        chosen = campaign(cast, replace(DEVICE, budget_cents=35_000)).id
        whole(ask(chosen, by))
        act(campaigns.change, chosen, replace(DEVICE, budget_cents=100_000), by=by)
        batch, _calls = whole(ask(chosen, by))
        assert (batch.state, batch.made, batch.skipped) == (BatchState.DONE, 2, 3)
        assert sorted(holders_of(chosen)) == people

    def test_it_stops_when_the_campaign_ends(self, cast, by):
        card(cast)
        batch = some(ask(campaign(cast).id, by), now=AFTER)
        assert (batch.state, batch.stopped, batch.made) == (BatchState.STOPPED, "CampaignIsOver", 0)

    def test_one_that_has_ended_makes_no_more(self, cast, by):
        batch_id = ask(campaign(cast).id, by)
        assert whole(batch_id)[0].state is BatchState.DONE
        card(cast)
        some(batch_id)
        assert count(Voucher) == 0

    def test_a_household_gets_one_within_a_chunk_and_across(self, cast, by):
        people = [card(cast, household=home).id for home in ("F-77", "f 77", "", "", "88", "F77")]
        chosen = campaign(cast, replace(DEVICE, share=Share.HOUSEHOLD)).id
        batch, _calls = whole(ask(chosen, by), limit=3)
        assert holders_of(chosen) == [people[0], people[2], people[3], people[4]]
        assert (batch.made, batch.skipped) == (4, 2)

    def test_only_chosen_cards(self, cast, by):
        people = [card(cast).id for _ in range(5)]
        chosen = campaign(cast).id
        only = [people[3], people[1], people[3]]
        batch, _calls = whole(ask(chosen, by, card_ids=only), limit=1)
        assert (batch.wanted, batch.made) == (2, 2)
        assert holders_of(chosen) == [people[1], people[3]]

    def test_no_cards_at_all(self, cast, by):
        batch, calls = whole(ask(campaign(cast).id, by, card_ids=[]))
        assert (batch.state, batch.made, calls) == (BatchState.DONE, 0, 1)

    def test_what_is_in_no_table_is_unknown(self, cast):
        with pytest.raises(NoSuchBatch):
            some(4242)


def test_a_chunk_that_breaks_leaves_nothing_and_is_made_again(cast, by):
    """The process dies after writing, before its commit."""
    people = [card(cast).id for _ in range(4)]
    chosen = campaign(cast).id
    batch_id = ask(chosen, by)
    some(batch_id)
    with pytest.raises(RuntimeError, match="died"), transaction():
        batches.make_some(batch_id, now=NOW, limit=2)
        raise RuntimeError("died")
    assert fresh(VoucherBatch, batch_id).made == 2
    sums_hold()
    whole(batch_id)
    assert holders_of(chosen) == people
    sums_hold()


def test_vouchers_of_others_are_left_alone(cast, by):
    other = handed(cast, campaign(cast).id, card(cast, valid_until=YEAR_END).id)
    whole(ask(campaign(cast).id, by))
    assert amounts(other.id) == (10_000, 0, 0, 0)
    assert count(Voucher) == 2
