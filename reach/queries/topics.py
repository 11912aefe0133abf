"""What contacts were about: themes, procedures, equipment, referrals; and how much help people needed.

What came of a referral to somebody else is written nowhere, and is not told. What came of the people whom prescribers
sent here is: see `reach.queries.appointments`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import CTE, ColumnElement, Row, Select, String, case, func, literal, null, select, union_all
from sqlalchemy import cast as as_type
from sqlalchemy.orm import aliased

from activity.models import (
    ActivityAspect,
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

TOTAL, AUTONOMY = "total", "autonomy"
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
    of_people = narrowed(filters, TERRITORY, _of_people(filters)).conditions
    records = _records(filters, narrowed(filters, scope, _of_records(filters)).conditions, of_people)
    rows = db.session.execute(union_all(_total(records), _aspects(records), _autonomies(records, of_people))).all()
    return Topics(
        total=next(Told(row.number, row.more or 0) for row in rows if row.part == TOTAL),
        themes=_values(rows, Aspect.THEME, Theme),
        procedures=_values(rows, Aspect.PROCEDURE, Procedure),
        equipment=_values(rows, Aspect.EQUIPMENT, Equipment),
        referrals=_values(rows, Aspect.REFERRAL, Referral),
        autonomy=_autonomy([row for row in rows if row.part == AUTONOMY]),
    )


def _values(rows: Iterable[Row[*tuple[Any, ...]]], aspect: Aspect, kind: type[Named]) -> dict[Named, Told]:
    """In the order of the enumeration."""
    found = {row.first: Told(row.number, row.more) for row in rows if row.part == aspect.value}
    return {one: found[one.value] for one in kind if one.value in found}


def _autonomy(rows: Iterable[Row[*tuple[Any, ...]]]) -> Autonomies:
    people = [(row.first, row.last, row.more, row.number) for row in rows]
    return Autonomies(
        matrix={(Autonomy(first), Autonomy(last)): number for first, last, told, number in people if told > 1},
        once={Autonomy(first): number for first, _last, told, number in people if told == 1},
        untold=sum(number for _first, _last, told, number in people if not told),
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


def _records(filters: Filters, conditions: Conditions, of_people: Conditions) -> CTE:
    """Records of the period and scope, with how many contacts the filters leave of each; it may be none."""
    named = select(func.count()).where(ActivityParticipant.record_id == ActivityRecord.id, _once(), *of_people)
    contacts = named.correlate(ActivityRecord).scalar_subquery() + _heads(filters)
    columns = (ActivityRecord.id, ActivityRecord.started_at, ActivityRecord.autonomy, contacts.label("contacts"))
    return select(*columns).where(lies_in(ActivityRecord.started_at, filters), *conditions).cte("records")


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


def _total(records: CTE) -> Part:
    return _line(literal(TOTAL), null(), null(), func.count(), func.sum(records.c.contacts)).where(
        records.c.contacts > 0
    )


def _aspects(records: CTE) -> Part:
    one = ActivityAspect
    counted = _line(one.aspect, one.value, null(), func.count(), func.sum(records.c.contacts))
    return (
        counted.select_from(records)
        .join(one, one.record_id == records.c.id)
        .where(records.c.contacts > 0)
        .group_by(one.aspect, one.value)
    )


def _autonomies(records: CTE, of_people: Conditions) -> Part:
    """People by what the first and the last of their contacts tell that tell it; 0, 1 or 2 (or more) of them do."""
    people = _ways(records, of_people).subquery()
    ways = _line(literal(AUTONOMY), people.c.first, people.c.last, func.count(), people.c.told)
    return ways.group_by(people.c.first, people.c.last, people.c.told)


def _ways(records: CTE, of_people: Conditions) -> Part:
    """Each person's first and last autonomy. Contacts that tell none come after the others: the count says where."""
    person_id, autonomy = ActivityParticipant.person_id, records.c.autonomy
    order = (autonomy.is_(None), records.c.started_at, records.c.id)
    contacts = (
        select(
            person_id.label("person_id"), autonomy.label("autonomy"),
            func.row_number().over(partition_by=person_id, order_by=order).label("place"),
            func.count(autonomy).over(partition_by=person_id).label("told"),
        )
        .join(records, records.c.id == ActivityParticipant.record_id)
        .where(_once(), *of_people)
        .subquery()
    )  # fmt: skip
    told = contacts.c.told
    first = func.max(case((contacts.c.place == 1, contacts.c.autonomy)))
    last = func.max(case((contacts.c.place == told, contacts.c.autonomy)))
    several = func.max(case((told > 1, 2), else_=told))
    return select(first.label("first"), last.label("last"), several.label("told")).group_by(contacts.c.person_id)
