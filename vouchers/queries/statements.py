"""Statements, for the partner and for the town."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import joinedload

from accounts.models import Account
from foundation.db import db
from foundation.security import Role
from vouchers.models import Partner, Statement, StatementState
from vouchers.rules.partners import is_of_the_territory
from vouchers.rules.statements import NoSuchStatement


def is_own(partner: Partner, viewer: Account) -> bool:
    """Whether somebody works at the counter of this partner."""
    return viewer.has(Role.PARTNER) and viewer.structure_id == partner.structure_id


def seen(statement_id: int, viewer: Account) -> Statement:
    """Raises: NoSuchStatement: none, or another partner's."""
    found = db.session.get(Statement, statement_id)
    if found is None or not (is_of_the_territory(viewer) or is_own(found.partner, viewer)):
        raise NoSuchStatement
    return found


def listed(
    viewer: Account, offset: int, limit: int, *, state: StatementState | None = None, partner_id: int | None = None
) -> Sequence[Statement]:
    """The statements that somebody may see, the newest month first."""
    query = _visible(viewer).options(joinedload(Statement.partner))
    if state is not None:
        query = query.where(Statement.state == state)
    if partner_id is not None:
        query = query.where(Statement.partner_id == partner_id)
    query = query.order_by(Statement.year.desc(), Statement.month.desc(), Statement.id.desc())
    return db.session.scalars(query.offset(offset).limit(limit)).all()


def disputed(viewer: Account) -> int:
    """How many statements wait for an answer of the town."""
    query = select(func.count()).select_from(
        _visible(viewer).where(Statement.state == StatementState.DISPUTED).subquery()
    )
    return db.session.scalar(query) or 0


def _visible(viewer: Account) -> Select[Statement]:
    query = select(Statement)
    if is_of_the_territory(viewer):
        return query
    own = select(Partner.id).where(Partner.structure_id == viewer.structure_id)
    return query.where(Statement.partner_id.in_(own) if viewer.has(Role.PARTNER) else literal(value=False))
