"""What a day and a week hold: lines in order, gaps that are long enough, what is over and what is now."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from agenda import service as agenda
from agenda.models import CalendarKind
from agenda.rules.recurrence import Pattern
from foundation.db import in_transaction, transaction
from foundation.period import Period
from mediation.models import Attendance
from mediation.queries.day import LineKind, day_of, week_of
from mediation.service import records
from tests.counting import statements
from tests.mediation.days import TEN, at, draft, minutes, planned

TUESDAY = date(2026, 3, 10)
EIGHT = TEN - timedelta(hours=1)
SEVENTEEN = TEN + timedelta(hours=7)
"""The mediator receives from nine to five on the wall clock: from eight to sixteen UTC."""


@pytest.fixture(autouse=True)
def _ten_o_clock(cast):
    with at(TEN):
        yield


def shown(cast, day=TUESDAY, now=TEN):
    return day_of(cast.mediator, day, now)


def spans(day, kind):
    return [(line.period.start, line.period.end) for line in day.lines if line.kind is kind]


def test_an_empty_day_is_free_from_now_to_the_end_of_the_presence(cast):
    day = shown(cast)
    assert spans(day, LineKind.FREE) == [(TEN, SEVENTEEN)]
    assert [line.lit for line in day.lines] == [True]


def test_before_the_doors_open_all_of_it_is_free_and_nothing_is_now(cast):
    day = shown(cast, now=EIGHT - minutes(30))
    assert spans(day, LineKind.FREE) == [(EIGHT, SEVENTEEN)]
    assert not any(line.lit for line in day.lines)


def test_tomorrow_is_free_from_its_beginning(cast):
    day = shown(cast, TUESDAY + timedelta(days=1))
    assert spans(day, LineKind.FREE) == [(EIGHT + timedelta(days=1), SEVENTEEN + timedelta(days=1))]


def test_yesterday_has_no_gaps_and_tells_no_to_do(cast):
    planned(cast, TEN - timedelta(days=1))
    day = shown(cast, TUESDAY - timedelta(days=1))
    assert [line.kind for line in day.lines] == [LineKind.APPOINTMENT]
    assert (day.late, day.unwritten, day.next_free) == ([], 0, None)


def test_appointments_cut_the_free_time(cast):
    planned(cast, TEN + minutes(60), length=45)
    assert spans(shown(cast), LineKind.FREE) == [(TEN, TEN + minutes(60)), (TEN + minutes(105), SEVENTEEN)]


@pytest.mark.parametrize(("length", "gaps"), [(9, 1), (10, 2)])
def test_a_gap_too_short_for_anything_is_not_drawn(cast, length, gaps):
    planned(cast, TEN + minutes(length))
    assert len(spans(shown(cast), LineKind.FREE)) == gaps


def test_an_excuse_gives_its_time_back_and_stays_on_the_page(cast):
    planned(cast, TEN + minutes(60), attendance=Attendance.EXCUSED)
    day = shown(cast)
    assert spans(day, LineKind.FREE) == [(TEN, SEVENTEEN)]
    assert [line.past for line in day.lines if line.appointment] == [True]


def test_lines_come_by_their_start(cast):
    planned(cast, TEN + minutes(120), code="SECOND")
    planned(cast, TEN - minutes(60), code="FIRST1")
    starts = [line.period.start for line in shown(cast).lines]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("start", "past", "lit"),
    [(-60, True, False), (-45, True, False), (-44, False, True), (0, False, True), (1, False, False)],
)
def test_what_is_over_and_what_is_now(cast, start, past, lit):
    planned(cast, TEN + minutes(start), length=45)
    (line,) = [line for line in shown(cast).lines if line.appointment]
    assert (line.past, line.lit) == (past, lit)


def test_a_line_knows_its_record_and_then_offers_nothing(cast):
    id_ = planned(cast, TEN - minutes(60))
    record = in_transaction(lambda: records.write(draft(cast, appointment_id=id_), now=TEN, actor=cast.mediator))
    (line,) = [line for line in shown(cast).lines if line.appointment]
    assert (line.record_id, line.acts) == (record.id, ())


def test_late_ones_are_the_unmarked_of_two_months_the_oldest_first(cast):
    old = planned(cast, TEN - timedelta(days=20))
    new = planned(cast, TEN - timedelta(days=2))
    planned(cast, TEN - timedelta(days=61))
    planned(cast, TEN - timedelta(days=5), attendance=Attendance.NOSHOW)
    planned(cast, TEN - minutes(60), code="TODAY1")
    assert [line.appointment.id for line in shown(cast).late] == [old, new]


def test_records_to_write_are_counted(cast):
    planned(cast, TEN - timedelta(days=2), attendance=Attendance.SEEN)
    planned(cast, TEN - timedelta(days=3), attendance=Attendance.SEEN)
    planned(cast, TEN - timedelta(days=400), attendance=Attendance.SEEN)
    assert shown(cast).unwritten == 2


def test_the_next_free_time_may_be_on_another_day(cast):
    with transaction():
        agenda.hold([cast.mediator.resource_id], Period(TEN, SEVENTEEN), "Réunion", "meeting:1")
    assert shown(cast).next_free.start == EIGHT + timedelta(days=1)


def test_what_else_takes_the_time_is_a_line(cast):
    with transaction():
        agenda.hold([cast.mediator.resource_id], Period(TEN, TEN + minutes(60)), "Atelier photo", "session:1")
    (line,) = [line for line in shown(cast).lines if line.kind is LineKind.TAKEN]
    assert (line.label, line.lit) == ("Atelier photo", True)


def test_an_absence_is_a_line_and_no_free_time(cast):
    with transaction():
        agenda.add_absence(
            cast.mediator.resource_id, Pattern.once(TUESDAY, time(12), time(14)), "Formation", actor_id=None
        )
    day = shown(cast)
    assert [line.label for line in day.lines if line.kind is LineKind.TAKEN] == ["Formation"]
    assert spans(day, LineKind.FREE) == [(TEN, TEN + minutes(120)), (TEN + minutes(240), SEVENTEEN)]


def test_a_closed_day_says_why_and_has_no_free_time(cast):
    with transaction():
        agenda.add_calendar_day(CalendarKind.CLOSURE, TUESDAY, TUESDAY, "Inventaire")
        agenda.add_calendar_day(CalendarKind.SCHOOL_HOLIDAY, TUESDAY, TUESDAY, "Vacances")
    day = shown(cast)
    assert day.closed == ["Inventaire"]
    assert spans(day, LineKind.FREE) == []


def test_only_ones_own_appointments_are_shown(cast):
    planned(cast, TEN + minutes(300), mediator_id=cast.ids["other_mediator"], structure_id=cast.ids["association"])
    assert [line for line in shown(cast).lines if line.appointment] == []
    assert len([line for line in day_of(cast.other_mediator, TUESDAY, TEN).lines if line.appointment]) == 1


def test_an_account_without_calendar_has_a_day_without_time(cast):
    day = day_of(cast.manager, TUESDAY, TEN)
    assert (day.lines, day.next_free, day.stays) == ([], None, [])


def test_who_is_still_expected_is_counted(cast):
    planned(cast, TEN - minutes(60), code="OVER01")
    planned(cast, TEN, code="NOW001")
    planned(cast, TEN + minutes(60), code="LATER1")
    planned(cast, TEN + minutes(120), code="NOTANY", attendance=Attendance.EXCUSED)
    assert shown(cast).to_come == 2


def test_a_week_has_seven_days_each_with_its_own(cast):
    planned(cast, TEN)
    planned(cast, TEN + timedelta(days=2))
    columns = week_of(cast.mediator, date(2026, 3, 9), TEN)
    assert [column.day.day for column in columns] == [9, 10, 11, 12, 13, 14, 15]
    assert [len(column.appointments) for column in columns] == [0, 1, 0, 1, 0, 0, 0]
    assert [len(column.stays) for column in columns] == [1, 1, 1, 1, 1, 0, 0]


def test_a_day_of_the_week_tells_appointments_and_taken_time_in_one_order(cast):
    planned(cast, TEN + minutes(30))
    with transaction():
        agenda.hold([cast.mediator.resource_id], Period(TEN - minutes(60), TEN), "Atelier photo", "session:1")
    columns = week_of(cast.mediator, date(2026, 3, 9), TEN)
    (column,) = [one for one in columns if one.in_order]
    assert [(start, line is not None) for start, _one, line in column.in_order] == [
        (TEN - minutes(60), True), (TEN + minutes(30), False),
    ]  # fmt: skip


def test_a_week_counts_what_is_free_from_now_on(cast):
    planned(cast, TEN + timedelta(days=1), length=60)
    free = [column.free for column in week_of(cast.mediator, date(2026, 3, 9), TEN)]
    hours = [timedelta(hours=count) for count in (0, 7, 7, 8, 8, 0, 0)]
    assert free == hours


def test_a_week_that_is_over_has_no_free_time(cast):
    columns = week_of(cast.mediator, date(2026, 3, 2), TEN)
    assert {column.free for column in columns} == {timedelta()}


def test_the_week_of_the_spring_change_keeps_wall_times(cast):
    columns = week_of(cast.mediator, date(2026, 3, 23), TEN)
    starts = [column.stays[0].period.start.hour for column in columns if column.stays]
    assert starts == [8, 8, 8, 8, 8]
    following = week_of(cast.mediator, date(2026, 3, 30), TEN)
    assert [column.stays[0].period.start.hour for column in following if column.stays] == [7, 7, 7, 7, 7]


def test_a_week_asks_as_many_questions_whatever_it_holds(cast):
    def asked():
        mediator = cast.mediator
        with statements() as sent:
            week_of(mediator, date(2026, 3, 9), TEN)
        return len(sent)

    planned(cast, TEN)
    few = asked()
    for index in range(8):
        planned(cast, TEN + timedelta(days=1, minutes=20 * index), length=15, code=f"MORE{index}")
    assert asked() == few
