"""How far people came in workshops, by what they said of themselves before and after.

Nobody is asked anywhere whether they were satisfied: there is no such figure, and none is made of these answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from foundation.db import db
from foundation.period import Period
from reach.queries.narrowing import Meaning, equal_to, narrowed, window
from reach.queries.sessions import meanings_of, placed
from reach.rules.filters import Filters
from reach.rules.scope import Scope
from workshops.models import Participant, Programme, SkillAnswer, SkillMoment, SkillQuestion, WorkshopSession
from workshops.rules.progress import Change, compared, pairs_of, whole_of


@dataclass(frozen=True)
class Progress:
    """Self-assessments of which the last answer was given in the period: one for each person and programme.

    Answers go from 1 (not at all) to 4 (without help); of each person counts the mean of what they answered both times.
    What people crossed on paper without a name has no date, and nobody knows who of before is who of after: it is on
    the page of its programme, and not here.

    Attributes:
        change: how many answered before, after, and both times; all else is about those who answered both times.
        programmes: how many programmes these are of.
        unapplied: chosen filters that answers know nothing of: who somebody was is not frozen on them.
    """

    change: Change
    programmes: int
    unapplied: frozenset[str]


Key = tuple[int, int]
"""A programme, a person."""
Answers = dict[tuple[int, SkillMoment], int]


def progress(filters: Filters, scope: Scope) -> Progress:
    """Of the period, in one statement. A programme is at a place, or led by somebody, if one of its sessions is."""
    narrow = narrowed(filters, scope, _meanings(filters))
    period = window(filters)
    found = _answered(period, narrow.conditions)
    means = [whole_of(pairs_of(answers, _questions(answers))) for answers in found.values()]
    return Progress(
        change=compared([before for before, _after in means], [after for _before, after in means]),
        programmes=len({programme_id for programme_id, _person_id in found}),
        unapplied=narrow.unapplied,
    )


def _questions(answers: Answers) -> Sequence[int]:
    return sorted({question_id for question_id, _moment in answers})


def _answered(period: Period, conditions: Iterable[ColumnElement[bool]]) -> Mapping[Key, Answers]:
    """What each person answered in each programme in which their last answer lies in the period.

    Of two records that were merged the latest answer counts, as on the page of the programme.
    """
    last = func.max(SkillAnswer.answered_at).over(partition_by=(SkillQuestion.programme_id, Participant.person_id))
    answers = (
        select(
            SkillQuestion.programme_id, Participant.person_id, SkillAnswer.question_id, SkillAnswer.moment,
            SkillAnswer.value, SkillAnswer.answered_at, SkillAnswer.id, last.label("last"),
        )
        .join(SkillQuestion, SkillQuestion.id == SkillAnswer.question_id)
        .join(Programme, Programme.id == SkillQuestion.programme_id)
        .join(Participant, Participant.id == SkillAnswer.participant_id)
        .where(*conditions)
        .subquery()
    )  # fmt: skip
    within = select(*list(answers.c)[:5]).where(answers.c.last >= period.start, answers.c.last < period.end)
    found: dict[Key, Answers] = {}
    for programme_id, person_id, question_id, moment, value in db.session.execute(
        within.order_by(answers.c.answered_at, answers.c.id)
    ):
        found.setdefault((programme_id, person_id), {})[question_id, moment] = value
    return found


def _meanings(filters: Filters) -> dict[str, Any]:
    """What is said of sessions is asked of any session of the programme."""
    of_sessions = {name: _in_any(one) for name, one in meanings_of(filters).items()}
    return {**of_sessions, "structure_id": equal_to(Programme.structure_id)}


def _in_any(meaning: Meaning) -> Meaning:
    sessions = placed(select(WorkshopSession.programme_id)).correlate(None)
    return lambda value: Programme.id.in_(sessions.where(meaning(value)))
