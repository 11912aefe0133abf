"""What a session may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from foundation.forbidden import Password
from foundation.i18n import in_language
from foundation.period import Period
from tests.cast import NOW
from tests.workshops.given import WEDNESDAY, hours, weekly
from workshops.models import SessionState
from workshops.rules.dates import MOST_SESSIONS, NoDate, TooManySessions
from workshops.rules.planning import (
    Place,
    SessionPlan,
    check_capacity,
    check_plan,
    check_planned,
    check_plans,
    met_each_other,
)
from workshops.rules.unplannable import (
    BadCapacity,
    BadKits,
    CapacityTaken,
    Clash,
    InThePast,
    NoPlace,
    NoTeam,
    NotFree,
    NotPlanned,
    TooLong,
    TooMuchAround,
)

PLAN = SessionPlan(hours(), Place(venue_id=1, room_id=1), team=[1])


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"period": hours(date(2026, 3, 4))}, InThePast, "day"),
        ({"period": Period(hours().start, hours().start + timedelta(hours=25))}, TooLong, "ends"),
        ({"before": timedelta(hours=5)}, TooMuchAround, "before"),
        ({"after": timedelta(minutes=-5)}, TooMuchAround, "before"),
        ({"team": []}, NoTeam, "team"),
        ({"place": Place()}, NoPlace, "place"),
        ({"place": Place(venue_id=1, school_id=1)}, NoPlace, "place"),
        ({"place": Place(school_id=1, room_id=1)}, NoPlace, "place"),
        ({"capacity": 0}, BadCapacity, "capacity"),
        ({"capacity": 501}, BadCapacity, "capacity"),
        ({"kits": {"tablets": 21}}, BadKits, "kits"),
        ({"kits": {"": 1}}, BadKits, "kits"),
        ({"equipment_note": "mdp = Azerty12"}, Password, "equipment_note"),
    ],
)
def test_one_that_could_not_take_place_is_refused_at_its_field(changes, refusal, field):
    with pytest.raises(refusal) as refused:
        check_plan(replace(PLAN, **changes), now=NOW)
    assert refused.value.field == field


@pytest.mark.parametrize("place", [Place(1), Place(1, 1), Place(school_id=1), Place(care_home_id=1)])
def test_one_place_of_any_kind_is_enough(place):
    check_plan(replace(PLAN, place=place, kits={"tablets": 2}, capacity=12), now=NOW)


def test_sixty_sessions_are_fine_and_five_hundred_are_not():
    plans = [replace(PLAN, period=period) for period in weekly(60)]
    check_plans(plans, 0, now=NOW)
    check_plans(plans, MOST_SESSIONS - 60, now=NOW)
    with pytest.raises(TooManySessions):
        check_plans(plans, MOST_SESSIONS - 59, now=NOW)
    with pytest.raises(TooManySessions):
        check_plans([PLAN] * 500, 0, now=NOW)
    with pytest.raises(NoDate):
        check_plans([], 0, now=NOW)


def test_seats_go_down_to_what_is_taken_and_no_further():
    check_capacity(3, 3)
    with pytest.raises(CapacityTaken) as refused:
        check_capacity(2, 3)
    assert (refused.value.field, refused.value.status) == ("capacity", 409)


@pytest.mark.parametrize("state", [SessionState.CANCELLED, SessionState.HELD])
def test_what_is_over_is_not_changed(state):
    check_planned(SessionState.PLANNED)
    with pytest.raises(NotPlanned):
        check_planned(state)


def test_sessions_meet_when_they_share_somebody_or_a_room_at_once():
    later = replace(PLAN, period=hours(WEDNESDAY, time(17), time(19)))
    assert met_each_other([later, PLAN]) == [(PLAN, later)]
    elsewhere = replace(later, place=Place(venue_id=1, room_id=2))
    assert met_each_other([PLAN, elsewhere]) == [(PLAN, elsewhere)]
    assert met_each_other([PLAN, replace(elsewhere, team=[2])]) == []
    assert met_each_other([PLAN, replace(later, place=Place(venue_id=1), team=[2])]) == []


def test_one_after_the_other_meets_only_by_what_is_held_around_it():
    later = replace(PLAN, period=hours(WEDNESDAY, time(18), time(20)))
    assert met_each_other([PLAN, later]) == []
    assert met_each_other([PLAN, replace(later, before=timedelta(minutes=15))])


def test_the_refusal_counts_dates_and_carries_who_is_not_free(app):
    one = Clash(hours(), "Salima", [])
    other = Clash(hours(), "Salle bleue", [])
    with in_language("en"):
        assert str(NotFree([one, other])).startswith("On 1 date ")
        assert str(NotFree([one, Clash(weekly(2)[1], "Salima", [])])).startswith("On 2 dates ")
    assert NotFree([one, other]).alternatives == [one, other]
    assert (NotFree([one]).status, NotFree([one]).field) == (409, "dates")
