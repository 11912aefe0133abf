"""The calendar of the territory: filled in from what is official, with the last word for a manager."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from agenda import queries, service
from agenda.models import CalendarDay, CalendarKind
from agenda.rules.holidays_of_france import is_school_holiday, public_holidays, school_holidays
from agenda.rules.recurrence import ImpossiblePattern
from agenda.service import NoSuchRecord, WouldStrand
from foundation.db import db, in_transaction
from tests.agenda.conftest import MONDAY, span

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "calendar"
needs_data = pytest.mark.skipif(not DATA.exists(), reason=f"{DATA} is absent")
YEARS = [2026, 2027]


def rows(name):
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@needs_data
@pytest.mark.parametrize(("subdivision", "alsace_moselle"), [("FR", False), ("57", True)])
def test_public_holidays_agree_with_the_published_table(subdivision, alsace_moselle):
    published = {row["date"] for row in rows("jours_feries_fr_2024_2029.csv") if row["subdivision"] == subdivision}
    known = public_holidays(range(2024, 2030), alsace_moselle=alsace_moselle)
    assert {str(day.first_day) for day in known} == published


@needs_data
@pytest.mark.parametrize("zone", ["A", "B", "C"])
def test_school_holidays_agree_with_the_published_table(zone):
    published = {
        (row["debut"], row["fin"])
        for row in rows("vacances_scolaires_periodes_2019_2028.csv")
        if row["zone"] == zone and row["debut"] >= "2020"
    }
    known = school_holidays(zone, range(2020, 2030))
    assert {(str(day.first_day), str(day.last_day)) for day in known} == published


def test_there_are_three_school_zones():
    with pytest.raises(ValueError, match="A, B and C"):
        school_holidays("D", [2026])


def test_alsace_and_moselle_have_two_days_more():
    ordinary = {day.first_day for day in public_holidays([2026], alsace_moselle=False)}
    local = {day.first_day for day in public_holidays([2026], alsace_moselle=True)}
    assert local - ordinary == {date(2026, 4, 3), date(2026, 12, 26)}


def test_beyond_what_is_published_is_not_known():
    known = [(date(2026, 2, 7), date(2026, 2, 22)), (date(2026, 4, 4), date(2026, 4, 19))]
    assert is_school_holiday(date(2026, 2, 7), known, []) is True
    assert is_school_holiday(date(2026, 3, 1), known, []) is False
    assert is_school_holiday(date(2026, 4, 20), known, []) is None
    assert is_school_holiday(date(2026, 2, 6), known, []) is None
    assert is_school_holiday(date(2026, 4, 20), known, [(date(2026, 7, 4), date(2026, 8, 31))]) is False
    assert is_school_holiday(date(2026, 4, 20), [], []) is None


def seed(zone="B", years=YEARS, *, alsace_moselle=False):
    return in_transaction(lambda: service.seed_calendar(zone, years, alsace_moselle=alsace_moselle))


def named(label, year=2026):
    found = db.session.scalars(
        select(CalendarDay)
        .where(CalendarDay.label == label, CalendarDay.first_day >= date(year, 1, 1))
        .order_by(CalendarDay.first_day)
    ).first()
    db.session.rollback()
    return found


def test_seeding_twice_adds_nothing(people):
    first = seed()
    again = seed()
    assert first.added > 20
    assert (again.added, again.kept, again.dropped) == (0, first.added, 0)


def test_the_seeded_days_close_and_inform(people):
    seed()
    assert [day.label for day in queries.calendar_days(date(2026, 7, 14), date(2026, 7, 14))] == [
        "Vacances d’été",
        "Fête nationale",
    ]
    assert queries.school_holiday(date(2026, 7, 14)) is True
    assert queries.school_holiday(date(2026, 6, 1)) is False
    assert queries.school_holiday(date(2035, 7, 14)) is None


def test_what_a_manager_removed_or_changed_stays_so(people):
    seed()
    easter, summer = named("Lundi de Pâques").id, named("Vacances d’été").id
    in_transaction(lambda: service.remove_calendar_day(easter))
    in_transaction(lambda: service.change_calendar_day(summer, date(2026, 7, 1), date(2026, 8, 31), "Vacances d’été"))
    assert seed().added == 0
    assert named("Lundi de Pâques").removed_at is not None
    assert named("Vacances d’été").first_day == date(2026, 7, 1)


def test_another_zone_or_law_replaces_its_own_rows_only(people):
    seed("B", alsace_moselle=True)
    in_transaction(lambda: service.add_calendar_day(CalendarKind.CLOSURE, date(2026, 5, 15), date(2026, 5, 15), "Pont"))
    moved = seed("C")
    assert moved.dropped > 4
    assert named("Saint-Étienne") is None
    assert named("Pont").kind == CalendarKind.CLOSURE
    zones = {row.seed.split(":")[1] for row in db.session.scalars(select(CalendarDay)) if row.kind == "school_holiday"}
    assert zones == {"C"}


def test_overseas_the_school_calendar_is_not_known(people):
    seed(None)
    assert queries.school_holiday(date(2026, 7, 14)) is None
    assert queries.calendar_days(date(2026, 7, 14), date(2026, 7, 14))[0].label == "Fête nationale"


def test_seeding_other_years_leaves_the_first_ones(people):
    first = seed(years=[2026])
    seed(years=[2027])
    assert seed(years=[2026]).kept == first.added


def test_closing_a_day_with_bookings_asks(people):
    in_transaction(lambda: service.hold([people.ines, people.room], span("09:00", "10:00"), "Rendez-vous", "a:1"))

    def close(**options):
        return in_transaction(
            lambda: service.add_calendar_day(CalendarKind.CLOSURE, MONDAY, MONDAY, "Pont", **options).id
        )

    with pytest.raises(WouldStrand) as refused:
        close()
    assert {hold.reference for hold in refused.value.holds} == {"a:1"}
    day = close(strand=True)
    in_transaction(lambda: service.remove_calendar_day(day))
    assert queries.calendar_days(MONDAY, MONDAY) == []
    assert [row.id for row in queries.calendar_days(MONDAY, MONDAY, removed=True)] == [day]
    with pytest.raises(WouldStrand):
        in_transaction(lambda: service.restore_calendar_day(day))
    in_transaction(lambda: service.restore_calendar_day(day, strand=True))
    assert [row.id for row in queries.calendar_days(MONDAY, MONDAY)] == [day]


def test_school_holidays_close_nothing_and_ask_nothing(people):
    in_transaction(lambda: service.hold([people.ines], span("09:00", "10:00"), "Rendez-vous", "a:1"))
    in_transaction(lambda: service.add_calendar_day(CalendarKind.SCHOOL_HOLIDAY, MONDAY, MONDAY, "Vacances"))


def test_days_go_forward_and_exist(people):
    with pytest.raises(ImpossiblePattern) as refused:
        in_transaction(lambda: service.add_calendar_day(CalendarKind.CLOSURE, MONDAY, date(2026, 11, 1), "À l’envers"))
    assert refused.value.field == "last_day"
    for verb in (service.remove_calendar_day, service.restore_calendar_day):
        with pytest.raises(NoSuchRecord):
            in_transaction(lambda verb=verb: verb(999_999))


def test_removing_twice_keeps_the_first_moment(people, monkeypatch):
    seed()
    day = named("Armistice").id
    in_transaction(lambda: service.remove_calendar_day(day))
    first = named("Armistice").removed_at
    monkeypatch.setattr("foundation.clock.now", lambda: span("10:00", "11:00").start)
    in_transaction(lambda: service.remove_calendar_day(day))
    assert named("Armistice").removed_at == first


def test_public_holidays_are_days_in_force_within_those_asked_for(people):
    kept = {"label": "Fête", "first_day": date(2030, 5, 1), "last_day": date(2030, 5, 3)}
    in_transaction(
        lambda: db.session.add_all(
            [
                CalendarDay(kind=CalendarKind.PUBLIC_HOLIDAY, **kept),
                CalendarDay(kind=CalendarKind.CLOSURE, **kept | {"last_day": date(2030, 5, 9)}),
                CalendarDay(kind=CalendarKind.SCHOOL_HOLIDAY, **kept | {"last_day": date(2030, 5, 9)}),
            ]
        )
    )
    assert queries.public_holidays(date(2030, 5, 2), date(2030, 5, 9)) == {date(2030, 5, 2), date(2030, 5, 3)}
    assert queries.public_holidays(date(2030, 4, 1), date(2030, 4, 30)) == set()
