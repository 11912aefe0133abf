"""What stands on a statement: read from the ledger each time, and the same each time.

Nothing is written into a range that was stated, so that pages of lines are read one by one, without holding a
transaction open for as long as somebody takes to fetch them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, case, false, func, literal, or_, select, true, union_all

from foundation import clock
from foundation.db import db, table_of
from foundation.i18n import local
from vouchers.models import Campaign, DeviceKind, Redemption, Statement, Voucher
from vouchers.rules.codes import ending_of
from vouchers.rules.statements import Month

PAGE = 2000
_paid = table_of(Redemption).c


@dataclass(frozen=True)
class Stated:
    """The ledger of a partner from `since` (None: from the beginning) to before `until`."""

    partner_id: int
    since: datetime | None
    until: datetime

    @classmethod
    def of(cls, statement: Statement) -> Stated:
        return cls(statement.partner_id, statement.since, statement.until)

    @property
    def owed(self) -> ColumnElement[bool]:
        """Payments of this time that were not undone before it was over."""
        begun = true() if self.since is None else _paid.at >= self.since
        kept = or_(_paid.undone_at.is_(None), _paid.undone_at >= self.until)
        return and_(_paid.partner_id == self.partner_id, begun, _paid.at < self.until, kept)

    @property
    def taken_back(self) -> ColumnElement[bool]:
        """Payments of an earlier statement that were undone in this time."""
        if self.since is None:
            return false()
        undone = and_(_paid.undone_at.is_not(None), _paid.undone_at >= self.since, _paid.undone_at < self.until)
        return and_(_paid.partner_id == self.partner_id, undone, _paid.at < self.since)


class StatementLine(NamedTuple):
    """A payment, or one that was undone after it was stated: then cents are negative and `at` is when it was undone.

    `voucher` are the last characters of the code: enough to find it at the till, too few to use it. `undone_since` is
    when a payment that counts here was undone, after this statement: a later one takes it off.
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
    undone_since: datetime | None

    @property
    def undone(self) -> bool:
        return self.cents < 0


class Total(NamedTuple):
    """How many lines, and what they come to."""

    lines: int
    cents: int


def is_stated(redemption: Redemption) -> bool:
    """Whether a payment is on a statement that was issued: what is undone now is taken off the next one."""
    partner = redemption.partner
    return partner is not None and partner.stated_until is not None and redemption.at < partner.stated_until


def total(stated: Stated) -> Total:
    """What all lines come to."""
    plus, minus = _sum(stated.owed), _sum(stated.taken_back)
    return Total(plus.lines + minus.lines, plus.cents - minus.cents)


def _sum(condition: ColumnElement[bool]) -> Total:
    query = select(func.count(), func.coalesce(func.sum(_paid.amount_cents), 0)).where(condition)
    return Total(*db.session.execute(query).one())


def undone_since(stated: Stated) -> Total:
    """The lines that count here and were undone since: later statements take them off."""
    return _sum(and_(stated.owed, _paid.undone_at.is_not(None)))


def first_month(stated: Stated) -> Month | None:
    """The first month of this range that has something to state; None when there is nothing."""
    zone = clock.territory_zone()
    begun = stated.since or db.session.scalar(select(func.min(_paid.at)).where(_paid.partner_id == stated.partner_id))
    month = Month.of(local(begun).date()) if begun else None
    while month is not None and (until := month.end(zone)) <= stated.until:
        if any_line(replace(stated, until=until)):
            return month
        month = month.following
    return None


def any_line(stated: Stated) -> bool:
    """Whether there is something to state."""
    found = (select(_paid.id).where(condition).limit(1) for condition in (stated.owed, stated.taken_back))
    return any(db.session.scalar(one) is not None for one in found)


def page(stated: Stated, offset: int, limit: int) -> list[StatementLine]:
    """Some lines in the order of their instants."""
    return [_line(row) for row in db.session.execute(_told(_first(stated, offset + limit)).offset(offset))]


def pages(stated: Stated) -> Iterator[Sequence[StatementLine]]:
    """All lines in the order of their instants, a page at a time."""
    last: StatementLine | None = None
    while found := [_line(row) for row in db.session.execute(_told(_first(stated, PAGE, last)))]:
        yield found
        last = found[-1]


def lines(statement: Statement) -> Iterator[StatementLine]:
    """All lines of a statement in the order of their instants, read as they are asked for."""
    return chain.from_iterable(pages(Stated.of(statement)))


