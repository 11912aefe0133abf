"""What may be noted of an appointment of ten o'clock, minute by minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mediation.models import Attendance
from mediation.rules.attendance import (
    AlreadyMarked,
    AlreadyTold,
    CancelledByTheService,
    NothingToTell,
    NotYetTime,
    TooEarly,
    acts,
    check_arrival,
    check_mark,
    check_tells_of,
)

TEN = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
EXPECTED, SEEN, EXCUSED, REVOKED, NOSHOW = Attendance


def at(minutes: int) -> datetime:
    return TEN + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("attendance", "minutes", "refusal"),
    [
        (EXPECTED, -31, TooEarly),
        (EXPECTED, -30, None),
        (EXPECTED, 0, None),
        (EXPECTED, 3 * 24 * 60, None),
        (SEEN, 0, AlreadyMarked),
        (NOSHOW, 20, AlreadyMarked),
        (EXCUSED, 0, AlreadyMarked),
        (REVOKED, 0, CancelledByTheService),
    ],
)
def test_who_may_arrive(attendance, minutes, refusal):
    if refusal is None:
        check_arrival(attendance, TEN, at(minutes))
    else:
        with pytest.raises(refusal):
            check_arrival(attendance, TEN, at(minutes))


@pytest.mark.parametrize(
    ("attendance", "wanted", "minutes", "outcome"),
    [
        (EXPECTED, SEEN, -31, TooEarly),
        (EXPECTED, SEEN, -30, True),
        (EXPECTED, SEEN, 600, True),
        (EXPECTED, NOSHOW, -1, NotYetTime),
        (EXPECTED, NOSHOW, 0, True),
        (EXPECTED, EXCUSED, -3000, True),
        (EXPECTED, EXCUSED, 10, True),
        (EXPECTED, EXPECTED, 0, False),
        (SEEN, SEEN, 0, False),
        (SEEN, SEEN, -3000, False),
        (SEEN, NOSHOW, 10, True),
        (SEEN, EXPECTED, 10, True),
        (NOSHOW, SEEN, 10, True),
        (NOSHOW, NOSHOW, 10, False),
        (NOSHOW, EXPECTED, 10, True),
        (EXCUSED, EXPECTED, -100, True),
        (EXCUSED, SEEN, -5, True),
        (EXCUSED, SEEN, -100, TooEarly),
        (EXCUSED, EXCUSED, 0, False),
        (REVOKED, SEEN, 0, CancelledByTheService),
        (REVOKED, EXPECTED, 0, CancelledByTheService),
    ],
)
def test_what_may_be_marked(attendance, wanted, minutes, outcome):
    if isinstance(outcome, bool):
        assert check_mark(attendance, wanted, TEN, at(minutes), recorded=False) is outcome
    else:
        with pytest.raises(outcome):
            check_mark(attendance, wanted, TEN, at(minutes), recorded=False)


@pytest.mark.parametrize("wanted", [NOSHOW, EXCUSED, EXPECTED])
def test_what_a_record_tells_of_stays_seen(wanted):
    with pytest.raises(AlreadyTold):
        check_mark(SEEN, wanted, TEN, at(60), recorded=True)


def test_marking_seen_what_a_record_tells_of_is_no_fault():
    assert check_mark(SEEN, SEEN, TEN, at(60), recorded=True) is False


@pytest.mark.parametrize(
    ("attendance", "arrived", "minutes", "recorded", "offered"),
    [
        (EXPECTED, False, -600, False, ["excused"]),
        (EXPECTED, False, -30, False, ["seen", "arrive", "excused"]),
        (EXPECTED, True, -10, False, ["seen", "reopen"]),
        (EXPECTED, False, 0, False, ["seen", "arrive", "noshow", "excused"]),
        (EXPECTED, True, 5, False, ["seen", "reopen"]),
        (EXPECTED, False, 120, False, ["seen", "noshow", "excused"]),
        (SEEN, True, 5, False, ["reopen"]),
        (SEEN, True, 5, True, []),
        (NOSHOW, False, 20, False, ["seen", "reopen"]),
        (EXCUSED, False, -600, False, ["reopen"]),
        (REVOKED, False, -600, False, []),
    ],
)
def test_what_can_be_pressed(attendance, arrived, minutes, recorded, offered):
    assert [act.value for act in acts(attendance, arrived, TEN, at(minutes), recorded=recorded)] == offered


@pytest.mark.parametrize("attendance", list(Attendance))
@pytest.mark.parametrize("minutes", [-600, -31, -30, -1, 0, 60, 600])
@pytest.mark.parametrize("arrived", [True, False])
def test_nothing_is_offered_that_would_be_refused(attendance, minutes, arrived):
    marks = {"seen": SEEN, "noshow": NOSHOW, "excused": EXCUSED}
    for act in acts(attendance, arrived, TEN, at(minutes), recorded=False):
        if act == "arrive":
            check_arrival(attendance, TEN, at(minutes))
        elif act in marks:
            assert check_mark(attendance, marks[act], TEN, at(minutes), recorded=False)


@pytest.mark.parametrize("attendance", [Attendance.EXPECTED, Attendance.SEEN])
def test_a_record_tells_of_who_came(attendance):
    check_tells_of(attendance)


@pytest.mark.parametrize("attendance", [Attendance.NOSHOW, Attendance.EXCUSED, Attendance.REVOKED])
def test_no_record_tells_of_who_did_not_come(attendance):
    with pytest.raises(NothingToTell):
        check_tells_of(attendance)
