"""A month is stated: which payments are on it, what they come to, and that it stays so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from foundation import audit
from foundation.db import db, in_transaction
from foundation.scope import OfTheTerritory
from tests.cast import NOW
from tests.vouchers.billing import (
    APRIL,
    IN_APRIL,
    IN_MAY,
    MARCH,
    MAY,
    by,
    lessons,
    purse,
    stated,
    undone,
)
from tests.vouchers.given import fresh, partner, statements_hold, sums_hold
from tests.workshops.given import count
from vouchers.models import PartnerKind, Statement, StatementState
from vouchers.queries.statement_lines import PartSum, by_campaign, lines
from vouchers.rules import partners
from vouchers.rules import statements as rules
from vouchers.rules.statement_words import EarlierMonthFirst
from vouchers.rules.statements import Month
from vouchers.service import statements


@pytest.fixture
def voucher(cast):
    return purse(cast)


def every(model):
    db.session.rollback()
    return list(db.session.scalars(select(model).order_by(model.id)))


def cents(statement):
    return [line.cents for line in lines(statement)]


def test_every_payment_of_the_month_is_a_line(school, voucher):
    first, second = lessons(voucher, school, 1, 2)
    made = stated(school)
    assert (made.number, made.count, made.total_cents, made.state) == (1, 2, 3_000, StatementState.ISSUED)
    assert cents(made) == [1_000, 2_000]
    assert [line.redemption_id for line in lines(made)] == [first.id, second.id]
    assert [line.voucher for line in lines(made)] == [voucher.code[-4:]] * 2
    assert [entry.action for entry in audit.history(made.reference)] == ["statement.issued"]


def test_a_line_tells_no_name_and_not_the_whole_code(school, voucher):
    lessons(voucher, school, 1)
    (line,) = lines(stated(school))
    said = " ".join(map(str, line))
    assert voucher.code not in said
    assert "Ada" not in said


def test_what_was_undone_before_the_end_of_the_month_is_on_no_statement(school, voucher):
    kept, gone = lessons(voucher, school, 1, 2)
    undone(gone, NOW + timedelta(days=3))
    made = stated(school)
    assert (made.count, made.total_cents) == (1, 1_000)
    assert [line.redemption_id for line in lines(made)] == [kept.id]


def test_what_is_undone_later_is_a_negative_line_of_the_next_one(school, voucher):
    first, _second = lessons(voucher, school, 1, 2)
    march = stated(school)
    undone(first, IN_APRIL)
    lessons(voucher, school, 4, now=IN_APRIL)
    april = stated(school, APRIL, IN_MAY)
    assert (april.number, april.count, april.total_cents) == (2, 2, 3_000)
    assert sorted(cents(april)) == [-1_000, 4_000]
    assert fresh(Statement, march.id).total_cents == 3_000
    assert [line.reason for line in lines(april) if line.undone] == ["Séance annulée"]
    sums_hold()


def test_undone_in_april_but_stated_in_april_for_march_it_is_in_both(school, voucher):
    """The sums of a month do not hang on the day on which it is stated."""
    (only,) = lessons(voucher, school, 3)
    undone(only, IN_APRIL - timedelta(hours=1))
    assert stated(school).total_cents == 3_000
    assert stated(school, APRIL, IN_MAY).total_cents == -3_000


def test_a_month_ends_at_midnight_on_the_wall_clock(school, voucher):
    late, next_day = (datetime(2026, 3, 31, hour, 59, tzinfo=UTC) for hour in (21, 22))
    lessons(voucher, school, 1, now=late)
    lessons(voucher, school, 2, now=next_day)
    assert stated(school).total_cents == 1_000


def test_a_month_that_is_not_over_can_not_be_stated(school, voucher):
    lessons(voucher, school, 1)
    for month in (MARCH, APRIL, Month(2027, 1), Month(2026, 13), Month(1, 1), Month(99999, 1)):
        with pytest.raises(rules.MonthNotOver):
            stated(school, month, NOW)
    assert count(Statement) == 0


def test_issued_again_it_is_the_same_one_and_stays_locked(school, voucher):
    lessons(voucher, school, 1)
    made = stated(school)
    lessons(voucher, school, 5, now=NOW + timedelta(hours=3))
    again = stated(school, now=IN_MAY)
    assert (again.id, again.total_cents, again.count) == (made.id, 1_000, 1)
    assert count(Statement) == 1
    assert stated(school, APRIL, IN_MAY).total_cents == 5_000


def test_an_earlier_month_is_not_stated_after_a_later_one(school, voucher):
    lessons(voucher, school, 1, now=IN_APRIL)
    stated(school, APRIL, IN_MAY)
    with pytest.raises(rules.LaterOneIssued):
        stated(school, MARCH, IN_MAY)


def test_a_later_month_waits_for_an_earlier_one_that_has_something_to_state(app, school, voucher):
    lessons(voucher, school, 1)
    lessons(voucher, school, 2, now=IN_APRIL)
    with pytest.raises(EarlierMonthFirst) as refused:
        stated(school, APRIL, IN_MAY)
    assert "mars 2026" in str(refused.value)
    assert count(Statement) == 0


def test_nothing_to_state_leaves_nothing_behind(school):
    with pytest.raises(rules.NothingToState):
        stated(school)
    assert count(Statement) == 0


def test_another_partner_s_payments_are_not_on_it(cast, school, voucher):
    other = partner(cast, structure="town")
    lessons(voucher, school, 1)
    with pytest.raises(rules.NothingToState):
        stated(other)


def test_there_is_no_statement_of_a_partner_that_is_none(cast):
    with pytest.raises(partners.NoSuchPartner):
        stated(12345)


@pytest.mark.parametrize("name", ["partner", "mediator"])
def test_only_the_town_issues_one_by_hand(cast, school, voucher, name):
    lessons(voucher, school, 1)
    with pytest.raises(partners.ForTheTerritory):
        by(cast, name, statements.issue, school, MARCH, now=IN_APRIL)


def test_a_manager_of_one_structure_does_not(cast, school, voucher):
    lessons(voucher, school, 1)
    in_transaction(lambda: setattr(cast.manager, "structure_id", cast.ids["association"]))
    with pytest.raises(OfTheTerritory):
        by(cast, "manager", statements.issue, school, MARCH, now=IN_APRIL)


class TestJob:
    def test_it_states_last_month_for_each_partner_once(self, cast, school, voucher):
        lessons(voucher, school, 1)
        assert in_transaction(lambda: statements.issue_due(IN_APRIL)) == 1
        assert in_transaction(lambda: statements.issue_due(IN_APRIL)) == 0
        assert count(Statement) == 1

    def test_nobody_waits_without_payments_or_within_the_month(self, cast, school, voucher):
        assert in_transaction(lambda: statements.issue_due(IN_APRIL)) == 0
        lessons(voucher, school, 1)
        assert in_transaction(lambda: statements.issue_due(NOW)) == 0

    def test_only_taken_back_waits_too(self, school, voucher):
        (only,) = lessons(voucher, school, 1)
        stated(school)
        undone(only, IN_APRIL)
        assert list(statements.due(APRIL)) == [school]
        assert list(statements.due(MARCH)) == []
        assert in_transaction(lambda: statements.issue_due(IN_MAY)) == 1

    def test_a_job_that_slept_for_a_month_states_each_month_the_oldest_first(self, cast, school, voucher):
        lessons(voucher, school, 1)
        gone, _kept = lessons(voucher, school, 2, 4)
        undone(gone, IN_APRIL)
        lessons(voucher, school, 3, now=IN_APRIL)
        other = partner(cast, PartnerKind.TRAINING, "town")
        lessons(purse(cast), other, 5, now=IN_APRIL)
        while in_transaction(lambda: statements.issue_due(IN_MAY)):
            continue
        made = [(one.partner_id, one.number, one.month, one.total_cents) for one in every(Statement)]
        assert made == [(school, 1, 3, 7_000), (school, 2, 4, 1_000), (other, 1, 4, 5_000)]
        statements_hold()

    def test_what_was_paid_and_undone_within_one_month_is_waited_for_by_nobody(self, school, voucher):
        (only,) = lessons(voucher, school, 1)
        undone(only, NOW + timedelta(days=1))
        assert in_transaction(lambda: statements.issue_due(IN_MAY)) == 0


def test_the_sums_by_campaign_are_those_of_the_lines(school, voucher):
    lessons(voucher, school, 1, 2)
    assert by_campaign(stated(school)) == [("Culture numérique", PartSum(2, 0, 3_000))]


@pytest.mark.parametrize(
    ("month", "following", "previous"),
    [(MAY, Month(2026, 6), APRIL), (Month(2026, 12), Month(2027, 1), Month(2026, 11)),
     (Month(2026, 1), Month(2026, 2), Month(2025, 12))],
)  # fmt: skip
def test_months_follow_each_other_across_the_year(month, following, previous):
    assert (month.following, month.previous) == (following, previous)
