"""Free time and slots, whatever the timetable: every minute is free or busy and never both."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.rules.free import Away, Closed, Taken, Timetable, busy_periods, free_periods, open_periods
from agenda.rules.quick import Days, Scale, Search, united
from agenda.rules.recurrence import Pattern
from agenda.rules.slots import Offer, bookable, nearest, slots
from foundation.period import Period, intersected, merged, subtracted, whole_day
from tests.agenda import given as draw
from tests.agenda.conftest import MONDAY, PARIS, at, hours, span

HOUR = timedelta(hours=1)


@given(draw.timetables())
def test_every_open_minute_is_free_or_busy_and_never_both(drawn):
    table, first, last = drawn
    open_, busy = merged(open_periods(table, first, last, PARIS)), busy_periods(table, first, last, PARIS)
    free = free_periods(table, first, last, PARIS)
    assert intersected(free, busy) == []
    assert merged([*free, *intersected(open_, busy)]) == open_
    assert subtracted(free, open_) == []


@given(st.data(), draw.timetables(), draw.offers())
def test_slots_lie_in_openings_and_leave_busy_time_alone(data, drawn, offer):
    table, first, last = drawn
    window = data.draw(draw.windows(first, last))
    open_, busy = open_periods(table, first, last, PARIS), busy_periods(table, first, last, PARIS)
    for start in slots(open_, busy, offer, window):
        assert window.start <= start < window.end
        assert any(period.contains(Period(start, start + offer.duration)) for period in open_)
        assert not any(period.overlaps(offer.hold(start)) for period in busy)


@given(st.data(), draw.timetables(), draw.offers())
def test_the_quick_way_finds_the_same_slots(data, drawn, offer):
    """Opening by opening: `quick` on seconds, for many, and `slots` on periods, plainly."""
    table, first, last = drawn
    window = data.draw(draw.windows(first, last))
    busy = busy_periods(table, first, last, PARIS)
    scale = Scale(whole_day(first, PARIS).start - HOUR)
    closed = frozenset(closed.first_day for closed in table.closures)
    days, search = Days(first, last, closed, PARIS, scale), Search(offer, window, scale)
    taken = united([scale.busy(period for period in busy[::2]), scale.busy(period for period in busy[1::2])])
    for key, opening in enumerate(table.openings):
        search.add(key, days.windows(opening), taken)
    expected = {
        (start, key)
        for key, opening in enumerate(table.openings)
        for start in slots(
            open_periods(Timetable([opening], closures=table.closures), first, last, PARIS), busy, offer, window
        )
    }
    assert {(scale.instant(start), key) for start, keys in search.found.items() for key in keys} == expected
    assert all(len(keys) == len(set(keys)) for keys in search.found.values())


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=12)


@given(st.lists(spans, max_size=4))
def test_united_stretches_are_the_merged_periods(parts):
    scale = Scale(at(f"{MONDAY} 09:00"))
    periods = [
        [Period(scale.instant(start), scale.instant(start + length)) for start, length in part] for part in parts
    ]
    melted = [scale.busy(part) for part in periods]
    kept = [(list(one.starts), list(one.ends)) for one in melted]
    expected = scale.busy(period for part in periods for period in part)
    found = united(melted)
    assert (found.starts, found.ends) == (expected.starts, expected.ends)
    assert [(one.starts, one.ends) for one in melted] == kept


def test_holds_finer_than_a_second_are_rounded_away_from_free_time():
    scale = Scale(at(f"{MONDAY} 09:00"))
    half = timedelta(milliseconds=500)
    busy = scale.busy([Period(scale.origin + half, scale.origin + HOUR + half)])
    assert (busy.starts, busy.ends) == ([0], [3601])


def starts(table, offer, window=None, day=MONDAY):
    open_, busy = open_periods(table, day, day, PARIS), busy_periods(table, day, day, PARIS)
    found = slots(open_, busy, offer, window or whole_day(day, PARIS))
    return [f"{start.astimezone(PARIS):%H:%M}" for start in found]


def test_slots_are_anchored_on_the_start_of_the_opening():
    assert starts(Timetable([hours("09:10", "12:30")]), Offer(HOUR)) == ["09:10", "10:10", "11:10"]


def test_the_step_is_duration_and_buffers_unless_told():
    morning = Timetable([hours("09:00", "11:30")])
    quarter = timedelta(minutes=15)
    assert starts(morning, Offer(HOUR, after=quarter)) == ["09:00", "10:15"]
    assert starts(morning, Offer(HOUR, step=quarter * 2)) == ["09:00", "09:30", "10:00", "10:30"]


def test_buffers_may_reach_out_of_the_opening_but_not_into_what_is_held():
    quarter = timedelta(minutes=15)
    offer = Offer(HOUR, before=quarter, after=quarter)
    assert starts(Timetable([hours("09:00", "10:00")]), offer) == ["09:00"]
    held = [Taken(span("08:30", "08:50"))]
    assert starts(Timetable([hours("09:00", "10:00")], holds=held), offer) == []
    assert starts(Timetable([hours("09:00", "10:10")], holds=held), offer) == ["09:05"]


def test_after_something_busy_the_count_begins_again_on_five_minutes():
    held = [Taken(span("09:30", "10:02"))]
    assert starts(Timetable([hours("09:00", "12:30")], holds=held), Offer(HOUR)) == ["10:05", "11:05"]


def test_a_slot_freed_in_the_middle_is_offered_again():
    held = [Taken(span("09:00", "10:00")), Taken(span("11:00", "12:00"))]
    assert starts(Timetable([hours("09:00", "12:00")], holds=held), Offer(HOUR)) == ["10:00"]


def test_openings_that_touch_do_not_share_a_slot():
    table = Timetable([hours("09:00", "09:30"), hours("09:30", "10:45")])
    assert starts(table, Offer(HOUR)) == ["09:30"]


def test_closed_days_close():
    table = Timetable([hours("09:00", "11:00")], closures=[Closed(MONDAY, MONDAY, "Pont")])
    assert starts(table, Offer(HOUR)) == []


def test_notice_leaves_out_what_is_too_soon_and_moves_nothing():
    now = at(f"{MONDAY} 09:10")
    window = bookable(whole_day(MONDAY, PARIS), now, notice=timedelta(minutes=30))
    assert starts(Timetable([hours("09:00", "12:00")]), Offer(HOUR), window) == ["10:00", "11:00"]


def test_the_horizon_ends_the_window():
    now = at(f"{MONDAY} 09:00")
    window = bookable(whole_day(MONDAY, PARIS), now, horizon=2 * HOUR)
    assert starts(Timetable([hours("09:00", "12:00")]), Offer(HOUR), window) == ["09:00", "10:00"]
    assert bookable(Period(now + 3 * HOUR, now + 4 * HOUR), now, horizon=2 * HOUR) is None
    assert bookable(Period(now - 2 * HOUR, now), now) is None


@pytest.mark.parametrize(
    ("day", "length", "slots_a_day"),
    [(date(2027, 3, 28), 23, 23), (date(2026, 10, 25), 25, 25), (MONDAY, 24, 24)],
    ids=["spring", "autumn", "ordinary"],
)
def test_a_day_has_as_many_hours_as_its_clocks_give_it(day, length, slots_a_day):
    table = Timetable([Pattern.once(day)])
    (free,) = free_periods(table, day, day, PARIS)
    assert free.length == length * HOUR
    assert len(starts(table, Offer(HOUR), day=day)) == slots_a_day


def test_wall_time_holds_over_a_change_of_clocks():
    weekly = Pattern.weekly([5, 6, 0], time(9), time(12), date(2026, 10, 1))
    found = open_periods(Timetable([weekly]), date(2026, 10, 24), date(2026, 10, 26), PARIS)
    assert [period.start.astimezone(PARIS).hour for period in found] == [9, 9, 9]
    assert [period.start.hour for period in found] == [7, 8, 8]


def test_what_spring_skips_is_not_open():
    skipped = Pattern.once(date(2027, 3, 28), time(2, 30), time(3))
    assert open_periods(Timetable([skipped]), date(2027, 3, 28), date(2027, 3, 28), PARIS) == []


def test_an_absence_may_span_nights():
    away = Away(Pattern.once(MONDAY, time(10), time(9, 30), MONDAY + timedelta(days=1)))
    week = Pattern.weekly([0, 1], time(9), time(11), MONDAY)
    free = free_periods(Timetable([week], [away]), MONDAY, MONDAY + timedelta(days=1), PARIS)
    assert free == [
        span("09:00", "10:00"),
        Period(at("2026-11-24 09:30"), at("2026-11-24 11:00")),
    ]


def test_nearest():
    offered = [datetime(2026, 11, 23, hour, tzinfo=UTC) for hour in (8, 9, 13, 15)]
    assert nearest(offered, offered[0] + 3 * HOUR) == offered[:3]
    assert nearest(offered, datetime(2026, 11, 23, 14, tzinfo=UTC), 1) == [offered[2]]
    assert nearest([], offered[0]) == []


@pytest.mark.parametrize(
    "impossible",
    [
        {"duration": timedelta(0)},
        {"duration": HOUR, "before": -HOUR},
        {"duration": HOUR, "step": timedelta(0)},
        {"duration": timedelta(milliseconds=1)},
    ],
    ids=["no length", "negative buffer", "no step", "finer than a second"],
)
def test_an_offer_that_makes_no_sense(impossible):
    with pytest.raises(ValueError, match="an offer"):
        Offer(**impossible)
