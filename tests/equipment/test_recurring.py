"""The dates of a recurring wish: the same hours on the wall, over changes of clocks and around holidays."""

from __future__ import annotations

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from agenda.rules.free import Closed
from agenda.rules.recurrence import ImpossiblePattern, Pattern
from equipment.rules.dates import Recurring, Skipped, days, taking_place
from equipment.rules.refusals import TooFarAhead

PARIS = ZoneInfo("Europe/Paris")
TUESDAY = date(2026, 3, 17)
SPRING = Closed(date(2026, 4, 4), date(2026, 4, 19), "Vacances de printemps")
MAY = Closed(date(2026, 5, 1), date(2026, 5, 1), "Fête du Travail")


def tuesdays(last=date(2026, 4, 28), starts=time(9), ends=time(12)):
    return Pattern.weekly([1], starts, ends, TUESDAY, last_day=last)


def test_the_hours_stay_on_the_wall_when_the_clocks_change():
    found = taking_place(days(Recurring(tuesdays(date(2026, 3, 31))), [], [], zone=PARIS))
    assert [one.start.astimezone(PARIS).hour for one in found] == [9, 9, 9]
    assert [one.start.hour for one in found] == [8, 8, 7]


def test_school_holidays_are_skipped_for_a_school_and_not_for_a_home():
    school = days(Recurring(tuesdays()), [SPRING], [], zone=PARIS)
    assert [(one.day.day, one.label) for one in school if one.why is Skipped.SCHOOL_HOLIDAY] == [
        (7, SPRING.label), (14, SPRING.label),
    ]  # fmt: skip
    assert len(taking_place(school)) == 5
    home = Recurring(tuesdays(), skip_school_holidays=False)
    assert len(taking_place(days(home, [SPRING], [], zone=PARIS))) == 7


def test_closed_days_are_skipped_for_everybody_and_single_dates_are_left_out():
    fridays = Pattern.weekly([4], time(9), time(12), date(2026, 4, 24), last_day=date(2026, 5, 15))
    wanted = Recurring(fridays, skip_school_holidays=False, left_out={date(2026, 5, 8)})
    found = days(wanted, [], [MAY], zone=PARIS)
    assert [one.why for one in found] == [None, Skipped.CLOSED, Skipped.LEFT_OUT, None]


def test_an_hour_that_the_clocks_skip_is_said():
    night = Pattern.weekly([6], time(2), time(3), date(2026, 3, 29), last_day=date(2026, 4, 5))
    assert [one.why for one in days(Recurring(night), [], [], zone=PARIS)] == [Skipped.CLOCKS, None]


@pytest.mark.parametrize("last", [None, TUESDAY + timedelta(days=800)])
def test_what_never_ends_is_refused(last):
    with pytest.raises(TooFarAhead):
        days(Recurring(tuesdays(last)), [], [], zone=PARIS)


def test_what_ends_before_it_begins_is_refused():
    with pytest.raises(ImpossiblePattern):
        days(Recurring(tuesdays(ends=time(8))), [], [], zone=PARIS)
