"""The one statement that reads some periods: records, participations, first contacts, neighbourhoods; of one moment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, cast, func, literal_column, select
from sqlalchemy import case as when
from sqlalchemy.orm import aliased

from activity.models import ActivityKind, ActivityParticipant, ActivityRecord, Autonomy
from foundation.db import in_microseconds
from foundation.period import Period
from people.models import Person, PersonMerge, Residence
from places.models import Neighbourhood
from reach.queries.packed import (
    Found,
    Part,
    Whole,
    bits,
    fetched,
    line,
    microseconds,
    parted,
    place_in,
    wide,
)
from reach.rules.cube import Numbers
from reach.rules.dimensions import SETTLED, Dimension
from reach.rules.filters import Priority, Side
from reach.rules.periods import Span
from reach.rules.read import Areas, Participations, Read, Records, found_in
from reach.rules.scope import Scope

OF_POST = frozenset({Dimension.STRUCTURE, Dimension.MEDIATOR})
OF_PLACE = frozenset({Dimension.VENUE, Dimension.PLACE_NEIGHBOURHOOD})
OF_PERSON = frozenset({Dimension.NEIGHBOURHOOD, Dimension.AGE_BAND, Dimension.GENDER, Dimension.STATUS})
OF_AREA = frozenset({Dimension.PRIORITY, Dimension.COMMUNE})
MINUTES, CHANNEL, MONTH = (0, 11), (11, 3), (14, 11)
"""First bit and size of what is beside the id of a record: at most 1,440 minutes, and 1,200 months in a century."""
NEED = (25, 2)
"""How much help one person needed, counted from 1 in the order of `Autonomy`; 0: not told, or nobody asked."""
HEADS, FEMININE, MASCULINE = (0, 10), (10, 10), (20, 10)
"""A record has at most 1,000 heads."""
AGE_BAND, GENDER, STATUS, IS_OUTSIDE = (0, 4), (4, 3), (7, 3), (10, 1)
RECORDS, PARTICIPATIONS, NEWCOMERS, AREAS, ASPECTS = range(5)
"""The parts of an answer: a line each."""


@dataclass(frozen=True)
class Asked:
    """What to read. Columns that no dimension needs are left out.

    Attributes:
        zone: whose days `span` is made of.
        side: of which neighbourhood `PRIORITY` and `COMMUNE` speak.
        needs: whether it is asked, too, how much help people needed, and in which order of time.
    """

    span: Span
    zone: ZoneInfo
    scope: Scope
    side: Side
    dimensions: frozenset[Dimension]
    needs: bool = False

    @property
    def window(self) -> Period:
        return self.span.window(self.zone)

    def of_any(self, dimensions: Collection[Dimension], side: Side | None = None) -> bool:
        """Whether one of `dimensions` is needed, or, seen from `side`, something of its neighbourhood."""
        of_area = side is self.side and not self.dimensions.isdisjoint(OF_AREA)
        return of_area or not self.dimensions.isdisjoint(dimensions)


def read(several: Sequence[Asked]) -> list[Read]:
    """What was recorded in each of some periods, all of one moment: a few values, whatever the number of records.

    Whose first contact ever that was is looked for once, from the earliest of these periods on.
    """
    parts = [part for of, asked in enumerate(several) for part in parts_of(asked, of)]
    found = fetched(*parts, _newcomers(min(asked.window.start for asked in several)))
    newcomers, first = found[NEWCOMERS, 0][:2]
    return [_with_newcomers(asked, read_of(found, of), newcomers, first) for of, asked in enumerate(several)]


def parts_of(asked: Asked, of: int = 0) -> tuple[Part, ...]:
    """All but who came for the first time, of the how manieth period."""
    return _records(asked, of), _participations(asked, of), _areas(of)


def read_of(found: Found, of: int = 0) -> Read:
    """What `parts_of` asked for; nobody is a newcomer."""
    return Read(
        _read_records(found[RECORDS, of]),
        _read_participations(found[PARTICIPATIONS, of]),
        newcomers=np.empty(0, dtype=np.int64),
        areas=_read_areas(found[AREAS, of]),
        began=np.empty(0, dtype=np.int64),
    )


def _with_newcomers(asked: Asked, found: Read, person: Numbers, first: Numbers) -> Read:
    """Those whose first contact ever, in microseconds since 1970, is not before the period."""
    new = first >= in_microseconds(asked.window.start)
    began = _began(first[new], asked) if Dimension.MONTH in asked.dimensions else found.began
    return replace(found, newcomers=person[new], began=began)


def _records(asked: Asked, of: int) -> Part:
    one = ActivityRecord
    beside = one.duration_minutes + _at(CHANNEL, _place_of(one.channel, Dimension.CHANNEL, asked))
    beside += _at(MONTH, _month_of(one.started_at, asked))
    if asked.needs:
        beside += _at(NEED, _need())
    post = wide(one.mediator_id, func.coalesce(one.structure_id, 0))
    place = wide(one.venue_id, func.coalesce(one.venue_neighbourhood_id, 0))
    heads = one.anonymous_count + _at(FEMININE, one.anonymous_feminine) + _at(MASCULINE, one.anonymous_masculine)
    return line(
        RECORDS,
        wide(one.id, beside),
        post if asked.of_any(OF_POST) else None,
        place if asked.of_any(OF_PLACE, Side.PLACE) else None,
        when((one.anonymous_count > 0, wide(one.id, heads))),
        microseconds(one.started_at) if asked.needs else None,
        of=of,
    ).where(*within(asked))


def within(asked: Asked) -> list[ColumnElement[bool]]:
    """Whether a record is of the period and the scope."""
    one, window, scope = ActivityRecord, asked.window, asked.scope
    conditions: list[ColumnElement[bool]] = [one.started_at >= window.start, one.started_at < window.end]
    if scope.structure_id is not None:
        conditions.append(one.structure_id == scope.structure_id)
    if scope.mediator_id is not None:
        conditions.append(one.mediator_id == scope.mediator_id)
    return conditions


def _need() -> ColumnElement[int]:
    """What is told of a group is told of none of its people."""
    one = ActivityRecord
    told = when((one.kind == ActivityKind.INDIVIDUAL, place_in(Autonomy, one.autonomy, 1)), else_=literal_column("0"))
    return cast(func.coalesce(told, 0), BigInteger)


def _participations(asked: Asked, of: int) -> Part:
    """Who was found to be in a record twice, when two of theirs were merged, is there as they were written first."""
    one, window = ActivityParticipant, asked.window
    first, second = aliased(one), aliased(one)
    twice = (
        select(second.id)
        .join(first, (first.record_id == second.record_id) & (first.person_id == second.person_id))
        .where(first.id < second.id, first.person_id.in_(select(PersonMerge.kept_id)))
    )
    situation = _place_of(one.age_band, Dimension.AGE_BAND, asked)
    situation += _at(GENDER, _place_of(one.gender, Dimension.GENDER, asked))
    situation += _at(STATUS, _place_of(one.status, Dimension.STATUS, asked))
    outside = when((one.residence == Residence.OUTSIDE, literal_column("1")), else_=literal_column("0"))
    situation += _at(IS_OUTSIDE, outside)
    needed = asked.of_any(OF_PERSON, Side.RESIDENCE)
    return line(
        PARTICIPATIONS,
        wide(one.record_id, one.person_id),
        wide(one.neighbourhood_id, situation) if needed else None,
        of=of,
    ).where(one.started_at >= window.start, one.started_at < window.end, one.id.not_in(twice))


def _newcomers(since: datetime) -> Part:
    """One seek for each resident. It is the records that tell who came first, not the mark that was frozen on them:
    that one knows neither merges nor what was corrected or recorded late."""
    one = ActivityParticipant
    began = select(func.min(one.started_at)).where(one.person_id == Person.id).scalar_subquery()
    # An offset, so that no engine looks twice: once to choose, and once to tell.
    each = select(Person.id.label("id"), began.label("began")).offset(0).subquery()
    return line(NEWCOMERS, each.c.id, microseconds(each.c.began)).where(each.c.began >= since)


def _areas(of: int) -> Part:
    """A neighbourhood that is none, but in which one is drawn, is not known to be either: people live in one part."""
    one, part = Neighbourhood, aliased(Neighbourhood)
    drawn = select(part.id).where(part.parent_id == one.id, part.is_priority).exists()
    places: dict[Priority, ColumnElement[int]] = {
        value: literal_column(str(place)) for place, value in enumerate(Priority)
    }
    priority = when(
        (one.is_priority, places[Priority.YES]), (drawn, places[Priority.UNKNOWN]), else_=places[Priority.NO]
    )
    return line(AREAS, wide(one.id, func.coalesce(one.commune_id, 0)), wide(one.id, priority), of=of)


def _at(where: tuple[int, int], number: Whole) -> ColumnElement[int]:
    return number * literal_column(str(1 << where[0]))


def _place_of(column: Whole, dimension: Dimension, asked: Asked) -> ColumnElement[int]:
    """The place of a value among all of its enumeration; 0 when nobody asks."""
    if dimension not in asked.dimensions:
        return literal_column("0")
    return when(*((column == value, literal_column(str(place))) for place, value in enumerate(SETTLED[dimension])))


def _month_of(instant: Whole, asked: Asked) -> ColumnElement[int]:
    """The place of a month among those of the span: by its instants, for SQLite knows no time zones."""
    if Dimension.MONTH not in asked.dimensions:
        return literal_column("0")
    ends = [month.window(asked.zone).end for month in asked.span.months]
    return when(*((instant < end, literal_column(str(place))) for place, end in enumerate(ends)))


def _read_records(columns: Sequence[Numbers]) -> Records:
    """Columns that nobody asked for are empty; heads are told of the few records that have some."""
    (id_, beside), (mediator, structure), (venue, neighbourhood) = (parted(column) for column in columns[:3])
    record, counts = parted(columns[3])
    heads = np.zeros_like(id_)
    heads[found_in(id_, record)[0]] = counts
    return Records(
        id=id_,
        minutes=bits(beside, *MINUTES),
        channel=bits(beside, *CHANNEL),
        month=bits(beside, *MONTH),
        mediator=mediator,
        structure=structure,
        venue=venue,
        neighbourhood=neighbourhood,
        heads=bits(heads, *HEADS),
        feminine=bits(heads, *FEMININE),
        masculine=bits(heads, *MASCULINE),
    )


def _read_participations(columns: Sequence[Numbers]) -> Participations:
    (record, person), (neighbourhood, situation) = (parted(column) for column in columns[:2])
    return Participations(
        record=record,
        person=person,
        neighbourhood=neighbourhood,
        is_outside=bits(situation, *IS_OUTSIDE) == 1,
        age_band=bits(situation, *AGE_BAND),
        gender=bits(situation, *GENDER),
        status=bits(situation, *STATUS),
    )


def _began(first: Numbers, asked: Asked) -> Numbers:
    """The place among the months of the span of each instant, in microseconds since 1970: how many ended before."""
    ends = [in_microseconds(month.window(asked.zone).end) for month in asked.span.months]
    return np.searchsorted(np.array(ends, dtype=np.int64), first, side="right")


def _read_areas(columns: Sequence[Numbers]) -> Areas:
    (id_, commune), (_id, priority) = (parted(column) for column in columns[:2])
    return Areas(id_, commune, priority)
