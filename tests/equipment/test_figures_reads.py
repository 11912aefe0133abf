"""The bare facts that figures are made of: which loans took place, when a kit was there, who borrowed when."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from agenda import service as agenda
from agenda.rules.recurrence import Pattern
from equipment.models import (
    Item,
    ItemEvent,
    ItemEventKind,
    Kit,
    Purchase,
    Reservation,
    ReservationEvent,
    ReservationState,
)
from equipment.queries.figures import loans, repairs
from equipment.queries.figures.places import places
from equipment.queries.figures.scope import Scope
from equipment.queries.figures.whole import figures
from equipment.rules.figures import BorrowerKind
from equipment.rules.spans import own
from equipment.service import maintenance
from foundation.db import db, transaction
from foundation.period import Period
from tests.cast import NOW
from tests.equipment.faults import act, devices
from tests.equipment.given import PARIS, hours, kit, morning
from tests.equipment.test_figures import ALL, FIRST_OF_APRIL, WEEK, broke, lent, rewritten

pytestmark = pytest.mark.usefixtures("stopped_clock")
PERIOD = WEEK.period(PARIS)


def took_place(now=FIRST_OF_APRIL, period=PERIOD):
    found = loans.loans(ALL, period, now)
    db.session.rollback()
    return found


# Loans


@pytest.mark.parametrize("state", list(ReservationState))
@pytest.mark.parametrize("purpose", ["", "session:1"])
def test_a_loan_took_place_when_it_was_handed_over_or_taken_by_an_act(cast, state, purpose):
    lent(kit().id, morning(), state, purpose_of=purpose)
    handed = state in {ReservationState.HANDED_OVER, ReservationState.RETURNED}
    assert len(took_place()) == int(handed or (state is ReservationState.APPROVED and purpose != ""))


def test_an_act_to_come_did_not_take_place(cast):
    lent(kit().id, morning(), ReservationState.APPROVED, purpose_of="session:1")
    assert took_place(morning().start - timedelta(minutes=1)) == []
    assert len(took_place(morning().start)) == 1


def test_a_loan_that_touches_the_period_is_read_with_all_its_facts(cast):
    blue = kit().id
    back = morning().end + timedelta(hours=2)
    lent(blue, morning(), back_at=back, school_id=cast.ids["school"], head_count=24, minutes_in_use=90)
    lent(blue, Period(PERIOD.start - timedelta(days=1), PERIOD.start))
    lent(blue, Period(PERIOD.end, PERIOD.end + timedelta(days=1)))
    (found,) = took_place()
    assert (found.kit_id, found.borrower, found.period, found.heads, found.minutes, found.back_at) == (
        blue, (BorrowerKind.SCHOOL, cast.ids["school"]), morning(), 24, 90, back,
    )  # fmt: skip


def test_borrowers_are_schools_homes_and_the_team(cast):
    blue = kit().id
    lent(blue, morning(), school_id=cast.ids["school"])
    lent(blue, morning(days=1), care_home_id=cast.ids["care_home"])
    lent(blue, morning(days=2), venue_id=cast.ids["library"])
    assert [one.borrower for one in took_place()] == [
        (BorrowerKind.SCHOOL, cast.ids["school"]), (BorrowerKind.CARE_HOME, cast.ids["care_home"]),
        (BorrowerKind.TEAM, 0),
    ]  # fmt: skip


# Kits


def kits_then():
    found = loans.kits(ALL, PERIOD, PARIS)
    db.session.rollback()
    return found


def test_a_kit_was_there_from_its_first_day_to_its_last(cast):
    came, left = morning().start, morning(days=2).start
    blue = kit(created_at=came).id
    assert [one.there for one in kits_then()] == [Period(came, PERIOD.end)]
    with transaction():
        db.session.get_one(Kit, blue).retired_at = left
    assert [one.there for one in kits_then()] == [Period(came, left)]
    with transaction():
        db.session.get_one(Kit, blue).retired_at = came
    assert [one.there for one in kits_then()] == [None]


@pytest.mark.parametrize(("came", "left"), [(PERIOD.end, None), (NOW - timedelta(days=9), PERIOD.start)])
def test_a_kit_of_another_time_is_not_told_of(cast, came, left):
    kit(created_at=came, retired_at=left)
    assert kits_then() == []


def test_what_kept_a_kit_back_is_its_own(cast):
    blue, red = kit(), kit("Mallette rouge")
    act(maintenance.plan, blue.id, morning(), "Charge", by=cast.ids["manager"])
    act(maintenance.plan, blue.id, morning(3), "Charge", by=cast.ids["manager"])
    agenda.add_absence(red.resource_id, Pattern.once(date(2026, 3, 18), time(9), time(12)), "Prêtée à la métropole")
    db.session.commit()
    assert {one.id: list(one.kept_back) for one in kits_then()} == {
        blue.id: [morning()], red.id: [morning(days=1)],
    }  # fmt: skip


# Repairs


def test_incidents_count_where_they_were_reported_and_costs_where_they_were_settled(cast):
    blue, red, by = kit().id, kit("Mallette rouge").id, cast.ids["mediator"]
    inside, before, after = morning().start, PERIOD.start - timedelta(days=1), PERIOD.end
    broke(blue, by, inside, after, 1000)
    broke(blue, by, before, inside, 200)
    broke(blue, by, inside)
    broke(red, by, before, inside)
    broke(red, by, PERIOD.start, PERIOD.start, 30)
    broke(red, by, before, before, 4)
    assert repairs.incidents(ALL, PERIOD) == {blue: 2, red: 1}
    found = repairs.costs(ALL, PERIOD)
    db.session.rollback()
    assert (found.settled, found.known, found.unknown, found.cents) == (3, 2, 1, 230)


@pytest.mark.parametrize(
    ("until", "battery"),
    [(NOW, None), (morning(1).start, 95), (morning(2).start, 95), (morning(3).start, 82), (FIRST_OF_APRIL, 82)],
)
def test_a_battery_is_as_it_was_known_then(cast, until, battery):
    """Not known until 17 March, 95 percent from then, 82 from 31 March."""
    (item_id, *_rest) = devices(kit(units=1).id)
    with transaction():
        for week, was, became in ((0, "", "95"), (2, "95", "82")):
            at = morning(week).start
            db.session.add(
                ItemEvent(item_id=item_id, kind=ItemEventKind.BATTERY, at=at, was=was, became=became)
            )  # fmt: skip
    rewritten(item_id, battery_percent=82)
    (found,) = repairs.devices(ALL, until, PARIS)
    db.session.rollback()
    assert found.battery == battery


def test_a_battery_measured_when_it_came_needs_no_event(cast):
    (item_id,) = devices(kit(units=1).id)
    rewritten(item_id, battery_percent=77, purchase=Purchase.GIVEN, certificate="")
    (found,) = repairs.devices(ALL, FIRST_OF_APRIL, PARIS)
    db.session.rollback()
    assert (found.battery, found.purchase, found.certified, found.added_on) == (77, Purchase.GIVEN, False, None)


def test_a_device_in_reserve_counts_too(cast):
    with transaction():
        db.session.add(Item(code="R-1", kind="tablette", structure_id=cast.ids["town"]))
    own_ = Scope(everything=False, structure_id=cast.ids["town"])
    assert (len(repairs.devices(ALL, NOW, PARIS)), len(repairs.devices(own_, NOW, PARIS))) == (1, 1)
    assert repairs.devices(Scope(everything=False), NOW, PARIS) == []
    db.session.rollback()


# Places


def test_places_are_told_with_their_neighbourhood_and_their_last_loan(cast):
    blue = kit().id
    for weeks in (-2, -1, 2):
        lent(blue, morning(weeks), school_id=cast.ids["school"])
    school, home = places(ALL, PERIOD.end, FIRST_OF_APRIL)
    db.session.rollback()
    assert (school.name, school.neighbourhood, school.is_priority, school.last) == (
        "École des Peupliers", "Les Moulins", True, morning(-1).start,
    )  # fmt: skip
    assert (home.kind, home.neighbourhood, home.is_priority, home.last) == (
        BorrowerKind.CARE_HOME, "Le Port", False, None,
    )  # fmt: skip


def test_a_place_without_neighbourhood_is_told_too(cast):
    with transaction():
        cast.school.neighbourhood_id = None
    school, _home = places(ALL, PERIOD.end, FIRST_OF_APRIL)
    db.session.rollback()
    assert (school.neighbourhood, school.is_priority) == ("", False)


# All together, against counting by hand

FACTS = st.tuples(
    st.integers(0, 27), st.integers(8, 16), st.integers(1, 30), st.sampled_from(["school", "care_home", "team"]),
    st.sampled_from(list(ReservationState)), st.integers(0, 30), st.sampled_from([None, 0, 45, 90]),
    st.integers(-30, 60),
)  # fmt: skip


def _counted(rows, first, last):
    """The same figures, one loan after the other, in the plainest words."""
    found = {"loans": 0, "person": 0, "told": 0, "untold": 0, "late": 0}
    for start, end, state, heads, minutes, back in rows:
        if state not in {ReservationState.HANDED_OVER, ReservationState.RETURNED}:
            continue
        if not first <= start.astimezone(PARIS).date() <= last:
            continue
        found["loans"] += 1
        if state is ReservationState.HANDED_OVER:
            continue
        if heads and minutes is not None:
            found["told"] += 1
            found["person"] += heads * minutes
        else:
            found["untold"] += 1
        found["late"] += (back - end).total_seconds() >= 15 * 60
    return found


@settings(
    max_examples=15, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(st.lists(FACTS, max_size=12), st.integers(0, 20), st.integers(0, 10))
def test_figures_are_what_counting_loan_after_loan_finds(cast, facts, skipped, length):
    with transaction():
        for model in (ReservationEvent, Reservation):
            db.session.execute(delete(model))
    ids = [one.id for one in kits_then()] or [kit(created_at=datetime(2026, 1, 1, tzinfo=UTC)).id]
    rows = []
    for days, hour, long, who, state, heads, minutes, minutes_late in facts:
        day = date(2026, 3, 2) + timedelta(days=days)
        start = hours(day, time(hour), time(hour + 1)).start
        period = Period(start, start + timedelta(hours=long))
        back = period.end + timedelta(minutes=minutes_late)
        whose = {} if who == "team" else {f"{who}_id": cast.ids[who]}
        lent(ids[0], period, state, back, head_count=heads, minutes_in_use=minutes, **whose)
        rows.append((period.start, period.end, state, heads, minutes, back))
    first = date(2026, 3, 2) + timedelta(days=skipped)
    last = first + timedelta(days=length)
    found = figures(ALL, own(first, last), PARIS, now=FIRST_OF_APRIL)
    db.session.rollback()
    told = found.total
    assert {
        "loans": told.loans, "person": told.person_minutes, "told": told.told, "untold": told.untold, "late": told.late,
    } == _counted(rows, first, last)  # fmt: skip
    borrowers = [*(row.sum for row in found.borrowers), found.team]
    for name in ("loans", "lent_minutes", "person_minutes", "told", "untold", "back", "late", "out_late"):
        assert sum(getattr(one, name) for one in borrowers) == getattr(told, name)
