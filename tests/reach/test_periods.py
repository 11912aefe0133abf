"""Spans of local days: which they are, what is before them, their instants, and how addresses write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from reach.rules import periods
from reach.rules.periods import Span, UnreadablePeriod
from tests.reach.drawings import speaking

PARIS = ZoneInfo("Europe/Paris")
REUNION = ZoneInfo("Indian/Reunion")
days = st.dates(date(2001, 1, 1), date(2098, 12, 31))
spans = st.tuples(days, st.integers(0, 900)).map(
    lambda drawn: Span(drawn[0], min(drawn[0] + timedelta(days=drawn[1]), date(2099, 12, 31)))
)


@pytest.mark.parametrize(
    ("span", "before"),
    [
        (periods.month(2026, 3), periods.month(2026, 2)),
        (periods.month(2026, 1), periods.month(2025, 12)),
        (periods.month(2024, 2), periods.month(2024, 1)),
        (periods.quarter(2026, 1), periods.quarter(2025, 4)),
        (periods.year(2025), periods.year(2024)),
        (periods.school_year(2025), periods.school_year(2024)),
        (Span(date(2026, 1, 1), date(2026, 6, 30)), Span(date(2025, 7, 1), date(2025, 12, 31))),
        (Span(date(2026, 3, 9), date(2026, 3, 15)), Span(date(2026, 3, 2), date(2026, 3, 8))),
        (Span(date(2026, 3, 1), date(2026, 3, 1)), Span(date(2026, 2, 28), date(2026, 2, 28))),
    ],
)
def test_the_span_before_has_as_many_months_or_as_many_days(span, before):
    assert span.before == before


@given(spans)
def test_the_span_before_ends_on_the_day_before(span):
    assert span.before.last == span.first - timedelta(days=1)
    assert span.before.days == span.days or span.before.whole_months == span.whole_months > 0


@given(spans)
def test_the_months_of_a_span_are_all_its_days_once(span):
    assert sum(month.days for month in span.months) == span.days
    assert (span.months[0].first, span.months[-1].last) == (span.first, span.last)
    assert len({(month.first.year, month.first.month) for month in span.months}) == len(span.months)


def test_a_span_never_ends_before_it_begins():
    with pytest.raises(ValueError, match="ends"):
        Span(date(2026, 3, 2), date(2026, 3, 1))


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)])
def test_days_on_which_the_clocks_change_have_their_hours(day, hours):
    assert Span(day, day).window(PARIS).length == timedelta(hours=hours)


def test_a_year_begins_at_local_midnight():
    assert periods.year(2026).window(PARIS).start == datetime(2025, 12, 31, 23, tzinfo=UTC)
    assert periods.year(2026).window(REUNION).start == datetime(2025, 12, 31, 20, tzinfo=UTC)
    assert periods.year(2026).window(PARIS).end == datetime(2026, 12, 31, 23, tzinfo=UTC)


@given(spans)
def test_spans_follow_each_other_without_gap_and_without_overlap(span):
    assert span.before.window(PARIS).end == span.window(PARIS).start


@given(spans, st.sampled_from([PARIS, REUNION, ZoneInfo("America/Guadeloupe")]))
def test_the_months_of_a_span_have_its_hours_whatever_the_clocks_do(span, zone):
    windows = [month.window(zone) for month in span.months]
    assert (windows[0].start, windows[-1].end) == (span.window(zone).start, span.window(zone).end)
    assert all(one.end == other.start for one, other in pairwise(windows))
    assert sum((one.length for one in windows), timedelta()) == span.window(zone).length


def holds(span, at):
    window = span.window(PARIS)
    return window.start <= at < window.end


@given(days, st.integers(0, 23), st.integers(0, 59))
def test_an_instant_lies_in_the_local_day_that_a_clock_on_the_wall_shows(day, hour, minute):
    at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
    shown = at.astimezone(PARIS).date()
    assert holds(Span(shown, shown), at)
    assert not holds(Span(shown, shown).before, at)


@pytest.mark.parametrize(
    ("at", "inside"),
    [
        (datetime(2026, 10, 24, 22, tzinfo=UTC), True), (datetime(2026, 10, 24, 21, 59, tzinfo=UTC), False),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), True), (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), True),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), True), (datetime(2026, 10, 25, 23, tzinfo=UTC), False),
    ],
)  # fmt: skip
def test_half_past_two_comes_twice_on_the_last_sunday_of_october_and_counts_both_times(at, inside):
    assert holds(Span(date(2026, 10, 25), date(2026, 10, 25)), at) is inside


@given(spans, st.sampled_from(["fr", "en"]))
def test_whatever_the_span_it_is_said_in_words_of_the_language(span, locale):
    with speaking(locale):
        said = periods.said(span)
        assert str(span.first.year) in said
        assert "%" not in said
        assert said[:3] != "Du ", "it stands within sentences too"
        assert periods.briefly(span)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-T3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-09-01_2027-07-05", date(2026, 9, 1), date(2027, 7, 5)),
    ],
)
def test_an_address_reads_as_a_span_and_is_written_the_same(text, first, last):
    assert periods.read(text) == Span(first, last)
    assert periods.written(Span(first, last)) == text


@given(spans)
def test_what_is_written_is_read_back(span):
    assert periods.read(periods.written(span)) == span


@pytest.mark.parametrize(
    "text",
    ["", "26", "2026-13", "2026-T5", "2026-T0", "2026-1", "2026-02-30_2026-03-01", "2026-03-02_2026-03-01", "1999",
     "2100", "2026 ", "٢٠٢٦", "2026_2027", "x"],
)  # fmt: skip
def test_what_is_no_period_is_refused(text):
    with pytest.raises(UnreadablePeriod):
        periods.read(text)


def test_spans_are_said_in_the_readers_words(app):
    with force_locale("fr"):
        assert periods.said(periods.year(2026)) == "2026"
        assert periods.said(periods.school_year(2025)) == "Année scolaire 2025–2026"
        assert periods.said(periods.quarter(2026, 3)) == "3e trimestre 2026"
        assert periods.said(periods.quarter(2026, 1)) == "1er trimestre 2026"
        assert (periods.briefly(periods.quarter(2026, 3)), periods.briefly(periods.year(2026))) == ("T3 2026", "2026")
        assert periods.said(periods.month(2026, 11)) == "novembre 2026"
        assert periods.said(Span(date(2026, 3, 2), date(2026, 3, 8))) == "du 2 mars 2026 au 8 mars 2026"
        assert periods.said(Span(date(2026, 3, 1), date(2026, 3, 8))) == "du 1er mars 2026 au 8 mars 2026"
        assert periods.said(Span(date(2026, 10, 25), date(2026, 10, 25))) == "25 octobre 2026"
    with force_locale("en"):
        assert periods.said(periods.month(2026, 11)) == "November 2026"
