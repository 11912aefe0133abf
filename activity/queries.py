"""Reads of activity records: lists, what tells of what, what was done last time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from activity.models import (
    ActivityAspect,
    ActivityKind,
    ActivityParticipant,
    ActivityRecord,
    Aspect,
    Helped,
    Referral,
    ReferralOutcome,
    Satisfaction,
    Theme,
)
from foundation import clock
from foundation.db import db
from foundation.period import whole_day
from people.models import Person

PAGE = 50
BATCH = 500
FOLLOWED_AFTER = timedelta(days=14)
"""Whoever was sent on has been there by then, or does not go."""
FOLLOWED_UNTIL = timedelta(days=366)
"""After a year nobody remembers."""
A_LIST = 20


@dataclass(frozen=True)
class Filter:
    """Which records: those of one mediator, or of one structure, or (both None) of the territory.

    Attributes:
        first, last: days of the activity, both included.
    """

    mediator_id: int | None = None
    structure_id: int | None = None
    first: date | None = None
    last: date | None = None
    theme: Theme | None = None


@dataclass(frozen=True)
class RecordPage:
    """One page of a list, and what all its pages hold together."""

    records: list[ActivityRecord]
    number: int
    count: int
    people: int

    @property
    def has_next(self) -> bool:
        return self.number * PAGE < self.count


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    zone = clock.territory_zone()
    conditions: list[ColumnElement[bool]] = []
    if wanted.mediator_id is not None:
        conditions.append(ActivityRecord.mediator_id == wanted.mediator_id)
    if wanted.structure_id is not None:
        conditions.append(ActivityRecord.structure_id == wanted.structure_id)
    if wanted.first is not None:
        conditions.append(ActivityRecord.started_at >= whole_day(wanted.first, zone).start)
    if wanted.last is not None:
        conditions.append(ActivityRecord.started_at < whole_day(wanted.last, zone).end)
    if wanted.theme is not None:
        conditions.append(
            exists().where(
                ActivityAspect.record_id == ActivityRecord.id,
                ActivityAspect.aspect == Aspect.THEME,
                ActivityAspect.value == wanted.theme.value,
            )
        )
    return conditions


def _with_all() -> Select[ActivityRecord]:
    return select(ActivityRecord).options(
        joinedload(ActivityRecord.mediator),
        joinedload(ActivityRecord.venue),
        selectinload(ActivityRecord.participants).joinedload(ActivityParticipant.person),
        selectinload(ActivityRecord.aspects),
    )


def page(wanted: Filter, number: int = 1) -> RecordPage:
    """Records, newest first, fifty a page (the first is 1), with how many there are and how many people took part."""
    conditions = _conditions(wanted)
    named = select(func.count(ActivityParticipant.id)).join(ActivityRecord).where(*conditions).scalar_subquery()
    count, anonymous, people = db.session.execute(
        select(func.count(ActivityRecord.id), func.coalesce(func.sum(ActivityRecord.anonymous_count), 0), named).where(
            *conditions
        )
    ).one()
    rows = _with_all().where(*conditions).order_by(ActivityRecord.started_at.desc(), ActivityRecord.id.desc())
    records = list(db.session.scalars(rows.limit(PAGE).offset((number - 1) * PAGE)))
    return RecordPage(records, number, int(count), int(anonymous) + int(people))


def every(wanted: Filter) -> Iterator[ActivityRecord]:
    """All records of the filter, oldest first, read five hundred at a time."""
    last: tuple[datetime, int] | None = None
    while True:
        query = _with_all().where(*_conditions(wanted)).order_by(ActivityRecord.started_at, ActivityRecord.id)
        if last is not None:
            after = (ActivityRecord.started_at > last[0]) | and_(
                ActivityRecord.started_at == last[0], ActivityRecord.id > last[1]
            )
            query = query.where(after)
        batch = list(db.session.scalars(query.limit(BATCH)))
        yield from batch
        if len(batch) < BATCH:
            return
        last = (batch[-1].started_at, batch[-1].id)


def by_id(record_id: int) -> ActivityRecord | None:
    return db.session.scalar(_with_all().where(ActivityRecord.id == record_id))


def telling_of(reference: str) -> int | None:
    """The id of the record that tells of `reference`, e.g. `appointment:12`."""
    return db.session.scalar(select(ActivityRecord.id).where(ActivityRecord.reference == reference))


def recorded(references: Collection[str]) -> dict[str, int]:
    """Reference → the record that tells of it, for those that have one."""
    rows = db.session.execute(
        select(ActivityRecord.reference, ActivityRecord.id).where(ActivityRecord.reference.in_(references))
    )
    return {reference: record_id for reference, record_id in rows if reference is not None}


def is_untold(reference: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """A condition: no record tells of it. `reference` is that of the table at hand, in SQL."""
    return ~exists().where(ActivityRecord.reference == reference)


def last_with(person_id: int, structure_id: int | None) -> ActivityRecord | None:
    """The newest record in which a resident took part, whoever of the structure (None: of all) wrote it."""
    query = select(ActivityRecord).join(ActivityParticipant).where(ActivityParticipant.person_id == person_id)
    return db.session.scalar(
        _newest(query if structure_id is None else query.where(ActivityRecord.structure_id == structure_id))
    )


def last_by(mediator_id: int) -> ActivityRecord | None:
    """The newest record that a mediator wrote."""
    return db.session.scalar(_newest(select(ActivityRecord).where(ActivityRecord.mediator_id == mediator_id)))


def last_venue_id(mediator_id: int) -> int | None:
    """Where the mediator's newest record says that they were."""
    return db.session.scalar(
        select(ActivityRecord.venue_id)
        .where(ActivityRecord.mediator_id == mediator_id, ActivityRecord.venue_id.is_not(None))
        .order_by(ActivityRecord.started_at.desc(), ActivityRecord.id.desc())
        .limit(1)
    )


