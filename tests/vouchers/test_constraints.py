"""The database refuses by itself what no verb may write, and says which rule was broken."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from foundation.db import broken_constraint, db, transaction
from tests.cast import NOW, TODAY
from tests.vouchers.given import TRAINING, campaign, handed, lesson, paid, partner
from vouchers.models import Campaign, Card, Partner, Redemption, Statement, Voucher, VoucherMovement
from vouchers.rules.refusals import BudgetExhausted, ChangedMeanwhile

BROKEN = [
    (Campaign, {"committed_cents": -1}, "committed"),
    (Campaign, {"spent_cents": -1}, "spent"),
    (Campaign, {"budget_cents": 1_000_000_001}, "budget"),
    (Campaign, {"face_cents": 9_999}, "face"),
    (Campaign, {"units": 0, "face_cents": 0}, "face"),
    (Campaign, {"ends_on": TODAY.replace(year=2020)}, "end_after_start"),
    (Campaign, {"tolerance_days": 91}, "tolerance"),
    (Campaign, {"age_min": 99, "age_max": 98}, "ages"),
    (Campaign, {"every_years": 21}, "every_years"),
    (Campaign, {"floor_cents": -1}, "floor"),
    (Campaign, {"price_ceiling_cents": 0}, "price_ceiling"),
    (Campaign, {"closed_at": NOW}, "closed_has_a_time"),
    (Campaign, {"title": ""}, "named"),
    (Voucher, {"left_cents": -1, "spent_cents": 10_001}, "amounts"),
    (Voucher, {"state": "used"}, "state_fits"),
    (Voucher, {"state": "issued"}, "state_fits"),
    (Voucher, {"state": "expired"}, "state_fits"),
    (Voucher, {"handed_over_how": None}, "handed_over_somehow"),
    (Voucher, {"handed_over_at": None, "handed_over_how": None}, "handed_over_first"),
    (VoucherMovement, {"amount_cents": -1}, "amount"),
    (Redemption, {"amount_cents": 0}, "amount"),
    (Redemption, {"price_cents": 2_999}, "amount"),
    (Redemption, {"price_cents": 10_000_001}, "price"),
    (Redemption, {"units": 0}, "device_or_units"),
    (Redemption, {"serial": "S"}, "device_or_units"),
    (Redemption, {"act": ""}, "paid_for_something"),
    (Redemption, {"undone_at": NOW}, "undone_says_why"),
    (Redemption, {"undone_at": NOW.replace(year=2020), "undone_reason": "x"}, "undone_afterwards"),
    (Card, {"valid_until": TODAY.replace(year=2020)}, "end_after_start"),
    (Card, {"proof_seen_on": TODAY}, "proof_seen_by_somebody"),
    (Partner, {"agreement_until": TODAY.replace(year=2020)}, "end_after_start"),
    (Statement, {"month": 13}, "month"),
    (Statement, {"count": -1}, "count"),
    (Statement, {"state": "disputed"}, "disputed_says_why"),
    (Statement, {"state": "approved"}, "approved_has_a_time"),
    (Statement, {"paid_on": TODAY}, "paid_has_a_day"),
]


@pytest.fixture
def lived(cast):
    """One row of each: a training voucher that was spent in part, and a statement."""
    voucher = handed(cast, campaign(cast, TRAINING).id)
    paid(voucher.code, None, lesson(3), reference="registration:5")
    counter = partner(cast)
    with transaction():
        db.session.add(
            Statement(
                partner_id=counter, year=2026, month=2, number=1, until=NOW, total_cents=0, count=0, issued_at=NOW
            )
        )


def test_what_no_verb_may_write_is_refused_by_name(lived):
    """One town for all of them: each is refused and leaves nothing behind."""
    for model, values, name in BROKEN:
        with pytest.raises(IntegrityError) as refused, transaction():
            db.session.execute(update(model).values(values))
        assert broken_constraint(refused.value) == f"ck_{model.__tablename__}_{name}", values


@pytest.mark.parametrize(
    ("model", "values", "refusal"),
    [(Campaign, {"spent_cents": 100_000}, BudgetExhausted), (Voucher, {"cancelled_cents": 5}, ChangedMeanwhile)],
)
def test_sums_that_do_not_add_up_are_explained_to_people(lived, model, values, refusal):
    with pytest.raises(refusal), transaction():
        db.session.execute(update(model).values(values))
