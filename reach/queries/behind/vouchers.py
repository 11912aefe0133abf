"""Vouchers, payments and questions asked of buyers behind the figures of vouchers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, Select, case, select

from people.models import Person
from places.models import Structure
from reach.queries.behind.found import Found, Line, read_page
from reach.queries.vouchers import asked_back, handed_over_first, narrowing_of, own_of, paid_and_stands
from reach.rules.filters import Filters
from reach.rules.scope import Scope
from vouchers.models import Campaign, CampaignKind, FollowUp, FollowUpAnswer, Partner, Redemption, Voucher

CENTS_OF_A_EURO = 100


def handed_over(filters: Filters, scope: Scope, number: int, kind: CampaignKind) -> Found:
    """Vouchers of a kind that were handed over, the latest first. Numbers: their value, in euros."""
    own = own_of(filters, scope)
    query = (
        _of(own, Voucher.id, Voucher.handed_over_at, Voucher.code)
        .where(own.c.kind == kind, handed_over_first(own, filters))
        .add_columns(Voucher.face_cents.label("cents"))
        .order_by(Voucher.handed_over_at.desc(), Voucher.id.desc())
    )
    return _found(*read_page(query, number, Voucher.face_cents), narrowing_of(filters, scope).unapplied)


def paid(filters: Filters, scope: Scope, number: int) -> Found:
    """Payments that stand, the latest first. Numbers: euros."""
    query = (
        _of(own_of(filters, scope), Redemption.id, Redemption.at, Structure.name)
        .join(Redemption, Redemption.voucher_id == Voucher.id)
        .outerjoin(Partner, Partner.id == Redemption.partner_id)
        .outerjoin(Structure, Structure.id == Partner.structure_id)
        .where(paid_and_stands(filters))
        .add_columns(Redemption.amount_cents.label("cents"))
        .order_by(Redemption.at.desc(), Redemption.id.desc())
    )
    return _found(*read_page(query, number, Redemption.amount_cents), narrowing_of(filters, scope).unapplied)


def asked(filters: Filters, scope: Scope, number: int) -> Found:
    """Buyers' answers to whether they still use their device, the latest first; who did not answer is no line.

    Numbers: 1 of those who do, 0 of the others.
    """
    query = (
        _of(own_of(filters, scope), Voucher.id, FollowUp.answered_at, Redemption.model)
        .join(Redemption, Redemption.voucher_id == Voucher.id)
        .join(FollowUp, FollowUp.redemption_id == Redemption.id)
        .where(asked_back(filters), FollowUp.answer.is_not(None))
        .add_columns((FollowUp.answer == FollowUpAnswer.USED).label("used"))
        .order_by(FollowUp.due_on.desc(), FollowUp.id.desc())
    )
    rows, count, sums = read_page(query, number, case((FollowUp.answer == FollowUpAnswer.USED, 1), else_=0))
    lines = [Line(row[0], row[1], _name(row), (row.title, row[2]), (int(row.used),)) for row in rows]
    return Found(lines, count, sums, narrowing_of(filters, scope).unapplied)


def _of(own: CTE, *columns: Any) -> Select[*tuple[Any, ...]]:
    """A select of the vouchers of `own` with their person and campaign: what is found by, when, and what is beside."""
    return (
        select(*columns, Person.given_name, Person.family_name, Campaign.title)
        .select_from(own)
        .join(Voucher, Voucher.id == own.c.id)
        .join(Person, Person.id == Voucher.person_id)
        .join(Campaign, Campaign.id == Voucher.campaign_id)
    )


def _found(rows: list[Any], count: int, sums: list[int], unapplied: frozenset[str]) -> Found:
    lines = [
        Line(row[0], row[1], _name(row), (row.title, row[2] or ""), (row.cents / CENTS_OF_A_EURO,)) for row in rows
    ]
    return Found(lines, count, [one / CENTS_OF_A_EURO for one in sums], unapplied)


def _name(row: Any) -> str:
    return f"{row.given_name} {row.family_name}".strip()
