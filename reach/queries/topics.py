"""What contacts were about: themes, procedures, equipment, referrals; and how much help people needed.

What came of a referral to somebody else is written nowhere, and is not told. What came of the people whom prescribers
sent here is: see `reach.queries.appointments`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    String,
    case,
    distinct,
    func,
    literal,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy import cast as as_type
from sqlalchemy.orm import aliased

from activity.models import (
    ActivityAspect,
    ActivityKind,
    ActivityParticipant,
    ActivityRecord,
    AgeBand,
    Aspect,
    Autonomy,
    Equipment,
    Procedure,
    Referral,
    Theme,
)
from foundation.db import db
from people.models import Gender, PersonMerge, Status
from reach.queries.narrowing import equal_to, lies_in, narrowed, place_meanings, residence_meanings
from reach.rules.autonomy import Autonomies
from reach.rules.filters import Filters, Priority, Side
from reach.rules.scope import TERRITORY, Scope

TOTAL, PEOPLE, WAY = "total", "people", "way"
Part = Select[*tuple[Any, ...]]
Conditions = tuple[ColumnElement[bool], ...]
Named = TypeVar("Named", bound=StrEnum)


@dataclass(frozen=True)
class Told:
    """How many activity records tell of something, and how many contacts these had: people by name and heads."""

    records: int = 0
    contacts: int = 0


@dataclass(frozen=True)
class Topics:
    """What the contacts of the period were about. A record with two themes counts in both: parts add up to more than
    the total. What nobody had is left out.

    Attributes:
        total: all records with a contact that the filters leave, whatever they tell of.
        referrals: to whom people were sent on.
        unapplied: none: records know of all filters.
    """

    total: Told
    themes: Mapping[Theme, Told]
    procedures: Mapping[Procedure, Told]
    equipment: Mapping[Equipment, Told]
    referrals: Mapping[Referral, Told]
    autonomy: Autonomies
    unapplied: frozenset[str] = frozenset()


def topics(filters: Filters, scope: Scope) -> Topics:
    """Of the contacts of the period, by the start of their record, in one statement. Who somebody was is frozen."""
    of_records = (
        lies_in(ActivityRecord.started_at, filters),
        *narrowed(filters, scope, _of_records(filters)).conditions,
    )
    of_people = (_once(), *narrowed(filters, TERRITORY, _of_people(filters)).conditions)
    records = _records(filters, of_records, of_people)
    named = of_records, of_people
    rows = db.session.execute(union_all(_total(records), _aspects(records), _people(*named), _ways(*named))).all()
    return Topics(
        total=next(Told(row.number, int(row.more or 0)) for row in rows if row.part == TOTAL),
        themes=_values(rows, Aspect.THEME, Theme),
        procedures=_values(rows, Aspect.PROCEDURE, Procedure),
        equipment=_values(rows, Aspect.EQUIPMENT, Equipment),
        referrals=_values(rows, Aspect.REFERRAL, Referral),
        autonomy=_autonomy(rows),
    )


def _values(rows: Iterable[Row[*tuple[Any, ...]]], aspect: Aspect, kind: type[Named]) -> dict[Named, Told]:
    """In the order of the enumeration."""
    found = {row.first: Told(row.number, int(row.more)) for row in rows if row.part == aspect.value}
    return {one: found[one.value] for one in kind if one.value in found}


def _autonomy(rows: Iterable[Row[*tuple[Any, ...]]]) -> Autonomies:
    people = [(Autonomy(row.first), Autonomy(row.last), row.number, row.more) for row in rows if row.part == WAY]
    return Autonomies(
        matrix={(first, last): number for first, last, number, told in people if told > 1},
        once={first: number for first, _last, number, told in people if told == 1},
        untold=sum(row.number for row in rows if row.part == PEOPLE) - sum(number for *_way, number, _told in people),
    )


def _of_records(filters: Filters) -> dict[str, Any]:
    record = ActivityRecord
    columns = {
        "structure_id": record.structure_id, "venue_id": record.venue_id, "mediator_id": record.mediator_id,
        "channel": record.channel,
    }  # fmt: skip
    places = place_meanings(filters, record.venue_neighbourhood_id)
    return {**{name: equal_to(column) for name, column in columns.items()}, **places}


def _of_people(filters: Filters) -> dict[str, Any]:
    one = ActivityParticipant
    traits = {"age_band": one.age_band, "gender": one.gender, "status": one.status}
    homes = residence_meanings(filters, one.neighbourhood_id, one.residence)
    return {**{name: equal_to(column) for name, column in traits.items()}, **homes}


def _records(filters: Filters, of_records: Conditions, of_people: Conditions) -> Part:
    """Records of the period and scope, with how many contacts the filters leave of each; it may be none.

    It is read twice on purpose: a shared CTE has no index, and SQLite then goes through the aspects of all times.
    """
    one, record = ActivityParticipant, ActivityRecord
    named = select(one.record_id, func.count().label("people")).where(lies_in(one.started_at, filters), *of_people)
    by_record = named.group_by(one.record_id).subquery()
    contacts = func.coalesce(by_record.c.people, 0) + _heads(filters)
    joined = select(record.id, contacts.label("contacts")).outerjoin(by_record, by_record.c.record_id == record.id)
    return joined.where(*of_records)


def _once() -> ColumnElement[bool]:
    """Whoever is in a record twice, since two of theirs were merged, is there as they were written first."""
    first, second = aliased(ActivityParticipant), aliased(ActivityParticipant)
    twice = (
        select(second.id)
        .join(first, (first.record_id == second.record_id) & (first.person_id == second.person_id))
        .where(first.id < second.id, first.person_id.in_(select(PersonMerge.kept_id)))
    )
    return ActivityParticipant.id.not_in(twice)


def _heads(filters: Filters) -> ColumnElement[int]:
    """Of a head-count only the gender is told: a filter by anything else leaves no head, unless it asks for unknown."""
    record = ActivityRecord
    unknown = (
        filters.age_band in {None, AgeBand.NOT_COMMUNICATED},
        filters.status in {None, Status.NOT_COMMUNICATED},
        filters.side is Side.PLACE or filters.neighbourhood_id is filters.commune_id is None,
        filters.side is Side.PLACE or filters.priority in {None, Priority.UNKNOWN},
    )
    if not all(unknown):
        return literal(0)
    by_gender: dict[Gender | None, Any] = {
        None: record.anonymous_count,
        Gender.FEMININE: record.anonymous_feminine,
        Gender.MASCULINE: record.anonymous_masculine,
        Gender.NOT_COMMUNICATED: record.anonymous_count - record.anonymous_feminine - record.anonymous_masculine,
    }
    told: ColumnElement[int] = by_gender[filters.gender]
    return told


def _line(part: Any, first: Any, last: Any, number: Any, more: Any) -> Part:
    return select(
        as_type(part, String).label("part"), as_type(first, String).label("first"), as_type(last, String).label("last"),
        number.label("number"), more.label("more"),
    )  # fmt: skip


def _total(records: Part) -> Part:
    one = records.subquery()
    return _line(literal(TOTAL), null(), null(), func.count(), func.sum(one.c.contacts)).where(one.c.contacts > 0)


def _aspects(records: Part) -> Part:
    one, told = records.subquery(), ActivityAspect
    return (
        _line(told.aspect, told.value, null(), func.count(), func.sum(one.c.contacts))
        .join_from(one, told, told.record_id == one.c.id)
        .where(one.c.contacts > 0)
        .group_by(told.aspect, told.value)
    )


def _named(query: Part, of_records: Conditions, of_people: Conditions) -> Part:
    """Contacts of people by name."""
    joined = query.join_from(ActivityParticipant, ActivityRecord, ActivityRecord.id == ActivityParticipant.record_id)
    return joined.where(*of_records, *of_people)


def _people(of_records: Conditions, of_people: Conditions) -> Part:
    number = func.count(distinct(ActivityParticipant.person_id))
    return _named(_line(literal(PEOPLE), null(), null(), number, literal_column("0")), of_records, of_people)


def _ways(of_records: Conditions, of_people: Conditions) -> Part:
    """People by what the first and the last of their contacts tell that tell it; whether it was 1, or 2 or more.

    What is told of a group is told of none of its people. All that is asked of somebody's contacts is asked over one
    window, so that they are sorted once.
    """
    record, person_id = ActivityRecord, ActivityParticipant.person_id

    def of_somebody(value: Any) -> Any:
        return value.over(partition_by=person_id, order_by=(record.started_at, record.id), rows=(None, None))

    columns = {
        "first": func.first_value(record.autonomy), "last": func.last_value(record.autonomy),
        "told": func.count(record.id), "place": func.row_number(),
    }  # fmt: skip
    contacts = select(*(of_somebody(value).label(name) for name, value in columns.items()))
    tells = record.autonomy.is_not(None) & (record.kind == ActivityKind.INDIVIDUAL)
    one = _named(contacts, of_records, of_people).where(tells).subquery()
    several = case((one.c.told > literal_column("1"), literal_column("2")), else_=one.c.told)
    ways = _line(literal(WAY), one.c.first, one.c.last, func.count(), several).where(one.c.place == 1)
    return ways.group_by(one.c.first, one.c.last, several)
