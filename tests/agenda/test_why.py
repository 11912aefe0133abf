"""Why is this not free? Every reason, typed, and in words."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda import queries, service
from agenda.models import CalendarKind
from agenda.rules.free import Away, Closed, Taken, Timetable, busy_periods, open_periods
from agenda.rules.recurrence import Pattern
from agenda.rules.slots import Offer, slots
from agenda.rules.why import Reason, ReasonKind, why_not_free
from agenda.words import why
from foundation.db import transaction
from foundation.i18n import in_language
from tests.agenda import given as draw
from tests.agenda.conftest import MONDAY, PARIS, at, hours, span

HOUR = timedelta(hours=1)
QUARTER = timedelta(minutes=15)
NOW = at("2026-11-22 12:00")
MORNING = Timetable([hours("09:00", "12:00")])


def kinds(table, start, offer=None, **options):
    options.setdefault("now", NOW)
    found = why_not_free(table, at(f"{MONDAY} {start}"), offer or Offer(HOUR), zone=PARIS, **options)
    return [reason.kind for reason in found]


def test_free_has_no_reason():
    assert kinds(MORNING, "09:00") == []
    assert kinds(MORNING, "10:10") == [], "a time between two slots can be held by somebody who may"


def test_closed():
    assert kinds(MORNING, "08:30") == [ReasonKind.CLOSED]
    assert kinds(MORNING, "11:30") == [ReasonKind.CLOSED]
    assert kinds(Timetable(), "09:00") == [ReasonKind.CLOSED]


def test_two_openings_that_touch_are_open_throughout():
    assert kinds(Timetable([hours("09:00", "10:00"), hours("10:00", "11:00")]), "09:30") == []


def test_absent_with_its_label_and_length():
    table = Timetable([hours("09:00", "12:00")], [Away(hours("09:30", "10:00"), "Formation")])
    (reason,) = why_not_free(table, at(f"{MONDAY} 09:00"), Offer(HOUR), now=NOW, zone=PARIS)
    assert reason == Reason(ReasonKind.ABSENT, "Formation", span("09:30", "10:00"))


def test_held_says_the_label_only():
    table = Timetable([hours("09:00", "12:00")], holds=[Taken(span("10:00", "11:00"), "Rendez-vous")])
    (reason,) = why_not_free(table, at(f"{MONDAY} 09:30"), Offer(HOUR), now=NOW, zone=PARIS)
    assert reason == Reason(ReasonKind.HELD, "Rendez-vous", span("10:00", "11:00"))


def test_a_buffer_that_meets_a_hold_is_a_reason():
    table = Timetable([hours("09:00", "12:00")], holds=[Taken(span("10:00", "11:00"))])
    assert kinds(table, "09:00") == []
    assert kinds(table, "09:00", Offer(HOUR, after=QUARTER)) == [ReasonKind.HELD]
    assert kinds(table, "11:00", Offer(HOUR, before=QUARTER)) == [ReasonKind.HELD]


def test_holiday_stands_for_closed():
    table = Timetable([hours("09:00", "12:00")], closures=[Closed(MONDAY, MONDAY, "Pont")])
    assert why_not_free(table, at(f"{MONDAY} 09:00"), Offer(HOUR), now=NOW, zone=PARIS) == [
        Reason(ReasonKind.HOLIDAY, "Pont")
    ]


def test_too_late_and_too_far():
    start = at(f"{MONDAY} 09:00")
    (late,) = why_not_free(MORNING, start, Offer(HOUR), now=start - HOUR, zone=PARIS, notice=2 * HOUR)
    assert (late.kind, late.limit) == (ReasonKind.TOO_LATE, start + HOUR)
    (far,) = why_not_free(MORNING, start, Offer(HOUR), now=start - 3 * HOUR, zone=PARIS, horizon=3 * HOUR)
    assert (far.kind, far.limit) == (ReasonKind.TOO_FAR, start)
    assert kinds(MORNING, "09:00", now=start) == []
    assert kinds(MORNING, "09:00", now=start + timedelta(seconds=1)) == [ReasonKind.TOO_LATE]


def test_every_reason_is_given_at_once():
    table = Timetable([], [Away(Pattern.once(MONDAY), "Congés")], holds=[Taken(span("09:00", "09:10"))])
    found = kinds(table, "09:00", now=at(f"{MONDAY} 10:00"))
    assert found == [ReasonKind.TOO_LATE, ReasonKind.CLOSED, ReasonKind.ABSENT, ReasonKind.HELD]


@given(st.data(), draw.timetables(), draw.offers())
def test_a_slot_on_offer_never_has_a_reason(data, drawn, offer):
    table, first, last = drawn
    window = data.draw(draw.windows(first, last))
    open_, busy = open_periods(table, first, last, PARIS), busy_periods(table, first, last, PARIS)
    for start in slots(open_, busy, offer, window)[:10]:
        found = why_not_free(table, start, offer, now=window.start, zone=PARIS, horizon=window.length)
        assert found == []


def test_asked_of_the_database(people):
    with transaction():
        service.add_opening(people.ines, Pattern.weekly([0, 1], time(9), time(12), MONDAY))
        service.add_absence(people.ines, hours("11:00", "12:00"), "Réunion")
        service.hold([people.room], span("10:00", "11:00"), "Atelier", "session:1")
        service.add_calendar_day(CalendarKind.CLOSURE, date(2026, 11, 24), date(2026, 11, 24), "Pont")

    def asked(resource_ids, start):
        return [(reason.kind, reason.label) for reason in queries.why_not_free(resource_ids, start, Offer(HOUR))]

    with_room = [people.ines, people.room]
    assert asked(with_room, span("09:00", "10:00").start) == []
    assert asked(with_room, span("10:00", "10:30").start) == [(ReasonKind.HELD, "Atelier")]
    assert asked([people.ines], span("10:00", "10:30").start) == []
    assert asked([people.ines], span("11:00", "12:00").start) == [(ReasonKind.ABSENT, "Réunion")]
    assert asked([people.ines], at("2026-11-24 09:00")) == [(ReasonKind.HOLIDAY, "Pont")]
    assert asked([people.ines], at("2026-11-21 09:00"))[0] == (ReasonKind.TOO_LATE, "")


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (Reason(ReasonKind.CLOSED), "Nobody receives at this time."),
        (Reason(ReasonKind.HOLIDAY, "Pont"), "The day is closed: Pont."),
        (Reason(ReasonKind.ABSENT, "", span("09:00", "10:00")), "Absent from 9:00 to 10:00: no reason given."),
        (Reason(ReasonKind.HELD, "Atelier", span("09:00", "10:30")), "Already taken from 9:00 to 10:30: Atelier."),
        (
            Reason(ReasonKind.TOO_LATE, limit=at(f"{MONDAY} 09:00")),
            "It is too late to book this time: the first possible is Monday 23 November at 9:00.",
        ),
        (
            Reason(ReasonKind.TOO_FAR, limit=at(f"{MONDAY} 09:00")),
            "It is too far ahead: times open up to Monday 23 November for now.",
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, Reason) else "",
)
def test_in_words(app, reason, sentence):
    with app.test_request_context(), in_language("en"):
        assert why(reason) == sentence


def test_a_long_absence_in_words(app):
    reason = Reason(ReasonKind.ABSENT, "Congés", draw.Period(at(f"{MONDAY} 00:00"), at("2026-11-28 00:00")))
    with app.test_request_context(), in_language("en"):
        assert why(reason).startswith("Absent from Monday 23 November at 0:00 to")