def _newest(query: Select[ActivityRecord]) -> Select[ActivityRecord]:
    newest = query.order_by(ActivityRecord.started_at.desc(), ActivityRecord.id.desc()).limit(1)
    return newest.options(selectinload(ActivityRecord.aspects))


def took_part_before(person_ids: Collection[int], instant: datetime, *, but: int | None = None) -> set[int]:
    """Which of these residents took part in something that began before `instant`; the record `but` left out."""
    query = (
        select(ActivityParticipant.person_id)
        .join(ActivityRecord)
        .where(ActivityParticipant.person_id.in_(person_ids), ActivityRecord.started_at < instant)
        .distinct()
    )
    return set(db.session.scalars(query if but is None else query.where(ActivityRecord.id != but)))


def of_person(person_id: int, limit: int = 50) -> list[ActivityRecord]:
    """The records in which a resident took part, newest first."""
    query = _with_all().join(ActivityParticipant).where(ActivityParticipant.person_id == person_id)
    newest = query.order_by(ActivityRecord.started_at.desc(), ActivityRecord.id.desc()).limit(limit)
    return list(db.session.scalars(newest).unique())


def told_of(person_id: int, limit: int = 50) -> set[str]:
    """What those same records tell of, e.g. `session:5`."""
    query = select(ActivityRecord.reference).join(ActivityParticipant)
    mine = query.where(ActivityParticipant.person_id == person_id)
    newest = mine.order_by(ActivityRecord.started_at.desc(), ActivityRecord.id.desc()).limit(limit)
    return {reference for reference in db.session.scalars(newest) if reference}


@dataclass(frozen=True)
class ToFollow:
    """A referral of which nobody knows yet what came of it."""

    record: ActivityRecord
    referral: Referral
    person: Person


def to_follow(
    wanted: Filter, now: datetime, number: int = 1, person_id: int | None = None
) -> tuple[list[ToFollow], bool]:
    """Referrals of residents by name, of two weeks to a year ago, without an outcome: the newest first.

    Args:
        wanted: whose records; its days and theme narrow too.
        number: which page of twenty, from 1 on.
        person_id: those of one resident only.

    Returns:
        The page, and whether there is another one after it.
    """
    referred = (ActivityAspect.record_id == ActivityRecord.id) & (ActivityAspect.aspect == Aspect.REFERRAL)
    noted = (ReferralOutcome.record_id == ActivityRecord.id) & (ReferralOutcome.referral == ActivityAspect.value)
    query = (
        select(ActivityRecord, ActivityAspect.value, Person)
        .join(ActivityAspect, referred)
        .join(ActivityParticipant, ActivityParticipant.record_id == ActivityRecord.id)
        .join(Person, Person.id == ActivityParticipant.person_id)
        .outerjoin(ReferralOutcome, noted)
        .options(joinedload(ActivityRecord.mediator))
        .where(
            *_conditions(wanted),
            ActivityRecord.kind == ActivityKind.INDIVIDUAL,
            ActivityRecord.started_at.between(now - FOLLOWED_UNTIL, now - FOLLOWED_AFTER),
            Person.anonymised_at.is_(None),
            ReferralOutcome.record_id.is_(None),
        )
        .order_by(ActivityRecord.started_at.desc(), ActivityRecord.id.desc(), ActivityAspect.value)
    )
    if person_id is not None:
        query = query.where(Person.id == person_id)
    rows = db.session.execute(query.limit(A_LIST + 1).offset((number - 1) * A_LIST)).all()
    found = [ToFollow(record, Referral(value), person) for record, value, person in rows]
    return found[:A_LIST], len(found) > A_LIST


def answers_of(reference: str, person_ids: Collection[int]) -> list[Satisfaction]:
    """What these residents answered of what `reference` names, in the order of their ids."""
    query = select(Satisfaction).where(Satisfaction.reference == reference, Satisfaction.person_id.in_(person_ids))
    return list(db.session.scalars(query.order_by(Satisfaction.person_id)))


def answer_of(reference: str, person_ids: Collection[int]) -> Helped | None:
    """The answer that stands for all of them; None when nobody answered."""
    return next((one.answer for one in answers_of(reference, person_ids)), None)
