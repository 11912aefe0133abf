"""Appointments of a period: what became of them, and how long people waited for their first one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, null, or_, select, type_coerce, union_all
from sqlalchemy.orm import aliased

from foundation import clock
from foundation.db import UtcDateTime, db
from mediation.models import Appointment, Attendance, Origin
from places.models import Venue
from reach.queries.narrowing import Narrowed, equal_to, lies_in, narrowed, place_meanings
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
    narrow = narrowed(filters, scope, _meanings(filters))
    rows = db.session.execute(union_all(_counted(filters, narrow), _first_ones(filters, narrow))).all()
    counts: dict[tuple[Origin, Attendance], int] = {
        (Origin(row.origin), Attendance(row.attendance)): row.number for row in rows if row.attendance is not None
    }
    firsts = [row for row in rows if row.attendance is None]
    pairs: list[tuple[datetime, datetime]] = [
        (row.asked, row.received) for row in firsts if row.origin != Origin.WALK_IN
    ]
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


def _meanings(filters: Filters) -> dict[str, Any]:
    return {
        "structure_id": equal_to(Appointment.structure_id),
        "venue_id": equal_to(Appointment.venue_id),
        "mediator_id": equal_to(Appointment.mediator_id),
        "channel": equal_to(Appointment.channel),
        **place_meanings(filters, Venue.neighbourhood_id),
    }


def _of(query: Select[*tuple[Any, ...]], filters: Filters, narrow: Narrowed, *attendances: Attendance) -> Select[Any]:
    """All attendances are named, for there is an index by attendance and start, and none by start alone."""
    return (
        query.select_from(Appointment)
        .outerjoin(Venue, Venue.id == Appointment.venue_id)
        .where(Appointment.attendance.in_(attendances), lies_in(Appointment.starts_at, filters), *narrow.conditions)
    )


def _counted(filters: Filters, narrow: Narrowed) -> Select[*tuple[Any, ...]]:
    nothing = type_coerce(null(), UtcDateTime())
    columns = select(
        Appointment.origin.label("origin"), Appointment.attendance.label("attendance"), func.count().label("number"),
        nothing.label("asked"), nothing.label("received"),
    )  # fmt: skip
    return _of(columns, filters, narrow, *Attendance).group_by(Appointment.origin, Appointment.attendance)


def _first_ones(filters: Filters, narrow: Narrowed) -> Select[*tuple[Any, ...]]:
    columns = select(
        Appointment.origin, type_coerce(null(), Appointment.attendance.type), literal(1), Appointment.created_at,
        Appointment.starts_at,
    )  # fmt: skip
    return _of(columns, filters, narrow, Attendance.SEEN).where(~_seen_before())


def _seen_before() -> ColumnElement[bool]:
    """Whether the person was received on an appointment before, by anybody of the territory."""
    earlier = aliased(Appointment)
    before = or_(
        earlier.starts_at < Appointment.starts_at,
        and_(earlier.starts_at == Appointment.starts_at, earlier.id < Appointment.id),
    )
    return exists().where(
        earlier.person_id == Appointment.person_id, earlier.attendance == Attendance.SEEN, before
    )  # fmt: skip
