"""Every value of every enumeration has words, in the order of the enumeration, in French too."""

from __future__ import annotations

from enum import StrEnum

import pytest
from flask_babel import force_locale

from mediation import models
from mediation.rules.labels import choices, label, labels

LABELLED = [
    models.ActivityKind,
    models.AgeBand,
    models.Attendance,
    models.Audience,
    models.Autonomy,
    models.Channel,
    models.Equipment,
    models.EventKind,
    models.Origin,
    models.Procedure,
    models.Referral,
    models.Theme,
]
SAME_IN_BOTH = {"Justice", "Administration", "Associations", "E-mail"}


@pytest.mark.parametrize("kind", LABELLED)
def test_each_value_has_words_of_its_own(kind):
    words = [str(label(value)) for value in kind]
    assert all(words)
    assert len(set(words)) == len(kind)


@pytest.mark.parametrize("kind", LABELLED)
def test_choices_keep_the_order_of_the_enumeration(kind):
    assert [value for value, _words in choices(kind)] == [member.value for member in kind]


@pytest.mark.parametrize("kind", LABELLED)
def test_each_value_is_said_in_french(app, kind):
    with app.test_request_context():
        with force_locale("en"):
            english = [str(label(value)) for value in kind]
        with force_locale("fr"):
            french = [str(label(value)) for value in kind]
    same = {one for one, other in zip(english, french, strict=True) if one == other}
    assert same <= SAME_IN_BOTH


def test_no_enumeration_of_the_models_is_left_out():
    known = {getattr(models, name) for name in models.__all__}
    enumerations = {one for one in known if isinstance(one, type) and issubclass(one, StrEnum)}
    assert enumerations - set(LABELLED) == {models.Aspect}


def test_nothing_has_no_words():
    assert label(None) == ""


def test_stored_values_come_in_order_and_unknown_ones_are_left_out():
    stored = ["web", "digital_diagnosis", "of another version"]
    assert labels(models.Theme, stored) == [
        str(label(models.Theme.DIGITAL_DIAGNOSIS)),
        str(label(models.Theme.WEB)),
    ]


def test_the_field_has_nineteen_themes_and_eleven_procedures():
    assert (len(models.Theme), len(models.Procedure)) == (19, 11)
    assert list(models.Theme)[-1] is models.Theme.PROCEDURES


def test_an_equal_value_of_two_enumerations_keeps_two_names():
    assert models.Theme.PROCEDURES == models.Referral.PROCEDURES
    assert label(models.Theme.PROCEDURES) != label(models.Referral.PROCEDURES)
