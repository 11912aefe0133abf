"""Appointments of a period: what became of them, and how long people waited for their first one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, null, select, type_coerce, union_all
from sqlalchemy import case as when
from sqlalchemy.orm import aliased

from foundation import clock
from foundation.db import UtcDateTime, db
from mediation.models import Appointment, Attendance, Origin
from people.models import Person
from places.models import Venue
from reach.queries.narrowing import Narrowed, equal_to, lies_in, narrowed, place_meanings, window
from reach.rules.filters import Filters
from reach.rules.rates import share
from reach.rules.scope import Scope
from reach.rules.waiting import Waiting, waited


@dataclass(frozen=True)
class Outcomes:
    """Appointments by what became of them.

    Attributes:
        kept: the person was seen.
        noshow: they did not come and did not say so.
        excused: called off by the resident.
        revoked: called off by the service.
        expected: nobody marked them yet, to come or forgotten.
    """

    kept: int = 0
    noshow: int = 0
    excused: int = 0
    revoked: int = 0
    expected: int = 0

    @property
    def noshow_share(self) -> float | None:
        """No-shows of all that took the mediator's time, from 0 to 1; None of none."""
        return share(self.noshow, self.kept + self.noshow)


@dataclass(frozen=True)
class Appointments:
    """Appointments that begin in the period, however many come along. Walk-ins are apart: nobody booked them.

    Attributes:
        booked: all but walk-ins.
        prescribed: those of `booked` that a prescriber made: what came of the people who were sent here.
        walk_ins: people received without appointment.
        waiting: of people whose first appointment ever kept, anywhere, lies in the period: from the day it was booked
            to the day it took place. Moving it does not begin anew; booking again after it was called off does.
        first_walk_ins: people whose first one ever was without appointment: they waited for none, and are in no mean.
        unapplied: chosen filters that appointments know nothing of: who somebody was is frozen on activity records.
    """

    booked: Outcomes
    prescribed: Outcomes
    walk_ins: int
    waiting: Waiting
    first_walk_ins: int
    unapplied: frozenset[str]


_NAMES = {Attendance.SEEN: "kept"}
"""Those of `Outcomes` that are not called as the attendance is."""


def appointments(filters: Filters, scope: Scope) -> Appointments:
    """Of the period, by their start, in one statement. The place is where its venue lies."""
    narrow = narrowing_of(filters, scope)
    rows = db.session.execute(union_all(_counted(filters, narrow), _first_ones(filters, narrow))).all()
    counts: dict[tuple[Origin, Attendance], int] = {
        (origin, Attendance(row.attendance)): getattr(row, origin.value)
        for row in rows
        if row.attendance is not None
        for origin in Origin
    }
    firsts = [row for row in rows if row.attendance is None]
    pairs: list[tuple[datetime, datetime]] = [(row.asked, row.received) for row in firsts if not row.walk_in]
    return Appointments(
        booked=_outcomes(counts, {origin for origin in Origin if origin is not Origin.WALK_IN}),
        prescribed=_outcomes(counts, {Origin.PRESCRIBER}),
        walk_ins=counts.get((Origin.WALK_IN, Attendance.SEEN), 0),
        waiting=waited(pairs, clock.territory_zone()),
        first_walk_ins=len(firsts) - len(pairs),
        unapplied=narrow.unapplied,
    )


def _outcomes(counts: Mapping[tuple[Origin, Attendance], int], origins: set[Origin]) -> Outcomes:
    summed: dict[str, int] = {}
    for (origin, attendance), number in counts.items():
        if origin in origins:
            name = _NAMES.get(attendance, attendance.value)
            summed[name] = summed.get(name, 0) + number
    return Outcomes(**summed)


def counted_ones(
    query: Select[*tuple[Any, ...]], filters: Filters, scope: Scope, *attendances: Attendance
) -> Select[*tuple[Any, ...]]:
    """A select of the booked appointments that are counted, walk-ins apart, with the venue each has."""
    chosen = _of(query, filters, narrowing_of(filters, scope), *attendances)
    return chosen.where(Appointment.origin != Origin.WALK_IN)


def is_first(filters: Filters) -> ColumnElement[bool]:
    """Whether an appointment of the period is the first ever on which the person was received, by anybody at all.

    One seek for each resident: to look for each appointment whether there was one before takes five times as long.
    """
    one = aliased(Appointment)
    theirs = one.person_id == Person.id, one.attendance == Attendance.SEEN
    began = select(func.min(one.starts_at)).where(*theirs).correlate(Person).scalar_subquery()
    first = select(one.id).where(*theirs).order_by(one.starts_at, one.id).limit(1).correlate(Person).scalar_subquery()
    return Appointment.id.in_(select(first).select_from(Person).where(began >= window(filters).start))


def narrowing_of(filters: Filters, scope: Scope) -> Narrowed:
    """What the filters and the scope mean to appointments. The place is where the venue lies."""
    meanings: dict[str, Any] = {
        "structure_id": equal_to(Appointment.structure_id),
        "venue_id": equal_to(Appointment.venue_id),
        "mediator_id": equal_to(Appointment.mediator_id),
        "channel": equal_to(Appointment.channel),
        **place_meanings(filters, Venue.neighbourhood_id),
    }
    return narrowed(filters, scope, meanings)


def _of(query: Select[*tuple[Any, ...]], filters: Filters, narrow: Narrowed, *attendances: Attendance) -> Select[Any]:
    """All attendances are named, for there is an index by attendance and start, and none by start alone."""
    return (
        query.select_from(Appointment)
        .outerjoin(Venue, Venue.id == Appointment.venue_id)
        .where(Appointment.attendance.in_(attendances), lies_in(Appointment.starts_at, filters), *narrow.conditions)
    )


def _counted(filters: Filters, narrow: Narrowed) -> Select[*tuple[Any, ...]]:
    """A row for each attendance, in the order of the index: a group for each origin too would have to be sorted."""
    nothing = type_coerce(null(), UtcDateTime())
    columns = select(
        Appointment.attendance.label("attendance"), nothing.label("asked"), nothing.label("received"),
        *(func.count().filter(Appointment.origin == origin).label(origin.value) for origin in Origin),
    )  # fmt: skip
    return _of(columns, filters, narrow, *Attendance).group_by(Appointment.attendance)


def _first_ones(filters: Filters, narrow: Narrowed) -> Select[*tuple[Any, ...]]:
    columns = select(
        type_coerce(null(), Appointment.attendance.type), Appointment.created_at, Appointment.starts_at,
        *(when((Appointment.origin == origin, literal(1)), else_=literal(0)) for origin in Origin),
    )  # fmt: skip
    return _of(columns, filters, narrow, Attendance.SEEN).where(is_first(filters))
