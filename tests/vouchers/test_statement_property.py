"""Whatever is paid, undone and stated in whatever order: statements come to what the ledger says, to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from foundation.db import db, in_transaction, transaction
from places.models import Structure
from tests.vouchers.billing import lessons, undone
from tests.vouchers.given import FIRST, TRAINING, campaign, card, handed, statements_hold
from vouchers.models import Partner, PartnerKind, Redemption, Voucher
from vouchers.service import statements

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STEPS = st.lists(
    st.tuples(st.sampled_from(["pay", "pay", "undo", "state"]), st.integers(1, 28), st.integers(0, 5)),
    min_size=4, max_size=16,
)  # fmt: skip


def test_statements_are_the_ledger(cast):
    offer, done = campaign(cast, replace(TRAINING, budget_cents=100_000_000)).id, set()

    @settings(max_examples=15, deadline=None, derandomize=True, database=None)
    @given(STEPS)
    def lives(steps):
        partner_id, voucher = somebody_new(), handed(cast, offer, card(cast).id, now=BEGIN)
        now = BEGIN
        for kind, quarters, which in steps:
            now += timedelta(days=quarters / 4)
            if step(kind, which, partner_id, voucher, now):
                done.add(kind)
            statements_hold()

    lives()
    assert done == {"pay", "undo", "state"}


def somebody_new() -> int:
    """A partner without past."""
    with transaction():
        structure = Structure(name="Un organisme de formation")
        db.session.add(structure)
        db.session.flush()
        made = Partner(structure_id=structure.id, kind=PartnerKind.TRAINING, agreement_from=FIRST, created_at=BEGIN)
        db.session.add(made)
    return made.id


def step(kind: str, which: int, partner_id: int, voucher: Voucher, now: datetime) -> bool:
    """One thing is done, if it can be."""
    query = select(Redemption).where(Redemption.partner_id == partner_id, Redemption.undone_at.is_(None))
    live = db.session.scalars(query.order_by(Redemption.id)).all()
    db.session.rollback()
    if kind == "state":
        return bool(in_transaction(lambda: statements.issue_due(now)))
    if kind == "undo" and live:
        undone(live[which % len(live)], now)
    elif kind == "pay" and len(live) < TRAINING.units:
        lessons(voucher, partner_id, 1, now=now)
    else:
        return False
    return True
