"""Kits lent in a period: to whom, how long, in how many hands. They are the loans of the figures of equipment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from agenda.queries.calendar import closures
from agenda.rules.free import closed_days
from equipment.models import Kit, Reservation
from equipment.queries.figures.loans import loans
from equipment.queries.figures.scope import Scope as Owners
from equipment.rules.figures import BorrowerKind, Loan
from equipment.rules.working_time import WorkingTime
from foundation import clock
from foundation.period import Period
from places.models import CareHome, School, Venue
from reach.queries.narrowing import Narrowed, equal_to, narrowed, place_meanings, window
from reach.rules.filters import Filters
from reach.rules.lent import Lent, by_kind, lent
from reach.rules.scope import Scope
from workshops.models import SessionMediator, WorkshopSession

ALL = Owners()
NOTHING: Mapping[BorrowerKind, Lent] = {kind: Lent() for kind in BorrowerKind}


@dataclass(frozen=True)
class Kits:
    """Loans that took place. A mediator's are those they asked for, and those of sessions in whose team they are.

    Attributes:
        total: of all borrowers together; each kit once.
        by: schools, care homes, and the team.
        unapplied: chosen filters that a loan knows nothing of: nobody tells the ages or homes of pupils.
    """

    total: Lent
    by: Mapping[BorrowerKind, Lent]
    unapplied: frozenset[str]


def kits(filters: Filters, scope: Scope) -> Kits:
    """Of the period as far as it has passed: one statement for the loans, one for the days that are closed.

    A structure's are those of its own kits. The place is the borrower's, or the venue where the team used it.
    """
    narrow = narrowing_of(filters, scope)
    now, zone, passed = clock.now(), clock.territory_zone(), _passed(filters)
    if passed is None:
        return Kits(Lent(), NOTHING, narrow.unapplied)
    rows = loans(ALL, passed, now, *narrow.conditions)
    working = _working(filters)
    return Kits(lent(rows, passed, working, now, zone), by_kind(rows, passed, working, now, zone), narrow.unapplied)


def each(filters: Filters, scope: Scope) -> list[tuple[Loan, Lent]]:
    """The same loans, and what each of them alone adds to the figures, by their start."""
    passed = _passed(filters)
    if passed is None:
        return []
    now, zone, working = clock.now(), clock.territory_zone(), _working(filters)
    rows = loans(ALL, passed, now, *narrowing_of(filters, scope).conditions)
    return [(one, lent([one], passed, working, now, zone)) for one in rows]


def _passed(filters: Filters) -> Period | None:
    """The part of the period that lies before now."""
    now, whole = clock.now(), window(filters)
    return Period(whole.start, min(whole.end, now)) if whole.start < now else None


def _working(filters: Filters) -> WorkingTime:
    first, last = filters.span.first, filters.span.last
    return WorkingTime(first, last, closed_days(closures(first, last)), clock.territory_zone())


def narrowing_of(filters: Filters, scope: Scope) -> Narrowed:
    """What the filters and the scope mean to loans."""
    meanings: dict[str, Any] = {
        "structure_id": equal_to(Kit.structure_id),
        "venue_id": equal_to(Reservation.venue_id),
        "mediator_id": _of_mediator,
        **place_meanings(filters, func.coalesce(*(_neighbourhood_of(one) for one in (School, CareHome, Venue)))),
    }
    return narrowed(filters, scope, meanings)


def _of_mediator(account_id: int) -> ColumnElement[bool]:
    led = select(WorkshopSession.reference).join(SessionMediator, SessionMediator.session_id == WorkshopSession.id)
    return or_(
        Reservation.asked_by_id == account_id,
        Reservation.purpose_of.in_(led.where(SessionMediator.account_id == account_id)),
    )


def _neighbourhood_of(place: type[School] | type[CareHome] | type[Venue]) -> Any:
    own = {School: Reservation.school_id, CareHome: Reservation.care_home_id, Venue: Reservation.venue_id}[place]
    return select(place.neighbourhood_id).where(place.id == own).scalar_subquery()
