"""Whether it helped: what people answered of their appointments and workshop sessions."""

from __future__ import annotations

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
    """Of the contacts by name of the period that have an appointment or a session, in one statement.

    An answer counts once the record of what it is about is written, and for whom that record names: filters mean to it
    what they mean to the contact. What may not be told is not in what is returned.
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
    given = [(answer, heard, number) for answer, heard, number in rows if answer is not None]
    count = sum(number for *_which, number in given)
    heard_count = sum(number for _answer, heard, number in given if heard)
    why = untold(filters, scope, count, heard_count, clock.today())
    told = given if why is None else []
    return Satisfied(
        contacts=sum(number for *_which, number in rows),
        answered=count,
        answers={one: sum(number for answer, _heard, number in told if answer is one) for one in Helped}
        if told
        else {},
        aloud=heard_count if told else 0,
        untold=why,
    )
