"""Which dates a programme has: over clock changes, without holidays, with single dates more and less."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.models import Recurrence
from agenda.rules.free import Closed
from agenda.rules.recurrence import ImpossiblePattern, Pattern
from tests.workshops.given import FOUR, PARIS, SIX, WEDNESDAY, wednesdays
from workshops.rules.dates import (
    MOST_SESSIONS,
    Dates,
    EndMissing,
    NoDate,
    TooFar,
    TooManySessions,
    Why,
    dates,
    looked_at,
    reach,
)

TODAY = date(2026, 3, 10)
SPRING = Closed(date(2026, 4, 4), date(2026, 4, 19), "Vacances de printemps")
MAY_DAY = Closed(date(2026, 5, 1), date(2026, 5, 1), "Fête du Travail")


def days(wanted, school=(), closures=()):
    return [
        period.start.astimezone(PARIS).date() for period in dates(wanted, school, closures, zone=PARIS, today=TODAY)
    ]


def looked(wanted, school=(), closures=()):
    return looked_at(wanted, school, closures, zone=PARIS, today=TODAY)


def test_every_week_until_the_last_day():
    assert days(Dates(wednesdays(last_day=date(2026, 4, 8)))) == [
        WEDNESDAY, date(2026, 3, 25), date(2026, 4, 1), date(2026, 4, 8),
    ]  # fmt: skip


def test_sixty_weeks_keep_their_wall_time_over_both_changes_of_clocks():
    periods = dates(Dates(wednesdays(last_day=None), count=60), zone=PARIS, today=TODAY)
    assert len(periods) == 60
    assert {(one.start.astimezone(PARIS).time(), one.end.astimezone(PARIS).time()) for one in periods} == {(FOUR, SIX)}
    assert {one.start.hour for one in periods} == {14, 15}


def test_a_session_over_the_night_of_the_change_lasts_an_hour_less():
    night = Pattern.weekly([6], time(1), time(4), date(2026, 3, 22), last_day=date(2026, 4, 5))
    periods = dates(Dates(night), zone=PARIS, today=TODAY)
    assert [one.length for one in periods] == [timedelta(hours=3), timedelta(hours=2), timedelta(hours=3)]


def test_an_hour_that_the_change_swallows_is_told():
    night = Pattern.weekly([6], time(2), time(3), date(2026, 3, 22), last_day=date(2026, 4, 5))
    assert [one.why for one in looked(Dates(night))] == [None, Why.CLOCKS, None]


def test_school_holidays_are_skipped_with_their_name():
    found = looked(Dates(wednesdays(last_day=date(2026, 4, 22))), [SPRING])
    skipped = [one for one in found if one.why]
    assert [(one.day, one.why, one.label) for one in skipped] == [
        (date(2026, 4, 8), Why.SCHOOL_HOLIDAY, "Vacances de printemps"),
        (date(2026, 4, 15), Why.SCHOOL_HOLIDAY, "Vacances de printemps"),
    ]


def test_so_many_sessions_are_those_that_take_place():
    assert days(Dates(wednesdays(last_day=None), count=5), [SPRING])[-1] == date(2026, 4, 29)


def test_holidays_stay_in_when_nobody_wants_to_skip_them():
    fridays = Pattern.weekly([4], FOUR, SIX, date(2026, 4, 10), last_day=date(2026, 5, 8))
    wanted = Dates(fridays, skip_school_holidays=False, skip_closed=False)
    assert len(days(wanted, [SPRING], [MAY_DAY])) == 5
    assert len(days(replace(wanted, skip_closed=True), [SPRING], [MAY_DAY])) == 4


def test_a_date_left_out_is_named_and_one_added_takes_place_in_holidays_too():
    wanted = Dates(wednesdays(last_day=date(2026, 4, 8)), added=[date(2026, 4, 8), date(2026, 4, 10)],
                   left_out=[date(2026, 3, 25)])  # fmt: skip
    found = looked(wanted, [SPRING])
    assert [(one.day.day, one.why) for one in found] == [
        (18, None), (25, Why.LEFT_OUT), (1, None), (8, None), (10, None),
    ]  # fmt: skip


def test_no_date_that_nobody_saw_comes_instead_of_one_left_out():
    wanted = Dates(wednesdays(last_day=None), count=3, left_out=[date(2026, 3, 25)])
    assert days(wanted) == [WEDNESDAY, date(2026, 4, 1)]


def test_days_that_have_passed_are_skipped():
    found = looked(Dates(wednesdays(last_day=date(2026, 3, 18)), added=[date(2026, 3, 4)]))
    assert [(one.day.day, one.why) for one in found] == [(4, Why.PAST), (18, None)]


def test_once_needs_no_end():
    assert days(Dates(Pattern.once(WEDNESDAY, FOUR, SIX))) == [WEDNESDAY]


@pytest.mark.parametrize(
    ("wanted", "refusal", "field"),
    [
        (Dates(wednesdays(last_day=None)), EndMissing, "last_day"),
        (Dates(wednesdays(last_day=date(2029, 1, 1))), TooFar, "last_day"),
        (Dates(wednesdays(), added=[date(2030, 1, 1)]), TooFar, "last_day"),
        (Dates(wednesdays(last_day=None), count=500), TooManySessions, "count"),
        (Dates(wednesdays(last_day=date(2026, 3, 1))), ImpossiblePattern, "last_day"),
        (Dates(replace(wednesdays(), starts=SIX, ends=FOUR)), ImpossiblePattern, "ends"),
        (Dates(replace(wednesdays(), weekdays=0)), ImpossiblePattern, "weekdays"),
    ],
)
def test_impossible_dates_are_refused_at_their_field(wanted, refusal, field):
    with pytest.raises(refusal) as refused:
        dates(wanted, zone=PARIS, today=TODAY)
    assert refused.value.field == field


def test_five_hundred_sessions_are_refused_with_a_reason():
    daily = Pattern.weekly(list(range(7)), FOUR, SIX, WEDNESDAY, last_day=WEDNESDAY + timedelta(days=499))
    with pytest.raises(TooManySessions, match="120"):
        dates(Dates(daily), zone=PARIS, today=TODAY)


def test_no_date_that_is_left_is_refused():
    with pytest.raises(NoDate):
        dates(Dates(Pattern.once(WEDNESDAY, FOUR, SIX), left_out=[WEDNESDAY]), zone=PARIS, today=TODAY)


def test_the_calendar_is_read_as_far_as_dates_may_reach():
    assert reach(Dates(wednesdays(), added=[date(2026, 3, 1)])) == (date(2026, 3, 1), date(2026, 6, 30))
    assert reach(Dates(wednesdays(last_day=None), count=3))[1] > date(2028, 1, 1)


FEW_DAYS = st.lists(st.integers(0, 150).map(lambda n: WEDNESDAY + timedelta(days=n)), max_size=6)
STRETCHES = st.lists(
    st.tuples(st.integers(0, 150), st.integers(0, 20)).map(
        lambda pair: Closed(WEDNESDAY + timedelta(days=pair[0]), WEDNESDAY + timedelta(days=sum(pair)), "X")
    ),
    max_size=3,
)


@st.composite
def some_dates(draw) -> Dates:
    kind = draw(st.sampled_from([Recurrence.WEEKLY, Recurrence.MONTHLY_DAY, Recurrence.MONTHLY_WEEKDAY]))
    weekdays = draw(st.integers(1, 127)) if kind == Recurrence.WEEKLY else 0
    last = WEDNESDAY + timedelta(days=draw(st.integers(0, 110)))
    start, end = sorted(draw(st.sets(st.integers(0, 95), min_size=2, max_size=2)))
    clock = [time(step // 4, step % 4 * 15) for step in (start, end)]
    pattern = Pattern(WEDNESDAY, last, *clock, kind, draw(st.integers(1, 3)), weekdays)
    return Dates(pattern, draw(st.none() | st.integers(1, 20)), draw(st.booleans()), draw(st.booleans()),
                 draw(FEW_DAYS), draw(FEW_DAYS))  # fmt: skip


@given(wanted=some_dates(), school=STRETCHES, closures=STRETCHES)
def test_each_date_is_wanted_once_and_skipped_for_a_reason_that_holds(wanted, school, closures):
    found = looked(wanted, school, closures)
    assert [one.day for one in found] == sorted({one.day for one in found})
    taking_place = [one for one in found if one.why is None]
    assert len(taking_place) <= MOST_SESSIONS
    for one in taking_place:
        local = one.period.start.astimezone(PARIS), one.period.end.astimezone(PARIS)
        assert one.day not in wanted.left_out
        if one.day != date(2026, 3, 29):
            assert [at.time() for at in local] == [wanted.pattern.starts, wanted.pattern.ends]
        if one.day not in wanted.added:
            closed = closures * wanted.skip_closed + school * wanted.skip_school_holidays
            assert not any(stretch.first_day <= one.day <= stretch.last_day for stretch in closed)
    assert {one.day for one in taking_place} >= set(wanted.added) - set(wanted.left_out) - {date(2026, 3, 29)}
    if wanted.count:
        assert len([one for one in taking_place if one.day not in wanted.added]) <= wanted.count
