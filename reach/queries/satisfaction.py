"""Whether it helped: what people answered of their appointments and workshop sessions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from sqlalchemy import func, select

from activity.models import ActivityParticipant, ActivityRecord, Helped, Satisfaction
from foundation import clock
from foundation.db import db
from reach.queries.narrowing import lies_in
from reach.queries.taking_part import took_part
from reach.rules.filters import Filters
from reach.rules.outcomes import Satisfied, untold
from reach.rules.scope import Scope


def satisfaction(filters: Filters, scope: Scope) -> Satisfied:
    """Of the contacts by name of the period that have an appointment or a session; nothing that may not be told."""
    every = all_answers(filters, scope)
    why = untold(filters, scope, every.answered, every.aloud, clock.today())
    return every if why is None else replace(every, answers={}, aloud=0, untold=why)


def all_answers(filters: Filters, scope: Scope) -> Satisfied:
    """The same with every answer, however few: for what is protected before anybody reads it. In one statement.

    An answer counts once the record of what it is about is written, and for whom that record names: filters mean to it
    what they mean to the contact.
    """
    answered = (Satisfaction.reference == ActivityRecord.reference) & (
        Satisfaction.person_id == ActivityParticipant.person_id
    )
    aloud = Satisfaction.told_by_id.is_not(None)
    rows = db.session.execute(
        select(Satisfaction.answer, aloud, func.count())
        .select_from(ActivityParticipant)
        .join(ActivityRecord, ActivityRecord.id == ActivityParticipant.record_id)
        .outerjoin(Satisfaction, answered)
        # The instant of a record is that of its participants: told of both, so that no record of other years is read.
        .where(
            ActivityRecord.reference.is_not(None),
            lies_in(ActivityRecord.started_at, filters),
            *took_part(filters, scope),
        )
        .group_by(Satisfaction.answer, aloud)
    ).all()
    given: Counter[Helped] = Counter()
    for answer, _heard, number in rows:
        if answer is not None:
            given[answer] += number
    return Satisfied(
        contacts=sum(number for *_which, number in rows),
        answered=given.total(),
        answers={one: given[one] for one in Helped} if given else {},
        aloud=sum(number for answer, heard, number in rows if answer is not None and heard),
        untold=None,
    )
