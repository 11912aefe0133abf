"""On which periods kits are free, what is in them, and what a borrower sees of their week."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from agenda.models import Absence, Recurrence
from equipment.models import Approval, Borrowers, Condition, Handing, Item, Reservation, Supply
from equipment.queries import kits as kit_queries
from equipment.queries.borrowed import next_of
from equipment.queries.choosing import choices, kinds_for, looked_at, most_units
from equipment.queries.contents import contents, contents_of
from equipment.queries.free_times import free_times
from equipment.queries.half_days import Look, kit_weeks
from equipment.rules.asking import When, periods_of
from equipment.rules.lending import Wish
from equipment.rules.school_day import EXACT
from equipment.service import lending
from foundation.db import db, transaction
from foundation.period import Period
from tests.cast import NOW
from tests.counting import statements
from tests.equipment.given import TUESDAY, done, host_of_home, host_of_school, hours, kit, morning, reserved
from tests.workshops.asking import stranger

pytestmark = pytest.mark.usefixtures("stopped_clock")
MONDAY = TUESDAY - timedelta(days=1)
WEEK = timedelta(weeks=1)


def free(kits, periods, **more):
    rows = [kit_queries.lendable(one.id) for one in kits]
    return [free_times(rows, periods, **more)[one.id] for one in kits]


def test_a_period_is_free_when_the_loan_and_its_turnaround_fit(cast):
    blue, red = kit(turnaround_minutes=60), kit("Rouge")
    made = reserved(blue.id, morning(1), cast.ids["mediator"])
    before = hours(TUESDAY + WEEK, time(6), time(8))
    close = hours(TUESDAY + WEEK, time(6), time(8, 1))
    after = hours(TUESDAY + WEEK, time(12, 30), time(14))
    later = hours(TUESDAY + WEEK, time(13), time(14))
    asked = [before, close, morning(1), after, later]
    assert free([blue, red], asked) == [[before, later], asked]
    assert free([blue], asked, ignoring=made.reference) == [asked]


def test_a_long_hold_that_began_before_everything_is_seen(cast):
    blue = kit(longest_loan_days=60)
    first = hours(TUESDAY, time(8), time(9)).start
    reserved(blue.id, Period(first, first + 30 * timedelta(days=1)), cast.ids["mediator"])
    assert free([blue], [morning(2), morning(3), morning(5)]) == [[morning(5)]]


def test_a_kit_that_is_away_is_not_free(cast):
    blue = kit()
    with transaction():
        day = TUESDAY + WEEK
        db.session.add(
            Absence(
                resource_id=blue.resource_id, label="Prêt à un salon", recurrence=Recurrence.ONCE, first_day=day,
                last_day=day, starts=time(0), ends=time(0),
            )
        )  # fmt: skip
    assert free([blue], [morning(), morning(1)]) == [[morning()]]


def test_nothing_asked_is_nothing_free():
    assert free_times([], [morning()]) == {}


def test_however_many_kits_dates_and_loans_it_is_two_statements(cast):
    kits = [kit(f"Mallette {n}") for n in range(3)]
    for n in range(4):
        reserved(kits[0].id, morning(n), cast.ids["mediator"])
    rows = kit_queries.lendables()
    with statements() as few:
        free_times(rows[:1], [morning()])
    with statements() as many:
        free_times(rows, [morning(n) for n in range(8)])
    assert len(few) == len(many) == 2


def choose(cast, when=None, *, units=0, kind="", account=None):
    host = account or cast.host
    wanted = when or When(TUESDAY, EXACT, time(9), time(12))
    periods = periods_of(looked_at(wanted, at_school=host.school_id is not None), NOW)
    return choices(host, wanted, periods, units=units, kind=kind, now=NOW)


def test_free_kits_first_then_the_taken_ones_with_the_nearest_other_times(cast):
    blue, red = kit(), kit("Rouge")
    host_of_school(cast)
    reserved(blue.id, morning(), cast.ids["mediator"])
    first, second = choose(cast)
    assert (first.kit.id, first.whole, first.other_times) == (red.id, True, [])
    assert (second.kit.id, second.whole, second.free) == (blue.id, False, [])
    assert second.taken == [morning()]
    assert second.other_times == sorted(second.other_times)
    assert len(second.other_times) == 3
    assert {one.length for one in second.other_times} == {timedelta(hours=3)}


def test_a_kit_with_a_few_devices_less_is_offered_after_those_that_are_enough(cast):
    blue, red, tiny = kit(units=12, broken=1), kit("Rouge", units=12), kit("Petite", units=5)
    broken = kit("Cassée", units=12, broken=4, minimum_units=10)
    host_of_school(cast)
    found = choose(cast, units=12)
    assert [(one.kit.id, one.missing, one.whole, one.possible) for one in found] == [
        (red.id, 0, True, True), (blue.id, 1, False, True),
    ]  # fmt: skip
    assert {tiny.id, broken.id}.isdisjoint(one.kit.id for one in found)
    assert most_units(cast.host, "") == 12


def test_one_that_was_refused_to_them_for_this_very_time_says_why_and_comes_after_the_others(cast):
    green = kit("Alpha", approval=Approval.MANAGER)
    red = kit("Rouge")
    host = host_of_school(cast)
    for weeks, words in ((0, "Elle est au CM2."), (1, "Elle est au CE1.")):
        one = reserved(green.id, morning(weeks), host.id)
        done(lending.refuse, one.id, words, by=cast.ids["manager"])
    assert [(one.kit.id, one.declined) for one in choose(cast)] == [(red.id, ""), (green.id, "Elle est au CM2.")]
    assert {one.declined for one in choose(cast, account=cast.manager)} == {""}


def test_why_a_free_kit_is_not_lent_so_is_said_with_times_that_would_do(cast):
    slow = kit(lead_hours=24 * 8)
    short = kit("Courte", longest_loan_days=1)
    host_of_school(cast)
    by_id = {one.kit.id: one for one in choose(cast)}
    assert "192" in by_id[slow.id].refused
    assert all(one.start >= NOW + timedelta(days=8) for one in by_id[slow.id].other_times)
    assert by_id[slow.id].other_times
    assert by_id[short.id].whole
    days = When(TUESDAY, EXACT, time(9), time(12), last_day=TUESDAY + timedelta(days=2))
    assert choose(cast, days)[-1].refused


def test_dates_of_a_series_are_told_one_by_one(cast):
    blue, host = kit(), host_of_school(cast)
    reserved(blue.id, hours(TUESDAY + WEEK, time(10), time(11)), cast.ids["mediator"])
    (row,) = choose(cast, When(TUESDAY, "matin", every=1, until=TUESDAY + 2 * WEEK), account=host)
    assert [one.start.day for one in row.taken] == [24]
    assert len(row.free) == 2
    assert row.other_times == []


def test_only_kits_for_such_a_borrower_and_of_the_kind_are_offered(cast):
    for_schools, for_homes = kit(borrowers=Borrowers.SCHOOLS), kit("Maisons", borrowers=Borrowers.CARE_HOMES)
    robots = kit("Robots", kind="Robots", borrowers=Borrowers.HOSTS)
    kit("Équipe", borrowers=Borrowers.STAFF)
    kit("Partie", retired_at=NOW)
    teacher = host_of_school(cast)
    assert {one.kit.id for one in choose(cast)} == {for_schools.id, robots.id}
    assert [one.kit.id for one in choose(cast, kind=" robots ")] == [robots.id]
    assert kinds_for(teacher) == ["Robots", "Tablettes"]
    home = host_of_home(cast)
    assert {one.kit.id for one in choose(cast, account=home)} == {for_homes.id, robots.id}


def test_choosing_asks_the_database_as_often_for_ten_kits_as_for_one(cast):
    host_of_school(cast)
    kit()
    with statements() as one:
        choose(cast)
    for n in range(9):
        reserved(kit(f"Mallette {n}").id, morning(), cast.ids["mediator"])
    with statements() as ten:
        choose(cast)
    assert len(one) == len(ten)


def test_what_a_kit_holds_by_kind_what_pupils_hold_first(cast):
    blue, red = kit(units=12, broken=1), kit("Rouge", units=2)
    with transaction():
        db.session.add(Supply(kit_id=blue.id, label="câbles", count=12))
        db.session.add(Supply(kit_id=blue.id, label="piles", count=0))
        router = Item(kit_id=blue.id, code="R-1", kind="aaa routeur")
        gone = Item(
            kit_id=blue.id, code="R-2", kind="tablette", condition=Condition.RETIRED, retired_on=date(2026, 1, 1),
            destination="lost",
        )  # fmt: skip
        db.session.add_all([router, gone])
    found = contents([blue.id, red.id])
    assert [(one.kind, one.units, one.working) for one in found[blue.id].counts] == [
        ("tablette", 12, 11), ("aaa routeur", 1, 1),
    ]  # fmt: skip
    assert [(one.label, one.count) for one in found[blue.id].supplies] == [("câbles", 12)]
    assert contents_of(red.id).counts[0].units == 2
    with statements() as sent:
        contents([blue.id, red.id])
    assert len(sent) == 3


def looks(host, monday=MONDAY, now=NOW):
    return {
        row.kit.name: [[half.look for half in halves] for _day, halves in row.days]
        for row in kit_weeks(host, monday, now)
    }


F, T, C, M = Look.FREE, Look.TAKEN, Look.CLOSED, Look.MINE


def test_a_week_half_day_by_half_day(cast):
    blue = kit("Bleue", turnaround_minutes=120)
    kit("Rouge", units=3, broken=2, minimum_units=2)
    host = host_of_school(cast)
    reserved(blue.id, morning(), cast.ids["mediator"])
    reserved(blue.id, hours(TUESDAY + timedelta(days=2), time(15), time(16)), host.id, Wish(group_label="CM1"))
    seen = looks(host)
    assert seen["Bleue"] == [[F, F], [T, T], [F, C], [F, M], [F, F]]
    assert seen["Rouge"][1] == [Look.STAYS, Look.STAYS]
    (row, _other) = kit_weeks(host, MONDAY, NOW)
    mine = row.days[3][1][1]
    assert mine.group_label == "CM1"
    assert db.session.get(Reservation, mine.reservation_id).kit_id == blue.id


def test_what_another_school_reserved_is_taken_and_nothing_more(cast):
    blue = kit()
    host = host_of_school(cast)
    other = stranger()
    reserved(blue.id, morning(), other.id, Wish(group_label="CP"))
    half = kit_weeks(host, MONDAY, NOW)[0].days[1][1][0]
    assert (half.look, half.reservation_id, half.group_label) == (T, None, "")


def test_too_late_is_before_the_notice_that_the_kit_needs(cast):
    kit("Bleue", lead_hours=48)
    host = host_of_school(cast)
    today = NOW.date()
    week = looks(host, today - timedelta(days=today.weekday()))["Bleue"]
    assert week[:2] == [[Look.OVER, Look.OVER]] * 2
    assert week[2:] == [[Look.OVER, Look.OVER], [F, F], [F, F]]


def test_a_care_home_sees_wednesday_afternoons(cast):
    kit("Bleue")
    assert looks(host_of_home(cast))["Bleue"][2] == [F, F]


def asked_for_a_week(host):
    """What a second look sends: the account has been read."""
    kit_weeks(host, MONDAY, NOW)
    with statements() as sent:
        kit_weeks(host, MONDAY, NOW)
    return len(sent)


def test_the_week_asks_as_often_for_ten_kits_as_for_one(cast):
    host = host_of_school(cast)
    reserved(kit().id, morning(), host.id)
    one = asked_for_a_week(host)
    for n in range(9):
        reserved(kit(f"Mallette {n}").id, morning(), host.id)
    assert asked_for_a_week(host) == one == 3


def test_what_is_next_for_a_place_and_nothing_for_others(cast):
    host = host_of_school(cast)
    assert next_of(host, NOW) is None
    made = reserved(kit().id, morning(), host.id, Wish(outward=Handing.DELIVERED))
    reserved(kit("Rouge", approval=Approval.MANAGER).id, hours(MONDAY), host.id)
    found = next_of(host, NOW)
    assert (found.reservation.id, found.at, found.back) == (made.id, morning().start, False)
    assert isinstance(found.at, datetime)
    assert next_of(stranger(), NOW) is None
