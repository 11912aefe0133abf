"""Questions of a programme are suggested, written, put in order, and never lost with their answers unawares."""

from __future__ import annotations

import pytest

from foundation import audit
from foundation.scope import NotInYourStructure, OfTheTerritory
from tests.workshops.enrolments import opened
from tests.workshops.given import count, reread
from tests.workshops.learning import BEFORE, TEXTS, answered, by, children, club, texts_of, wording
from workshops.models import ProgrammeKind, SkillAnswer, SkillQuestion
from workshops.queries import skills as queries
from workshops.rules.skills import AnswersWouldGo, AskedAlready, EnoughQuestions, NoSuchQuestion, NoText, said
from workshops.service import questions


def test_one_press_asks_what_suits_the_kind_in_all_languages(cast):
    programme = opened(cast, kind=ProgrammeKind.CARE_HOME_SERIES)
    found = by(cast, questions.suggest, programme.id)
    assert [one.position for one in found] == [1, 2, 3, 4, 5]
    first = reread(found[0])
    assert (first.text, first.picture) == ("Allumer et éteindre la tablette", "tablet")
    assert set(first.translations) == {"en", "ar"}
    assert said(first, "en") == "Switch the tablet on and off"
    assert said(first, "fr") == first.text


def test_suggestions_never_come_on_top_of_questions(cast):
    programme, _questions = club(cast)
    with pytest.raises(AskedAlready):
        by(cast, questions.suggest, programme.id)
    assert texts_of(programme) == list(TEXTS)


def test_a_question_comes_after_the_others_in_plain_text(cast):
    programme, _questions = club(cast)
    translations = {"en": " Show my game ", "ar": "", "fr": "x", "xx": "y"}
    found = by(cast, questions.add, programme.id, wording(" Montrer mon jeu ", translations=translations))
    assert (found.position, found.text, found.translations) == (4, "Montrer mon jeu", {"en": "Show my game"})
    assert said(found, "ar") == "Montrer mon jeu"
    assert audit.history(f"programme:{programme.id}")[0].action == "skills.question_added"


def test_there_is_room_for_five(cast):
    programme, _questions = club(cast, *"abcde")
    with pytest.raises(EnoughQuestions):
        by(cast, questions.add, programme.id, wording())


def test_it_is_worded_anew_and_keeps_its_answers(cast):
    programme, (first, *_others) = club(cast)
    _family, (lina, _noe) = children(programme)
    answered(programme, BEFORE, lina, 2)
    by(cast, questions.change, programme.id, first.id, wording("Ouvrir", picture="play"))
    assert (reread(first).text, reread(first).picture) == ("Ouvrir", "play")
    assert queries.answers_to(first.id) == 1
    with pytest.raises(NoText):
        by(cast, questions.change, programme.id, first.id, wording(" "))


def test_it_moves_up_one_place_at_a_time_and_the_first_stays(cast):
    programme, (first, second, third) = club(cast)
    by(cast, questions.move_up, programme.id, third.id)
    assert texts_of(programme) == [first.text, third.text, second.text]
    by(cast, questions.move_up, programme.id, third.id)
    by(cast, questions.move_up, programme.id, third.id)
    assert texts_of(programme) == [third.text, first.text, second.text]
    assert [one.position for one in queries.questions_of(programme.id)] == [1, 2, 3]


def test_one_that_nobody_answered_goes_and_the_others_close_up(cast):
    programme, (first, second, third) = club(cast)
    by(cast, questions.remove, programme.id, first.id, told=0)
    assert texts_of(programme) == [second.text, third.text]
    assert [one.position for one in queries.questions_of(programme.id)] == [1, 2]


def test_answers_go_only_when_whoever_removes_knows_of_them(cast):
    programme, (first, *_others) = club(cast)
    _family, (lina, noe) = children(programme)
    answered(programme, BEFORE, lina, 2, 1)
    answered(programme, BEFORE, noe, 3)
    with pytest.raises(AnswersWouldGo):
        by(cast, questions.remove, programme.id, first.id, told=1)
    assert count(SkillAnswer) == 3
    by(cast, questions.remove, programme.id, first.id, told=2)
    assert (count(SkillAnswer), count(SkillQuestion)) == (1, 2)
    last = audit.history(f"programme:{programme.id}")[0]
    assert (last.action, last.details["answers"]) == ("skills.question_removed", 2)


def test_a_question_of_another_programme_is_unknown(cast):
    programme, _questions = club(cast)
    _other, (foreign, *_others) = club(cast)
    for verb, args, more in (
        (questions.change, (foreign.id, wording()), {}),
        (questions.move_up, (foreign.id,), {}),
        (questions.remove, (foreign.id,), {"told": 0}),
        (questions.remove, (4711,), {"told": 0}),
    ):
        with pytest.raises(NoSuchQuestion):
            by(cast, verb, programme.id, *args, **more)


def test_only_the_structure_that_offers_it_changes_what_is_asked(cast):
    programme, (first, *_others) = club(cast)
    shared = opened(cast, structure_id=None)
    with pytest.raises(NotInYourStructure):
        by(cast, questions.add, programme.id, wording(), who="other_mediator")
    with pytest.raises(NotInYourStructure):
        by(cast, questions.remove, programme.id, first.id, who="other_mediator", told=0)
    with pytest.raises(OfTheTerritory):
        by(cast, questions.suggest, shared.id)
    assert texts_of(programme) == list(TEXTS)
