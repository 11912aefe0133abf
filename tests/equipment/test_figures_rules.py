"""What figures are made of: spans, working time, loans added up, the fleet. Small numbers by hand, and brute force."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipment.models import Destination, Purchase, ReservationState
from equipment.rules.figures import (
    BorrowerKind,
    KitFacts,
    Loan,
    Sum,
    add_up,
    by_borrower,
    per_hundred,
    total,
    use_of_kits,
)
from equipment.rules.fleet import Device, chain_of, fleet_on
from equipment.rules.spans import DaysReversed, TooManyDays, named, offered, own, present, quarter, school_year
from equipment.rules.working_time import WorkingTime
from foundation.period import Period, at_wall_time
from tests.equipment.given import PARIS, TUESDAY, hours

MONDAY, SUNDAY = date(2026, 3, 16), date(2026, 3, 22)
WEEK = own(MONDAY, SUNDAY).period(PARIS)
WORKING = WorkingTime(MONDAY, SUNDAY, set(), PARIS)
AFTER = datetime(2026, 4, 1, tzinfo=UTC)
SCHOOL, HOME, TEAM = (BorrowerKind.SCHOOL, 1), (BorrowerKind.CARE_HOME, 1), (BorrowerKind.TEAM, 0)
HOUR = 60


def loan(period, borrower=SCHOOL, kit_id=1, state=ReservationState.RETURNED, **more):
    return Loan(kit_id, borrower, period.start, period.end, state, **more)


def kit_there(*kept_back, kit_id=1, there=WEEK):
    return KitFacts(kit_id, "M1", "Mallette bleue", "Tablettes", there, kept_back)


def used(kits, loans, working=WORKING):
    """The use of kits in that week, long after it."""
    return use_of_kits(kits, add_up(loans, WEEK, working, AFTER), WEEK, working)


def borrowed(loans, now=AFTER, working=WORKING):
    """What each borrower had in that week."""
    return by_borrower(add_up(loans, WEEK, working, now))


# Spans


def test_a_school_year_is_from_september_to_august():
    assert (school_year(2025).first, school_year(2025).last) == (date(2025, 9, 1), date(2026, 8, 31))
    assert present(date(2026, 8, 31)) == school_year(2025)
    assert present(date(2026, 9, 1)) == school_year(2026)


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [
        (1, date(2024, 1, 1), date(2024, 3, 31)),
        (2, date(2024, 4, 1), date(2024, 6, 30)),
        (3, date(2024, 7, 1), date(2024, 9, 30)),
        (4, date(2024, 10, 1), date(2024, 12, 31)),
    ],
)
def test_a_year_has_four_quarters(number, first, last):
    assert (quarter(2024, number).first, quarter(2024, number).last) == (first, last)


def test_what_is_offered_is_found_again_by_its_name():
    spans = offered(date(2026, 1, 15))
    assert [named(one.name) for one in spans] == spans
    assert [one.name for one in spans] == [
        "ecole-2025", "ecole-2024", "ecole-2023", "ecole-2022", "annee-2026", "annee-2025", "annee-2024",
        "trimestre-2026-1", "trimestre-2025-4", "trimestre-2025-3", "trimestre-2025-2", "trimestre-2025-1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "odd", ["", "ecole", "ecole-26", "ecole-2026-1", "trimestre-2026", "trimestre-2026-5", "annee-9999", "x-2026", "٣"]
)
def test_other_names_mean_nothing(odd):
    assert named(odd) is None


def test_own_days_are_in_order_and_not_too_many():
    with pytest.raises(DaysReversed):
        own(SUNDAY, MONDAY)
    with pytest.raises(TooManyDays):
        own(date(2010, 1, 1), date(2026, 1, 1))


# Working time


def test_a_week_has_fifty_working_hours_and_a_closed_day_ten_less():
    assert WORKING.minutes(WEEK) == 50 * HOUR
    assert WorkingTime(MONDAY, SUNDAY, {TUESDAY}, PARIS).minutes(WEEK) == 40 * HOUR
    assert WORKING.minutes(hours(TUESDAY, time(6), time(9))) == 1 * HOUR
    assert WORKING.minutes(hours(TUESDAY, time(17), time(23))) == 1 * HOUR
    assert WORKING.minutes(hours(SUNDAY)) == 0
    assert WORKING.minutes(hours(date(2026, 3, 9))) == 0


def test_what_overlaps_counts_once():
    assert WORKING.of_all([hours(), hours(starts=time(11), ends=time(14)), hours()]) == 5 * HOUR


def test_the_days_on_which_clocks_change_have_their_ten_hours():
    for day in (date(2026, 3, 27), date(2026, 3, 30), date(2026, 10, 26)):
        assert WorkingTime(day, day, set(), PARIS).minutes(own(day, day).period(PARIS)) == 10 * HOUR


# Loans


def test_time_lent_is_told_by_time_that_could_be_lent():
    (row,) = used([kit_there()], [loan(hours())])
    assert (row.sum.loans, row.sum.lent_minutes, row.could_minutes) == (1, 3 * HOUR, 50 * HOUR)
    assert row.rate == pytest.approx(0.06)


def test_nights_and_weekends_are_not_lent_and_upkeep_can_not_be():
    over_the_weekend = Period(hours(date(2026, 3, 20), time(16), time(17)).start, WEEK.end)
    kept_back = hours(MONDAY, time(7), time(13))
    (row,) = used([kit_there(kept_back)], [loan(over_the_weekend)])
    assert (row.sum.lent_minutes, row.could_minutes) == (2 * HOUR, 45 * HOUR)


def test_a_kit_counts_from_when_it_came_to_when_it_left():
    came, left = hours(TUESDAY, time(8), time(9)).start, hours(date(2026, 3, 19), time(8), time(9)).start
    (row,) = used([kit_there(there=Period(came, left))], [])
    assert row.could_minutes == 20 * HOUR
    before = Period(came - timedelta(days=90), came - timedelta(days=60))
    (gone,) = used([kit_there(there=before)], [])
    assert (gone.could_minutes, gone.rate) == (0, None)


def test_a_loan_counts_where_it_begins_and_its_time_where_it_lies():
    before = Period(hours(date(2026, 3, 13)).start, hours(MONDAY).start)
    (row,) = used([kit_there()], [loan(before)])
    assert (row.sum.loans, row.sum.lent_minutes) == (0, 1 * HOUR)


def test_hours_in_hands_are_what_was_told_and_the_rest_is_counted_apart():
    told = [
        loan(hours(), heads=24, minutes=90),
        loan(hours(), heads=24, minutes=None),
        loan(hours(), heads=0, minutes=90),
        loan(hours(), heads=10, minutes=0),
        loan(hours(), state=ReservationState.HANDED_OVER, heads=24),
        loan(hours(), TEAM, state=ReservationState.APPROVED),
    ]
    found = total(borrowed(told).values())
    assert (found.person_minutes, found.told, found.untold, found.loans) == (24 * 90, 2, 3, 6)


def test_late_is_what_came_back_a_quarter_of_an_hour_after_it_was_due_or_is_out_still():
    due = hours().end
    facts = [due - timedelta(hours=1), due + timedelta(minutes=14), due + timedelta(minutes=15), None]
    rows = [loan(hours(), back_at=one) for one in facts[:3]]
    rows.append(loan(hours(), state=ReservationState.HANDED_OVER))
    found = borrowed(rows)[SCHOOL]
    assert (found.back, found.late, found.out_late) == (3, 1, 1)
    soon = borrowed(rows[3:], due)[SCHOOL]
    assert soon.out_late == 0


def test_borrowers_are_kept_apart():
    found = borrowed([loan(hours()), loan(hours(), HOME), loan(hours(), HOME)])
    assert {one: (two.loans, two.lent_minutes) for one, two in found.items()} == {
        SCHOOL: (1, 180), HOME: (2, 360),
    }  # fmt: skip


def test_without_loans_there_is_no_rate():
    assert per_hundred(3, 0) is None
    assert per_hundred(3, 40) == 7.5
    assert total([]) == Sum()


QUARTERS = st.tuples(st.integers(-100, 800), st.integers(1, 200), st.sampled_from([SCHOOL, HOME, TEAM]))


@settings(max_examples=60)
@given(st.lists(QUARTERS, max_size=6), st.lists(st.tuples(st.integers(0, 672), st.integers(1, 40)), max_size=3),
       st.sets(st.integers(0, 6)), st.integers(-50, 700), st.integers(1, 700))  # fmt: skip
def test_the_use_of_a_kit_is_that_of_counting_each_quarter_of_an_hour(lent, back, closed, came, stayed):
    """Loans of a kit never overlap: those that would are left out, as the ledger does."""
    step = timedelta(minutes=15)

    def stretch(start, length):
        return Period(WEEK.start + start * step, WEEK.start + (start + length) * step)

    loans, end = [], -101
    for start, length, borrower in sorted(lent, key=lambda one: one[:2]):
        if start >= end:
            loans.append(loan(stretch(start, length), borrower))
            end = start + length
    kept_back, there = [stretch(*one) for one in back], stretch(came, stayed)
    closed_days = {MONDAY + timedelta(days=n) for n in closed}
    working = WorkingTime(MONDAY, SUNDAY, closed_days, PARIS)
    (row,) = used([kit_there(*kept_back, there=there)], loans, working)

    def counted(wanted):
        found = 0
        for number in range(7 * 96):
            at = WEEK.start + number * step
            local = at.astimezone(PARIS)
            works = local.weekday() < 5 and local.date() not in closed_days and 8 <= local.hour < 18
            found += 15 * (works and wanted(at))
        return found

    def within(at, periods):
        return any(one.start <= at < one.end for one in periods)

    assert row.sum.lent_minutes == counted(lambda at: within(at, [one.period for one in loans]))
    assert row.could_minutes == counted(lambda at: within(at, [there]) and not within(at, kept_back))
    assert row.sum.loans == sum(WEEK.start <= one.starts_at < WEEK.end for one in loans)
    shares = borrowed(loans, working=working).values()
    assert total(shares) == row.sum


# Devices

DAY = date(2026, 3, 16)


def test_the_fleet_of_a_day_is_what_had_come_and_had_not_left():
    devices = [
        Device(Purchase.NEW, bought_on=date(2020, 1, 1)),
        Device(Purchase.REFURBISHED, bought_on=date(2024, 3, 16)),
        Device(Purchase.REFURBISHED, bought_on=date(2026, 3, 17)),
        Device(Purchase.GIVEN, added_on=date(2025, 1, 1)),
        Device(Purchase.UNKNOWN),
        Device(Purchase.NEW, bought_on=date(2019, 1, 1), retired_on=DAY, destination=Destination.PARTS),
        Device(Purchase.NEW, bought_on=date(2022, 3, 16), retired_on=date(2026, 3, 17), destination=Destination.LOST),
    ]
    fleet = fleet_on(devices, DAY)
    assert fleet.devices == 5
    assert fleet.purchases == {
        Purchase.NEW: 2, Purchase.REFURBISHED: 1, Purchase.GIVEN: 1, Purchase.UNKNOWN: 1,
    }  # fmt: skip
    assert fleet.refurbished_share == pytest.approx(1 / 4)
    assert (fleet.ages.young, fleet.ages.middle, fleet.ages.old, fleet.ages.unknown) == (1, 1, 1, 2)
    assert fleet.ages.mean == pytest.approx((6.2 + 2 + 4) / 3, abs=0.01)


def test_batteries_that_were_not_measured_are_counted_apart():
    fleet = fleet_on([Device(Purchase.NEW, battery=one) for one in (100, 80, 79, 0, None)], DAY)
    assert (fleet.batteries.good, fleet.batteries.worn, fleet.batteries.unknown) == (2, 2, 1)
    assert fleet.batteries.mean == pytest.approx(64.75)


def test_an_empty_fleet_has_no_mean():
    fleet = fleet_on([], DAY)
    assert (fleet.devices, fleet.refurbished_share, fleet.ages.mean, fleet.batteries.mean) == (0, None, None, None)


def test_the_chain_tells_what_came_and_where_what_left_went():
    def gone(destination, day=DAY, *, certified=False):
        return Device(Purchase.NEW, date(2019, 1, 1), retired_on=day, destination=destination, certified=certified)

    devices = [
        Device(Purchase.NEW, bought_on=DAY),
        Device(Purchase.REFURBISHED, bought_on=date(2026, 3, 31)),
        Device(Purchase.GIVEN, added_on=date(2026, 3, 1)),
        Device(Purchase.NEW, bought_on=date(2026, 2, 28)),
        Device(Purchase.NEW, bought_on=date(2026, 2, 28), added_on=DAY),
        gone(Destination.REFURBISHER),
        gone(Destination.PARTS, date(2026, 3, 1)),
        gone(Destination.RECYCLING, certified=True),
        gone(Destination.RECYCLING),
        gone(Destination.LOST),
        gone(Destination.GIVEN_AWAY, date(2026, 4, 1)),
    ]
    chain = chain_of(devices, date(2026, 3, 1), date(2026, 3, 31))
    assert chain.came == {Purchase.NEW: 1, Purchase.REFURBISHED: 1, Purchase.GIVEN: 1, Purchase.UNKNOWN: 0}
    assert chain.left == {
        Destination.REFURBISHER: 1, Destination.PARTS: 1, Destination.RECYCLING: 2, Destination.GIVEN_AWAY: 0,
        Destination.LOST: 1,
    }  # fmt: skip
    assert (chain.certified, chain.uncertified, chain.second_life) == (1, 1, 2)


def test_working_time_is_that_of_the_towns_clock():
    summer = date(2026, 7, 1)
    eight = at_wall_time(summer, time(8), PARIS)
    assert eight.hour == 6
    assert WorkingTime(summer, summer, set(), PARIS).minutes(Period(eight, eight + timedelta(hours=1))) == HOUR
