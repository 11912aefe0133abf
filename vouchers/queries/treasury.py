"""What waits to be paid, to whom, and the files that were made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import joinedload

from foundation.db import db
from vouchers.models import Partner, PartnerBank, Statement, StatementState, TownBank, Transfer
from vouchers.rules.treasury import NoSuchTransfer


@dataclass(frozen=True)
class Due:
    """What is owed to one partner. `bank` is None when nobody wrote where to pay."""

    partner: Partner
    statements: Sequence[Statement]
    owed_cents: int
    bank: PartnerBank | None

    @property
    def goes(self) -> bool:
        """Whether the next file pays it."""
        return self.bank is not None and self.owed_cents > 0


def payable() -> ColumnElement[bool]:
    """Approved, and in no file."""
    return and_(Statement.state == StatementState.APPROVED, Statement.transfer_id.is_(None))


def owed_to(statements: Iterable[Statement]) -> dict[int, int]:
    """Cents by partner, negative ones included."""
    owed: dict[int, int] = {}
    for one in statements:
        owed[one.partner_id] = owed.get(one.partner_id, 0) + one.total_cents
    return owed


def waiting() -> list[Due]:
    """What is approved and in no file, by partner."""
    query = select(Statement).where(payable()).options(joinedload(Statement.partner))
    found = db.session.scalars(query.order_by(Statement.partner_id, Statement.number)).all()
    banks = {
        one.partner_id: one
        for one in db.session.scalars(select(PartnerBank).where(PartnerBank.partner_id.in_(owed_to(found))))
    }
    groups = ((id_, list(rows)) for id_, rows in groupby(found, lambda one: one.partner_id))
    return [
        Due(rows[0].partner, rows, sum(one.total_cents for one in rows), banks.get(partner_id))
        for partner_id, rows in groups
    ]


def transfers(offset: int, limit: int) -> list[Transfer]:
    """Files that were made, the newest first."""
    query = select(Transfer).options(joinedload(Transfer.created_by)).order_by(Transfer.id.desc())
    return list(db.session.scalars(query.offset(offset).limit(limit)))


def transfer(transfer_id: int) -> Transfer:
    """Raises: NoSuchTransfer"""
    found = db.session.get(Transfer, transfer_id)
    if found is None:
        raise NoSuchTransfer
    return found


def statements_of(transfer_id: int) -> list[Statement]:
    """What a file pays."""
    query = select(Statement).where(Statement.transfer_id == transfer_id).options(joinedload(Statement.partner))
    return list(db.session.scalars(query.order_by(Statement.partner_id, Statement.number)))


def town_bank() -> TownBank | None:
    return db.session.get(TownBank, 1)