def _both(stated: Stated) -> tuple[Select[Any], Select[Any]]:
    """What is owed, and what is taken back."""
    owed = select(
        _paid.id.label("redemption_id"), _paid.at.label("happened"), literal(1).label("sign"),
        literal("").label("reason"),
    ).where(stated.owed)  # fmt: skip
    back = select(
        _paid.id.label("redemption_id"), _paid.undone_at.label("happened"), literal(-1).label("sign"),
        _paid.undone_reason.label("reason"),
    ).where(stated.taken_back)  # fmt: skip
    return owed, back


def _first(stated: Stated, limit: int, last: StatementLine | None = None) -> Select[Any]:
    """The first lines after `last`: each half is cut on its own, along its index, before both are put in order."""
    halves = []
    for half, at in zip(_both(stated), (_paid.at, _paid.undone_at), strict=True):
        after = true() if last is None else and_(at >= last.at, or_(at > last.at, _paid.id > last.redemption_id))
        halves.append(select(half.where(after).order_by(at, _paid.id).limit(limit).subquery()))
    found = union_all(*halves).subquery("found")
    return select(found).order_by(found.c.happened, found.c.redemption_id).limit(limit)


def _told(found: Select[Any]) -> Select[Any]:
    """Lines with all that is said of them, in order."""
    line = found.subquery("line")
    return (
        select(
            line.c.redemption_id, line.c.happened, line.c.reason, Voucher.code, Campaign.title,
            Redemption.device_kind, Redemption.serial, Redemption.units, Redemption.session_on,
            case((line.c.sign > 0, Redemption.undone_at)).label("undone_since"),
            (Redemption.amount_cents * line.c.sign).label("cents"),
        )
        .join(Redemption, Redemption.id == line.c.redemption_id)
        .join(Voucher, Voucher.id == Redemption.voucher_id)
        .join(Campaign, Campaign.id == Voucher.campaign_id)
        .order_by(line.c.happened, line.c.redemption_id)
    )  # fmt: skip


def _line(row: Row[Any]) -> StatementLine:
    return StatementLine(
        row.redemption_id, row.happened, ending_of(row.code), row.title, row.device_kind, row.serial, row.units,
        row.session_on, row.cents, row.reason, row.undone_since,
    )  # fmt: skip


@dataclass
class PartSum:
    """What one part of a statement comes to: payments, payments undone, and their sum in cents."""

    paid: int = 0
    undone: int = 0
    cents: int = 0


def by_campaign(statement: Statement) -> list[tuple[str, PartSum]]:
    """The sums of campaigns, by title."""
    halves = [
        select(Voucher.campaign_id, func.count().label("lines"), func.sum(_paid.amount_cents * sign).label("cents"),
               literal(sign).label("sign"))
        .join_from(table_of(Redemption), Voucher, Voucher.id == _paid.voucher_id)
        .where(condition).group_by(Voucher.campaign_id)
        for sign, condition in _signed(statement)
    ]  # fmt: skip
    found = union_all(*halves).subquery()
    query = (
        select(
            Campaign.title, func.sum(case((found.c.sign > 0, found.c.lines), else_=0)),
            func.sum(case((found.c.sign < 0, found.c.lines), else_=0)), func.sum(found.c.cents),
        )
        .join(Campaign, Campaign.id == found.c.campaign_id)
        .group_by(Campaign.title).order_by(Campaign.title)
    )  # fmt: skip
    return [(title, PartSum(int(paid), int(undone), int(cents)))
            for title, paid, undone, cents in db.session.execute(query)]  # fmt: skip


def by_day(statement: Statement) -> list[tuple[date, PartSum]]:
    """The sums of days of the wall clock, in order."""
    sums: defaultdict[date, PartSum] = defaultdict(PartSum)
    for sign, condition in _signed(statement):
        at = _paid.at if sign > 0 else _paid.undone_at
        for happened, cents in db.session.execute(select(at, _paid.amount_cents).where(condition)):
            day = sums[local(happened).date()]
            day.paid, day.undone = day.paid + (sign > 0), day.undone + (sign < 0)
            day.cents += sign * cents
    return sorted(sums.items())


def _signed(statement: Statement) -> tuple[tuple[int, ColumnElement[bool]], ...]:
    stated = Stated.of(statement)
    return (1, stated.owed), (-1, stated.taken_back)
