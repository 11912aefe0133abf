"""A press that was on its way at midnight: whatever comes late is on the next statement, and none changes any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from foundation.db import db
from tests.cast import NOW
from tests.counting import statements as counted
from tests.racing import race
from tests.vouchers import month_racers
from tests.vouchers.billing import APRIL, IN_APRIL, IN_MAY, MARCH, lessons, purse, stated, undone
from tests.vouchers.given import (
    TRAINING,
    campaign,
    fresh,
    handed,
    partner,
    statements_hold,
    sums_hold,
)
from tests.vouchers.test_treasury_race import trainers
from vouchers.models import Partner, PartnerKind, Redemption, Statement, Voucher, VoucherMovement
from vouchers.queries.statement_lines import Stated, lines, total
from vouchers.rules.statements import NothingToState, after_stated

MIDNIGHT = datetime(2026, 3, 31, 22, 0, tzinfo=UTC)
JUST_BEFORE = MIDNIGHT - timedelta(seconds=1)


@pytest.fixture
def voucher(cast):
    return purse(cast)


@pytest.mark.parametrize(
    ("now", "until", "when"),
    [(JUST_BEFORE, None, JUST_BEFORE), (JUST_BEFORE, MIDNIGHT, MIDNIGHT), (IN_APRIL, MIDNIGHT, IN_APRIL)],
)
def test_nothing_is_written_before_what_is_stated(now, until, when):
    assert after_stated(now, until) == when


class TestLate:
    """The till looked at its clock in March, and wrote after March was stated."""

    def test_a_payment_counts_for_the_month_that_follows(self, school, voucher):
        lessons(voucher, school, 1)
        march = stated(school)
        (late,) = lessons(voucher, school, 2, now=JUST_BEFORE)
        assert fresh(Redemption, late.id).at == MIDNIGHT
        assert [line.cents for line in lines(march)] == [1_000]
        assert [line.cents for line in lines(stated(school, APRIL, IN_MAY))] == [2_000]
        statements_hold()

    def test_the_ledger_and_the_first_use_say_the_same_instant(self, cast, school, voucher):
        lessons(voucher, school, 1)
        stated(school)
        other = handed(cast, voucher.campaign_id)
        (late,) = lessons(other, school, 2, now=JUST_BEFORE)
        written = select(VoucherMovement.at).where(VoucherMovement.redemption_id == late.id)
        assert db.session.scalars(written).all() == [MIDNIGHT]
        assert fresh(Voucher, other.id).first_used_at == MIDNIGHT

    def test_what_is_undone_is_taken_off_the_month_that_follows(self, school, voucher):
        (gone,) = lessons(voucher, school, 3)
        march = stated(school)
        undone(gone, JUST_BEFORE)
        assert fresh(Redemption, gone.id).undone_at == MIDNIGHT
        assert [line.cents for line in lines(march)] == [3_000]
        assert [line.cents for line in lines(stated(school, APRIL, IN_MAY))] == [-3_000]
        statements_hold()

    def test_paid_and_undone_late_it_is_on_none(self, school, voucher):
        lessons(voucher, school, 1)
        stated(school)
        (late,) = lessons(voucher, school, 2, now=JUST_BEFORE)
        undone(late, JUST_BEFORE)
        lessons(voucher, school, 1, now=IN_APRIL)
        assert [line.cents for line in lines(stated(school, APRIL, IN_MAY))] == [1_000]
        statements_hold()

    def test_a_clock_that_goes_behind_undoes_not_before_the_payment(self, school, voucher):
        (only,) = lessons(voucher, school, 1)
        undone(only, NOW - timedelta(seconds=5))
        assert fresh(Redemption, only.id).undone_at == NOW

    def test_acts_of_the_town_and_other_partners_wait_for_nothing(self, cast, school, voucher):
        lessons(voucher, school, 1)
        stated(school)
        other = partner(cast, PartnerKind.TRAINING, "town")
        (theirs,) = lessons(voucher, other, 1, now=JUST_BEFORE)
        assert theirs.at == JUST_BEFORE


class TestFrozen:
    def test_whatever_comes_later_the_lines_come_to_the_total(self, school, voucher):
        first, second = lessons(voucher, school, 1, 2)
        march = stated(school)
        before = list(lines(march))
        undone(first, JUST_BEFORE)
        undone(second, IN_APRIL)
        lessons(voucher, school, 4, now=JUST_BEFORE)
        stated(school, APRIL, IN_MAY)
        kept = fresh(Statement, march.id)
        assert [one._replace(undone_since=None) for one in lines(kept)] == before
        assert total(Stated.of(kept)) == (kept.count, kept.total_cents) == (2, 3_000)

    def test_each_statement_begins_where_the_one_before_ended(self, school, voucher):
        lessons(voucher, school, 1)
        march = stated(school)
        lessons(voucher, school, 1, now=IN_MAY)
        may = stated(school, APRIL.following, IN_MAY + timedelta(days=40))
        assert (march.since, march.until, may.since) == (None, MIDNIGHT, MIDNIGHT)
        assert fresh(Partner, school).stated_until == may.until

    def test_a_month_of_nothing_moves_nothing(self, school, voucher):
        lessons(voucher, school, 1, now=IN_APRIL)
        with pytest.raises(NothingToState):
            stated(school, MARCH, IN_APRIL)
        assert fresh(Partner, school).stated_until is None
        lessons(voucher, school, 1, now=JUST_BEFORE)
        assert [stated(school, month, IN_MAY).count for month in (MARCH, APRIL)] == [1, 1]


def test_to_read_what_is_stated_a_till_asks_nothing_more(cast, school, voucher):
    """It comes with the agreement of the partner."""
    with counted() as sent:
        lessons(voucher, school, 1)
    assert len([one for one in sent if "stated_until" in one]) == 1
    assert len(sent) <= 11


@pytest.mark.long
class TestRace:
    """In each round two state March while thirty-eight pay and undo at counters whose clocks still say March."""

    ROUNDS = 6

    def stakes(self, cast):
        month = campaign(cast, replace(TRAINING, units=50, budget_cents=self.ROUNDS * 50_000)).id
        rounds = []
        for school in trainers(self.ROUNDS):
            voucher = handed(cast, month)
            paid = lessons(voucher, school, 1, 1, 1)
            rounds.append((school, voucher.code, [one.id for one in paid]))
        db.session.rollback()
        return rounds

    def test_each_movement_is_on_exactly_one_statement(self, cast, database):
        stakes = self.stakes(cast)
        rounds = race(database.url, month_racers.at_midnight, stakes)
        assert all("Error" not in result for got in rounds for result in got), rounds
        assert all(sum(result.startswith("stated") for result in got) == 2 for got in rounds), rounds
        statements_hold()
        for school, *_rest in stakes:
            stated(school, APRIL, IN_MAY)
        statements_hold()
        sums_hold()

    def test_without_the_guard_some_are_on_none(self, cast, database):
        """What the tills prevent: each writes the time that it saw before it waited."""
        stakes = self.stakes(cast)
        race(database.url, month_racers.at_midnight_by_own_clock, stakes)
        with pytest.raises(AssertionError):
            statements_hold()
