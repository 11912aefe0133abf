"""Lines of calendar files, read back by a library that knows the standard."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from foundation import ics

WRITTEN = st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n"), max_size=400)


def _event(*lines):
    return ics.folded(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"])


@given(WRITTEN)
def test_any_text_comes_back_as_it_was_written(text):
    (event,) = Calendar.from_ical(_event(f"SUMMARY:{ics.text(text)}")).walk("VEVENT")
    assert str(event["SUMMARY"]) == text


@given(WRITTEN)
def test_no_line_is_longer_than_seventy_five_octets_and_no_letter_is_cut(text):
    data = _event(f"SUMMARY:{ics.text(text)}").encode()
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a;b,c", "a\\;b\\,c"),
        ("back\\slash", "back\\\\slash"),
        ("two\r\nlines", "two\\nlines"),
        ("“9 h 00”", "“9 h 00”"),
    ],
)
def test_signs_that_mean_something_are_escaped(text, escaped):
    assert ics.text(text) == escaped


def test_a_parameter_can_not_break_out_of_its_quotes():
    name = 'Ville " de: Rives;\r\nX-EVIL:1'
    line = f"ORGANIZER;CN={ics.quoted(name)}:mailto:a@b.fr"
    (event,) = Calendar.from_ical(_event(line)).walk("VEVENT")
    assert event["ORGANIZER"].params["CN"] == "Ville  de: Rives;X-EVIL:1"
    assert "X-EVIL" not in event


def test_instants_are_written_in_utc_and_wall_times_in_their_zone():
    at = datetime(2026, 7, 1, 7, 30, tzinfo=UTC)
    assert ics.instant(at) == "20260701T073000Z"
    assert ics.wall_time(at, ZoneInfo("Europe/Paris")) == "20260701T093000"
