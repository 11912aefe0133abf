"""Whoever is under age is registered by a guardian; the desk, which sees the person, is warned and may go on."""

from __future__ import annotations

import re
from datetime import date

import pytest

from foundation.db import db, transaction
from people.models import Person
from people.service import Details
from tests.cast import sign_in
from tests.workshops.enrolments import adult, counts, opened, registered, sessions_of
from tests.workshops.pages import main_of
from tests.workshops.test_registering_desk import send as at_desk
from tests.workshops.test_registering_pages import ALIX, CHILD, last, page, start, through, who
from workshops.models import Origin, Programme, ProgrammeAudience
from workshops.rules.minors import alone, asks_year, check_grown_up, is_minor, takes_minors
from workshops.rules.refusals import ChildrenMissing, GuardianNeeded, NotForChildren, YearMissing

pytestmark = pytest.mark.usefixtures("stopped_clock")
DAY = date(2026, 3, 18)
TEENS = {"audience": ProgrammeAudience.TEENAGERS, "age_min": 12, "age_max": 17}
YOUNG = {"audience": ProgrammeAudience.TEENAGERS, "age_min": 15, "age_max": 25}
MINOR = "2014"


def of(audience, ages=(None, None)):
    return Programme(audience=audience, age_min=ages[0], age_max=ages[1])


@pytest.mark.parametrize(("year", "minor"), [(2014, True), (2009, True), (2008, False), (1980, False), (None, False)])
def test_a_year_leaves_two_ages_and_the_doubt_is_for_whoever_registers(year, minor):
    assert is_minor(year, DAY) is minor


@pytest.mark.parametrize(
    ("audience", "ages", "begins", "may_come_alone", "takes", "asks"),
    [
        ("children", (8, 12), True, False, True, False),
        ("families", (None, None), True, False, True, False),
        ("teenagers", (12, 17), True, False, True, False),
        ("teenagers", (15, 25), True, True, True, True),
        ("teenagers", (None, None), True, True, True, True),
        ("everyone", (None, None), False, True, True, False),
        ("everyone", (8, 14), True, False, True, False),
        ("everyone", (10, None), False, True, True, True),
        ("adults", (None, None), False, True, False, False),
        ("adults", (16, None), False, True, True, True),
        ("seniors", (60, None), False, True, False, True),
    ],
)
def test_the_audience_and_its_ages_say_who_registers(audience, ages, begins, may_come_alone, takes, asks):
    found = of(ProgrammeAudience(audience), ages)
    assert (found.by_guardian, found.takes_alone) == (begins, may_come_alone)
    assert (takes_minors(found), asks_year(found)) == (takes, asks)


def test_what_takes_no_minor_sends_them_to_other_workshops():
    with pytest.raises(NotForChildren):
        check_grown_up(of(ProgrammeAudience.ADULTS, (None, 70)), [2014], DAY, Origin.RESIDENT)
    check_grown_up(of(ProgrammeAudience.ADULTS, (None, 70)), [2014], DAY, Origin.DESK)


def test_who_is_alone_is_named_also_when_only_the_ages_tell_it():
    people = [("Léo", 2014), ("Ana", 1980), ("Sam", None)]
    assert alone(of(ProgrammeAudience.TEENAGERS, (12, 17)), people, DAY) == ["Léo", "Sam"]
    assert alone(of(ProgrammeAudience.EVERYONE), people, DAY) == ["Léo"]


def test_for_teenagers_the_page_begins_with_the_guardian_and_no_way_around(client, cast):
    shown = page(client.get(start(opened(cast, **TEENS))))
    assert "Vous, le parent ou responsable" in shown
    assert "children-0-given_name" in shown
    assert "emergency_phone" in shown
    assert "Je m’inscris moi-même" not in shown


def test_for_young_adults_a_second_button_leads_to_the_form_of_those_of_age(client, cast):
    programme = opened(cast, **YOUNG)
    assert 'name="add" value="alone"' in page(client.get(start(programme)))
    own = page(client.post(start(programme), data={**ALIX, **CHILD, "add": "alone"}))
    assert "children-0-given_name" not in own
    assert 'value="Martin"' in own
    assert 'name="birth_year"' in own
    through(client, programme, birth_year="2004")
    assert (last().kind, last().person.birth_year) == ("individual", 2004)


