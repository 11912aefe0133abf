"""The days of the workshops of the demonstration, whatever the day on which it is loaded."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from demo.equipment import days as kit_days
from demo.workshops.clubs import CLASS, CLUB, CLUB_DONE
from demo.workshops.courses import COURSE, COURSE_DONE, TRAINING
from demo.workshops.dates import DAY, Almanac, days_of, hours_of, next_open, weekend_ahead, weekend_of_last_year
from demo.workshops.events import CAFE, PHONES, TEENS
from demo.workshops.homes import HOME, HOME_DONE

PARIS = ZoneInfo("Europe/Paris")
CHRISTMAS = {date(2026, 12, 19) + n * DAY for n in range(16)}
SUMMER = {date(2026, 7, 4) + n * DAY for n in range(59)}
CLOSED = {date(2026, 11, 11), date(2026, 12, 25), date(2027, 1, 1), date(2026, 5, 1)}
EVERY = (CLUB_DONE, CLUB, CLASS, HOME_DONE, HOME, COURSE_DONE, COURSE, CAFE, PHONES, TEENS, TRAINING)
LOADED = [
    datetime(2026, 11, 24, 10, tzinfo=UTC),  # a Tuesday of term
    datetime(2026, 11, 22, 9, tzinfo=UTC),  # a Sunday
    datetime(2026, 11, 28, 20, tzinfo=UTC),  # a Saturday evening
    datetime(2026, 12, 24, 15, tzinfo=UTC),  # in the Christmas holidays
    datetime(2026, 7, 14, 9, tzinfo=UTC),  # in summer
    datetime(2026, 9, 1, 7, tzinfo=UTC),  # the day school begins again
    datetime(2028, 2, 29, 11, tzinfo=UTC),
]


def almanac(now: datetime) -> Almanac:
    return Almanac(now, PARIS, CLOSED, CHRISTMAS | SUMMER)


def days(series, now: datetime, away=()) -> list[date]:
    book = almanac(now)
    return days_of(series.rhythm, book, book.open_days(away, in_term=series.rhythm.in_term))


@pytest.mark.parametrize("now", LOADED)
@pytest.mark.parametrize("series", EVERY, ids=lambda series: series.key)
def test_a_series_has_all_its_sessions_on_open_days_of_one_weekday(series, now):
    found = days(series, now)
    assert len(found) == series.rhythm.past + series.rhythm.ahead == len(set(found))
    assert found == sorted(found)
    assert len({day.weekday() for day in found}) == 1
    assert found[0].weekday() in series.rhythm.weekdays
    shut = CLOSED | (CHRISTMAS | SUMMER if series.rhythm.in_term else set())
    assert not shut & set(found)


@pytest.mark.parametrize("now", LOADED)
@pytest.mark.parametrize("series", EVERY, ids=lambda series: series.key)
def test_what_is_past_is_past_and_what_is_ahead_is_ahead(series, now):
    found, today = days(series, now), almanac(now).today
    assert sum(day >= today for day in found) == series.rhythm.ahead


@pytest.mark.parametrize("now", LOADED)
def test_the_course_goes_on_within_a_few_days_even_in_the_holidays(now):
    ahead = [day for day in days(COURSE, now) if day >= almanac(now).today]
    assert (ahead[0] - almanac(now).today).days <= 4


def test_the_club_meets_today_or_from_the_end_of_the_afternoon_on_tomorrow():
    morning, evening = datetime(2026, 11, 24, 10, tzinfo=UTC), datetime(2026, 11, 24, 16, tzinfo=UTC)
    assert days(CLUB, morning)[CLUB.rhythm.past] == date(2026, 11, 24)
    assert days(CLUB, evening)[CLUB.rhythm.past] == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (LOADED[0], date(2026, 6, 10)),
        (LOADED[4], date(2026, 6, 10)),
        (datetime(2027, 3, 1, tzinfo=UTC), date(2026, 6, 10)),
    ],
)
def test_the_finished_club_ended_in_june_of_the_school_year_before(now, last):
    assert days(CLUB_DONE, now)[-1] == last


def test_nobody_meets_while_the_team_is_away():
    away = [date(2026, 11, 24), date(2026, 11, 17)]
    assert not set(away) & set(days(CLUB, LOADED[0], away))


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 11, 24), (time(16, 45), time(18))),
        (date(2026, 11, 25), (time(14), time(15, 30))),
        (date(2026, 11, 28), (time(10), time(11, 30))),
    ],
)
def test_a_club_begins_when_school_is_out(day, hours):
    found = hours_of(CLUB.rhythm, day, PARIS)
    assert (found.start.astimezone(PARIS).time(), found.end.astimezone(PARIS).time()) == hours


def test_a_session_that_is_moved_skips_sundays_and_closed_days():
    is_open = almanac(LOADED[0]).open_days((), in_term=False)
    assert next_open(date(2026, 11, 28), is_open) == date(2026, 11, 30)
    assert next_open(date(2026, 12, 24), is_open) == date(2026, 12, 26)


def test_what_the_staff_do_is_done_in_the_office_never_on_a_weekend():
    book = almanac(LOADED[0])
    for day in (24, 28, 29):
        done = book.office_hours(datetime(2026, 11, day, 18, tzinfo=UTC)).astimezone(PARIS)
        assert (done.day, done.hour) == ({24: 24, 28: 27, 29: 27}[day], 10)


@pytest.mark.parametrize("now", LOADED)
def test_both_weekends_are_whole_one_ahead_and_one_about_a_year_before(now):
    book = almanac(now)
    ahead = weekend_ahead(book, {date(2026, 12, 5)})
    before = weekend_of_last_year(book, ahead, ())
    assert ahead.weekday() == before.weekday() == 5
    assert timedelta(days=12) <= ahead - book.today <= timedelta(days=32)
    assert ahead - before >= timedelta(weeks=52)
    assert not {ahead, ahead + DAY, before, before + DAY} & (CLOSED | {date(2026, 12, 5)})


@pytest.mark.parametrize("now", LOADED)
def test_kits_come_and_go_on_days_of_work_near_the_loading(now):
    book = almanac(now)
    is_open = kit_days.school_days(book)
    behind, ahead = kit_days.days_before(book, is_open), kit_days.days_after(book, is_open)
    assert len(behind) == 3
    assert behind == sorted(behind, reverse=True)
    assert behind[0] < book.today <= ahead[0]
    assert book.today - behind[-1] < kit_days.NEAR
    assert ahead[1] - book.today < kit_days.NEAR
    assert len(ahead) > 15
    assert all(day.weekday() < 5 and day not in CLOSED for day in [*behind, *ahead])


@pytest.mark.parametrize("now", LOADED[:3])
def test_in_term_kits_rest_in_the_school_holidays(now):
    is_open = kit_days.school_days(almanac(now))
    assert not any(map(is_open, CHRISTMAS))


@pytest.mark.parametrize("now", LOADED[3:5])
def test_in_long_holidays_the_leisure_centre_has_them(now):
    is_open = kit_days.school_days(almanac(now))
    assert is_open(date(2026, 7, 16))
