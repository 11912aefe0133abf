"""Busy time out of calendar files that others wrote."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agenda.rules.ics import MOST_PERIODS, Reason, busy_times
from foundation.period import Period, at_wall_time
from tests.agenda.conftest import PARIS, at

FILES = Path(__file__).resolve().parents[3] / "shared" / "data" / "calendar" / "ics"
WINDOW = Period(datetime(1990, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))
NOVEMBER = Period(at("2026-11-01 00:00"), at("2026-12-01 00:00"))
HOUR = timedelta(hours=1)


def calendar(*events, before=""):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", before.strip()]
    for event in events:
        lines += ["BEGIN:VEVENT", event.strip(), "END:VEVENT"]
    text = "\n".join([*(line for line in lines if line), "END:VCALENDAR", ""])
    return "\r\n".join(line.strip() for line in text.splitlines()).encode()


def read(*events, window=NOVEMBER, before=""):
    return busy_times(calendar(*events, before=before), window, PARIS)


def walls(found):
    return [
        f"{period.start.astimezone(PARIS):%d %H:%M}-{period.end.astimezone(PARIS):%d %H:%M}" for period in found.periods
    ]


def reasons(found):
    return [ignored.reason for ignored in found.ignored]


ONCE = """
SUMMARY:Dentiste
DTSTART;TZID=Europe/Paris:20261123T090000
DTEND;TZID=Europe/Paris:20261123T100000
"""


def test_one_event():
    found = read(ONCE)
    assert walls(found) == ["23 09:00-23 10:00"]
    assert found.ignored == []


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("DTSTART:20261123T080000Z", "DTEND:20261123T090000Z"),
        ("DTSTART:20261123T090000", "DTEND:20261123T100000"),
        ("DTSTART;TZID=Europe/Paris:20261123T090000", "DURATION:PT1H"),
        ("DTSTART;TZID=America/New_York:20261123T030000", "DTEND;TZID=Europe/Paris:20261123T100000"),
        ("DTSTART;TZID=Nowhere/Unknown:20261123T090000", "DTEND;TZID=Nowhere/Unknown:20261123T100000"),
        ("DTSTART;TZID=Romance Standard Time:20261123T090000", "DURATION:PT60M"),
    ],
    ids=["UTC", "floating", "duration", "two zones", "unknown zone", "zone of Windows"],
)
def test_the_ways_to_say_nine_to_ten(start, end):
    assert walls(read(f"{start}\n{end}")) == ["23 09:00-23 10:00"]


def test_whole_days_are_days_of_the_territory():
    found = read("DTSTART;VALUE=DATE:20261123\nDTEND;VALUE=DATE:20261125", "DTSTART;VALUE=DATE:20261127")
    assert walls(found) == ["23 00:00-25 00:00", "27 00:00-28 00:00"]


def test_a_whole_day_on_which_clocks_change_has_its_25_hours():
    autumn = Period(at("2026-10-01 00:00"), at("2026-11-01 00:00"))
    (period,) = read("DTSTART;VALUE=DATE:20261025", window=autumn).periods
    assert period.length == 25 * HOUR


def test_a_weekly_event_keeps_its_wall_time():
    autumn = Period(at("2026-10-15 00:00"), at("2026-11-05 00:00"))
    found = read("DTSTART;TZID=Europe/Paris:20200106T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=MO", window=autumn)
    assert walls(found) == ["19 09:00-19 10:00", "26 09:00-26 10:00", "02 09:00-02 10:00"]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;COUNT=3", ["23", "24", "25"]),
        ("FREQ=DAILY;UNTIL=20261124T080000Z", ["23", "24"]),
        ("FREQ=DAILY;UNTIL=20261124", ["23", "24"]),
        ("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3", ["23", "25", "30"]),
        ("FREQ=MONTHLY;BYDAY=-1MO", ["23", "30"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", ["23"]),
    ],
    ids=["count", "until", "until a day", "weekdays", "last Monday", "never again"],
)
def test_rules(rule, days):
    found = read(f"{ONCE}RRULE:{rule}")
    assert [wall[:2] for wall in walls(found)] == days
    assert found.ignored == []


def test_exceptions_by_instant_and_by_day():
    found = read(f"{ONCE}RRULE:FREQ=DAILY;COUNT=5\nEXDATE:20261124T080000Z\nEXDATE;VALUE=DATE:20261126")
    assert [wall[:2] for wall in walls(found)] == ["23", "25", "27"]


def test_further_dates_and_periods():
    found = read(
        f"{ONCE}RDATE;TZID=Europe/Paris:20261125T140000,20261126T140000\n"
        "RDATE;VALUE=PERIOD:20261127T080000Z/20261127T083000Z,20261128T080000Z/PT15M"
    )
    assert walls(found)[1:] == [
        "25 14:00-25 15:00",
        "26 14:00-26 15:00",
        "27 09:00-27 09:30",
        "28 09:00-28 09:15",
    ]


def test_a_moved_occurrence_replaces_its_place_in_the_series():
    series = f"UID:a\n{ONCE}RRULE:FREQ=DAILY;COUNT=3"
    moved = """
        UID:a
        RECURRENCE-ID;TZID=Europe/Paris:20261124T090000
        DTSTART;TZID=Europe/Paris:20261124T150000
        DURATION:PT30M
    """
    gone = "UID:a\nRECURRENCE-ID:20261125T080000Z\nSTATUS:CANCELLED\nDTSTART:20261125T080000Z\nDURATION:PT1H"
    assert walls(read(series, moved, gone)) == ["23 09:00-23 10:00", "24 15:00-24 15:30"]


def test_free_and_cancelled_time_is_not_busy():
    found = read(f"{ONCE}TRANSP:TRANSPARENT", f"{ONCE}STATUS:CANCELLED", f"{ONCE}TRANSP:OPAQUE")
    assert len(found.periods) == 1
    assert reasons(found) == [Reason.MARKED_FREE, Reason.CANCELLED]
    assert found.ignored[0].what == "Dentiste"


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ("SUMMARY:x", Reason.NO_START),
        ("DTSTART:tomorrow", Reason.NO_START),
        ("DTSTART:20261123T080000Z", Reason.NO_LENGTH),
        ("DTSTART:20261123T080000Z\nDTEND:20261123T070000Z", Reason.NO_LENGTH),
    ],
    ids=["no start", "broken start", "no length", "backwards"],
)
def test_what_says_no_time(event, reason):
    found = read(event, ONCE)
    assert (len(found.periods), reasons(found)) == (1, [reason])


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("FREQ=SECONDLY", Reason.TOO_FREQUENT),
        ("FREQ=HOURLY;INTERVAL=5", Reason.TOO_FREQUENT),
        ("FREQ=DAILY;BYHOUR=8,9;BYSECOND=1,2,3", Reason.TOO_FREQUENT),
        ("FREQ=DAILY;INTERVAL=0", Reason.RULE_UNREADABLE),
        ("FREQ=WEEKLY;INTERVAL=-1", Reason.RULE_UNREADABLE),
        ("FREQ=DAILY;COUNT=0", Reason.RULE_UNREADABLE),
        ("FREQ=SOMETIMES", Reason.RULE_UNREADABLE),
        ("FREQ=WEEKLY;BYDAY=MO, TU", Reason.RULE_UNREADABLE),
    ],
)
def test_a_rule_that_can_not_be_followed_leaves_the_first_time(rule, reason):
    found = read(f"{ONCE}RRULE:{rule}")
    assert (walls(found), reasons(found)) == (["23 09:00-23 10:00"], [reason])


def test_a_rule_from_the_dawn_of_time_is_not_unrolled():
    found = read("DTSTART;VALUE=DATE:18500101\nRRULE:FREQ=DAILY")
    assert (found.periods, reasons(found)) == ([], [Reason.TOO_FREQUENT])


def test_not_more_than_a_mediator_could_attend():
    many = calendar(*(f"DTSTART;VALUE=DATE:2026110{n}\nRRULE:FREQ=DAILY" for n in range(1, 9)))
    thousand_years = Period(NOVEMBER.start, NOVEMBER.start + timedelta(days=365 * 40))
    found = busy_times(many, thousand_years, PARIS)
    assert len(found.periods) == MOST_PERIODS
    assert found.ignored[-1].reason == Reason.TOO_MANY


def test_a_free_busy_list():
    text = """BEGIN:VCALENDAR
