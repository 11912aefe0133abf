"""Monthly statements: issued once and locked, disputed by the partner, approved by the town.

A statement is the ledger of its partner from the end of the statement before to the end of its month: payments of that
time that were not undone within it, and, as negative lines, payments of earlier statements that were. So the totals up
to a month are the ledger up to the end of that month, whenever and in whatever order things were done.

No payment is written upon: the partner is, and whoever pays or undoes reads there what is stated (`stated_until`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from accounts.models import Account
from foundation import audit, clock
from foundation.db import db, explain_constraint
from vouchers.models import Partner, Statement, StatementState
from vouchers.queries.statement_lines import Stated, first_month, total
from vouchers.queries.statements import is_own
from vouchers.rules.partners import check_of_the_territory
from vouchers.rules.reach import id_of
from vouchers.rules.statement_words import check_first
from vouchers.rules.statements import (
    LaterOneIssued,
    Month,
    NoSuchStatement,
    NothingToState,
    check_answer,
    check_dispute,
    check_over,
)
from vouchers.service.days import day_of
from vouchers.service.partners import locked_to_state
from vouchers.service.statement_notices import tell_answered, tell_disputed, tell_issued

explain_constraint("uq_statement_partner_id_year_month", LaterOneIssued)
explain_constraint("uq_statement_partner_id_number", LaterOneIssued)


def issue(partner_id: int, month: Month, actor: Account | None, *, now: datetime) -> Statement:
    """State a month that is over. Doing so again gives the same one.

    Args:
        actor: None for the monthly job.

    Raises:
        ForTheTerritory, OfTheTerritory, NoSuchPartner, MonthNotOver, LaterOneIssued, EarlierMonthFirst, NothingToState
    """
    if actor is not None:
        check_of_the_territory(actor)
    check_over(month, day_of(now))
    partner, until = locked_to_state(partner_id), month.end(clock.territory_zone())
    if partner.stated_until is not None and partner.stated_until >= until:
        return _the_same(partner_id, month)
    stated = Stated(partner_id, partner.stated_until, until)
    check_first(month, first_month(stated))
    found = total(stated)
    if not found.lines:
        raise NothingToState
    number = db.session.scalar(select(func.max(Statement.number)).where(Statement.partner_id == partner_id)) or 0
    statement = Statement(
        partner_id=partner_id, year=month.year, month=month.month, number=number + 1, since=stated.since, until=until,
        total_cents=found.cents, count=found.lines, issued_at=now,
    )  # fmt: skip
    db.session.add(statement)
    partner.stated_until = until
    db.session.flush()
    audit.record("statement.issued", statement.reference, actor_id=id_of(actor))
    tell_issued(statement)
    return statement


def _the_same(partner_id: int, month: Month) -> Statement:
    """Raises: LaterOneIssued"""
    found = db.session.scalar(
        select(Statement).where(
            Statement.partner_id == partner_id, Statement.year == month.year, Statement.month == month.month
        )
    )
    if found is None:
        raise LaterOneIssued
    return found


def issue_due(now: datetime) -> int:
    """State one month of one partner: the first one that it waits for, up to last month. 0 when nobody waits.

    A month in whose night no job ran has a statement of its own all the same.
    """
    for partner_id, month in _waiting(Month.of(day_of(now)).previous):
        issue(partner_id, month, None, now=now)
        return 1
    return 0


def due(month: Month) -> Sequence[int]:
    """The partners that wait for their statement of a month, or of one before it."""
    return [partner_id for partner_id, _first in _waiting(month)]


def _waiting(last: Month) -> Iterator[tuple[int, Month]]:
    """Partners with the first month that they wait for, up to `last`."""
    until = last.end(clock.territory_zone())
    open_ = or_(Partner.stated_until.is_(None), Partner.stated_until < until)
    found = db.session.execute(select(Partner.id, Partner.stated_until).where(open_).order_by(Partner.id)).all()
    for one in found:
        if month := first_month(Stated(one.id, one.stated_until, until)):
            yield one.id, month


def dispute(statement_id: int, reason: str, actor: Account, *, now: datetime) -> Statement:
    """The partner says that something is wrong: it is not paid before somebody of the town has looked.

    Raises:
        NoSuchStatement, NotDisputable, DisputeTooLate, DisputeReasonMissing, and what `check_text` finds in the reason
    """
    statement = locked_statement(statement_id)
    if not is_own(statement.partner, actor):
        raise NoSuchStatement
    statement.disputed_reason = check_dispute(statement, reason, day_of(statement.issued_at), day_of(now))
    statement.state = StatementState.DISPUTED
    db.session.flush()
    audit.record("statement.disputed", statement.reference, actor_id=actor.id)
    tell_disputed(statement)
    return statement


def approve(statement_id: int, actor: Account, *, now: datetime, answer: str = "") -> Statement:
    """The town agrees to pay it. A dispute ends so too: what was wrong is undone, and is on the next statement.

    Args:
        answer: to the partner, when it disputed; it is told.

    Raises:
        ForTheTerritory, OfTheTerritory, NoSuchStatement, and what `check_answer` refuses
    """
    check_of_the_territory(actor)
    statement = locked_statement(statement_id)
    statement.answer = check_answer(statement, answer)
    statement.state, statement.approved_at, statement.approved_by_id = StatementState.APPROVED, now, actor.id
    db.session.flush()
    audit.record("statement.approved", statement.reference, actor_id=actor.id)
    if statement.answer:
        tell_answered(statement)
    return statement


def locked_statement(statement_id: int) -> Statement:
    """Raises: NoSuchStatement"""
    query = select(Statement).where(Statement.id == statement_id).with_for_update(of=Statement)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NoSuchStatement
    return found
