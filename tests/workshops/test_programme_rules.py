"""What a programme may be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.forbidden import AccountNumber
from foundation.said import told
from tests.cast import NOW
from tests.workshops.given import details
from workshops.models import Enrolment, Openness, Priority, Programme, ProgrammeKind, ProgrammeState
from workshops.rules.kinds import HOURS, USUAL, usual
from workshops.rules.labels import PROGRAMME_KINDS
from workshops.rules.programmes import (
    AgesReversed,
    EnrolmentSettled,
    NoCareHome,
    NoNeighbourhood,
    NoPrice,
    NothingToCome,
    NoTitle,
    ProgrammeDetails,
    RegistrationEndsFirst,
    TwoClients,
    check_enrolment,
    check_programme,
    check_publishing,
    is_public,
)
from workshops.rules.translating import TRANSLATED


def test_a_plain_one_is_fine():
    check_programme(details())


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"title": "  "}, NoTitle, "title"),
        ({"age_min": 12, "age_max": 8}, AgesReversed, "age_max"),
        ({"registration_opens_at": NOW, "registration_closes_at": NOW}, RegistrationEndsFirst,
         "registration_closes_at"),
        ({"kind": ProgrammeKind.CARE_HOME_SERIES}, NoCareHome, "care_home_id"),
        ({"care_home_id": 1, "school_id": 1}, TwoClients, "school_id"),
        ({"kind": ProgrammeKind.PAID_TRAINING}, NoPrice, "price"),
        ({"priorities": [Priority.NEIGHBOURHOOD]}, NoNeighbourhood, "neighbourhood_ids"),
        ({"framing_notes": "IBAN FR76 3000 6000 0112 3456 7890 189"}, AccountNumber, "framing_notes"),
    ],
)  # fmt: skip
def test_one_that_contradicts_itself_is_refused_at_its_field(changes, refusal, field):
    with pytest.raises(refusal) as refused:
        check_programme(details(**changes))
    assert refused.value.field == field


@pytest.mark.parametrize(
    "changes",
    [
        {"age_min": 8, "age_max": 8},
        {"age_max": None},
        {"registration_opens_at": NOW, "registration_closes_at": NOW + timedelta(days=1)},
        {"kind": ProgrammeKind.CARE_HOME_SERIES, "care_home_id": 1},
        {"kind": ProgrammeKind.PAID_TRAINING, "training_units": 2},
        {"kind": ProgrammeKind.PAID_TRAINING, "price_cents": 2000},
        {"priorities": [Priority.NEIGHBOURHOOD, Priority.FIRST_TIMER], "neighbourhood_ids": [1]},
    ],
)
def test_what_only_looks_odd_is_fine(changes):
    check_programme(details(**changes))


def test_what_people_registered_for_stays():
    check_enrolment(Enrolment.CYCLE, Enrolment.SESSION, registered=False)
    check_enrolment(Enrolment.CYCLE, Enrolment.CYCLE, registered=True)
    with pytest.raises(EnrolmentSettled) as refused:
        check_enrolment(Enrolment.CYCLE, Enrolment.SESSION, registered=True)
    assert (refused.value.field, refused.value.status) == ("enrolment", 409)


def test_without_a_session_to_come_there_is_nothing_to_publish():
    check_publishing(1)
    with pytest.raises(NothingToCome):
        check_publishing(0)


def test_empty_translations_are_left_out():
    texts = {"en": {"title": " Club ", "description": ""}, "ar": {"title": " "}, "fr": {"unknown": "x"}}
    assert told(texts, TRANSLATED) == {"en": {"title": "Club"}}


@pytest.mark.parametrize("kind", ProgrammeKind)
def test_each_kind_has_usual_values_that_the_form_knows_and_hours(kind):
    given = usual(kind)
    whole = ProgrammeDetails(**({"title": "X", "audience": given["audience"], "care_home_id": 1} | given))
    check_programme(whole)
    assert HOURS[kind][0] < HOURS[kind][1]


def test_each_kind_has_a_name():
    assert set(PROGRAMME_KINDS) == set(USUAL) == set(ProgrammeKind)


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        ({}, True),
        ({"state": ProgrammeState.DRAFT}, False),
        ({"state": ProgrammeState.CLOSED}, False),
        ({"openness": Openness.PRESCRIBERS}, False),
        ({"care_home_id": 1}, False),
        ({"school_id": 1}, False),
    ],
)
def test_residents_see_what_is_published_for_everybody(changes, seen):
    usual_ones = {"state": ProgrammeState.PUBLISHED, "openness": Openness.EVERYONE}
    assert is_public(Programme(**(usual_ones | changes))) is seen
