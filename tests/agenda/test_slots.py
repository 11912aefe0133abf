"""Searching for slots in the database: the same as searching through loaded timetables."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from agenda import queries, service
from agenda.models import Absence, CalendarDay, CalendarKind, Hold, Opening, Resource
from agenda.queries import free_slots
from agenda.rules.free import Timetable, busy_periods, open_periods
from agenda.rules.recurrence import Pattern
from agenda.rules.slots import Offer, slots
from foundation.db import db, in_transaction, transaction
from foundation.period import Period, whole_day
from tests.agenda import given as draw
from tests.agenda.conftest import MONDAY, PARIS, at, free_time, hours, span
from tests.counting import statements

HOUR = timedelta(hours=1)
ORDINARY = Offer(HOUR)
WEEK = Period(at(f"{MONDAY} 00:00"), at("2026-11-30 00:00"))


@pytest.fixture
def openings(people):
    """Inès receives on Monday from 9 to 12, Marc all week from 10 to 12."""
    with transaction():
        ines = service.add_opening(people.ines, hours("09:00", "12:00"))
        marc = service.add_opening(people.marc, Pattern.weekly([0, 1, 2, 3, 4], time(10), time(12), date(2026, 9, 1)))
        people.opening_ines, people.opening_marc = ines.id, marc.id
    return people


def found(openings, offer=ORDINARY, window=WEEK, **options):
    rows = free_slots(openings, offer, window, **options)
    db.session.rollback()
    return [(f"{row.start.astimezone(PARIS):%a %H:%M}", row.opening_ids) for row in rows]


def test_every_opening_that_offers_a_start_is_named(openings):
    both = {openings.opening_ines: (), openings.opening_marc: ()}
    assert found(both)[:4] == [
        ("Mon 09:00", (openings.opening_ines,)),
        ("Mon 10:00", (openings.opening_ines, openings.opening_marc)),
        ("Mon 11:00", (openings.opening_ines, openings.opening_marc)),
        ("Tue 10:00", (openings.opening_marc,)),
    ]
    assert len(found(both)) == 11


def test_a_room_that_is_taken_takes_the_slot_with_it(openings):
    in_transaction(lambda: service.hold([openings.room], span("09:30", "10:30"), "Atelier", "session:1"))
    with_room = {openings.opening_ines: (openings.room,)}
    assert [start for start, _ in found(with_room)] == ["Mon 10:30"]
    assert [start for start, _ in found({openings.opening_ines: ()})] == ["Mon 09:00", "Mon 10:00", "Mon 11:00"]


def test_what_a_moving_act_holds_counts_as_free_for_it(openings):
    in_transaction(lambda: service.hold([openings.ines], span("09:00", "10:00"), "Rendez-vous", "appointment:1"))
    only = {openings.opening_ines: ()}
    assert len(found(only)) == 2
    assert len(found(only, ignoring="appointment:1")) == 3


def test_a_hold_that_began_the_day_before_is_seen(openings):
    night = Period(at("2026-11-22 20:00"), at(f"{MONDAY} 10:00"))
    in_transaction(lambda: service.hold([openings.ines], night, "Nuit", "x:1"))
    assert [start for start, _ in found({openings.opening_ines: ()})] == ["Mon 10:00", "Mon 11:00"]


def test_a_gap_of_exactly_the_right_length_is_offered(openings):
    with transaction():
        service.hold([openings.ines], span("09:00", "09:30"), "Rendez-vous", "appointment:1")
        service.hold([openings.ines], span("10:30", "11:05"), "Rendez-vous", "appointment:2")
    assert [start for start, _ in found({openings.opening_ines: ()})] == ["Mon 09:30"]
    longer = Offer(HOUR + timedelta(minutes=5))
    assert found({openings.opening_ines: ()}, longer) == []


def test_the_window_holds_its_start_and_not_its_end(openings):
    only = {openings.opening_ines: ()}
    assert [start for start, _ in found(only, window=span("09:00", "10:00"))] == ["Mon 09:00"]
    assert [start for start, _ in found(only, window=span("09:01", "10:01"))] == ["Mon 10:00"]
    instant = Period(span("10:00", "11:00").start, span("10:00", "11:00").start + timedelta.resolution)
    assert [start for start, _ in found(only, window=instant)] == ["Mon 10:00"]


def test_a_buffer_that_reaches_into_the_day_before_meets_its_holds(openings):
    """An opening from midnight on, and one until midnight: what is held on the other side of it counts."""
    buffered = Offer(HOUR, before=timedelta(minutes=15), after=timedelta(minutes=15))
    with transaction():
        early = service.add_opening(openings.room, hours("00:00", "01:00")).id
        late = service.add_opening(openings.marc, hours("23:00", "00:00")).id
    both = {early: (), late: ()}
    assert [start for start, _ in found(both, buffered)] == ["Mon 00:00", "Mon 23:00"]
    before = Period(at("2026-11-22 23:30"), at("2026-11-22 23:50"))
    after = Period(at("2026-11-24 00:10"), at("2026-11-24 00:30"))
    in_transaction(lambda: service.hold([openings.room], before, "Nuit", "x:1"))
    assert [start for start, _ in found(both, buffered)] == ["Mon 23:00"]
    in_transaction(lambda: service.hold([openings.marc], after, "Nuit", "x:2"))
    assert found(both, buffered) == []


def test_from_now_starts_as_soon_as_the_clock_allows(openings):
    standing = Offer(HOUR, from_now=True)
    window = Period(at(f"{MONDAY} 09:02"), at(f"{MONDAY} 12:00"))
    assert [start for start, _ in found({openings.opening_ines: ()}, standing, window)] == ["Mon 09:05", "Mon 10:05"]
    assert [start for start, _ in found({openings.opening_ines: ()}, ORDINARY, window)] == ["Mon 10:00", "Mon 11:00"]


def test_absences_and_closures_are_left_out(openings):
    with transaction():
        service.add_absence(openings.ines, hours("11:00", "12:00"), "Formation")
        service.add_absence(None, Pattern.once(date(2026, 11, 24)), "Panne générale")
        service.add_calendar_day(CalendarKind.CLOSURE, date(2026, 11, 25), date(2026, 11, 26), "Pont")
        service.add_calendar_day(CalendarKind.SCHOOL_HOLIDAY, date(2026, 11, 27), date(2026, 11, 27), "Vacances")
    both = {openings.opening_ines: (), openings.opening_marc: ()}
    starts = {start for start, _ in found(both)}
    assert starts == {"Mon 09:00", "Mon 10:00", "Mon 11:00", "Fri 10:00", "Fri 11:00"}
    assert ("Mon 11:00", (openings.opening_marc,)) in found(both)


def test_a_resource_that_rests_offers_nothing(openings):
    in_transaction(lambda: service.change_resource(openings.ines, active=False))
    assert found({openings.opening_ines: ()}) == []


def test_nothing_asked_nothing_found(openings):
    assert found({}) == []
    assert found({999_999: ()}) == []


def test_the_number_of_queries_does_not_grow_with_what_is_there(openings):
    with statements() as few:
        found({openings.opening_ines: ()})
    with transaction():
        more = [service.add_opening(openings.marc, hours("14:00", "18:00")).id for _ in range(20)]
        for n in range(20):
            start = WEEK.start + n * HOUR
            service.hold([openings.ines], Period(start, start + HOUR), "Rendez-vous", f"appointment:{n}")
    with statements() as many:
        found(dict.fromkeys([openings.opening_ines, openings.opening_marc, *more], (openings.room,)))
    assert len(many) == len(few) <= 8


def empty():
    for model in (Hold, Opening, Absence, CalendarDay):
        db.session.execute(delete(model))


def store(table: Timetable, people):
    """The drawn timetable as rows: openings and absences of Inès, some absences of everyone, holds of both kinds."""
    empty()
    ids = [service.add_opening(people.ines, pattern).id for pattern in table.openings]
    for n, away in enumerate(table.absences):
        service.add_absence(None if n % 2 else people.ines, away.pattern, strand=True)
    for closed in table.closures:
        service.add_calendar_day(CalendarKind.CLOSURE, closed.first_day, closed.last_day, "Fermé", strand=True)
    for n, taken in enumerate(table.holds):
        service.hold([people.room if n % 3 == 0 else people.ines], taken.period, "Rendez-vous", f"x:{n}")
    return ids


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), draw.timetables(), draw.offers())
def test_the_database_search_equals_the_plain_rule(people, data, drawn, offer):
    table, first, last = drawn
    window = data.draw(draw.windows(first, last))
    ids = in_transaction(lambda: store(table, people))
    rows = free_slots(dict.fromkeys(ids, (people.room,)), offer, window)
    db.session.rollback()
    busy = busy_periods(table, first - timedelta(days=1), last + timedelta(days=1), PARIS)
    expected = {
        (start, id_)
        for id_, opening in zip(ids, table.openings, strict=True)
        for start in slots(
            open_periods(Timetable([opening], closures=table.closures), first, last, PARIS), busy, offer, window
        )
    }
    assert {(row.start, id_) for row in rows for id_ in row.opening_ids} == expected


def test_free_time_of_several(openings):
    in_transaction(lambda: service.hold([openings.ines], span("10:00", "11:00"), "Rendez-vous", "appointment:1"))
    assert free_time(openings.ines) == [span("09:00", "10:00"), span("11:00", "12:00")]
    assert free_time(openings.marc) == [span("10:00", "12:00")]


def test_a_timetable_says_everything_of_a_day(openings):
    with transaction():
        service.add_absence(openings.ines, hours("11:00", "12:00"), "Formation")
        service.hold([openings.ines], span("09:00", "10:00"), "Rendez-vous", "appointment:1")
    table = queries.timetables([openings.ines], MONDAY, MONDAY)[openings.ines]
    assert [opening.starts for opening in table.openings] == [time(9)]
    assert [(away.label, away.pattern.starts) for away in table.absences] == [("Formation", time(11))]
    assert [(taken.label, taken.period) for taken in table.holds] == [("Rendez-vous", span("09:00", "10:00"))]
    assert db.session.get(Resource, openings.ines).label == "Inès"
    assert whole_day(MONDAY, PARIS).contains(table.holds[0].period)
