"""Who is told by which channel, and when, as tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from foundation.outbox.models import Channel
from mediation.models import Attendance
from mediation.rules.notices import (
    NoticeKind,
    leaves_at,
    may_tell,
    reached_by,
    reminder_due,
    stands_in,
    takes_texts,
    worth_reminding,
)
from people.models import ContactMeans

PARIS = ZoneInfo("Europe/Paris")
MOBILE, LANDLINE, BOX = "+33639980021", "+33240000000", "+33912345678"
MAIL = "farid@example.org"
NOON = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
NIGHT = datetime(2026, 3, 10, 22, 0, tzinfo=UTC)
MORNING = datetime(2026, 3, 11, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (MOBILE, True),
        ("+33612345678", True),
        ("+262692123456", True),
        (LANDLINE, False),
        (BOX, False),
        (None, False),
        ("?", False),
    ],
)
def test_a_landline_takes_no_text_message(number, expected):
    assert takes_texts(number) is expected


@pytest.mark.parametrize(
    ("means", "phone", "email", "expected"),
    [
        (ContactMeans.SMS, MOBILE, MAIL, (Channel.SMS, MOBILE)),
        (ContactMeans.SMS, LANDLINE, MAIL, (Channel.EMAIL, MAIL)),
        (ContactMeans.SMS, LANDLINE, None, None),
        (ContactMeans.SMS, None, None, None),
        (ContactMeans.EMAIL, MOBILE, MAIL, (Channel.EMAIL, MAIL)),
        (ContactMeans.EMAIL, MOBILE, None, (Channel.SMS, MOBILE)),
        (ContactMeans.PHONE_CALL, MOBILE, MAIL, None),
        (ContactMeans.NONE, MOBILE, MAIL, None),
    ],
)
def test_the_means_chosen_then_what_is_known(means, phone, email, expected):
    assert reached_by(means, phone, email) == expected


@pytest.mark.parametrize(
    ("means", "phone", "email", "numbers", "expected"),
    [
        (ContactMeans.NONE, None, None, [MOBILE], MOBILE),
        (ContactMeans.NONE, None, None, [LANDLINE, MOBILE], MOBILE),
        (ContactMeans.NONE, None, None, [LANDLINE], None),
        (ContactMeans.NONE, None, None, [], None),
        (ContactMeans.PHONE_CALL, LANDLINE, None, [MOBILE], MOBILE),
        (ContactMeans.SMS, LANDLINE, None, [MOBILE], MOBILE),
        (ContactMeans.NONE, LANDLINE, None, [MOBILE], None),
        (ContactMeans.NONE, None, MAIL, [MOBILE], None),
        (ContactMeans.PHONE_CALL, MOBILE, None, [MOBILE], None),
        (ContactMeans.PHONE_CALL, LANDLINE, MAIL, [MOBILE], None),
    ],
)
def test_who_acts_for_somebody_is_told_in_their_place_unless_they_chose_otherwise(
    means, phone, email, numbers, expected
):
    assert stands_in(means, phone, email, numbers) == expected


@pytest.mark.parametrize(
    ("kind", "channel", "now", "expected"),
    [
        (NoticeKind.BOOKED, Channel.SMS, NOON, NOON),
        (NoticeKind.BOOKED, Channel.SMS, NIGHT, MORNING),
        (NoticeKind.CANCELLED, Channel.SMS, NIGHT, MORNING),
        (NoticeKind.BOOKED, Channel.EMAIL, NIGHT, NIGHT),
        (NoticeKind.MOVED, Channel.EMAIL, NIGHT, NIGHT),
        (NoticeKind.REMINDER, Channel.EMAIL, NIGHT, MORNING),
        (NoticeKind.REMINDER, Channel.EMAIL, NOON, NOON),
    ],
)
def test_what_rings_and_reminders_wait_for_the_morning(kind, channel, now, expected):
    assert leaves_at(kind, channel, now, PARIS) == expected


@pytest.mark.parametrize(
    ("starts", "due"),
    [
        ("2026-03-17T10:00+01:00", "2026-03-15T10:00+01:00"),
        ("2026-03-30T09:00+02:00", "2026-03-28T09:00+01:00"),
        ("2026-10-26T09:00+01:00", "2026-10-24T09:00+02:00"),
        ("2026-03-17T07:30+01:00", "2026-03-15T08:00+01:00"),
        ("2026-03-17T20:30+01:00", "2026-03-16T08:00+01:00"),
    ],
)
def test_two_days_before_at_the_same_wall_time_by_day(starts, due):
    assert reminder_due(datetime.fromisoformat(starts), PARIS) == datetime.fromisoformat(due)


@pytest.mark.parametrize(
    ("told_before", "now_before", "expected"),
    [
        (timedelta(days=10), timedelta(days=2), True),
        (timedelta(days=10), timedelta(days=2, minutes=1), False),
        (timedelta(days=10), timedelta(hours=4), True),
        (timedelta(days=10), timedelta(hours=2), False),
        (timedelta(days=2), timedelta(days=1), False),
        (timedelta(days=1), timedelta(hours=20), False),
    ],
)
def test_a_reminder_is_for_who_heard_of_it_before(told_before, now_before, expected):
    starts = datetime(2026, 3, 17, 13, 0, tzinfo=UTC)
    assert worth_reminding(starts, starts - told_before, starts - now_before, PARIS) is expected


@pytest.mark.parametrize("kind", list(NoticeKind))
@pytest.mark.parametrize("attendance", list(Attendance))
def test_only_what_is_true_is_told(kind, attendance):
    cancelled = attendance in {Attendance.EXCUSED, Attendance.REVOKED}
    expected = cancelled if kind is NoticeKind.CANCELLED else attendance is Attendance.EXPECTED
    assert may_tell(kind, attendance, NOON, NOON - timedelta(minutes=1)) is expected
    assert may_tell(kind, attendance, NOON, NOON) is False
