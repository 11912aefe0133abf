"""Answers are written down, changed, taken back: once for each question and moment, never required."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from foundation import audit
from foundation.db import db, in_transaction, transaction
from foundation.scope import NotInYourStructure
from people import service as people
from tests.cast import NOW
from tests.workshops.given import count
from tests.workshops.learning import AFTER, BEFORE, answered, by, children, club
from workshops.models import SkillAnswer
from workshops.rules.skills import NoSuchAnswer
from workshops.service import questions, skills


def kept():
    """(moment, value) of all answers, in order."""
    db.session.rollback()
    return [(one.moment, one.value) for one in db.session.scalars(select(SkillAnswer).order_by(SkillAnswer.id))]


def test_each_moment_has_its_own_answers(cast):
    programme, _questions = club(cast)
    _family, (lina, _noe) = children(programme)
    assert answered(programme, BEFORE, lina, 1, 2) == 2
    assert answered(programme, AFTER, lina, 4) == 1
    assert kept() == [(BEFORE, 1), (BEFORE, 2), (AFTER, 4)]


def test_the_same_again_changes_nothing_and_is_not_noted(cast):
    programme, _questions = club(cast)
    _family, (lina, _noe) = children(programme)
    answered(programme, BEFORE, lina, 1)
    assert answered(programme, BEFORE, lina, 1, None, None) == 0
    acts = [one.action for one in audit.history(f"programme:{programme.id}")]
    assert acts.count("skills.answered") == 1


def test_it_may_be_changed_and_taken_back(cast):
    programme, _questions = club(cast)
    _family, (lina, _noe) = children(programme)
    answered(programme, BEFORE, lina, 1, 2)
    assert answered(programme, BEFORE, lina, 3, None, now=NOW + timedelta(days=1)) == 2
    assert kept() == [(BEFORE, 3)]
    assert db.session.scalar(select(SkillAnswer.answered_at)) == NOW + timedelta(days=1)


def test_the_audit_says_how_many_and_nothing_of_what(cast):
    programme, _questions = club(cast)
    _family, (lina, _noe) = children(programme)
    answered(programme, BEFORE, lina, 1, 2, actor_id=cast.ids["mediator"])
    entry = audit.history(f"programme:{programme.id}")[0]
    assert (entry.action, entry.actor_id) == ("skills.answered", cast.ids["mediator"])
    assert entry.details == {"moment": "before", "count": 2}


@pytest.mark.parametrize("value", [0, 5, -1])
def test_there_are_four_answers(cast, value):
    programme, _questions = club(cast)
    _family, (lina, _noe) = children(programme)
    with pytest.raises(NoSuchAnswer):
        answered(programme, BEFORE, lina, 1, value)
    assert kept() == []


def test_the_database_has_the_last_word(cast):
    programme, (first, *_others) = club(cast)
    _family, (lina, _noe) = children(programme)
    row = {"question_id": first.id, "participant_id": lina.id, "moment": BEFORE, "answered_at": NOW}
    with pytest.raises(IntegrityError), transaction():
        db.session.add(SkillAnswer(value=5, **row))
    with transaction():
        db.session.add(SkillAnswer(value=1, **row))
    with pytest.raises(IntegrityError), transaction():
        db.session.add(SkillAnswer(value=2, **row))


def test_a_question_that_was_removed_meanwhile_is_passed_over(cast):
    programme, (first, second, _third) = club(cast)
    _family, (lina, _noe) = children(programme)
    by(cast, questions.remove, programme.id, first.id, told=0)
    given = {lina.id: {first.id: 1, second.id: 2}}
    act = {"now": NOW, "actor_id": None}
    assert in_transaction(lambda: skills.answer(programme.id, BEFORE, given, **act)) == 1
    assert kept() == [(BEFORE, 2)]


def test_somebody_of_another_programme_is_unknown_and_nothing_is_written(cast):
    programme, (first, *_others) = club(cast)
    other, _foreign = club(cast)
    _family, (lina, _noe) = children(programme)
    _other_family, (foreign, _brother) = children(other, "Mia", "Tom")
    given = {lina.id: {first.id: 1}, foreign.id: {first.id: 1}}
    with pytest.raises(NotInYourStructure):
        in_transaction(lambda: skills.answer(programme.id, BEFORE, given, now=NOW, actor_id=None))
    assert count(SkillAnswer) == 0


def test_whoever_asks_for_their_data_gets_their_answers(cast):
    programme, (first, *_others) = club(cast)
    _family, (lina, _noe) = children(programme)
    answered(programme, BEFORE, lina, 2)
    data = in_transaction(lambda: people.export(lina.person_id, None))
    (told,) = json.loads(json.dumps(data))["skill_answer"]
    assert (told["question_id"], told["moment"], told["value"]) == (first.id, "before", 2)
