"""Loans behind the figures of kits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, select

from equipment.models import Kit, Reservation
from equipment.rules.figures import Loan
from foundation.db import db
from places.models import CareHome, School, Venue
from reach.queries.behind.found import Found, Line, part
from reach.queries.kits import each, narrowing_of
from reach.rules.filters import Filters
from reach.rules.scope import Scope


def begun(filters: Filters, scope: Scope, number: int) -> Found:
    """Those that begin in the period, the latest first. Numbers: heads; None where that was not told."""
    found = [(loan, own) for loan, own in each(filters, scope) if own.loans]
    numbers = {loan.id: own.heads or None for loan, own in found}
    lines = _lines([loan for loan, _own in found], numbers, number)
    total = sum(own.heads for _loan, own in found)
    return Found(lines, len(found), (total,), narrowing_of(filters, scope).unapplied)


def told(filters: Filters, scope: Scope, number: int) -> Found:
    """Those that told how long how many used it, the latest first. Numbers: minutes of use, over all heads."""
    found = [(loan, own) for loan, own in each(filters, scope) if own.told]
    lines = _lines([loan for loan, _own in found], {loan.id: own.person_minutes for loan, own in found}, number)
    total = sum(own.person_minutes for _loan, own in found)
    return Found(lines, len(found), (total,), narrowing_of(filters, scope).unapplied)


def _lines(loans: Sequence[Loan], numbers: Mapping[int, int | None], page: int) -> list[Line]:
    shown = part(loans[::-1], page)
    words = _words(one.id for one in shown)
    return [Line(one.id, one.starts_at, words[one.id][0], words[one.id][1:], (numbers[one.id],)) for one in shown]


def _words(ids: Iterable[int]) -> dict[int, tuple[str, str, str]]:
    """Reservation → its kit, its borrower or where the team used it, and which group."""
    one = Reservation
    query = (
        select(one.id, Kit.name, func.coalesce(School.name, CareHome.name, Venue.name, ""), one.group_label)
        .join(Kit, Kit.id == one.kit_id)
        .outerjoin(School, School.id == one.school_id)
        .outerjoin(CareHome, CareHome.id == one.care_home_id)
        .outerjoin(Venue, Venue.id == one.venue_id)
        .where(one.id.in_(list(ids)))
    )
    return {id_: (kit, place, group) for id_, kit, place, group in db.session.execute(query)}