def test_who_is_under_age_is_led_to_the_guardians_form_and_what_was_typed_is_the_childs(client, cast):
    programme = opened(cast, age_min=10)
    refused = who(client, programme, birth_year=MINOR)
    assert refused.status_code == 422
    assert 'href="#birth_year">Avant 18 ans' in page(refused)
    assert 'name="add" value="me"' in page(refused)
    sent = {**ALIX, "session_id": str(sessions_of(programme)[0].id), "birth_year": MINOR, "add": "me"}
    guardian = page(client.post(start(programme), data=sent))
    for name, value in (("given_name", "Alix"), ("family_name", "Martin"), ("birth_year", MINOR)):
        tag = re.search(rf'<input[^>]*id="children-0-{name}"[^>]*>', guardian)[0]
        assert f'value="{value}"' in tag
    assert 'value=""' in re.search(r'<input[^>]*id="family_name"[^>]*>', guardian)[0]
    assert "06 39 98 00 77" in guardian
    through(client, programme, given_name="Karim", **{**CHILD, "children-0-birth_year": MINOR})
    assert (last().kind, last().participants[0].sheet.emergency_name) == ("family", "Mamie Jo")


def test_where_there_are_ages_the_year_is_asked_and_without_it_nobody_registers(client, cast):
    refused = who(client, opened(cast, age_min=60))
    assert refused.status_code == 422
    assert 'href="#birth_year">Écrivez votre année de naissance' in page(refused)
    assert last() is None


def test_nothing_is_written_of_whoever_needs_a_guardian(app, cast):
    programme, everybody = opened(cast, **TEENS), opened(cast, age_min=10)
    before = counts()
    young = Details(given_name="Léo", family_name="Kone", birth_year=2012)
    for wish, why in (
        (adult(programme, newcomer=young), ChildrenMissing),
        (adult(programme, newcomer=young, origin=Origin.PRESCRIBER), ChildrenMissing),
        (adult(everybody, newcomer=young), GuardianNeeded),
        (adult(everybody, newcomer=young, origin=Origin.PRESCRIBER), GuardianNeeded),
        (adult(everybody), YearMissing),
    ):
        with pytest.raises(why):
            registered(wish)
    assert counts() == before


def test_a_prescriber_does_not_register_a_known_minor_without_a_guardian(app, cast):
    programme = opened(cast, age_min=10)
    with transaction():
        db.session.get_one(Person, cast.ids["resident"]).birth_year = 2012
    with pytest.raises(GuardianNeeded):
        registered(adult(programme, newcomer=None, person_id=cast.ids["resident"], origin=Origin.PRESCRIBER))


def test_the_desk_is_warned_once_of_a_minor_alone_and_may_go_on(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast, **TEENS)
    asked = at_desk(client, programme, {"given_name": "Léo", "birth_year": "2012"})
    assert asked.status_code == 422
    assert "Moins de 18 ans sans responsable : Léo Le Bras" in main_of(asked)
    assert last() is None
    at_desk(client, programme, {"given_name": "Léo", "birth_year": "2012"}, ages_known="y")
    assert (last().kind, last().person.birth_year) == ("individual", 2012)


def test_the_desk_is_offered_the_lines_of_a_child_for_teenagers(client, cast):
    sign_in(client, cast.mediator)
    programme = opened(cast, **TEENS)
    at_desk(client, programme, {"given_name": "Karim"}, **{
        "children-0-given_name": "Léo", "children-0-birth_year": "2012",
        "emergency_name": "Mamie Jo", "emergency_phone": "06 39 98 80 02",
    })  # fmt: skip
    assert last().kind == "family"


def test_the_public_page_says_that_a_guardian_registers(client, cast):
    assert "Un parent ou responsable inscrit" in page(client.get(f"/ateliers/{opened(cast, **TEENS).id}"))
