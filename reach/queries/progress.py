"""How far people came in workshops, by what they said of themselves before and after.

Whether it helped them is another question, and another figure: `reach.queries.satisfaction`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from foundation.db import db
from foundation.period import Period
from reach.queries.narrowing import Meaning, Narrowed, equal_to, narrowed, window
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
Means = tuple[float | None, float | None]
"""Of one person, before and after."""
Answers = dict[tuple[int, SkillMoment], int]


def progress(filters: Filters, scope: Scope) -> Progress:
    """Of the period, in one statement. A programme is at a place, or led by somebody, if one of its sessions is."""
    found = _means(filters, scope)
    return Progress(
        change=_change(found.values()),
        programmes=len({programme_id for programme_id, _person_id in found}),
        unapplied=narrowing_of(filters, scope).unapplied,
    )


def by_programme(filters: Filters, scope: Scope) -> dict[int, Change]:
    """The same for each programme in which somebody answered both times."""
    of: dict[int, list[Means]] = defaultdict(list)
    for (programme_id, _person_id), means in _means(filters, scope).items():
        of[programme_id].append(means)
    changes = {programme_id: _change(means) for programme_id, means in of.items()}
    return {programme_id: change for programme_id, change in changes.items() if change.count}


def _means(filters: Filters, scope: Scope) -> dict[Key, Means]:
    conditions = narrowing_of(filters, scope).conditions
    found = _answered(window(filters), conditions)
    return {key: whole_of(pairs_of(answers, _questions(answers))) for key, answers in found.items()}


def _change(means: Iterable[Means]) -> Change:
    pairs = list(means)
    return compared([before for before, _after in pairs], [after for _before, after in pairs])


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


def narrowing_of(filters: Filters, scope: Scope) -> Narrowed:
    """What is said of sessions is asked of any session of the programme."""
    of_sessions = {name: _in_any(one) for name, one in meanings_of(filters).items()}
    return narrowed(filters, scope, {**of_sessions, "structure_id": equal_to(Programme.structure_id)})


def _in_any(meaning: Meaning) -> Meaning:
    sessions = placed(select(WorkshopSession.programme_id)).correlate(None)
    return lambda value: Programme.id.in_(sessions.where(meaning(value)))
