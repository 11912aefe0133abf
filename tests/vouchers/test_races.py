"""Forty want one thing at once: money is spent once, promised once, and never beyond a budget."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from foundation.db import db
from tests.racing import RACERS, race
from tests.vouchers import racers
from tests.vouchers.given import (
    DEVICE,
    TRAINING,
    act,
    amounts,
    campaign,
    card,
    fresh,
    handed,
    lesson,
    paid,
    partner,
    sums_hold,
)
from tests.workshops.given import count
from vouchers.models import Campaign, CampaignKind, PartnerKind, Redemption, Share, Voucher, VoucherBatch
from vouchers.rules.eligibility import Claim
from vouchers.service import batches

pytestmark = pytest.mark.long
ROUNDS = 50


def tills(cast, rounds, plan=DEVICE):
    """A voucher a round, and the counter that takes it."""
    kind = PartnerKind.REFURBISHER if plan.kind is CampaignKind.DEVICE else PartnerKind.TRAINING
    counter = partner(cast, kind)
    chosen = campaign(cast, replace(plan, budget_cents=rounds * plan.face)).id
    found = [(one.code, counter) for one in (handed(cast, chosen) for _ in range(rounds))]
    db.session.rollback()
    return found


def test_one_of_forty_tills_is_paid(cast, database):
    rounds = race(database.url, racers.taken, tills(cast, ROUNDS))
    assert all(Counter(got)["NothingLeft"] == RACERS - 1 for got in rounds), rounds
    assert count(Redemption) == ROUNDS
    assert fresh(Campaign, 1).spent_cents == ROUNDS * DEVICE.face
    sums_hold()


def test_one_page_sent_forty_times_pays_once(cast, database):
    rounds = race(database.url, racers.the_same_page, tills(cast, 10))
    assert all(len(set(got)) == 1 for got in rounds), rounds
    assert count(Redemption) == 10
    sums_hold()


def test_no_more_units_are_paid_than_there_are(cast, database):
    rounds = race(database.url, racers.three_units, tills(cast, 5, TRAINING))
    assert all(Counter(got)["TooFewUnits"] == RACERS - 3 for got in rounds), rounds
    sums_hold()


def test_without_the_guard_one_voucher_is_spent_many_times(cast, database):
    """What the verbs prevent: each reads that something is left, and the budget stops it only at its own end."""
    counter = partner(cast)
    voucher = handed(cast, campaign(cast).id)
    [got] = race(database.url, racers.looked_and_wrote, [(voucher.code, counter)])
    assert Counter(got)["paid"] > 1


def test_the_last_of_a_budget_is_promised_once(cast, database):
    """Thirty euros are left, each wants them."""
    by, people = cast.ids["mediator"], [card(cast).id for _ in range(RACERS)]
    plan = replace(DEVICE, face_cents=3_000, budget_cents=3_000)
    stakes = [(campaign(cast, plan).id, people, by) for _ in range(ROUNDS)]
    db.session.rollback()
    rounds = race(database.url, racers.issued, stakes)
    assert all(Counter(got) == {"issued": 1, "BudgetExhausted": RACERS - 1} for got in rounds), rounds
    assert count(Voucher) == ROUNDS
    sums_hold()


def test_a_household_is_helped_once(cast, database):
    """By either of its cards, of either campaign."""
    by, people = cast.ids["mediator"], [card(cast, household="Dupuis").id for _ in range(2)]
    plan = replace(DEVICE, share=Share.HOUSEHOLD, every_years=1)
    one = replace(plan, every_years=0)
    rounds = race(database.url, racers.issued_to_one, [(campaign(cast, one).id, people, by) for _ in range(5)])
    assert all(Counter(got) == {"issued": 1, "HadOneAlready": RACERS - 1} for got in rounds), rounds
    others = [card(cast, household="Roux").id for _ in range(2)]
    both = [campaign(cast, plan).id, campaign(cast, plan).id]
    [got] = race(database.url, racers.issued_of_either, [(both, others, by)])
    assert Counter(got) == {"issued": 1, "HadOneAlready": RACERS - 1}
    sums_hold()


def test_a_batch_that_all_make_is_made_once(cast, database):
    people = [card(cast).id for _ in range(60)]
    batch = act(batches.ask, campaign(cast, replace(DEVICE, budget_cents=600_000)).id, Claim(), by=cast.ids["manager"])
    race(database.url, racers.batch_made, [batch.id])
    assert count(Voucher) == len(people)
    assert fresh(VoucherBatch, batch.id).made == len(people)
    sums_hold()


def test_all_verbs_at_once_lose_no_cent(cast, database):
    chosen = campaign(cast, replace(TRAINING, budget_cents=100_000)).id
    stakes = []
    for _ in range(5):
        voucher = handed(cast, chosen)
        first = paid(voucher.code, None, lesson(2), reference="registration:4")
        stakes.append((voucher.id, voucher.card_id, first.id, cast.ids["manager"], voucher.code))
    db.session.rollback()
    rounds = race(database.url, racers.all_at_once, stakes)
    assert all("Error" not in result for got in rounds for result in got), rounds
    for voucher_id, *_rest in stakes:
        assert sum(amounts(voucher_id)) == 10_000
    sums_hold()
