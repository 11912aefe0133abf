"""A second way to count vouchers: any acts on a few of them, then the lines of the ledger, one by one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from foundation.db import db, in_transaction
from foundation.errors import Refused
from reach.queries.vouchers import Given, vouchers
from reach.rules import periods
from tests.cast import NOW
from tests.reach.asking import ON_A_DATABASE, asked, exported, local_day
from tests.reach.behind import made
from tests.vouchers.given import AFTER, TRAINING, act, campaign, card, fresh, issued, lesson, paid, partner
from vouchers.models import (
    CampaignKind,
    HandedOver,
    MovementKind,
    Partner,
    PartnerKind,
    Redemption,
    Voucher,
    VoucherMovement,
)
from vouchers.service import ending, issuing, undoing

MONTHS = [periods.month(2026, number) for number in (3, 4, 7)]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["hand", "pay", "pay", "undo", "replace", "cancel"]), st.integers(0, 1), st.integers(1, 6),
        st.integers(0, 20),
    ),
    max_size=9,
)  # fmt: skip


@pytest.mark.long
@settings(ON_A_DATABASE, max_examples=12)
@given(ACTS, st.booleans())
def test_whatever_is_done_with_vouchers_the_ledger_says_the_same(cast, acts, expire):
    """Acts come one after another, some days apart; those that are refused leave nothing. Worlds grow: each example
    adds two vouchers to those of the examples before."""
    till, open_ = _counter(cast), campaign(cast, TRAINING).id
    latest = [issued(cast, open_, card(cast).id).id for _number in range(2)]
    now = NOW
    for what, which, units, days in acts:
        now += timedelta(days=days)
        latest[which] = _done(cast, what, latest[which], units, till, now)
    if expire:
        in_transaction(lambda: ending.expire(now=AFTER))
    for span in MONTHS:
        by_hand = _Reckoned(span).given()
        assert asked(vouchers, span=span).by[CampaignKind.TRAINING] == by_hand
        assert (made("training_vouchers", span=span), made("device_vouchers", span=span)) == (by_hand.handed_over, 0)
        assert round(100 * made("euros", span=span)) == by_hand.cents


def _counter(cast):
    """The partner who takes them; made once."""
    found = db.session.scalar(select(Partner.id))
    db.session.rollback()
    return found or partner(cast, PartnerKind.TRAINING)


def _done(cast, what, voucher_id, units, till, now):
    """The voucher that stands afterwards."""
    by = cast.ids["manager"]
    try:
        match what:
            case "hand":
                act(issuing.hand_over, voucher_id, HandedOver.IN_PERSON, by=by, now=now)
            case "pay":
                paid(fresh(Voucher, voucher_id).code, till, lesson(units, local_day(now)), now=now)
            case "undo":
                in_transaction(lambda: undoing.undo(_last_sale(voucher_id), "Erreur.", None, now=now))
            case "replace":
                return act(ending.replace, voucher_id, "Perdu.", by=by, now=now).id
            case _:
                act(ending.cancel, voucher_id, "Non.", by=by, now=now)
    except Refused:
        db.session.rollback()
    return voucher_id


def _last_sale(voucher_id):
    query = select(Redemption.id).where(Redemption.voucher_id == voucher_id).order_by(Redemption.id.desc())
    return db.session.scalar(query.limit(1)) or 0


class _Reckoned:
    """The figures of a month by going through lines of the ledger."""

    def __init__(self, span):
        self.span = span
        self.vouchers = {one["id"]: one for one in exported(Voucher)}
        self.lines = exported(VoucherMovement)
        undone = {one["redemption_id"] for one in self.lines if one["kind"] is MovementKind.UNDONE}
        paid_lines = [one for one in self.lines if one["kind"] is MovementKind.REDEEMED]
        self.standing = [one for one in paid_lines if one["redemption_id"] not in undone]

    def inside(self, instant):
        return instant is not None and self.span.first <= local_day(instant) <= self.span.last

    def root(self, voucher_id):
        """The voucher that was first promised."""
        while (lost := self.vouchers[voucher_id]["replaces_id"]) is not None:
            voucher_id = lost
        return voucher_id

    def of_kind(self, kind):
        return [(one["voucher_id"], one["at"]) for one in self.lines if one["kind"] is kind]

    def promises(self, moments):
        """How many promises had the first of these moments in the month."""
        first = {}
        for voucher_id, at in moments:
            root = self.root(voucher_id)
            first[root] = min(first.get(root, at), at)
        return sum(map(self.inside, first.values()))

    def in_state(self, state, moments, wanted):
        """How many vouchers in a state had the first, or last, of their moments in the month."""
        ends = {}
        for voucher_id, at in moments:
            if self.vouchers[voucher_id]["state"].value == state:
                ends[voucher_id] = wanted(ends.get(voucher_id, at), at)
        return sum(map(self.inside, ends.values()))

    def people(self, moments):
        return len({self.vouchers[voucher_id]["person_id"] for voucher_id, at in moments if self.inside(at)})

    def given(self):
        sales = [(one["voucher_id"], one["at"]) for one in self.standing]
        used = [(id_, one["first_used_at"]) for id_, one in self.vouchers.items() if one["first_used_at"]]
        handed = self.of_kind(MovementKind.HANDED_OVER)
        return Given(
            issued=self.promises(self.of_kind(MovementKind.ISSUED)),
            handed_over=self.promises(handed),
            first_used=self.promises(used),
            used_up=self.in_state("used", sales, max),
            expired=self.in_state("expired", self.of_kind(MovementKind.EXPIRED), min),
            cents=sum(one["amount_cents"] for one in self.standing if self.inside(one["at"])),
            holders=self.people(handed),
            beneficiaries=self.people(sales),
        )
