"""The questions of a programme's self-assessment: written, put in order, taken away."""

from __future__ import annotations

from sqlalchemy import delete

from accounts.models import Account
from foundation import audit
from foundation.db import db
from foundation.i18n import LANGUAGES, in_language
from workshops.models import Programme, SkillAnswer, SkillQuestion, SkillTally
from workshops.queries import skills as queries
from workshops.rules.skill_sets import SUGGESTED
from workshops.rules.skills import (
    AnswersWouldGo,
    AskedAlready,
    NoSuchQuestion,
    Wording,
    check_room,
    check_wording,
)
from workshops.service.programmes import locked

PARKED = 0
"""Where a question waits while two change places: no two ever have the same."""


def add(programme_id: int, wording: Wording, actor: Account) -> SkillQuestion:
    """Ask one more question, after the others.

    Raises:
        NotInYourStructure, OfTheTerritory, EnoughQuestions, and the refusals of `check_wording`
    """
    programme = locked(programme_id, actor)
    check_wording(wording)
    existing = queries.questions_of(programme_id)
    check_room(len(existing))
    found = SkillQuestion(programme_id=programme_id, position=len(existing) + 1)
    _write(found, wording)
    db.session.add(found)
    db.session.flush()
    _note(programme, "skills.question_added", actor, found)
    return found


def suggest(programme_id: int, actor: Account) -> list[SkillQuestion]:
    """Ask what suits the kind of the programme, in all languages.

    Raises:
        NotInYourStructure, OfTheTerritory, AskedAlready
    """
    programme = locked(programme_id, actor)
    if queries.questions_of(programme_id):
        raise AskedAlready
    found = []
    for position, (picture, text) in enumerate(SUGGESTED[programme.kind], 1):
        question = SkillQuestion(programme_id=programme_id, position=position)
        _write(question, Wording(_in("fr", text), picture, {code: _in(code, text) for code in LANGUAGES}))
        found.append(question)
    db.session.add_all(found)
    db.session.flush()
    audit.record("skills.questions_suggested", f"programme:{programme_id}", actor_id=actor.id, count=len(found))
    return found


def _in(locale: str, text: object) -> str:
    with in_language(locale):
        return str(text)


def change(programme_id: int, question_id: int, wording: Wording, actor: Account) -> SkillQuestion:
    """Word a question anew. Its answers stay: they are to the new words then.

    Raises:
        NoSuchQuestion, and the refusals of `add` but EnoughQuestions
    """
    programme = locked(programme_id, actor)
    found = _question(programme_id, question_id)
    check_wording(wording)
    _write(found, wording)
    db.session.flush()
    _note(programme, "skills.question_changed", actor, found)
    return found


def move_up(programme_id: int, question_id: int, actor: Account) -> None:
    """Ask a question before the one that it follows; the first one stays.

    Raises:
        NoSuchQuestion, NotInYourStructure, OfTheTerritory
    """
    programme = locked(programme_id, actor)
    found = _question(programme_id, question_id)
    before = next((one for one in queries.questions_of(programme_id) if one.position == found.position - 1), None)
    if before is None:
        return
    place, found.position = found.position, PARKED
    db.session.flush()
    before.position = place
    db.session.flush()
    found.position = place - 1
    db.session.flush()
    _note(programme, "skills.questions_ordered", actor, found)


def remove(programme_id: int, question_id: int, actor: Account, *, told: int) -> None:
    """Take a question away, with its answers.

    Args:
        told: how many answers whoever does it knows of: not one more is erased.

    Raises:
        AnswersWouldGo, NoSuchQuestion, NotInYourStructure, OfTheTerritory
    """
    programme = locked(programme_id, actor)
    found = _question(programme_id, question_id)
    answers = queries.answers_to(question_id)
    if answers > told:
        raise AnswersWouldGo(answers)
    for model in (SkillAnswer, SkillTally):
        db.session.execute(delete(model).where(model.question_id == question_id))
    db.session.delete(found)
    db.session.flush()
    for position, one in enumerate(queries.questions_of(programme_id), 1):
        one.position = position
        db.session.flush()
    audit.record(
        "skills.question_removed", f"programme:{programme.id}", actor_id=actor.id, question_id=question_id,
        answers=answers,
    )  # fmt: skip


def _question(programme_id: int, question_id: int) -> SkillQuestion:
    """Raises: NoSuchQuestion"""
    found = db.session.get(SkillQuestion, question_id, populate_existing=True)
    if found is None or found.programme_id != programme_id:
        raise NoSuchQuestion
    return found


def _write(question: SkillQuestion, wording: Wording) -> None:
    question.text, question.picture = wording.text.strip(), wording.picture
    translated = {code: text.strip() for code, text in wording.translations.items() if code in LANGUAGES}
    question.translations = {code: text for code, text in translated.items() if text and code != "fr"}


def _note(programme: Programme, act: str, actor: Account, question: SkillQuestion) -> None:
    audit.record(act, f"programme:{programme.id}", actor_id=actor.id, question_id=question.id)
