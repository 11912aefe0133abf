"""What participants think they can do, before and after: who may be asked, what they answered, how far they came."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from foundation.db import db
from people.models import Person
from people.rules.names import plain
from workshops.models import (
    Participant,
    Registration,
    RegistrationState,
    SkillAnswer,
    SkillMoment,
    SkillQuestion,
    SkillTally,
)
from workshops.rules.progress import (
    Counted,
    PersonProgress,
    Progress,
    QuestionProgress,
    compared,
    pairs_of,
    whole_of,
)
from workshops.rules.skills import Ability

BEFORE, AFTER = SkillMoment.BEFORE, SkillMoment.AFTER
MOST = len(Ability)
Answered = dict[tuple[int, SkillMoment], int]


@dataclass(frozen=True)
class Learner:
    """Somebody who takes part by name. `participant_id` is the first they had: all their answers are filed under it."""

    participant_id: int
    person: Person


def questions_of(programme_id: int) -> list[SkillQuestion]:
    """At most five, in order."""
    query = select(SkillQuestion).where(SkillQuestion.programme_id == programme_id).order_by(SkillQuestion.position)
    return list(db.session.scalars(query))


def answers_to(question_id: int) -> int:
    """How many answers there are to a question, before and after together, with a name and without."""
    named = select(func.count()).select_from(SkillAnswer).where(SkillAnswer.question_id == question_id)
    counted = select(func.coalesce(func.sum(SkillTally.people), 0)).where(SkillTally.question_id == question_id)
    return int(db.session.scalar(named) or 0) + int(db.session.scalar(counted) or 0)


def tallies(programme_id: int) -> dict[tuple[int, SkillMoment], list[int]]:
    """How many people without a name crossed each of the four answers, by question and moment."""
    query = (
        select(SkillTally.question_id, SkillTally.moment, SkillTally.value, SkillTally.people)
        .join(SkillQuestion, SkillQuestion.id == SkillTally.question_id)
        .where(SkillQuestion.programme_id == programme_id)
    )
    found: dict[tuple[int, SkillMoment], list[int]] = {}
    for question_id, moment, value, people in db.session.execute(query):
        found.setdefault((question_id, moment), [0] * MOST)[value - 1] = people
    return found


def learners(programme_id: int, answered: Collection[int] | None = None) -> list[Learner]:
    """Who is registered, or has answered and left since; each person once, by family name.

    Args:
        answered: the ids of those who have, if they are known already.
    """
    if answered is None:
        answered = answers_by_person(programme_id)
    rows = db.session.execute(
        select(Participant.id, Registration.state, Participant)
        .join(Participant.registration)
        .options(joinedload(Participant.person))
        .where(Registration.programme_id == programme_id)
        .order_by(Participant.id)
    )
    first: dict[int, Learner] = {}
    listed: set[int] = set()
    for participant_id, state, participant in rows:
        person = participant.person
        first.setdefault(person.id, Learner(participant_id, person))
        if state is RegistrationState.REGISTERED or person.id in answered:
            listed.add(person.id)
    return sorted((first[id_] for id_ in listed), key=_by_name)


def _by_name(learner: Learner) -> tuple[str, str, int]:
    person = learner.person
    return plain(person.family_name), plain(person.given_name), learner.participant_id


def first_participant(participant: Participant, programme_id: int) -> int:
    """The id that all answers of this person in the programme are filed under."""
    found = (
        select(func.min(Participant.id))
        .join(Participant.registration)
        .where(Registration.programme_id == programme_id, Participant.person_id == participant.person_id)
    )
    return db.session.scalar(found) or participant.id


def answers_by_person(programme_id: int) -> dict[int, Answered]:
    """What each person answered; the latest counts when two records of a person were merged."""
    found: dict[int, Answered] = {}
    for person_id, question_id, moment, value in db.session.execute(_answers(programme_id)):
        found.setdefault(person_id, {})[question_id, moment] = value
    return found


def answers_of(person_id: int, programme_id: int) -> Answered:
    """What one person answered."""
    rows = db.session.execute(_answers(programme_id).where(Participant.person_id == person_id))
    return {(question_id, moment): value for _person_id, question_id, moment, value in rows}


def _answers(programme_id: int) -> Select[int, int, SkillMoment, int]:
    return (
        select(Participant.person_id, SkillAnswer.question_id, SkillAnswer.moment, SkillAnswer.value)
        .join(Participant, Participant.id == SkillAnswer.participant_id)
        .join(SkillQuestion, SkillQuestion.id == SkillAnswer.question_id)
        .where(SkillQuestion.programme_id == programme_id)
        .order_by(SkillAnswer.answered_at, SkillAnswer.id)
    )


def progress(programme_id: int) -> Progress:
    """How far the participants of a programme came, by question, by person and together."""
    questions, answered = questions_of(programme_id), answers_by_person(programme_id)
    people = learners(programme_id, answered)
    ids = [one.id for one in questions]
    pairs = [pairs_of(answered.get(one.person.id, {}), ids) for one in people]
    means = [whole_of(one) for one in pairs]
    return Progress(
        rows=[_row(question, [one[at] for one in pairs], at + 1) for at, question in enumerate(questions)],
        people=[PersonProgress(one.person, own, *mean) for one, own, mean in zip(people, pairs, means, strict=True)],
        whole=compared([first for first, _last in means], [last for _first, last in means]),
        counted=_counted(questions, tallies(programme_id)),
    )


def _counted(
    questions: Sequence[SkillQuestion], found: Mapping[tuple[int, SkillMoment], Sequence[int]]
) -> list[Counted]:
    nobody = [0] * MOST
    return [
        Counted(number, one.text, found.get((one.id, BEFORE), nobody), found.get((one.id, AFTER), nobody))
        for number, one in enumerate(questions, 1)
        if (one.id, BEFORE) in found or (one.id, AFTER) in found
    ]


def _row(question: SkillQuestion, pairs: Sequence[tuple[int | None, int | None]], number: int) -> QuestionProgress:
    change = compared([first for first, _last in pairs], [last for _first, last in pairs])
    return QuestionProgress(**vars(change), number=number, text=question.text, picture=question.picture)
