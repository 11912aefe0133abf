"""Who may register for what, until when; what a registration must hold. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from foundation.forbidden import SocialSecurityNumber
from people.service import Details
from tests.cast import NOW
from workshops.models import (
    Enrolment,
    Openness,
    Origin,
    Programme,
    ProgrammeAudience,
    ProgrammeKind,
    ProgrammeState,
    RegistrationKind,
)
from workshops.rules.enrolling import Child, Emergency, Enrolling, Group
from workshops.rules.refusals import (
    ChildIncomplete,
    ChildrenMissing,
    EmergencyMissing,
    GroupIncomplete,
    NoLongerOpen,
    NoSuchProgramme,
    NotForChildren,
    NothingToRegister,
    NotOpenYet,
    OnlyStaffBeyond,
    OutsideAges,
    SessionMissing,
    TooManyChildren,
    TooManySeats,
)
from workshops.rules.registration import BY_STAFF, check_ages, check_programme, check_size, check_wish, outside_ages

HOUR = timedelta(hours=1)
LINA = Child("Lina", "Moreau", 2016)
CALL = Emergency("Mamie Jo", "+33639988002")
NIR = "2 51 05 75 116 001 89"


def programme(**changes):
    usual = {
        "kind": ProgrammeKind.CODING_CLUB, "audience": ProgrammeAudience.EVERYONE, "title": "Club",
        "state": ProgrammeState.PUBLISHED, "enrolment": Enrolment.CYCLE, "openness": Openness.EVERYONE,
    }  # fmt: skip
    return Programme(**{**usual, **changes})


def wish(**changes):
    usual = {"programme_id": 1, "origin": Origin.RESIDENT, "newcomer": Details(family_name="Martin")}
    return Enrolling(**{**usual, **changes})


def may(found, **changes):
    """Whether it is open to such a wish."""
    try:
        check_programme(found, wish(**changes), NOW)
    except NoSuchProgramme:
        return False
    return True


@pytest.mark.parametrize(
    ("openness", "who"),
    [
        (Openness.STAFF, {Origin.DESK, Origin.WALK_IN}),
        (Openness.PRESCRIBERS, {Origin.DESK, Origin.WALK_IN, Origin.PRESCRIBER, Origin.HOST}),
        (Openness.EVERYONE, set(Origin)),
    ],
)
def test_each_openness_includes_those_before_it(openness, who):
    assert {origin for origin in Origin if may(programme(openness=openness), origin=origin)} == who


@pytest.mark.parametrize("client", ["care_home_id", "school_id"])
def test_a_series_with_a_client_is_for_its_host_and_the_staff(client):
    found = programme(**{client: 1}, openness=Openness.STAFF)
    theirs, others = (Group("CM1", 12, **{client: number}) for number in (1, 2))
    for group, who in ((theirs, {Origin.HOST, *BY_STAFF}), (others, BY_STAFF), (None, BY_STAFF)):
        assert {origin for origin in Origin if may(found, origin=origin, group=group)} == who


@pytest.mark.parametrize("client", ["care_home_id", "school_id"])
def test_a_series_that_is_a_draft_is_not_for_its_host_yet(client):
    found = programme(**{client: 1}, state=ProgrammeState.DRAFT)
    assert not may(found, origin=Origin.HOST, group=Group("CM1", 12, **{client: 1}))


def test_a_draft_is_for_the_staff_only():
    found = programme(state=ProgrammeState.DRAFT)
    assert {origin for origin in Origin if may(found, origin=origin)} == {Origin.DESK, Origin.WALK_IN}


def test_a_closed_programme_takes_only_those_who_walk_in():
    found = programme(state=ProgrammeState.CLOSED)
    assert {origin for origin in Origin if may(found, origin=origin)} == {Origin.WALK_IN}


def test_a_group_comes_through_its_host_or_the_staff():
    some = Group("CM1", 12)
    assert not may(programme(), newcomer=None, group=some)
    assert may(programme(), newcomer=None, group=some, origin=Origin.HOST)


def test_what_is_unknown_looks_like_what_is_not_open():
    assert not may(None)


def test_the_public_registers_between_two_dates_and_the_desk_any_time():
    found = programme(registration_opens_at=NOW, registration_closes_at=NOW + HOUR)
    with pytest.raises(NotOpenYet):
        check_programme(found, wish(), NOW - HOUR)
    assert check_programme(found, wish(), NOW) is found
    with pytest.raises(NoLongerOpen):
        check_programme(found, wish(), NOW + HOUR)
    assert check_programme(found, wish(origin=Origin.DESK), NOW + HOUR) is found


def test_nobody_registers_for_what_one_just_comes_to():
    with pytest.raises(NothingToRegister):
        check_programme(programme(enrolment=Enrolment.DROP_IN), wish(session_id=1), NOW)
    walked_in = wish(session_id=1, origin=Origin.WALK_IN)
    assert check_programme(programme(enrolment=Enrolment.DROP_IN), walked_in, NOW)


def test_for_single_sessions_a_date_is_chosen():
    with pytest.raises(SessionMissing):
        check_programme(programme(enrolment=Enrolment.SESSION), wish(), NOW)


def test_only_staff_put_somebody_into_one_session_of_a_series():
    assert not may(programme(), session_id=1)
    assert may(programme(), session_id=1, origin=Origin.DESK)


def test_what_is_for_children_wants_children_and_what_is_for_adults_wants_none():
    with pytest.raises(ChildrenMissing):
        check_wish(wish(), programme(audience=ProgrammeAudience.CHILDREN))
    check_wish(wish(origin=Origin.WALK_IN), programme(audience=ProgrammeAudience.CHILDREN))
    for audience in (ProgrammeAudience.ADULTS, ProgrammeAudience.SENIORS):
        with pytest.raises(NotForChildren):
            check_wish(wish(children=(LINA,), emergency=CALL), programme(audience=audience))


@pytest.mark.parametrize("missing", [{"given_name": " "}, {"family_name": ""}, {"birth_year": None}])
def test_a_child_has_both_names_and_a_year(missing):
    with pytest.raises(ChildIncomplete):
        check_wish(wish(children=(LINA, replace(LINA, **missing)), emergency=CALL), programme())


@pytest.mark.parametrize("emergency", [None, Emergency("", "+33639988002"), Emergency("Mamie Jo", "")])
def test_there_is_somebody_to_call_for_children(emergency):
    with pytest.raises(EmergencyMissing):
        check_wish(wish(children=(LINA,), emergency=emergency), programme())


def test_six_children_at_once_are_enough():
    seven = tuple(replace(LINA, given_name=f"Lina {number}") for number in range(7))
    check_wish(wish(children=seven[:6], emergency=CALL), programme())
    with pytest.raises(TooManyChildren):
        check_wish(wish(children=seven, emergency=CALL), programme())


@pytest.mark.parametrize("some", [Group(" ", 3), Group("CM1", 0), Group("CM1", 201)])
def test_a_group_has_a_name_and_a_size(some):
    with pytest.raises(GroupIncomplete):
        check_wish(wish(newcomer=None, group=some), programme())


def test_only_staff_go_beyond_the_capacity():
    with pytest.raises(OnlyStaffBeyond):
        check_wish(wish(beyond=True), programme())
    check_wish(wish(beyond=True, origin=Origin.DESK), programme())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"remark": NIR}, "remark"),
        ({"children": (replace(LINA, school_level=NIR),), "emergency": CALL}, "children"),
        ({"children": (LINA,), "emergency": replace(CALL, collectors=NIR)}, "collectors"),
        ({"newcomer": None, "group": Group(NIR, 3)}, "group_label"),
    ],
)
def test_no_text_holds_what_must_not_be_kept(changes, field):
    with pytest.raises(SocialSecurityNumber) as refused:
        check_wish(wish(**changes), programme())
    assert refused.value.field == field


def test_whoever_could_never_fit_is_told_so():
    three = wish(children=(LINA,) * 3, emergency=CALL)
    with pytest.raises(TooManySeats):
        check_size(three, 2)
    check_size(three, 3)
    check_size(replace(three, beyond=True), 2)


@pytest.mark.parametrize(
    ("birth_year", "outside"),
    [(2019, True), (2018, False), (2014, False), (2013, False), (2012, True), (None, False)],
)
def test_a_year_leaves_two_ages_and_the_doubt_counts_for_the_child(birth_year, outside):
    """From 8 to 12, in March 2026: who was born in 2013 is 12, or 13 already."""
    assert outside_ages(programme(age_min=8, age_max=12), birth_year, date(2026, 3, 10)) is outside


def test_without_ages_nobody_is_outside():
    assert not outside_ages(programme(), 1900, date(2026, 3, 10))


@pytest.mark.parametrize(("ages", "words"), [((8, 12), "8"), ((60, None), "60"), ((None, 6), "6")])
def test_the_public_is_refused_with_the_ages_and_staff_are_not(ages, words):
    found, day = programme(age_min=ages[0], age_max=ages[1]), date(2026, 3, 10)
    years = [1990]
    with pytest.raises(OutsideAges) as refused:
        check_ages(found, years, day, Origin.RESIDENT) if ages[0] != 60 else check_ages(found, [2000], day, Origin.HOST)
    assert refused.value.field == "birth_year"
    assert words in refused.value.message._kwargs.values().__str__()
    check_ages(found, years, day, Origin.DESK)


def test_what_is_wanted_says_its_kind_and_its_seats():
    assert (wish().kind, wish().seats) == (RegistrationKind.INDIVIDUAL, 1)
    children = wish(children=(LINA, LINA))
    assert (children.kind, children.seats) == (RegistrationKind.FAMILY, 2)
    assert replace(children, comes_too=True).seats == 3
    class_ = wish(newcomer=None, group=Group("CM1", 24))
    assert (class_.kind, class_.seats) == (RegistrationKind.GROUP, 24)
