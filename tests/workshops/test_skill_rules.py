"""The self-assessment: what may be asked, which moment is asked for when, and what two answers say together."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from foundation.errors import Refused
from foundation.period import Period
from tests.cast import NOW
from workshops.models import ProgrammeKind, SkillMoment
from workshops.rules.pictures import ANSWERS, PICTURE_NAMES, PICTURES
from workshops.rules.progress import compared, pairs_of, whole_of
from workshops.rules.skill_sets import SUGGESTED
from workshops.rules.skills import (
    ABILITIES,
    ASKED_AFTERWARDS,
    MOST_QUESTIONS,
    Ability,
    EnoughQuestions,
    NoSuchPicture,
    NoText,
    Wording,
    check_room,
    check_wording,
    likely_moment,
    moment_of,
)

BEFORE, AFTER = SkillMoment.BEFORE, SkillMoment.AFTER
WEEK, HOUR = timedelta(weeks=1), timedelta(hours=1)
SERIES = [Period(NOW + n * WEEK, NOW + n * WEEK + 2 * HOUR) for n in range(3)]
ONE = SERIES[:1]
LAST = SERIES[-1]
SAME_DAY = [Period(NOW, NOW + HOUR), Period(NOW + 2 * HOUR, NOW + 3 * HOUR)]


def test_a_text_and_a_drawing_make_a_question():
    check_wording(Wording("Faire bouger un personnage", "cat", {"ar": "تحريك شخصية"}))


@pytest.mark.parametrize(
    ("wording", "refusal", "field"),
    [
        (Wording("  ", "cat"), NoText, "text"),
        (Wording("x" * 161, "cat"), NoText, "text"),
        (Wording("Ouvrir", "unicorn"), NoSuchPicture, "picture"),
        (Wording("Ouvrir", ""), NoSuchPicture, "picture"),
        (Wording("Numéro 1 84 12 76 451 089 46", "cat"), Refused, "text"),
        (Wording("Ouvrir", "cat", {"en": "1 84 12 76 451 089 46"}), Refused, "text"),
    ],
)
def test_what_nobody_could_read_or_may_keep_is_refused(wording, refusal, field):
    with pytest.raises(refusal) as refused:
        check_wording(wording)
    assert refused.value.field == field


def test_five_questions_are_enough():
    check_room(MOST_QUESTIONS - 1)
    with pytest.raises(EnoughQuestions):
        check_room(MOST_QUESTIONS)


@pytest.mark.parametrize("kind", ProgrammeKind)
def test_what_is_suggested_for_a_kind_may_be_asked(kind):
    suggested = SUGGESTED[kind]
    assert 1 <= len(suggested) <= MOST_QUESTIONS
    for picture, text in suggested:
        check_wording(Wording(str(text), picture))


def test_all_drawings_have_a_name_and_are_of_the_strokes_that_paper_can_draw():
    assert list(PICTURES) == list(PICTURE_NAMES)
    assert set(ANSWERS) == set(ABILITIES) == set(Ability)
    for path in (*PICTURES.values(), *ANSWERS.values()):
        assert re.fullmatch(r"M[MLHVCZ\d. ]+", path)
        assert all(-1 <= float(number) <= 49 for number in re.findall(r"[\d.]+", path))


@pytest.mark.parametrize(
    ("sessions", "now", "moment"),
    [
        (SERIES, NOW - 9 * WEEK, BEFORE),
        (SERIES, NOW + HOUR, BEFORE),
        (SERIES, NOW + 3 * HOUR, BEFORE),
        (SERIES, NOW + 4 * HOUR, None),
        (SAME_DAY, SAME_DAY[1].start, AFTER),
        (SERIES, NOW + WEEK + HOUR, None),
        (SERIES, LAST.start, AFTER),
        (SERIES, LAST.end + ASKED_AFTERWARDS - HOUR, AFTER),
        (SERIES, LAST.end + ASKED_AFTERWARDS, None),
        (SERIES[::-1], NOW + HOUR, BEFORE),
        (ONE, NOW + HOUR / 2, BEFORE),
        (ONE, NOW + HOUR, AFTER),
        ([], NOW, None),
    ],
)
def test_the_date_says_what_is_asked(sessions, now, moment):
    assert moment_of(sessions, now) is moment


@pytest.mark.parametrize(
    ("sessions", "now", "moment"),
    [
        (SERIES, NOW, BEFORE),
        (SERIES, NOW + WEEK + HOUR, BEFORE),
        (SERIES, LAST.start, AFTER),
        (SERIES, LAST.end + 20 * WEEK, AFTER),
        ([], NOW, BEFORE),
    ],
)
def test_the_staff_begin_with_the_likely_moment(sessions, now, moment):
    assert likely_moment(sessions, now) is moment


def test_only_who_answered_twice_is_compared():
    change = compared([1, 2, 4, 3, None], [3, 2, 3, None, 4])
    assert (change.answered_before, change.answered_after, change.count) == (4, 4, 3)
    assert (change.grew, change.stayed, change.fell) == (1, 1, 1)
    assert (change.before, change.after) == (pytest.approx(7 / 3), pytest.approx(8 / 3))


def test_nobody_is_no_mean():
    change = compared([1, None], [None, 4])
    assert (change.count, change.before, change.after, change.grew) == (0, None, None, 0)


def test_a_person_is_compared_by_what_they_answered_twice():
    answers = {(1, BEFORE): 1, (1, AFTER): 3, (2, BEFORE): 4, (3, AFTER): 2}
    pairs = pairs_of(answers, [1, 2, 3])
    assert pairs == [(1, 3), (4, None), (None, 2)]
    assert whole_of(pairs) == (1, 3)
    assert whole_of([(4, None), (2, None)]) == (3, None)
    assert whole_of([(None, 2)]) == (None, 2)
    assert whole_of([(None, None)]) == (None, None)
