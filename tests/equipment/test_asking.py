"""When a kit is wanted: once, for days, over weeks; what is refused, and what lies near."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from agenda.rules.free import Closed
from agenda.rules.recurrence import ImpossiblePattern
from equipment.rules.asking import (
    HoursMissing,
    RepeatsWithinADay,
    UntilMissing,
    When,
    dates_of,
    near,
    periods_of,
)
from equipment.rules.dates import Day, Skipped
from equipment.rules.refusals import LoanInThePast, NoDates, TooFarAhead, TooManyDates
from equipment.rules.school_day import EXACT, NoSchoolThen
from foundation.period import Period, at_wall_time
from tests.cast import NOW
from tests.equipment.given import PARIS, TUESDAY, hours

WEEK = timedelta(weeks=1)
WEDNESDAY = TUESDAY + timedelta(days=1)
HOLIDAYS = [Closed(date(2026, 4, 4), date(2026, 4, 20), "Vacances de printemps")]
EASTER = [Closed(date(2026, 4, 6), date(2026, 4, 6), "Lundi de Pâques")]


def found(when, *, at_school=True, school=HOLIDAYS, closures=EASTER):
    return dates_of(when, school, closures, zone=PARIS, at_school=at_school)


def half(day=TUESDAY, starts=time(8, 30), ends=time(11, 30)):
    return hours(day, starts, ends)


def test_a_morning_is_that_of_the_town_s_wall():
    assert found(When(TUESDAY, "matin")) == [Day(TUESDAY, half())]


def test_exact_hours_are_taken_as_they_are_written():
    wanted = When(TUESDAY, EXACT, time(9, 10), time(10, 40))
    assert found(wanted) == [Day(TUESDAY, hours(TUESDAY, time(9, 10), time(10, 40)))]


def test_the_hours_of_a_part_count_whatever_is_written_beside_it():
    assert found(When(TUESDAY, "matin", time(14), time(15))) == [Day(TUESDAY, half())]


def test_a_kit_is_kept_over_days_until_the_end_of_the_part_on_the_last_one():
    last = TUESDAY + timedelta(days=3)
    (day,) = found(When(TUESDAY, "matin", last_day=last))
    assert day.period == Period(half().start, half(last).end)
    (day,) = found(When(TUESDAY, EXACT, time(16), time(9), last_day=last))
    assert day.period == Period(hours(TUESDAY, time(16), time(17)).start, hours(last, time(8), time(9)).end)


@pytest.mark.parametrize(
    ("when", "refusal", "field"),
    [
        (When(TUESDAY, EXACT), HoursMissing, "starts"),
        (When(TUESDAY, EXACT, time(9)), HoursMissing, "ends"),
        (When(TUESDAY, EXACT, time(9), time(9)), ImpossiblePattern, "ends"),
        (When(TUESDAY, EXACT, time(11), time(9)), ImpossiblePattern, "ends"),
        (When(TUESDAY, "matin", last_day=TUESDAY - WEEK), ImpossiblePattern, "last_day"),
        (When(WEDNESDAY, "apres-midi"), NoSchoolThen, "part"),
        (When(WEDNESDAY, "apres-midi", every=1, until=WEDNESDAY + WEEK), NoSchoolThen, "part"),
        (When(TUESDAY, "matin", every=1), UntilMissing, "until"),
        (When(TUESDAY, "matin", every=1, until=TUESDAY - WEEK), ImpossiblePattern, "last_day"),
        (When(TUESDAY, "matin", every=1, until=TUESDAY.replace(year=2029)), TooFarAhead, "starts"),
        (
            When(TUESDAY, "matin", last_day=WEDNESDAY, every=1, until=TUESDAY + WEEK),
            RepeatsWithinADay,
            "last_day",
        ),
    ],
)
def test_what_makes_no_time_is_refused_beside_its_field(when, refusal, field):
    with pytest.raises(refusal) as refused:
        found(when)
    assert refused.value.field == field


def test_a_care_home_takes_wednesday_afternoons():
    assert found(When(WEDNESDAY, "apres-midi"), at_school=False)[0].period is not None


def test_every_week_without_school_holidays_and_with_the_same_hours_over_the_change_of_clocks():
    looked = found(When(TUESDAY, "matin", every=1, until=date(2026, 4, 28)))
    assert [(one.day.isoformat(), one.why) for one in looked] == [
        ("2026-03-17", None), ("2026-03-24", None), ("2026-03-31", None),
        ("2026-04-07", Skipped.SCHOOL_HOLIDAY), ("2026-04-14", Skipped.SCHOOL_HOLIDAY),
        ("2026-04-21", None), ("2026-04-28", None),
    ]  # fmt: skip
    assert {one.label for one in looked if one.why} == {"Vacances de printemps"}
    local = [one.period.start.astimezone(PARIS).time() for one in looked]
    assert set(local) == {time(8, 30)}
    assert looked[1].period.start.utcoffset() == looked[2].period.start.utcoffset()
    assert looked[2].period.start - looked[1].period.start == WEEK - timedelta(hours=1)


def test_every_other_week_in_the_holidays_too_less_what_is_left_out():
    wanted = When(TUESDAY, "matin", every=2, until=date(2026, 4, 28), in_holidays=True)
    left = wanted.without([date(2026, 3, 31)])
    assert [one.day.day for one in found(wanted)] == [17, 31, 14, 28]
    assert [one.why for one in found(left)] == [None, Skipped.LEFT_OUT, None, None]


def test_a_closed_day_is_skipped_in_a_series_and_taken_when_it_is_wanted_alone():
    monday = date(2026, 3, 30)
    series = found(When(monday, "matin", every=1, until=monday + WEEK, in_holidays=True))
    assert [one.why for one in series] == [None, Skipped.CLOSED]
    assert found(When(date(2026, 4, 6), "matin"))[0].why is None


def test_an_hour_that_the_clocks_leave_out_is_no_time():
    (day,) = found(When(date(2026, 3, 29), EXACT, time(2, 30), time(3)))
    assert (day.period, day.why) == (None, Skipped.CLOCKS)
    with pytest.raises(NoDates):
        periods_of([day], NOW)


def test_what_is_reserved_of_the_dates():
    looked = found(When(TUESDAY, "matin", every=1, until=TUESDAY + 5 * WEEK))
    assert periods_of(looked, NOW) == [half(TUESDAY + n * WEEK) for n in (0, 1, 2, 5)]


def test_past_too_many_and_too_far_dates_are_refused():
    at = half()
    with pytest.raises(LoanInThePast):
        periods_of([Day(TUESDAY, at)], at.start)
    forty_one = [Day(TUESDAY, half(TUESDAY + timedelta(days=n))) for n in range(41)]
    with pytest.raises(TooManyDates):
        periods_of(forty_one, NOW)
    assert len(periods_of(forty_one[:40], NOW)) == 40
    with pytest.raises(TooFarAhead):
        periods_of([Day(TUESDAY, half(date(2028, 6, 6)))], NOW)
    with pytest.raises(NoDates):
        periods_of([Day(TUESDAY, at, Skipped.LEFT_OUT)], NOW)


def others(when, *, at_school=True, closures=(), now=NOW):
    return near(when, closures, zone=PARIS, at_school=at_school, now=now)


def test_the_other_half_of_the_day_is_the_nearest_then_the_days_around():
    first = others(When(TUESDAY, "matin"))[:3]
    assert first[0] == hours(TUESDAY, time(13, 30), time(16, 30))
    assert {one.start.astimezone(PARIS).date() for one in first[1:]} <= {
        TUESDAY - timedelta(days=1), TUESDAY + timedelta(days=1),
    }  # fmt: skip


def test_nothing_near_lies_in_the_past_at_the_weekend_on_a_closed_day_or_at_the_time_itself():
    closed = TUESDAY + timedelta(days=2)
    found_times = others(When(TUESDAY, "matin"), closures=[Closed(closed, closed)])
    days = {one.start.astimezone(PARIS).date() for one in found_times}
    assert half() not in found_times
    assert all(one.start > NOW for one in found_times)
    assert closed not in days
    assert not any(one.weekday() > 4 for one in days)
    assert hours(WEDNESDAY, time(13, 30), time(16, 30)) not in found_times


def test_a_loan_of_days_and_of_exact_hours_keeps_its_length():
    when = When(TUESDAY, EXACT, time(16), time(9), last_day=TUESDAY + timedelta(days=2))
    lengths = {one.length for one in others(when)}
    assert timedelta(hours=41) in lengths
    assert all(abs(one - timedelta(hours=41)) <= timedelta(hours=1) for one in lengths)


def test_near_the_hour_that_does_not_exist_nothing_is_offered():
    assert others(When(date(2026, 3, 29), EXACT, time(2, 30), time(3)), at_school=False) == []


def test_times_stay_aware_and_in_order_of_nearness():
    wanted = at_wall_time(TUESDAY, time(8, 30), PARIS)
    gaps = [abs(one.start - wanted) for one in others(When(TUESDAY, "matin"))]
    assert gaps == sorted(gaps)
    assert all(isinstance(one.start, datetime) and one.start.tzinfo for one in others(When(TUESDAY, "m1")))