BEGIN:VFREEBUSY
FREEBUSY:20261123T080000Z/PT1H,20261124T080000Z/20261124T090000Z
FREEBUSY;FBTYPE=FREE:20261125T080000Z/PT1H
FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261126T080000Z/PT1H
END:VFREEBUSY
END:VCALENDAR
"""
    found = busy_times(text.encode(), NOVEMBER, PARIS)
    assert [wall[:2] for wall in walls(found)] == ["23", "24", "26"]


def test_tasks_are_named_not_taken():
    text = b"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nSUMMARY:Ranger\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
    found = busy_times(text, NOVEMBER, PARIS)
    assert [(ignored.what, ignored.reason) for ignored in found.ignored] == [("Ranger", Reason.NOT_AN_EVENT)]


@pytest.mark.parametrize(
    "data", [b"", b"<html>", b"\xff\xfe\x00", b"name;start\n"], ids=["empty", "html", "bytes", "csv"]
)
def test_not_a_calendar(data):
    found = busy_times(data, NOVEMBER, PARIS)
    assert (found.periods, found.is_calendar) == ([], False)


def test_an_empty_calendar_is_a_calendar():
    assert busy_times(calendar(), NOVEMBER, PARIS).is_calendar


def test_a_file_that_was_cut_off_gives_what_is_whole():
    cut = calendar(ONCE, ONCE.replace("20261123", "20261124")).partition(b"END:VCALENDAR")[0] + b"BEGIN:VEVENT\r\nDTST"
    assert [wall[:2] for wall in walls(busy_times(cut, NOVEMBER, PARIS))] == ["23", "24"]


def test_an_impossible_time_zone_does_not_hide_the_events():
    broken = """BEGIN:VTIMEZONE
        TZID:Europe/Prague
        BEGIN:STANDARD
        DTSTART:18500101T000000
        TZOFFSETFROM:+5744
        TZOFFSETTO:+5744
        END:STANDARD
        END:VTIMEZONE"""
    assert walls(read(ONCE, before=broken)) == ["23 09:00-23 10:00"]


FOUND = {
    "calendars__america_new_york.ics": 1,
    "calendars__issue_156_RDATE_with_PERIOD_TZID_khal.ics": 19,
    "calendars__issue_27_multiple_periods_in_freebusy_one_freebusy.ics": 8,
    "calendars__issue_218_bad_tzid.ics": 1,
    "calendars__issue_466_respect_unique_timezone.ics": 376,
    "calendars__timezoned.ics": 1,
    "calendars__broken_ical.ics": 0,
    "events__event_with_recurrence.ics": 100,
    "events__event_with_recurrence_exdates_on_different_lines.ics": 10,
    "events__issue_112_missing_tzinfo_on_exdate.ics": 11,
    "freebusy__example.ics": 3,
}


@pytest.mark.skipif(not FILES.exists(), reason=f"{FILES} is absent")
def test_every_file_of_the_collection_is_read_without_complaint():
    """Seventy files with byte order marks, broken lines, missing time zones and worse."""
    found = {file.name: busy_times(file.read_bytes(), WINDOW, PARIS) for file in sorted(FILES.glob("*.ics"))}
    assert len(found) > 60
    assert {name: len(found[name].periods) for name in FOUND} == FOUND
    for name, one in found.items():
        assert one.periods == sorted(set(one.periods)), name
        assert all(period.overlaps(WINDOW) for period in one.periods), name


@given(st.binary(max_size=400))
def test_any_bytes_at_all(data):
    busy_times(data, NOVEMBER, PARIS)


names = st.sampled_from(
    ["DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "UID", "TRANSP", "X"]
)
texts = st.sampled_from(
    ["20261123T090000Z", "20261123", "99991231T235959", "00010101", "PT1H", "-P1D", "P99999999W", "FREQ=DAILY", "",
     ":;=", "FREQ=DAILY;INTERVAL=0", "FREQ=YEARLY;BYEASTER=1", "FREQ=DAILY;UNTIL=x", "20261123T090000Z/PT1H", "é\x07"]
)  # fmt: skip
parameters = st.sampled_from(["", ";VALUE=DATE", ";TZID=Europe/Paris", ";TZID=", ";VALUE=PERIOD", ";VALUE=NONE"])


@example([("RECURRENCE-ID", "", "00010101")])
@example([("RECURRENCE-ID", "", "99991231T235959")])
@given(st.lists(st.tuples(names, parameters, texts), max_size=8))
def test_any_event_at_all(lines):
    event = "\n".join(f"{name}{parameter}:{text}" for name, parameter, text in lines)
    read(event, ONCE)


def test_the_window_is_a_window():
    day = Period(at_wall_time(date(2026, 11, 24), datetime.min.time(), PARIS), at("2026-11-25 00:00"))
    assert len(read(f"{ONCE}RRULE:FREQ=DAILY", window=day).periods) == 1
