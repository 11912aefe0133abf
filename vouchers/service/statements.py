"""Monthly statements: issued once and locked, disputed by the partner, approved by the town.

The statement of a month holds every payment before its end that no statement holds yet, less those undone before that
end; and, as a negative line, each payment of an earlier statement that was undone before that end. So the totals up to
a month are the ledger up to the end of that month, whenever and in whatever order things were done.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, func, or_, select, update

from accounts.models import Account
from foundation import audit, clock
from foundation.db import db, explain_constraint, table_of
from vouchers.models import Partner, Redemption, Statement, StatementState
from vouchers.queries.statements import is_own
from vouchers.rules.partners import check_of_the_territory
from vouchers.rules.reach import id_of
from vouchers.rules.statements import (
    LaterOneIssued,
    Month,
    NoSuchStatement,
    NotApprovable,
    NothingToState,
    check_dispute,
    check_over,
)
from vouchers.service.days import day_of
from vouchers.service.partners import locked_partner

explain_constraint("uq_statement_partner_id_year_month", LaterOneIssued)
explain_constraint("uq_statement_partner_id_number", LaterOneIssued)
_paid = table_of(Redemption).c


def issue(partner_id: int, month: Month, actor: Account | None, *, now: datetime) -> Statement:
    """State a month that is over. Doing so again gives the same one.

    Args:
        actor: None for the monthly job.

    Raises:
        ForTheTerritory, OfTheTerritory, NoSuchPartner, MonthNotOver, LaterOneIssued, NothingToState
    """
    if actor is not None:
        check_of_the_territory(actor)
    check_over(month, day_of(now))
    locked_partner(partner_id)
    last = db.session.scalar(
        select(Statement).where(Statement.partner_id == partner_id).order_by(Statement.number.desc()).limit(1)
    )
    if last is not None and Month(last.year, last.month) >= month:
        return _the_same(partner_id, month)
    statement = Statement(
        partner_id=partner_id, year=month.year, month=month.month, number=last.number + 1 if last else 1,
        total_cents=0, count=0, issued_at=now,
    )  # fmt: skip
    db.session.add(statement)
    db.session.flush()
    _fill(statement, month.end(clock.territory_zone()))
    audit.record("statement.issued", statement.reference, actor_id=id_of(actor))
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


def _fill(statement: Statement, end: datetime) -> None:
    """Give a statement its lines and their sum.

    Raises:
        NothingToState
    """
    of_partner = _paid.partner_id == statement.partner_id
    table = table_of(Redemption)
    counts = [
        cast(CursorResult[Any], db.session.execute(one)).rowcount
        for one in (
            update(table).where(of_partner, _owed(end)).values(statement_id=statement.id),
            update(table).where(of_partner, _taken_back(end)).values(undo_statement_id=statement.id),
        )
    ]
    if not sum(counts):
        raise NothingToState
    statement.count = sum(counts)
    statement.total_cents = _sum(_paid.statement_id == statement.id) - _sum(_paid.undo_statement_id == statement.id)
    db.session.flush()


def _owed(end: datetime) -> ColumnElement[bool]:
    return and_(_paid.statement_id.is_(None), _paid.at < end, or_(_paid.undone_at.is_(None), _paid.undone_at >= end))


def _taken_back(end: datetime) -> ColumnElement[bool]:
    return and_(_paid.statement_id.is_not(None), _paid.undo_statement_id.is_(None), _paid.undone_at < end)


def _sum(condition: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.coalesce(func.sum(_paid.amount_cents), 0)).where(condition)) or 0


def issue_due(now: datetime) -> int:
    """State last month for one partner that has not had its statement; 0 when all of them have."""
    month = Month.of(day_of(now)).previous
    partner_ids = due(month)
    for partner_id in partner_ids[:1]:
        issue(partner_id, month, None, now=now)
    return min(len(partner_ids), 1)


def due(month: Month) -> Sequence[int]:
    """The partners that wait for their statement of a month."""
    end = month.end(clock.territory_zone())
    waits = select(_paid.partner_id).where(_paid.partner_id.is_not(None), or_(_owed(end), _taken_back(end)))
    at_least = or_(Statement.year > month.year, and_(Statement.year == month.year, Statement.month >= month.month))
    stated = select(Statement.partner_id).where(at_least)
    query = select(Partner.id).where(Partner.id.in_(waits), Partner.id.not_in(stated))
    return db.session.scalars(query.order_by(Partner.id)).all()


def dispute(statement_id: int, reason: str, actor: Account) -> Statement:
    """The partner says that something is wrong: it is not paid before somebody of the town has looked.

    Raises:
        NoSuchStatement, NotDisputable, DisputeReasonMissing, and what `check_text` finds in the reason
    """
    statement = locked_statement(statement_id)
    if not is_own(statement.partner, actor):
        raise NoSuchStatement
    statement.disputed_reason = check_dispute(statement, reason)
    statement.state = StatementState.DISPUTED
    audit.record("statement.disputed", statement.reference, actor_id=actor.id)
    return statement


def approve(statement_id: int, actor: Account, *, now: datetime) -> Statement:
    """The town agrees to pay it. A dispute ends so too: what was wrong is undone, and is on the next statement.

    Raises:
        ForTheTerritory, OfTheTerritory, NoSuchStatement, NotApprovable
    """
    check_of_the_territory(actor)
    statement = locked_statement(statement_id)
    if statement.state not in {StatementState.ISSUED, StatementState.DISPUTED}:
        raise NotApprovable
    statement.state, statement.approved_at, statement.approved_by_id = StatementState.APPROVED, now, actor.id
    db.session.flush()
    audit.record("statement.approved", statement.reference, actor_id=actor.id)
    return statement


def locked_statement(statement_id: int) -> Statement:
    """Raises: NoSuchStatement"""
    query = select(Statement).where(Statement.id == statement_id).with_for_update(of=Statement)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NoSuchStatement
    return found
