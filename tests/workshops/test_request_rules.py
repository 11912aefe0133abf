"""What a host may ask for, who may say no, and which programme a request becomes."""

from __future__ import annotations

from datetime import time
from types import SimpleNamespace

import pytest

from foundation.errors import Refused
from foundation.forbidden import SocialSecurityNumber
from foundation.scope import OfTheTerritory
from foundation.security import Role
from tests.workshops.asking import asked
from workshops.models import (
    Enrolment,
    Openness,
    Programme,
    ProgrammeAudience,
    ProgrammeKind,
    ProgrammeState,
    RequestState,
    WorkshopRequest,
)
from workshops.rules.hosts import AT_SCHOOL, IN_CARE_HOME, WISHES, Client, NoPlaceYet, client_of, kinds_for, may_see
from workshops.rules.kinds import usual_hours
from workshops.rules.programmes import check_programme
from workshops.rules.requests import (
    AnsweredMeanwhile,
    BadHeadCount,
    BadSessionCount,
    KindNotOffered,
    ReasonMissing,
    WhenMissing,
    WishMissing,
    check_declining,
    check_request,
    check_waiting,
    programme_of,
)

NIR = "2 69 05 49 588 157 80"
SCHOOL, HOME = Client(school_id=1), Client(care_home_id=1)


def test_a_school_and_a_home_ask_for_what_suits_them_in_their_words():
    assert ProgrammeKind.CARE_HOME_SERIES not in kinds_for(SCHOOL)
    assert ProgrammeKind.CODING_CLUB not in kinds_for(HOME)
    assert set(WISHES) == {*AT_SCHOOL, *IN_CARE_HOME}


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"kind": ProgrammeKind.CARE_HOME_SERIES}, KindNotOffered),
        ({"kind": ProgrammeKind.PAID_TRAINING}, KindNotOffered),
        ({"wish": "  "}, WishMissing),
        ({"when_possible": "\n"}, WhenMissing),
        ({"head_count": 0}, BadHeadCount),
        ({"head_count": 201}, BadHeadCount),
        ({"session_count": 0}, BadSessionCount),
        ({"session_count": 10_000}, BadSessionCount),
        ({"wish": f"Pour {NIR}"}, SocialSecurityNumber),
        ({"group_label": NIR}, SocialSecurityNumber),
        ({"when_possible": NIR}, SocialSecurityNumber),
    ],
)
def test_a_request_that_says_too_little_or_too_much_is_refused(wrong, refusal):
    check_request(asked(), AT_SCHOOL)
    with pytest.raises(refusal) as refused:
        check_request(asked(**wrong), AT_SCHOOL)
    assert refused.value.field in wrong


@pytest.mark.parametrize("state", RequestState)
def test_only_what_waits_is_answered(state):
    if state is RequestState.ASKED:
        check_waiting(state)
    else:
        with pytest.raises(AnsweredMeanwhile):
            check_waiting(state)


@pytest.mark.parametrize(
    ("structure_id", "reason", "refusal"),
    [(7, "Plus de place.", OfTheTerritory), (None, " ", ReasonMissing), (None, NIR, SocialSecurityNumber)],
)
def test_only_the_territory_says_no_and_says_why(structure_id, reason, refusal):
    check_declining(None, "Plus de place avant juin.")
    with pytest.raises(refusal):
        check_declining(structure_id, reason)


@pytest.mark.parametrize("client", [SCHOOL, HOME])
def test_each_request_becomes_a_programme_that_holds_for_that_group_alone(client):
    for kind in kinds_for(client):
        request = WorkshopRequest(
            kind=kind, head_count=24, school_id=client.school_id, care_home_id=client.care_home_id
        )  # fmt: skip
        details = programme_of(request, "Robots")
        check_programme(details)
        assert (details.title, details.kind, details.capacity) == ("Robots", kind, 24)
        assert (details.openness, details.enrolment) == (Openness.STAFF, Enrolment.CYCLE)
        assert client.has(details)
        assert details.audience in set(ProgrammeAudience)


def someone(*roles, school_id=None, care_home_id=None):
    return SimpleNamespace(roles=frozenset(roles), school_id=school_id, care_home_id=care_home_id)


@pytest.mark.parametrize(
    ("account", "sees"),
    [
        (someone(Role.HOST, care_home_id=1), True),
        (someone(Role.HOST, care_home_id=2), False),
        (someone(Role.HOST, school_id=1), False),
        (someone(Role.HOST), False),
        (someone(Role.MANAGER, care_home_id=1), False),
    ],
)
def test_the_host_of_the_client_sees_its_programme(account, sees):
    found = Programme(care_home_id=1, state=ProgrammeState.PUBLISHED)
    assert may_see(account, found) is sees
    assert not may_see(account, Programme(care_home_id=1, state=ProgrammeState.DRAFT))
    assert not may_see(account, Programme(state=ProgrammeState.PUBLISHED))


def test_a_host_of_nowhere_acts_for_nobody():
    assert client_of(someone(Role.HOST, school_id=3)) == Client(school_id=3)
    with pytest.raises(NoPlaceYet) as refused:
        client_of(someone(Role.HOST))
    assert issubclass(NoPlaceYet, Refused)
    assert refused.value.status == 403
    assert not Client().has(someone())


@pytest.mark.parametrize(
    ("said", "starts"),
    [
        (None, time(16, 45)),
        ("Le jeudi matin.", time(9, 30)),
        ("un après-midi", time(14)),
        ("Matin ou après-midi", None),
        ("En mai", None),
    ],
)
def test_hours_begin_with_the_part_of_the_day_that_was_asked_for(said, starts):
    assert usual_hours(ProgrammeKind.CODING_CLUB, said)[0] == starts
