"""Appointments of a period: what became of them, and how long people waited for their first one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Select, Subquery, and_, func, literal_column, select, true
from sqlalchemy import case as when
from sqlalchemy.orm import aliased

from foundation import clock
from foundation.db import in_microseconds
from foundation.period import Period
from mediation.models import Appointment, Attendance, Origin
from people.models import Person
from places.models import Venue
from reach.queries.narrowing import Narrowed, equal_to, lies_in, narrowed, place_meanings, window
from reach.queries.packed import Part, bits, fetched, line, microseconds, parted, place_in, wide
from reach.rules.cube import Numbers
from reach.rules.filters import Filters
from reach.rules.periods import Span
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


@dataclass(frozen=True)
class FirstOnes:
    """The first appointments ever of some people, a row each, by instants in microseconds since 1970.

    Attributes:
        asked: when it was booked.
        received: when it began.
    """

    walk_in: NDArray[np.bool_]
    asked: Numbers
    received: Numbers

    def within(self, window: Period) -> FirstOnes:
        """Those of a period."""
        start, end = in_microseconds(window.start), in_microseconds(window.end)
        there = (self.received >= start) & (self.received < end)
        return FirstOnes(self.walk_in[there], self.asked[there], self.received[there])


COUNTED, FIRST = range(2)
"""The parts of the answer."""
_NAMES = {Attendance.SEEN: "kept"}
"""Those of `Outcomes` that are not called as the attendance is."""


def appointments(filters: Filters, scope: Scope) -> Appointments:
    """Of the period, by their start, in one statement. The place is where its venue lies."""
    return appointments_of([filters.span], filters, scope)[0]


def appointments_of(spans: Sequence[Span], filters: Filters, scope: Scope) -> list[Appointments]:
    """The same of each of these periods instead, all of one moment: first appointments are looked for once."""
    narrow, zone = narrowing_of(filters, scope), clock.territory_zone()
    windows = [span.window(zone) for span in spans]
    parts = [_counted(replace(filters, span=span), narrow, of) for of, span in enumerate(spans)]
    found = fetched(*parts, _first_ones(windows, narrow))
    first = _earliest(found[FIRST, 0])
    return [_told(found[COUNTED, of], first.within(window), narrow) for of, window in enumerate(windows)]


def _told(counted: Sequence[Numbers], first: FirstOnes, narrow: Narrowed) -> Appointments:
    attendance, *numbers = (column.tolist() for column in counted)
    counts = {
        (origin, list(Attendance)[place]): number
        for origin, column in zip(Origin, numbers, strict=True)
        for place, number in zip(attendance, column, strict=True)
    }
    booked = ~first.walk_in
    return Appointments(
        booked=_outcomes(counts, {origin for origin in Origin if origin is not Origin.WALK_IN}),
        prescribed=_outcomes(counts, {Origin.PRESCRIBER}),
        walk_ins=counts.get((Origin.WALK_IN, Attendance.SEEN), 0),
        waiting=waited(first.asked[booked], first.received[booked], clock.territory_zone()),
        first_walk_ins=int(np.count_nonzero(first.walk_in)),
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
    return chosen.outerjoin(Venue, Venue.id == Appointment.venue_id).where(Appointment.origin != Origin.WALK_IN)


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
    """What the filters and the scope mean to appointments. The place is where the venue lies: looked up only for those
    filters that ask, since with a join the others could not be counted from an index."""
    place = aliased(Venue)
    lies = select(place.neighbourhood_id).where(place.id == Appointment.venue_id).scalar_subquery()
    meanings: dict[str, Any] = {
        "structure_id": equal_to(Appointment.structure_id),
        "venue_id": equal_to(Appointment.venue_id),
        "mediator_id": equal_to(Appointment.mediator_id),
        "channel": equal_to(Appointment.channel),
        **place_meanings(filters, lies),
    }
    return narrowed(filters, scope, meanings)


def _of(query: Select[*tuple[Any, ...]], filters: Filters, narrow: Narrowed, *attendances: Attendance) -> Select[Any]:
    """All attendances are named, for there is an index by attendance and start, and none by start alone."""
    return query.select_from(Appointment).where(
        Appointment.attendance.in_(attendances), lies_in(Appointment.starts_at, filters), *narrow.conditions
    )


def _counted(filters: Filters, narrow: Narrowed, of: int) -> Part:
    """A row for each attendance, in the order of the index: a group for each origin too would have to be sorted."""
    columns = select(
        place_in(Attendance, Appointment.attendance).label("attendance"),
        *(func.count().filter(Appointment.origin == origin).label(origin.value) for origin in Origin),
    )
    counts = _of(columns, filters, narrow, *Attendance).group_by(Appointment.attendance).subquery()
    return line(COUNTED, counts.c.attendance, *(counts.c[origin.value] for origin in Origin), of=of)


def _first_ones(windows: Sequence[Period], narrow: Narrowed) -> Part:
    """The first appointment ever of each person who was received first within these periods, or between them.

    One seek for each resident, and one more for each of these: all that the filters leave out are among them, marked,
    since who was first does not depend on what is asked.
    """
    one, each = Appointment, _began()
    kept = when((and_(true(), *narrow.conditions), literal_column("1")), else_=literal_column("0"))
    walk_in = when((one.origin == Origin.WALK_IN, literal_column("2")), else_=literal_column("0"))
    query = line(
        FIRST, wide(each.c.id, kept + walk_in), one.id, microseconds(one.created_at), microseconds(one.starts_at)
    )
    theirs = one.person_id == each.c.id, one.attendance == Attendance.SEEN, one.starts_at == each.c.began
    return (
        query.select_from(each)
        .join(one, and_(*theirs))
        .where(each.c.began >= min(window.start for window in windows), each.c.began < max(one.end for one in windows))
    )


def _began() -> Subquery:
    """When each person was received first, of those who ever were."""
    theirs = Appointment.person_id == Person.id, Appointment.attendance == Attendance.SEEN
    began = select(func.min(Appointment.starts_at)).where(*theirs).scalar_subquery()
    # An offset, so that no engine looks twice: once to choose, and once to tell.
    return select(Person.id.label("id"), began.label("began")).offset(0).subquery()


def _earliest(columns: Sequence[Numbers]) -> FirstOnes:
    """Of two that begin at once, the one with the lower id is first; then those that the filters leave."""
    (person, marks), id_, asked, received = parted(columns[0]), *columns[1:4]
    order = np.lexsort((id_, person))
    _person, first = np.unique(person[order], return_index=True)
    first = order[first]
    kept = first[bits(marks[first], 0, 1) == 1]
    return FirstOnes(bits(marks[kept], 1, 1) == 1, asked[kept], received[kept])
