"""What a presence may be, and that the past of it is settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from activity.models import Channel
from agenda.models import Recurrence
from agenda.rules.recurrence import ImpossiblePattern, Pattern
from mediation.rules.shifts import (
    HasEnded,
    NoService,
    NoVenue,
    NoWay,
    PastIsSettled,
    ShiftDetails,
    check_change,
    check_ending,
    check_shift,
    has_begun,
    next_day,
)

TODAY = date(2026, 3, 10)
TUESDAYS = Pattern.weekly([1], time(9), time(12), date(2026, 1, 6))
AHEAD = replace(TUESDAYS, first_day=date(2026, 3, 17))
USUAL = ShiftDetails(TUESDAYS, venue_id=1, room_id=None, channels=[Channel.VENUE], service_ids=[1])


@pytest.mark.parametrize(
    "details",
    [
        USUAL,
        replace(USUAL, room_id=3),
        replace(USUAL, venue_id=None, channels=[Channel.PHONE]),
        replace(USUAL, venue_id=None, channels=[Channel.HOME, Channel.VIDEO]),
        replace(USUAL, pattern=Pattern.once(TODAY, time(9), time(12))),
    ],
)
def test_a_presence_that_can_be_booked_passes(details):
    check_shift(details)


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"service_ids": []}, NoService, "service_ids"),
        ({"channels": []}, NoWay, "channels"),
        ({"venue_id": None}, NoVenue, "place"),
        ({"pattern": replace(TUESDAYS, ends=time(8))}, ImpossiblePattern, "ends"),
        ({"pattern": replace(TUESDAYS, last_day=date(2026, 1, 1))}, ImpossiblePattern, "last_day"),
        ({"pattern": replace(TUESDAYS, weekdays=0)}, ImpossiblePattern, "weekdays"),
        ({"pattern": replace(TUESDAYS, every=53)}, ImpossiblePattern, "every"),
    ],
)
def test_one_that_nobody_could_book_is_refused_at_its_field(changes, refusal, field):
    with pytest.raises(refusal) as refused:
        check_shift(replace(USUAL, **changes))
    assert refused.value.field == field


class TestNextDay:
    def test_is_the_next_one_of_the_pattern(self):
        assert next_day(TUESDAYS, TODAY) == TODAY
        assert next_day(TUESDAYS, date(2026, 3, 11)) == date(2026, 3, 17)

    def test_keeps_the_rhythm_of_every_other_week(self):
        every_other = replace(TUESDAYS, every=2)
        assert next_day(every_other, date(2026, 3, 11)) == date(2026, 3, 17)
        assert next_day(every_other, date(2026, 3, 18)) == date(2026, 3, 31)

    def test_keeps_the_day_of_the_month(self):
        monthly = Pattern(date(2026, 1, 15), None, time(9), time(12), Recurrence.MONTHLY_DAY)
        assert next_day(monthly, TODAY) == date(2026, 3, 15)

    def test_is_the_first_of_one_that_has_not_begun(self):
        assert next_day(AHEAD, TODAY) == date(2026, 3, 17)

    def test_of_one_that_has_no_day_left_is_today(self):
        assert next_day(replace(TUESDAYS, last_day=date(2026, 2, 1)), TODAY) == TODAY


class TestThePast:
    def test_begun_is_before_today(self):
        assert has_begun(TUESDAYS, TODAY)
        assert not has_begun(replace(TUESDAYS, first_day=TODAY), TODAY)

    def test_a_change_counts_from_today_at_the_earliest(self):
        check_change(TUESDAYS, replace(TUESDAYS, first_day=TODAY), TODAY)
        with pytest.raises(PastIsSettled):
            check_change(TUESDAYS, replace(TUESDAYS, first_day=date(2026, 3, 9)), TODAY)

    def test_one_that_has_not_begun_may_begin_any_day(self):
        check_change(AHEAD, replace(AHEAD, first_day=date(2026, 3, 1)), TODAY)

    def test_one_that_has_ended_is_not_changed(self):
        ended = replace(TUESDAYS, last_day=date(2026, 3, 9))
        with pytest.raises(HasEnded):
            check_change(ended, AHEAD, TODAY)
        with pytest.raises(HasEnded):
            check_ending(ended, date(2026, 3, 20), TODAY)

    @pytest.mark.parametrize("last_day", [date(2026, 3, 9), TODAY, date(2027, 1, 1)])
    def test_it_ends_yesterday_at_the_earliest(self, last_day):
        check_ending(TUESDAYS, last_day, TODAY)

    def test_it_does_not_end_before(self):
        with pytest.raises(PastIsSettled) as refused:
            check_ending(TUESDAYS, date(2026, 3, 8), TODAY)
        assert refused.value.field == "last_day"
