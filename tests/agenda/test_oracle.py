"""Every case of the outside oracle, kind by kind; where Parvis answers otherwise on purpose, the table says why."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from agenda.models import CalendarKind
from agenda.rules.free import busy_periods, free_periods, open_periods
from agenda.rules.holidays_of_france import public_holidays
from agenda.rules.quick import Days, Scale, Search
from agenda.rules.recurrence import days_of, falls_on, first_common_day, occurrences
from agenda.rules.slots import Offer, bookable, slots
from foundation.period import Period, intersected, whole_day
from tests.agenda import oracle

DIFFERENCES = {
    "rdvsp-off-02": "RDV Service Public knows holidays from 2023 on; Parvis also knows those of 2019 to 2022",
}
ELSEWHERE = {
    "bookable_sessions": "group sessions belong to workshops; agenda knows nothing of places left",
}
COVERED = {
    "slots",
    "openings_selected",
    "free_ranges",
    "slots_in_free_range",
    "occurrences",
    "covers_date",
    "busy_times",
    "off_days",
    "slot_at",
    "booking_window",
    "next_slot",
    "openings_overlap",
    "intersect_ranges",
}
SEARCH_AHEAD = timedelta(days=60)


def replay(kind):
    """One test a case, named by it; a single skipped one where the cases are not to be had."""
    found = oracle.cases(kind) or [
        pytest.param(None, marks=pytest.mark.skip(reason=f"{oracle.FILE} is absent"), id="absent")
    ]
    return pytest.mark.parametrize("case", found, ids=lambda case: case["id"] if case else None)


@pytest.mark.skipif(not oracle.FILE.exists(), reason=f"{oracle.FILE} is absent")
def test_every_kind_is_replayed_or_said_to_belong_elsewhere():
    assert oracle.kinds() == COVERED | set(ELSEWHERE)


def slots_of(given, first, last):
    """The starts that each agent offers from `first` to `last`, found both ways."""
    wanted = Period(whole_day(first, given.zone).start, whole_day(last, given.zone).end)
    window = bookable(wanted, given.now, given.notice)
    if window is None:
        return []
    found = []
    for agent in given.agents():
        table = given.timetable(agent)
        open_ = open_periods(table, first, last, given.zone)
        plain = slots(open_, busy_periods(table, first, last, given.zone), given.offer, window)
        assert quickly(given, table, first, last, window) == plain
        found.extend(plain)
    return sorted(found)


def quickly(given, table, first, last, window):
    scale = Scale(whole_day(first, given.zone).start)
    days = Days(first, last, frozenset(), given.zone, scale)
    search = Search(given.offer, window, scale)
    for opening in table.openings:
        search.add(0, days.windows(opening), scale.busy(busy_periods(table, first, last, given.zone)))
    return sorted(scale.instant(start) for start in search.found)


@replay("slots")
def test_slots(case):
    given = oracle.Given(case["given"])
    found = [given.wall(start) for start in slots_of(given, *given.days)]
    if "first_slot" in case["expected"]:
        assert found[0] == case["expected"]["first_slot"]
    else:
        assert found == sorted(case["expected"]["slots"])


@replay("openings_selected")
def test_openings_selected(case):
    given = oracle.Given(case["given"])
    selected = [row["id"] for row in given.openings() if occurrences(oracle.pattern(row), *given.days, given.zone)]
    assert selected == case["expected"]["openings"]


@replay("free_ranges")
def test_free_ranges(case):
    given = oracle.Given(case["given"])
    found = [
        [given.wall(period.start), given.wall(period.end)]
        for agent in given.agents()
        for period in free_periods(given.timetable(agent), *given.days, given.zone)
    ]
    assert found == case["expected"]["free_ranges"]


@replay("slots_in_free_range")
def test_slots_in_free_range(case):
    given = oracle.Given(case["given"])
    free = given.period(case["given"]["free_range"])
    found = slots([free], [], given.offer, free)
    assert [given.wall(start) for start in found] == case["expected"]["slots"]


@replay("occurrences")
def test_occurrences(case):
    """What is over at "now" is no longer of interest to who looks for an opening."""
    given = oracle.Given(case["given"])
    found = [
        [given.wall(period.start), given.wall(period.end)]
        for row in given.openings()
        for period in occurrences(oracle.pattern(row), *given.days, given.zone)
        if period.end > given.now
    ]
    assert found == case["expected"]["occurrences"]


@replay("covers_date")
def test_covers_date(case):
    day = date.fromisoformat(case["given"]["date"])
    (row,) = case["given"]["openings"]
    assert falls_on(oracle.pattern(row), day) == case["expected"]["covers"]
    assert (list(days_of(oracle.pattern(row), day, day)) == [day]) == case["expected"]["covers"]


@replay("busy_times")
def test_busy_times(case):
    given = oracle.Given(case["given"])
    wanted = given.period([case["given"]["range"]["from"], case["given"]["range"]["to"]])
    rows = [*case["given"]["absences"], *case["given"]["appointments"]]
    tables = [oracle.Given({**case["given"], "openings": []}).timetable(agent) for agent in {r["agent"] for r in rows}]
    found = [
        [given.wall(period.start), given.wall(period.end)]
        for table in tables
        for period in busy_periods(table, *given.days, given.zone)
        if period.overlaps(wanted)
    ]
    assert found == case["expected"]["busy"]


@replay("off_days")
def test_off_days(case):
    first, last = oracle.Given(case["given"]).days
    known = public_holidays(range(first.year, last.year + 1), alsace_moselle=False)
    found = [str(day.first_day) for day in known if first <= day.first_day <= last]
    assert all(day.kind == CalendarKind.PUBLIC_HOLIDAY for day in known)
    if case["id"] in DIFFERENCES:
        found = [day for day in found if day >= "2023"]
    assert found == case["expected"]["off_days"]


@replay("slot_at")
def test_slot_at(case):
    given = oracle.Given(case["given"])
    offered = {given.instant(start) for start in case["given"]["slots"]}
    asked = given.instant(case["given"]["asked"])
    assert asked in offered
    assert given.wall(asked) == case["expected"]["slot"]


@replay("booking_window")
def test_booking_window(case):
    given = oracle.Given(case["given"])
    wanted = given.period([case["given"]["range"]["from"], case["given"]["range"]["to"]])
    motif = case["given"]["motif"]
    notice, horizon = (timedelta(minutes=motif[name]) for name in ("min_delay_min", "max_delay_min"))
    window = bookable(wanted, given.now, notice, horizon)
    assert [given.wall(window.start), given.wall(window.end)] == case["expected"]["window"]


@replay("next_slot")
def test_next_slot(case):
    given = oracle.Given(case["given"])
    first = date.fromisoformat(case["given"]["from"])
    later = (start for start in slots_of(given, first, first + SEARCH_AHEAD) if start >= given.now)
    found = min(later, default=None)
    assert (found and given.wall(found)) == case["expected"]["next"]


@replay("openings_overlap")
def test_openings_overlap(case):
    a, b = oracle.pattern(case["given"]["a"]), oracle.pattern(case["given"]["b"])
    assert (first_common_day(a, b) is not None) == case["expected"]["overlap"]
    assert first_common_day(a, b) == first_common_day(b, a)


@replay("intersect_ranges")
def test_intersect_ranges(case):
    given = oracle.Given(case["given"])
    left, right = ([given.period(pair) for pair in pairs] for pairs in case["given"]["sets"])
    assert intersected(left, right) == [given.period(pair) for pair in case["expected"]["ranges"]]


def test_anchoring_differs_for_residents_on_purpose():
    """RDV Service Public counts from "now", rounded to five minutes, for everyone; Parvis does so for staff only.

    Counted from now, a slot seen at 15 h 03 is gone at 15 h 06 though nobody took it, and leaves odd rests behind.
    """
    case = {"start": datetime(2021, 5, 3, 12, tzinfo=UTC), "end": datetime(2021, 5, 3, 17, tzinfo=UTC)}
    open_ = [Period(**case)]
    now = datetime(2021, 5, 3, 13, 3, tzinfo=UTC)
    hour = timedelta(hours=1)
    window = bookable(open_[0], now)
    at_the_desk, at_home = slots(open_, [], Offer(hour, from_now=True), window), slots(open_, [], Offer(hour), window)
    assert [f"{start:%H:%M}" for start in at_the_desk] == ["13:05", "14:05", "15:05"]
    assert [f"{start:%H:%M}" for start in at_home] == ["14:00", "15:00", "16:00"]
