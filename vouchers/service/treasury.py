"""What is approved gets paid: by a file of credit transfers, made once, or by other means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select

from accounts.models import Account
from foundation import audit, clock
from foundation.db import db, explain_constraint
from vouchers.models import PartnerBank, Statement, StatementState, TownBank, Transfer
from vouchers.queries.treasury import owed_to, payable
from vouchers.rules.banking import BankDetails
from vouchers.rules.credit_transfer import Order, written
from vouchers.rules.partners import check_of_the_territory
from vouchers.rules.statements import NotPayable, check_paid
from vouchers.rules.treasury import (
    FileMadeAlready,
    NoSuchTransfer,
    NothingToPay,
    TownBankMissing,
    check_call_off,
    check_execution,
    check_not_called_off,
    check_paid_by_file,
    credit_of,
    message_of,
)
from vouchers.service.days import day_of
from vouchers.service.statement_notices import tell_settled, tell_transferred
from vouchers.service.statements import locked_statement

explain_constraint("uq_transfer_message", FileMadeAlready)
explain_constraint("uq_transfer_request_key", FileMadeAlready)


def make(execute_on: date, request_key: str, actor: Account, *, now: datetime) -> Transfer:
    """Put all that is approved and not on its way yet into one file: one transfer a partner, less what it owes.

    Who owes more than is owed to it waits for its next statement, who has no account for its IBAN.

    Two clerks make their files one after the other: the account of the town is locked first.

    Args:
        request_key: of the page that asks: however often it comes, one file is made.

    Raises:
        ForTheTerritory, OfTheTerritory, TownBankMissing, BadDayOfPayment, NoBankDay, NothingToPay
    """
    check_of_the_territory(actor)
    bank = db.session.get(TownBank, 1, with_for_update=True, populate_existing=True)
    if made := db.session.scalar(select(Transfer).where(Transfer.request_key == request_key)):
        return made
    check_execution(execute_on, day_of(now))
    if bank is None:
        raise TownBankMissing
    statements = _payable()
    if not statements:
        raise NothingToPay
    return _made(execute_on, request_key, statements, bank, actor, now)


def _payable() -> list[Statement]:
    """The approved statements that a file pays, by partner, locked."""
    query = select(Statement).where(payable()).order_by(Statement.partner_id, Statement.number)
    found = db.session.scalars(query.with_for_update(of=Statement)).all()
    owed = owed_to(found)
    with_account = set(db.session.scalars(select(PartnerBank.partner_id).where(PartnerBank.partner_id.in_(owed))))
    return [one for one in found if owed[one.partner_id] > 0 and one.partner_id in with_account]


def _made(
    execute_on: date, request_key: str, statements: Sequence[Statement], bank: TownBank, actor: Account, now: datetime
) -> Transfer:
    banks = {one.partner_id: one for one in db.session.scalars(select(PartnerBank))}
    order = Order(
        message_of(_number(), day_of(now)), now.astimezone(clock.territory_zone()), execute_on, details(bank),
        [
            credit_of([one for one in statements if one.partner_id == partner_id], details(banks[partner_id]))
            for partner_id in dict.fromkeys(one.partner_id for one in statements)
        ],
    )  # fmt: skip
    transfer = Transfer(
        request_key=request_key, message=order.message, execute_on=execute_on, count=len(order.credits),
        total_cents=order.total_cents, content=written(order), created_at=now, created_by_id=actor.id,
    )  # fmt: skip
    db.session.add(transfer)
    db.session.flush()
    for statement in statements:
        statement.transfer_id = transfer.id
    db.session.flush()
    audit.record("transfer.made", transfer.reference, actor_id=actor.id)
    return transfer


def _number() -> int:
    """How many files there are with the next one; they are made one after the other."""
    return (db.session.scalar(select(func.count()).select_from(Transfer)) or 0) + 1


def details(bank: PartnerBank | TownBank) -> BankDetails:
    return BankDetails(bank.iban, bank.bic, bank.holder)


def paid(transfer_id: int, paid_on: date, actor: Account, *, now: datetime) -> Transfer:
    """The bank has paid a file: all its statements are. Saying so again changes nothing.

    Raises:
        ForTheTerritory, OfTheTerritory, NoSuchTransfer, TransferCalledOff, PaidInFuture, NotPaidYet
    """
    check_of_the_territory(actor)
    transfer = _locked(transfer_id)
    if transfer.paid_on is not None:
        return transfer
    check_not_called_off(transfer)
    check_paid_by_file(paid_on, transfer.execute_on, day_of(now))
    transfer.paid_on, transfer.paid_by_id = paid_on, actor.id
    statements = _paid_by(transfer_id)
    for statement in statements:
        statement.state, statement.paid_on = StatementState.PAID, paid_on
    db.session.flush()
    audit.record("transfer.paid", transfer.reference, actor_id=actor.id)
    tell_transferred(transfer, statements)
    return transfer


def call_off(transfer_id: int, reason: str, actor: Account, *, now: datetime) -> Transfer:
    """The bank refused a file: nothing of it was paid. Its statements wait for another one. Again changes nothing.

    Raises:
        ForTheTerritory, OfTheTerritory, NoSuchTransfer, TransferPaid, CallOffReasonMissing, and what `check_text` finds
    """
    check_of_the_territory(actor)
    transfer = _locked(transfer_id)
    if transfer.called_off_at is not None:
        return transfer
    transfer.called_off_reason = check_call_off(transfer, reason)
    transfer.called_off_at, transfer.called_off_by_id = now, actor.id
    for statement in _paid_by(transfer_id):
        statement.transfer_id = None
    db.session.flush()
    audit.record("transfer.called_off", transfer.reference, actor_id=actor.id)
    return transfer


def _locked(transfer_id: int) -> Transfer:
    """Raises: NoSuchTransfer"""
    transfer = db.session.get(Transfer, transfer_id, with_for_update={"of": Transfer}, populate_existing=True)
    if transfer is None:
        raise NoSuchTransfer
    return transfer


def _paid_by(transfer_id: int) -> Sequence[Statement]:
    """The statements that a file pays, locked."""
    query = select(Statement).where(Statement.transfer_id == transfer_id).order_by(Statement.partner_id, Statement.id)
    return db.session.scalars(query.with_for_update(of=Statement).execution_options(populate_existing=True)).all()


def settle(statement_id: int, paid_on: date, actor: Account, *, now: datetime) -> Statement:
    """A statement was paid by other means than a file: by cheque, by the accounts of the town, or given back.

    Raises:
        ForTheTerritory, OfTheTerritory, NoSuchStatement, NotPayable, PaidInFuture
    """
    check_of_the_territory(actor)
    statement = locked_statement(statement_id)
    if statement.state is not StatementState.APPROVED or statement.transfer_id is not None:
        raise NotPayable
    since = day_of(statement.approved_at) if statement.approved_at else day_of(now)
    check_paid(paid_on, since, day_of(now))
    statement.state, statement.paid_on = StatementState.PAID, paid_on
    db.session.flush()
    audit.record("statement.paid", statement.reference, actor_id=actor.id)
    tell_settled(statement)
    return statement
