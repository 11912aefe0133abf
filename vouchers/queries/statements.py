"""Statements and their lines, for the partner and for the town."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, Select, case, func, literal, select, union_all
from sqlalchemy.orm import joinedload

from accounts.models import Account
from foundation.db import db
from foundation.security import Role
from vouchers.models import Campaign, DeviceKind, Partner, Redemption, Statement, StatementState, Voucher
from vouchers.rules.partners import is_of_the_territory
from vouchers.rules.statements import NoSuchStatement


@dataclass(frozen=True)
class StatementLine:
    """A payment, or one that was undone after it was stated: then cents are negative and `at` is when it was undone.

    `voucher` are the last characters of the code: enough to find it at the till, too few to use it.
    """

    redemption_id: int
    at: datetime
    voucher: str
    campaign: str
    device_kind: DeviceKind | None
    serial: str
    units: int
    session_on: date | None
    cents: int
    reason: str

    @property
    def undone(self) -> bool:
        return self.cents < 0


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


def lines(statement_id: int, offset: int = 0, limit: int | None = None) -> Iterator[StatementLine]:
    """The lines of a statement in the order of their instants, read as they are asked for."""
    rows = _lines(statement_id).order_by("happened", "redemption_id").offset(offset).limit(limit)
    found = db.session.execute(rows, execution_options={"yield_per": 2000})
    return (_line(row) for row in found)


def _lines(statement_id: int) -> Select[tuple[object, ...]]:
    stated = select(
        Redemption.id.label("redemption_id"), Redemption.at.label("happened"), literal(1).label("sign"),
        literal("").label("reason"),
    ).where(Redemption.statement_id == statement_id)  # fmt: skip
    undone = select(
        Redemption.id, Redemption.undone_at, literal(-1), Redemption.undone_reason
    ).where(Redemption.undo_statement_id == statement_id)  # fmt: skip
    found = union_all(stated, undone).subquery("line")
    return (
        select(
            found.c.redemption_id, found.c.happened, found.c.reason, Voucher.code, Campaign.title,
            Redemption.device_kind, Redemption.serial, Redemption.units, Redemption.session_on,
            (Redemption.amount_cents * found.c.sign).label("cents"),
        )
        .join(Redemption, Redemption.id == found.c.redemption_id)
        .join(Voucher, Voucher.id == Redemption.voucher_id)
        .join(Campaign, Campaign.id == Voucher.campaign_id)
    )  # fmt: skip


def _line(row: Row[tuple[object, ...]]) -> StatementLine:
    return StatementLine(
        row.redemption_id, row.happened, row.code[-4:], row.title, row.device_kind, row.serial, row.units,
        row.session_on, row.cents, row.reason,
    )  # fmt: skip


@dataclass(frozen=True)
class CampaignSum:
    """What one campaign comes to on a statement: payments, payments undone, and their sum in cents."""

    title: str
    paid: int
    undone: int
    cents: int


def by_campaign(statement_id: int) -> list[CampaignSum]:
    found = _lines(statement_id).subquery()
    query = select(
        found.c.title, func.sum(case((found.c.cents > 0, 1), else_=0)), func.sum(case((found.c.cents < 0, 1), else_=0)),
        func.sum(found.c.cents),
    ).group_by(found.c.title)  # fmt: skip
    return [CampaignSum(title, paid, undone, cents) for title, paid, undone, cents in
            db.session.execute(query.order_by(found.c.title))]  # fmt: skip
