"""What is offered, taken and left of a day, on bare timetables."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from agenda.rules.free import Away, Closed, Taken, Timetable
from agenda.rules.recurrence import Pattern
from foundation.period import Period
from mediation.rules.capacity import Load, load_of, total

PARIS = ZoneInfo("Europe/Paris")
TUESDAY = date(2026, 3, 10)
MORNING = Pattern.weekly([1], time(9), time(12), date(2026, 1, 6))
HOUR = timedelta(hours=1)


def _at(hour: int, minute: int = 0, day: date = TUESDAY) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=PARIS)


def _held(start: datetime, end: datetime) -> Taken:
    return Taken(Period(start, end), "Une démarche")


def test_an_empty_day_is_nothing():
    load = load_of(Timetable(), TUESDAY, PARIS)
    assert not load
    assert load.share is None


def test_what_is_held_is_no_longer_free():
    load = load_of(Timetable([MORNING], holds=[_held(_at(9), _at(10)), _held(_at(11), _at(11, 30))]), TUESDAY, PARIS, 2)
    assert (load.offered, load.taken, load.free) == (3 * HOUR, 1.5 * HOUR, 1.5 * HOUR)
    assert (load.appointments, load.share) == (2, 50)


def test_an_absence_is_not_offered():
    away = Away(Pattern.once(TUESDAY, time(11), time(18)))
    load = load_of(Timetable([MORNING], [away]), TUESDAY, PARIS)
    assert (load.offered, load.free, load.away) == (2 * HOUR, 2 * HOUR, True)


def test_a_closed_day_offers_nothing():
    assert not load_of(Timetable([MORNING], closures=[Closed(TUESDAY, TUESDAY)]), TUESDAY, PARIS)


def test_two_presences_that_overlap_are_one_time():
    longer = Pattern.weekly([1], time(10), time(13), date(2026, 1, 6))
    assert load_of(Timetable([MORNING, longer]), TUESDAY, PARIS).offered == 4 * HOUR


def test_what_is_held_outside_of_presences_is_taken_and_costs_no_free_time():
    load = load_of(Timetable([MORNING], holds=[_held(_at(14), _at(15))]), TUESDAY, PARIS)
    assert (load.offered, load.taken, load.free) == (3 * HOUR, HOUR, 3 * HOUR)


def test_a_hold_over_midnight_counts_on_each_day_for_its_part():
    table = Timetable(holds=[_held(_at(23), _at(1, day=date(2026, 3, 11)))])
    assert load_of(table, TUESDAY, PARIS).taken == HOUR
    assert load_of(table, date(2026, 3, 11), PARIS).taken == HOUR


def test_on_the_day_of_23_hours_a_whole_day_is_23_hours():
    sunday = date(2026, 3, 29)
    table = Timetable([Pattern.once(sunday)])
    assert load_of(table, sunday, PARIS).offered == 23 * HOUR


def test_sums():
    week = total([Load(3 * HOUR, HOUR, 2 * HOUR, 2), Load(HOUR, HOUR, timedelta(0), 1, away=True), Load()])
    assert week == Load(4 * HOUR, 2 * HOUR, 2 * HOUR, 3)
    assert week.share == 50
