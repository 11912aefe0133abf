"""Every value of every enumeration of mediation has words, in the order of the enumeration, in French too."""

from __future__ import annotations

import pytest

from mediation import models
from mediation.models import Attendance, Audience, EventKind, Origin
from mediation.rules.labels import ATTENDANCES, AUDIENCES, EVENTS, ORIGINS, OUTCOMES
from tests.words import check_said_in_french, check_whole_and_in_order, enumerations

WORDS = {Attendance: ATTENDANCES, Audience: AUDIENCES, EventKind: EVENTS, Origin: ORIGINS}


@pytest.mark.parametrize(("kind", "words"), [*WORDS.items(), (Attendance, OUTCOMES)])
def test_each_value_has_words_of_its_own_in_order(kind, words):
    check_whole_and_in_order(kind, words)


@pytest.mark.parametrize("words", [*WORDS.values(), OUTCOMES])
def test_each_value_is_said_in_french(app, words):
    check_said_in_french(app, words)


def test_no_enumeration_of_the_models_is_left_out():
    assert enumerations(models) == set(WORDS)
