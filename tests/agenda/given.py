"""Timetables for Hypothesis, around a week with a change of clocks as often as not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from agenda.models import MIDNIGHT, Recurrence
from agenda.rules.free import Away, Closed, Taken, Timetable
from agenda.rules.recurrence import Pattern, bits
from agenda.rules.slots import Offer
from foundation.period import Period, at_wall_time

PARIS = ZoneInfo("Europe/Paris")
FIRST_DAYS = [date(2026, 10, 22), date(2027, 3, 25), date(2026, 11, 23)]
LENGTH = timedelta(days=6)
five_minutes = st.integers(0, 287)


def clock(step: int) -> time:
    return time(step // 12, step % 12 * 5)


@st.composite
def wall_times(draw) -> tuple[time, time]:
    """A start, and an end after it; the end may be midnight."""
    start, end = sorted(draw(st.sets(st.integers(0, 288), min_size=2, max_size=2)))
    return clock(start), MIDNIGHT if end == 288 else clock(end)


@st.composite
def openings(draw, first: date) -> Pattern:
    starts, ends = draw(wall_times())
    day = first + timedelta(days=draw(st.integers(-40, 6)))
    until = draw(st.none() | st.integers(0, 60).map(lambda n: day + timedelta(days=n)))
    every = draw(st.integers(1, 3))
    kind = draw(st.sampled_from(Recurrence))
    if kind == Recurrence.ONCE:
        return Pattern.once(first + timedelta(days=draw(st.integers(0, 6))), starts, ends)
    weekdays = bits(draw(st.lists(st.integers(0, 6), min_size=1))) if kind == Recurrence.WEEKLY else 0
    return Pattern(day, until, starts, ends, kind, every, weekdays)


@st.composite
def absences(draw, first: date) -> Away:
    if draw(st.booleans()):
        return Away(draw(openings(first)))
    starts, ends = draw(wall_times())
    day = first + timedelta(days=draw(st.integers(-2, 6)))
    return Away(Pattern.once(day, starts, ends, day + timedelta(days=draw(st.integers(0, 3)))))


@st.composite
def holds(draw, first: date) -> list[Taken]:
    """Holds that never overlap, as the database has them."""
    begin = at_wall_time(first, time(0), PARIS)
    edges = sorted(draw(st.sets(st.integers(-50, 7 * 288 + 50), max_size=24)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return [Taken(Period(*(begin + timedelta(minutes=5 * edge) for edge in pair))) for pair in pairs]


@st.composite
def timetables(draw) -> tuple[Timetable, date, date]:
    first = draw(st.sampled_from(FIRST_DAYS))
    closed = draw(st.lists(st.integers(0, 6).map(lambda n: first + timedelta(days=n)), max_size=2))
    table = Timetable(
        openings=draw(st.lists(openings(first), max_size=4)),
        absences=draw(st.lists(absences(first), max_size=3)),
        closures=[Closed(day, day) for day in closed],
        holds=draw(holds(first)),
    )
    return table, first, first + LENGTH


minutes = st.integers(0, 12).map(lambda n: timedelta(minutes=5 * n))


@st.composite
def offers(draw) -> Offer:
    lasts = st.integers(1, 24).map(lambda n: timedelta(minutes=5 * n))
    return Offer(draw(lasts), draw(minutes), draw(minutes), draw(st.none() | lasts), draw(st.booleans()))


@st.composite
def windows(draw, first: date, last: date) -> Period:
    begin: datetime = at_wall_time(first, time(0), PARIS)
    start, end = sorted(draw(st.sets(st.integers(0, 24 * 12 * 6), min_size=2, max_size=2)))
    seconds = timedelta(seconds=draw(st.sampled_from([0, 0, 1, 59])))
    return Period(begin + timedelta(minutes=5 * start) + seconds, begin + timedelta(minutes=5 * end) + seconds)
