"""Reserving a kit: who may, when, once; and what is offered instead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import Account
from equipment.models import Approval, Borrowers, Reservation, ReservationEvent, ReservationState
from equipment.queries import lending as queries
from equipment.rules.lending import Wish
from equipment.rules.refusals import (
    DatesMeet,
    DatesNotFree,
    KitIncomplete,
    KitTaken,
    LoanInThePast,
    LoanTooLong,
    NoPlaceOfYours,
    NoSuchKit,
    TooManyDates,
    TooSoon,
)
from equipment.service import lending
from foundation import audit
from foundation.db import db, in_transaction, transaction
from foundation.period import Period
from tests.cast import NOW
from tests.equipment.given import (
    TUESDAY,
    by_rights,
    host_of_home,
    host_of_school,
    hours,
    kit,
    ledger,
    morning,
    reserved,
)
from tests.workshops.given import count

pytestmark = pytest.mark.usefixtures("stopped_clock")


def series(kit_id, periods, actor_id, **more):
    return in_transaction(
        lambda: lending.reserve_series(
            kit_id, periods, Wish(), db.session.get_one(Account, actor_id), **({"now": NOW} | more)
        )
    )


def test_a_teacher_reserves_for_their_school_and_the_kit_is_held_until_it_is_ready_again(cast):
    blue, host = kit(turnaround_minutes=90), host_of_school(cast)
    made = reserved(blue.id, morning(), host.id, Wish(group_label="CM1", head_count=24, care_home_id=7))
    assert (made.state, made.school_id, made.care_home_id) == (ReservationState.APPROVED, cast.ids["school"], None)
    held_until = morning().end + timedelta(minutes=90)
    assert ledger() == {(made.reference, blue.resource_id, morning().start, held_until)} == by_rights()
    assert count(ReservationEvent) == 1
    assert audit.history(made.reference)[0].action == "reservation.made"


def test_what_somebody_has_to_allow_waits_and_is_held_meanwhile(cast):
    blue, host = kit(approval=Approval.MANAGER), host_of_school(cast)
    made = reserved(blue.id, morning(), host.id)
    assert made.state is ReservationState.REQUESTED
    assert ledger() == by_rights() != set()
    assert [one.id for one in queries.to_approve(cast.manager, NOW)] == [made.id]
    assert queries.to_approve(cast.mediator, NOW) == queries.to_approve(cast.host, NOW) == []


def test_the_team_needs_nobodys_yes_and_no_notice(cast):
    blue = kit(approval=Approval.MANAGER)
    soon = Period(NOW + timedelta(hours=1), NOW + timedelta(hours=2))
    made = reserved(blue.id, soon, cast.ids["mediator"], Wish(school_id=cast.ids["school"]))
    assert (made.state, made.school_id) == (ReservationState.APPROVED, cast.ids["school"])


def test_a_kit_that_is_taken_is_answered_with_others_that_are_free(cast):
    blue, host = kit(), host_of_school(cast)
    twin, small = kit("Mallette rouge", units=4), kit("Mallette jaune", units=1)
    robots, far = kit("Robots", kind="Robots"), kit("Équipe", borrowers=Borrowers.STAFF)
    reserved(blue.id, morning(), cast.ids["mediator"])
    with pytest.raises(KitTaken) as refused:
        reserved(blue.id, morning(), host.id, Wish(units_wanted=3))
    assert [one.id for one in refused.value.alternatives] == [twin.id, robots.id]
    assert {small.id, far.id}.isdisjoint(one.id for one in refused.value.alternatives)
    assert count(Reservation) == 1
    assert ledger() == by_rights()


def test_the_time_in_which_it_is_charged_is_taken_too(cast):
    blue, host = kit(turnaround_minutes=60), host_of_school(cast)
    reserved(blue.id, morning(), host.id)
    after = Period(morning().end + timedelta(minutes=59), morning().end + timedelta(hours=3))
    with pytest.raises(KitTaken):
        reserved(blue.id, after, host.id)
    reserved(blue.id, Period(morning().end + timedelta(minutes=60), after.end), host.id)
    assert ledger() == by_rights()


def test_under_its_minimum_it_stays_here(cast):
    blue, host = kit(units=12, broken=3, minimum_units=10), host_of_school(cast)
    other = kit("Mallette rouge", units=12)
    with pytest.raises(KitIncomplete) as refused:
        reserved(blue.id, morning(), host.id)
    assert [one.id for one in refused.value.alternatives] == [other.id]
    assert ledger() == set()


@pytest.mark.parametrize(
    ("period", "refusal"),
    [
        (Period(NOW - timedelta(hours=3), NOW - timedelta(hours=1)), LoanInThePast),
        (Period(NOW + timedelta(hours=47), NOW + timedelta(hours=50)), TooSoon),
        (Period(morning().start, morning().start + timedelta(days=14, hours=2)), LoanTooLong),
    ],
)
def test_when_it_can_not_be_lent(cast, period, refusal):
    blue, host = kit(), host_of_school(cast)
    with pytest.raises(refusal):
        reserved(blue.id, period, host.id)


def test_fourteen_days_over_the_change_of_clocks_are_fourteen_days(cast):
    blue, host = kit(), host_of_school(cast)
    autumn = Period(hours(TUESDAY.replace(month=10, day=20)).start, hours(TUESDAY.replace(month=11, day=3)).start)
    assert autumn.length == timedelta(days=14, hours=1)
    reserved(blue.id, autumn, host.id)


@pytest.mark.parametrize("borrowers", [Borrowers.STAFF, Borrowers.CARE_HOMES])
def test_a_kit_for_others_does_not_exist_for_a_teacher(cast, borrowers):
    blue, host = kit(borrowers=borrowers), host_of_school(cast)
    with pytest.raises(NoSuchKit):
        reserved(blue.id, morning(), host.id)


def test_a_home_reserves_for_itself_and_a_host_without_a_place_for_nobody(cast):
    blue = kit()
    made = reserved(blue.id, morning(), host_of_home(cast).id)
    assert made.care_home_id == cast.ids["care_home"]
    nowhere = host_of_school(cast, school_id=None)
    with pytest.raises(NoPlaceOfYours):
        reserved(blue.id, morning(1), nowhere.id)


def test_a_kit_that_left_or_never_was_is_not_there(cast):
    gone = kit(retired_at=NOW)
    for kit_id in (gone.id, 4711):
        with pytest.raises(NoSuchKit):
            reserved(kit_id, morning(), cast.ids["mediator"])


def test_staff_of_a_structure_use_its_kits_and_those_of_the_territory(cast):
    theirs, everyones = kit(structure_id=cast.ids["association"]), kit("Commune")
    with transaction():
        cast.mediator.structure_id = cast.ids["town"]
    with pytest.raises(NoSuchKit):
        reserved(theirs.id, morning(), cast.ids["mediator"])
    reserved(everyones.id, morning(), cast.ids["mediator"])


def test_the_same_page_sent_twice_reserves_once(cast):
    blue, host = kit(), host_of_school(cast)
    once, twice = (reserved(blue.id, morning(), host.id, request_key="page-1") for _ in range(2))
    assert once.id == twice.id
    assert count(Reservation) == 1
    dates = [morning(1), morning(2)]
    ids = {tuple(one.id for one in series(blue.id, dates, host.id, request_key="page-2")) for _ in range(2)}
    assert len(ids) == 1
    assert count(Reservation) == 3


def test_every_date_of_a_series_or_none_and_it_is_said_which_are_taken(cast):
    blue, other, host = kit(), kit("Mallette rouge"), host_of_school(cast)
    reserved(blue.id, morning(1), cast.ids["mediator"])
    dates = [morning(0), morning(1), morning(2)]
    with pytest.raises(DatesNotFree) as refused:
        series(blue.id, dates, host.id)
    (taken,) = refused.value.alternatives
    assert (taken.period, [one.id for one in taken.alternatives]) == (morning(1), [other.id])
    assert count(Reservation) == 1
    made = series(blue.id, dates, host.id, only_free=True)
    assert [one.period for one in made] == [morning(0), morning(2)]
    assert len({one.series for one in made}) == 1
    assert made[0].series
    assert ledger() == by_rights()


def test_dates_too_close_or_too_many_are_refused(cast):
    blue, host = kit(turnaround_minutes=120), host_of_school(cast)
    with pytest.raises(DatesMeet):
        series(blue.id, [morning(), Period(morning().end, morning().end + timedelta(hours=1))], host.id)
    with pytest.raises(TooManyDates):
        series(blue.id, [morning(n) for n in range(41)], host.id)
    assert ledger() == set()
