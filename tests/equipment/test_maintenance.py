"""Planned upkeep: a hold on the kit; refused when something has it, with free times near; called off."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.rules.why import Reason, ReasonKind
from equipment.models import Kit, Maintenance
from equipment.queries import maintenance as queries
from equipment.queries.grid import week
from equipment.rules.refusals import KitTaken, NoSuchKit, TooFarAhead, TooLongText
from equipment.rules.upkeep_plans import (
    KitNotFree,
    LabelMissing,
    MaintenanceOver,
    NoSuchMaintenance,
    UpkeepInThePast,
    UpkeepTooLong,
    check_plan,
    nearest_free,
)
from equipment.service import lending, maintenance
from foundation import audit
from foundation.db import db, transaction
from foundation.period import Period, at_wall_time
from tests.cast import NOW
from tests.equipment.faults import act, count
from tests.equipment.given import (
    NOON,
    PARIS,
    TUESDAY,
    by_rights,
    done,
    host_of_school,
    hours,
    kit,
    ledger,
    morning,
    reserved,
)
from tests.workshops.given import reread

pytestmark = pytest.mark.usefixtures("stopped_clock")


def planned(kit_id, by, period=None, label="Mise à jour des tablettes", **more):
    return act(maintenance.plan, kit_id, period or morning(), label, by=by, **more)


def test_upkeep_holds_the_kit_and_nobody_reserves_it_then(cast):
    blue = kit()
    made = planned(blue.id, cast.ids["mediator"])
    assert ledger() == by_rights() == {(made.reference, blue.resource_id, morning().start, morning().end)}
    with pytest.raises(KitTaken):
        reserved(blue.id, hours(starts=time(11), ends=time(13)), host_of_school(cast).id)
    (row,) = week(cast.mediator, Period(morning().start, morning().end))
    assert [(one.label, one.reservation_id) for one in row.taken] == [("Mise à jour des tablettes", None)]
    db.session.rollback()


def test_planned_twice_by_a_double_press_is_planned_once(cast):
    blue = kit()
    assert planned(blue.id, cast.ids["mediator"]).id == planned(blue.id, cast.ids["mediator"]).id
    assert count(Maintenance) == 1
    with pytest.raises(KitNotFree):
        planned(blue.id, cast.ids["manager"])


def test_a_loan_in_the_way_is_named_and_free_times_are_proposed(cast):
    blue = kit(turnaround_minutes=120)
    host = host_of_school(cast)
    for days in (0, 1):
        reserved(blue.id, morning(days=days), host.id)
    with pytest.raises(KitNotFree) as refused:
        planned(blue.id, cast.ids["mediator"])
    assert "École des Peupliers" in str(refused.value)
    assert [one.period for one in refused.value.reasons] == [
        Period(morning().start, morning().end + timedelta(hours=2))
    ]
    # Tuesday and Wednesday are lent: the Monday before, then Thursday and Friday, for Sunday is none.
    assert refused.value.alternatives == [morning(days=-1), morning(days=2), morning(days=3)]
    assert ledger() == by_rights()
    assert count(Maintenance) == 0
    for free in refused.value.alternatives:
        planned(blue.id, cast.ids["mediator"], free)
    assert ledger() == by_rights()


def test_the_time_in_which_a_kit_is_charged_after_a_loan_is_taken_too(cast):
    blue = kit(turnaround_minutes=120)
    reserved(blue.id, morning(), host_of_school(cast).id)
    with pytest.raises(KitNotFree):
        planned(blue.id, cast.ids["mediator"], hours(starts=time(13), ends=time(15)))
    planned(blue.id, cast.ids["mediator"], hours(starts=time(14), ends=time(15)))


def test_called_off_the_kit_is_free_again_and_twice_is_once(cast):
    blue = kit()
    made = planned(blue.id, cast.ids["mediator"])
    for _ in range(2):
        off = act(maintenance.call_off, made.id, by=cast.ids["manager"])
    assert off.called_off_at == NOW
    assert ledger() == by_rights() == set()
    acts = [one.action for one in audit.history(made.reference)]
    db.session.rollback()
    assert acts == ["maintenance.called_off", "maintenance.planned"]
    assert planned(blue.id, cast.ids["mediator"]).id != made.id


def test_what_is_over_stays_as_it_happened(cast):
    made = planned(kit().id, cast.ids["mediator"])
    with pytest.raises(MaintenanceOver):
        act(maintenance.call_off, made.id, by=cast.ids["mediator"], now=morning().end)
    assert reread(made).called_off_at is None
    assert ledger() == by_rights() != set()


def test_a_kit_out_of_reach_or_gone_is_not_kept_back(cast):
    theirs = kit(structure_id=cast.ids["association"])
    with pytest.raises(NoSuchKit):
        planned(theirs.id, cast.ids["mediator"])
    with pytest.raises(NoSuchKit):
        planned(kit("Mallette rouge").id, host_of_school(cast).id)
    made = planned(theirs.id, cast.ids["other_mediator"])
    for missing in (made.id, made.id + 1000):
        with pytest.raises(NoSuchMaintenance):
            act(maintenance.call_off, missing, by=cast.ids["mediator"])
    with transaction():
        db.session.get_one(Kit, theirs.id).retired_at = NOW
    with pytest.raises(NoSuchKit):
        planned(theirs.id, cast.ids["other_mediator"], morning(1))


def test_a_loan_can_not_be_moved_onto_upkeep(cast):
    blue = kit()
    planned(blue.id, cast.ids["mediator"])
    loan = reserved(blue.id, morning(1), cast.ids["mediator"])
    with pytest.raises(KitTaken):
        done(lending.move, loan.id, morning(), by=cast.ids["mediator"])
    assert ledger() == by_rights()


def test_the_list_of_a_kit_tells_what_comes_and_what_was(cast):
    blue, mediator = kit(), cast.ids["mediator"]
    plans = [planned(blue.id, mediator, morning(n), f"Charge {n}") for n in (2, 0, 1)]
    act(maintenance.call_off, plans[0].id, by=mediator)
    planned(kit("Mallette rouge").id, mediator)
    found = queries.of_kit(blue.id, morning().end)
    db.session.rollback()
    assert [one.label for one in found.coming] == ["Charge 1"]
    assert [one.label for one in found.past] == ["Charge 0"]


@pytest.mark.parametrize(
    ("label", "period", "refusal"),
    [
        (" ", morning(), LabelMissing),
        ("a" * 121, morning(), TooLongText),
        ("Charge", morning(-2), UpkeepInThePast),
        ("Charge", morning(200), TooFarAhead),
        ("Charge", Period(morning().start, morning().start + timedelta(days=367)), UpkeepTooLong),
    ],
)
def test_a_plan_within_bounds(label, period, refusal):
    with pytest.raises(refusal):
        check_plan(label, period, now=NOW)


def test_upkeep_that_has_begun_may_be_written_down():
    check_plan("Charge", Period(NOW - timedelta(hours=1), NOW + timedelta(hours=1)), now=NOW)


def test_free_times_keep_the_wall_clock_over_the_change_of_clocks():
    friday = hours(date(2026, 3, 27))
    (later,) = nearest_free(friday, [], zone=PARIS, now=friday.start, count=1)
    assert later == hours(date(2026, 3, 30))
    assert later.start.hour == friday.start.hour - 1


def test_a_refusal_names_what_has_the_kit():
    reasons = [Reason(ReasonKind.HELD, "École des Peupliers", morning())]
    assert KitNotFree(reasons, []).reasons == reasons


@given(
    st.lists(st.tuples(st.integers(-12, 12), st.integers(6, 18)), max_size=30), st.integers(-10, 3), st.integers(0, 4)
)
def test_what_is_proposed_is_free_on_a_working_day_and_nothing_nearer_was(starts, today, count_):
    """Against every day tried one by one."""
    taken = [
        Period(at_wall_time(TUESDAY + timedelta(days=n), time(h), PARIS), _hour_later(n, h)) for n, h in starts
    ]  # fmt: skip
    now = at_wall_time(TUESDAY + timedelta(days=today), NOON, PARIS)
    near = [n for n in range(-30, 31) if n and _free(n, taken, now)]
    wanted = sorted(near, key=lambda n: (abs(n), n < 0))[:count_]
    found = nearest_free(morning(), taken, zone=PARIS, now=now, count=count_)
    assert found == [morning(days=n) for n in sorted(wanted)]


def _hour_later(days: int, hour: int) -> datetime:
    return at_wall_time(TUESDAY + timedelta(days=days), time(hour + 1), PARIS)


def _free(days: int, taken: list[Period], now: datetime) -> bool:
    there = morning(days=days)
    working = (TUESDAY + timedelta(days=days)).isoweekday() < 6
    return working and there.start >= now and all(one.end <= there.start or one.start >= there.end for one in taken)
