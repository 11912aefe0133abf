"""Half-days, and what loans add up to."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipment.models import ReservationState
from equipment.rules.figures import BorrowerKind, Loan, add_up, total
from equipment.rules.working_time import WorkingTime
from foundation.period import Period
from reach.rules.lent import Lent, by_kind, half_days, lent
from tests.reach.asking import PARIS

MONDAY = date(2026, 3, 16)
WEEK = WorkingTime(MONDAY, MONDAY + timedelta(days=6), set(), PARIS)
WITHIN = Period(datetime(2026, 3, 16, tzinfo=PARIS), datetime(2026, 3, 23, tzinfo=PARIS))
LATER = datetime(2026, 4, 1, tzinfo=PARIS)


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=PARIS)


def between(start, end):
    return half_days(Period(start, end), WEEK, PARIS)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (at(17, 9), at(17, 12), 1),
        (at(17, 8, 30), at(17, 16, 30), 2),
        (at(17, 12), at(17, 13), 2),
        (at(17, 14), at(18, 9), 2),
        (at(16, 8), at(20, 18), 10),
        (at(20, 17), at(22, 18), 1),
        (at(21, 9), at(21, 12), 0),
        (at(17, 18), at(17, 20), 0),
        (at(17, 6), at(17, 8), 0),
    ],
)
def test_a_half_day_counts_when_any_working_minute_of_it_is_lent(start, end, count):
    assert between(start, end) == count


def test_days_that_are_closed_have_no_half_days_and_nothing_has_none():
    closed = WorkingTime(MONDAY, MONDAY + timedelta(days=6), {date(2026, 3, 17)}, PARIS)
    assert half_days(Period(at(16, 9), at(18, 10)), closed, PARIS) == 3
    assert half_days(None, closed, PARIS) == 0


def loan(start, end, kind=BorrowerKind.SCHOOL, number=1, **more):
    return Loan(1, (kind, number), start, end, ReservationState.RETURNED, **more)


def test_heads_that_nobody_told_are_apart_and_never_made_up():
    found = lent(
        [loan(at(17, 9), at(17, 12), heads=24, minutes=120), loan(at(18, 9), at(18, 12))], WITHIN, WEEK, LATER, PARIS
    )
    assert (found.loans, found.heads, found.heads_untold, found.person_minutes) == (2, 24, 1, 24 * 120)
    assert (found.told, found.untold, found.borrowers, found.kits, found.half_days) == (1, 1, 1, 1, 2)


def test_a_loan_that_began_before_counts_its_time_and_nothing_else():
    before = loan(datetime(2026, 3, 13, 9, tzinfo=PARIS), at(16, 12), heads=10)
    found = lent([before], WITHIN, WEEK, LATER, PARIS)
    assert found == Lent(half_days=1, lent_minutes=240)


def test_the_team_is_no_borrower():
    rows = [loan(at(17, 9), at(17, 12), BorrowerKind.TEAM, 0), loan(at(18, 9), at(18, 12), BorrowerKind.CARE_HOME)]
    parts = by_kind(rows, WITHIN, WEEK, LATER, PARIS)
    assert [(kind.value, one.loans, one.borrowers) for kind, one in parts.items()] == [
        ("school", 0, 0), ("care_home", 1, 1), ("team", 1, 0),
    ]  # fmt: skip


LOANS = st.lists(
    st.tuples(
        st.integers(-48, 168), st.integers(1, 60), st.sampled_from(BorrowerKind), st.integers(0, 30),
        st.none() | st.integers(0, 600),
    ),
    max_size=6,
)  # fmt: skip


@given(LOANS)
def test_it_is_what_counting_each_quarter_of_an_hour_gives_and_what_equipment_reckons(drawn):
    rows = [
        loan(WITHIN.start + hours * HOUR, WITHIN.start + (hours + length) * HOUR, kind, heads=heads, minutes=minutes)
        for hours, length, kind, heads, minutes in drawn
    ]
    rows = [one for one in rows if one.period.overlaps(WITHIN)]
    found, parts = lent(rows, WITHIN, WEEK, LATER, PARIS), by_kind(rows, WITHIN, WEEK, LATER, PARIS)
    theirs = total(add_up(rows, WITHIN, WEEK, LATER).values())
    assert (found.loans, found.lent_minutes, found.person_minutes, found.told, found.untold) == (
        theirs.loans, theirs.lent_minutes, theirs.person_minutes, theirs.told, theirs.untold,
    )  # fmt: skip
    assert found.half_days == sum(_half_days_by_quarters(one) for one in rows)
    for name in ("loans", "half_days", "lent_minutes", "person_minutes", "heads", "heads_untold"):
        assert getattr(found, name) == sum(getattr(one, name) for one in parts.values())


HOUR = timedelta(hours=1)


def _half_days_by_quarters(one):
    quarter, touched = timedelta(minutes=15), set()
    at_ = max(one.starts_at, WITHIN.start)
    while at_ < min(one.ends_at, WITHIN.end):
        wall = at_.astimezone(PARIS)
        if wall.weekday() < 5 and time(8) <= wall.time() < time(18):
            touched.add((wall.date(), wall.time() < time(12, 30)))
        at_ += quarter
    return len(touched)
