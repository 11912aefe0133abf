"""Device and training vouchers of a period: promised, handed over, used, and what became of the devices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    distinct,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy import cast as as_type
from sqlalchemy.orm import aliased
from sqlalchemy.types import String

from foundation.db import db
from reach.queries.narrowing import Narrowed, equal_to, lies_in, narrowed, residence_meanings
from reach.rules.filters import Filters
from reach.rules.scope import Scope
from vouchers.models import (
    Campaign,
    CampaignKind,
    DeviceKind,
    FollowUp,
    FollowUpAnswer,
    MovementKind,
    Redemption,
    Voucher,
    VoucherMovement,
    VoucherState,
)

BOTH = "both"
Part = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Given:
    """Vouchers of one kind, or of both. A voucher that replaces a lost one is the same promise: it counts as one.

    Attributes:
        issued, handed_over, first_used: vouchers to which that happened in the period, for the first time.
        used_up: those of which the last cent was spent in the period.
        expired: those that ended unused, or partly used, in the period.
        cents: spent in the period; what was undone since is not.
        holders: people to whom one was handed over in the period; `beneficiaries`: who paid with one. Each once.
    """

    issued: int = 0
    handed_over: int = 0
    first_used: int = 0
    used_up: int = 0
    expired: int = 0
    cents: int = 0
    holders: int = 0
    beneficiaries: int = 0


@dataclass(frozen=True)
class Vouchers:
    """What happened in the period, on the day it happened. A structure's are those of its own campaigns; a mediator's
    those that they issued or handed over.

    Attributes:
        by: kind → its vouchers. Somebody with one of each is a person of both.
        total: of both kinds together; each person once.
        devices: bought in the period, by kind.
        units: of training, paid in the period.
        still_used: of devices bought about three months before, of which the question was due in the period: what was
            answered; None: nobody answered, which is not no.
        unapplied: chosen filters of which vouchers froze nothing: they know age and home of their person.
    """

    by: Mapping[CampaignKind, Given]
    total: Given
    devices: Mapping[DeviceKind, int]
    units: int
    still_used: Mapping[FollowUpAnswer | None, int]
    unapplied: frozenset[str]


Numbers = Mapping[tuple[str, str | None], int]
"""(what, of what) → a count. Of what: a kind of voucher, `both`, a kind of device, an answer, or nothing."""


def vouchers(filters: Filters, scope: Scope) -> Vouchers:
    """Of the period, in one statement. Age and home are those of the day a voucher was issued."""
    narrow = narrowing_of(filters, scope)
    own = _own(narrow.conditions)
    parts = union_all(*_made(own, filters), *_ended(own, filters), *_spent(own, filters), _followed(own, filters))
    found = {(what, of): int(number or 0) for what, of, number in db.session.execute(parts)}
    return Vouchers(
        by={kind: _given(found, kind.value) for kind in CampaignKind},
        total=_given(found, BOTH),
        devices={kind: found.get(("devices", kind.value), 0) for kind in DeviceKind},
        units=found.get(("units", None), 0),
        still_used={one: found.get(("still_used", one and one.value), 0) for one in (*FollowUpAnswer, None)},
        unapplied=narrow.unapplied,
    )


def own_of(filters: Filters, scope: Scope) -> CTE:
    """The vouchers that are counted, of any time."""
    return _own(narrowing_of(filters, scope).conditions)


def handed_over_first(own: CTE, filters: Filters) -> ColumnElement[bool]:
    """Whether a voucher of `own` was handed over in the period, and none before that it takes the place of."""
    return _happened_first(own, "handed_over", filters)


def paid_and_stands(filters: Filters) -> ColumnElement[bool]:
    """Whether a payment was made in the period and was not undone since."""
    return and_(Redemption.undone_at.is_(None), lies_in(Redemption.at, filters))


def asked_back(filters: Filters) -> ColumnElement[bool]:
    """Whether the question about a device that was bought, and not given back, was due in the period."""
    span = filters.span
    return and_(Redemption.undone_at.is_(None), FollowUp.due_on >= span.first, FollowUp.due_on <= span.last)


def _given(found: Numbers, of: str) -> Given:
    return Given(**{one.name: found.get((one.name, of), 0) for one in fields(Given)})


def narrowing_of(filters: Filters, scope: Scope) -> Narrowed:
    """What the filters and the scope mean to vouchers."""
    meanings: dict[str, Any] = {
        "structure_id": equal_to(Campaign.structure_id),
        "mediator_id": lambda value: or_(Voucher.issued_by_id == value, Voucher.handed_over_by_id == value),
        "age_band": equal_to(Voucher.age_band),
        **residence_meanings(filters, Voucher.neighbourhood_id, Voucher.residence),
    }
    return narrowed(filters, scope, meanings)


def _own(conditions: tuple[ColumnElement[bool], ...]) -> CTE:
    """The vouchers that the filters and the scope leave, of any time."""
    columns = (
        Voucher.id, Voucher.person_id, Voucher.state, Voucher.issued_at, Voucher.handed_over_at, Voucher.first_used_at,
        Voucher.replaces_id, Campaign.kind,
    )  # fmt: skip
    return select(*columns).join(Campaign, Campaign.id == Voucher.campaign_id).where(*conditions).cte("own")


def _row(what: str, of: SQLColumnExpression[Any] | str | None, number: ColumnElement[int]) -> Part:
    """`what`, of what, how many; grouped by what it is of, when that is a column."""
    if isinstance(of, str | None):
        return select(literal(what), as_type(null() if of is None else literal(of), String), number)
    return select(literal(what), as_type(of, String), number).group_by(of)


def _by_kind(what: str, own: CTE, number: ColumnElement[int]) -> list[Part]:
    """Of each kind, and of both together: people are not the sum of those of each."""
    return [_row(what, of, number).select_from(own) for of in (own.c.kind, BOTH)]


def _made(own: CTE, filters: Filters) -> list[Part]:
    """What happened to vouchers for the first time; what had happened to the lost one that they replace is over."""
    counted = [
        part.where(_happened_first(own, name, filters))
        for name in ("issued", "handed_over", "first_used")
        for part in _by_kind(name, own, func.count())
    ]
    handed = [
        part.where(lies_in(own.c.handed_over_at, filters))
        for part in _by_kind("holders", own, func.count(distinct(own.c.person_id)))
    ]
    return counted + handed


def _happened_first(own: CTE, name: str, filters: Filters) -> ColumnElement[bool]:
    return and_(lies_in(own.c[f"{name}_at"], filters), ~_had_before(own, f"{name}_at"))


def _chain() -> CTE:
    """(voucher, one that was lost before it): however often it was lost. Few vouchers replace another one."""
    lost = aliased(Voucher)
    chain = (
        select(Voucher.id.label("id"), Voucher.replaces_id.label("lost_id"))
        .where(Voucher.replaces_id.is_not(None))
        .cte("chain", recursive=True)
    )
    further = select(chain.c.id, lost.replaces_id).join(lost, lost.id == chain.c.lost_id)
    return chain.union_all(further.where(lost.replaces_id.is_not(None)))


_CHAIN = _chain()


def _had_before(own: CTE, moment: str) -> ColumnElement[bool]:
    """Whether it had happened to one of the vouchers that this one takes the place of."""
    return own.c.id.in_(_of_lost_ones(moment))


@cache
def _of_lost_ones(moment: str) -> Select[tuple[int]]:
    """Vouchers that take the place of one to which it had happened; thought of once, and asked a dozen times."""
    lost = aliased(Voucher)
    had = select(_CHAIN.c.id).join(lost, lost.id == _CHAIN.c.lost_id)
    return had.where(getattr(lost, moment).is_not(None))


def _ended(own: CTE, filters: Filters) -> list[Part]:
    """A voucher is used up with the last payment that stands, and expired when it first did."""
    last = select(func.max(Redemption.at)).where(Redemption.voucher_id == own.c.id, Redemption.undone_at.is_(None))
    first = select(func.min(VoucherMovement.at)).where(
        VoucherMovement.voucher_id == own.c.id, VoucherMovement.kind == MovementKind.EXPIRED
    )
    ends = {"used_up": (VoucherState.USED, last), "expired": (VoucherState.EXPIRED, first)}
    return [
        part.where(own.c.state == state, lies_in(moment.scalar_subquery(), filters))
        for name, (state, moment) in ends.items()
        for part in _by_kind(name, own, func.count())
    ]


def _spent(own: CTE, filters: Filters) -> list[Part]:
    parts = [
        *_by_kind("cents", own, func.sum(Redemption.amount_cents)),
        *_by_kind("beneficiaries", own, func.count(distinct(own.c.person_id))),
        _row("devices", Redemption.device_kind, func.count()).where(Redemption.device_kind.is_not(None)),
        _row("units", None, func.sum(Redemption.units)),
    ]
    return [
        part.select_from(own).join(Redemption, Redemption.voucher_id == own.c.id).where(paid_and_stands(filters))
        for part in parts
    ]


def _followed(own: CTE, filters: Filters) -> Part:
    """As `vouchers.queries.follow_ups.answered` has it for the whole territory."""
    return (
        _row("still_used", FollowUp.answer, func.count())
        .select_from(own)
        .join(Redemption, Redemption.voucher_id == own.c.id)
        .join(FollowUp, FollowUp.redemption_id == Redemption.id)
        .where(asked_back(filters))
    )
