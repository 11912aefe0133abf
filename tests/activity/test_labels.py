"""Every value of every enumeration of records has words, in the order of the enumeration, in French too."""

from __future__ import annotations

import pytest

from activity import models
from activity.models import (
    ActivityKind,
    AgeBand,
    Aspect,
    Autonomy,
    Channel,
    Equipment,
    Helped,
    Outcome,
    Procedure,
    Referral,
    Theme,
)
from activity.rules.labels import (
    ACTIVITY_KINDS,
    AGE_BANDS,
    ANSWERS,
    ASPECTS,
    AUTONOMIES,
    CHANNELS,
    EQUIPMENT,
    OUTCOMES,
    PROCEDURES,
    REFERRALS,
    THEMES,
)
from people.models import Gender, Residence, Status
from tests.words import check_said_in_french, check_whole_and_in_order, enumerations

WORDS = {
    ActivityKind: ACTIVITY_KINDS,
    AgeBand: AGE_BANDS,
    Autonomy: AUTONOMIES,
    Channel: CHANNELS,
    Equipment: EQUIPMENT,
    Helped: ANSWERS,
    Outcome: OUTCOMES,
    Procedure: PROCEDURES,
    Referral: REFERRALS,
    Theme: THEMES,
}


@pytest.mark.parametrize("kind", WORDS)
def test_each_value_has_words_of_its_own_in_order(kind):
    check_whole_and_in_order(kind, WORDS[kind])


@pytest.mark.parametrize("words", [*WORDS.values()], ids=lambda words: str(next(iter(words))))
def test_each_value_is_said_in_french(app, words):
    check_said_in_french(app, words)


def test_no_enumeration_of_the_models_is_left_out():
    assert enumerations(models) - {Gender, Residence, Status} == {*WORDS, Aspect}


def test_each_aspect_has_the_words_of_its_values():
    assert list(ASPECTS) == list(Aspect)
    assert all(words in WORDS.values() for words in ASPECTS.values())


def test_the_field_has_nineteen_themes_and_eleven_procedures():
    assert (len(Theme), len(Procedure)) == (19, 11)
    assert list(Theme)[-1] is Theme.PROCEDURES


def test_an_equal_value_of_two_enumerations_keeps_two_names():
    assert Theme.PROCEDURES == Referral.PROCEDURES
    assert THEMES[Theme.PROCEDURES] != REFERRALS[Referral.PROCEDURES]
