"""What participants answer to the questions of a programme: on screen, or from paper by the staff. Never required."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from foundation import audit
from foundation.db import db, table_of
from foundation.scope import NotInYourStructure
from people import service as people
from workshops.models import (
    Participant,
    Programme,
    Registration,
    RegistrationState,
    SkillAnswer,
    SkillMoment,
    SkillTally,
)
from workshops.queries import skills as queries
from workshops.queries.asked import periods_for
from workshops.rules.skills import MOST_PEOPLE, Ability, NoSuchAnswer, NotAsked, moment_of

Given = Mapping[int, Mapping[int, int | None]]
"""Participant → question → 1 to 4; None takes an answer back."""


def answer(programme_id: int, moment: SkillMoment, given: Given, *, now: datetime, actor_id: int | None) -> int:
    """Write answers down, or take them back; those that are not named stay. Returns how many changed.

    A question that was removed meanwhile is passed over. The rows of the participants are locked in ascending id, and
    the programme so that none of its questions goes.

    Raises:
        NoSuchAnswer, NotInYourStructure: a participant is of another programme.
    """
    if any(value not in {None, *Ability} for values in given.values() for value in values.values()):
        raise NoSuchAnswer
    db.session.execute(select(Programme.id).where(Programme.id == programme_id).with_for_update(read=True))
    _lock(programme_id, given)
    asked = {one.id for one in queries.questions_of(programme_id)}
    kept = _kept(given, moment)
    changed = 0
    for participant_id in sorted(given):
        for question_id, value in given[participant_id].items():
            found = kept.get((participant_id, question_id))
            if question_id not in asked or value == (found.value if found else None):
                continue
            changed += 1
            if found:
                db.session.delete(found)
                db.session.flush()
            if value is not None:
                new = {"question_id": question_id, "participant_id": participant_id, "moment": moment}
                db.session.add(SkillAnswer(**new, value=value, answered_at=now))
    db.session.flush()
    if changed:
        audit.record("skills.answered", f"programme:{programme_id}", actor_id=actor_id, moment=moment, count=changed)
    return changed


def answer_own(
    registration_id: int, participant_id: int, moment: SkillMoment, values: Mapping[int, int | None], *, now: datetime
) -> int:
    """What somebody answers for themselves, or a guardian with a child, while they are asked. As `answer`.

    Raises:
        NotAsked: it is not the time for `moment`, or the registration does not stand; NoSuchAnswer
    """
    registration = db.session.get_one(Registration, registration_id, populate_existing=True)
    own = next((one for one in registration.participants if one.id == participant_id), None)
    asked = moment_of(periods_for(registration), now)
    if own is None or registration.state is not RegistrationState.REGISTERED or asked is not moment:
        raise NotAsked
    filed = queries.first_participant(own, registration.programme_id)
    return answer(registration.programme_id, moment, {filed: values}, now=now, actor_id=None)


def count(programme_id: int, moment: SkillMoment, people: Mapping[int, Sequence[int]], *, actor_id: int | None) -> None:
    """Write down how many people without a name crossed each answer, instead of what was counted before.

    Args:
        people: question → how many for each of the four answers, 0 to 500.

    Raises:
        NoSuchAnswer
    """
    if any(len(each) != len(Ability) or not all(0 <= one <= MOST_PEOPLE for one in each) for each in people.values()):
        raise NoSuchAnswer
    db.session.execute(select(Programme.id).where(Programme.id == programme_id).with_for_update())
    asked = {one.id for one in queries.questions_of(programme_id)} & set(people)
    db.session.execute(delete(SkillTally).where(SkillTally.question_id.in_(asked), SkillTally.moment == moment))
    rows = [
        {"question_id": id_, "moment": moment, "value": value, "people": number}
        for id_ in sorted(asked)
        for value, number in enumerate(people[id_], 1)
        if number
    ]
    if rows:
        db.session.execute(insert(table_of(SkillTally)), rows)
    audit.record("skills.counted", f"programme:{programme_id}", actor_id=actor_id, moment=moment)


def _lock(programme_id: int, participant_ids: Collection[int]) -> None:
    """Raises: NotInYourStructure"""
    rows = db.session.scalars(
        select(Participant.id)
        .join(Registration, Registration.id == Participant.registration_id)
        .where(Registration.programme_id == programme_id, Participant.id.in_(participant_ids))
        .order_by(Participant.id)
        .with_for_update(of=Participant)
    ).all()
    if len(rows) < len(participant_ids):
        raise NotInYourStructure


def _kept(participant_ids: Collection[int], moment: SkillMoment) -> dict[tuple[int, int], SkillAnswer]:
    query = select(SkillAnswer).where(SkillAnswer.participant_id.in_(participant_ids), SkillAnswer.moment == moment)
    return {(one.participant_id, one.question_id): one for one in db.session.scalars(query)}


def told_to(person_id: int) -> list[dict[str, Any]]:
    """The answers of a person, for the copy of their data."""
    query = (
        select(SkillAnswer)
        .join(Participant, Participant.id == SkillAnswer.participant_id)
        .where(Participant.person_id == person_id)
        .order_by(SkillAnswer.id)
    )
    return [
        {"question_id": one.question_id, "moment": one.moment.value, "value": one.value,
         "answered_at": one.answered_at.isoformat()}
        for one in db.session.scalars(query)
    ]  # fmt: skip


people.tells_of("skill_answer", told_to)
