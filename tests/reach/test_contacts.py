"""Contacts of a small town: who is counted, once, where, and what stays as it was."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from activity.models import ActivityKind, ActivityParticipant, ActivityRecord, Channel, Theme
from activity.rules.records import Draft
from activity.service import records
from foundation.db import db, in_transaction, transaction
from people import service as people
from people.models import Gender, Person, Residence
from reach.queries.contacts import counted
from reach.queries.population import inhabited
from reach.rules import periods
from reach.rules.dimensions import NONE, OUTSIDE, UNKNOWN, Dimension
from reach.rules.figures import Figures
from reach.rules.filters import Filters, Priority, Side
from reach.rules.periods import Span
from reach.rules.scope import TERRITORY, Scope
from tests.counting import statements

NOON = datetime(2026, 3, 3, 11, tzinfo=UTC)
MARCH = Filters(span=periods.month(2026, 3))


@pytest.fixture
def write(cast):
    def write(*person_ids, at=NOON, by="mediator", heads=0, women=0, minutes=30, **more):
        group = len(person_ids) + heads > 1
        told = {"venue_id": cast.ids["library"]} | more
        draft = Draft(
            kind=ActivityKind.GROUP if group else ActivityKind.INDIVIDUAL, started_at=at, duration_minutes=minutes,
            themes=frozenset({Theme.EMAIL}), person_ids=person_ids, anonymous_count=heads, anonymous_feminine=women,
            **told,
        )  # fmt: skip

        def act():
            actor = getattr(cast, by)
            return records.write(draft, now=at + timedelta(hours=1), actor=actor, structure_id=actor.structure_id).id

        return in_transaction(act)

    return write


@pytest.fixture
def resident(cast):
    return cast.ids["resident"]


@pytest.fixture
def neighbour(cast):
    return cast.ids["neighbour"]


def lives(person_id, residence, neighbourhood_id=None):
    with transaction():
        db.session.execute(
            update(Person).where(Person.id == person_id).values(residence=residence, neighbourhood_id=neighbourhood_id)
        )


def test_nothing_is_counted_of_nothing(cast):
    cube = counted(MARCH, TERRITORY, list(Dimension))
    assert cube.total == Figures()
    assert all(lines == {} for lines in cube.by.values())


def test_somebody_who_comes_three_times_is_one_person_and_three_contacts(cast, write, resident):
    for day in range(3):
        write(resident, at=NOON + timedelta(days=day), by=("mediator", "other_mediator")[day % 2])
    assert counted(MARCH, TERRITORY).total == Figures(1, 1, 3, 0, 90, 3)


def test_heads_are_contacts_and_never_people(cast, write):
    write(heads=9, women=5)
    cube = counted(MARCH, TERRITORY, [Dimension.GENDER, Dimension.AGE_BAND, Dimension.NEIGHBOURHOOD])
    assert (cube.total.people, cube.total.contacts, cube.total.anonymous) == (0, 9, 9)
    assert {value: line.anonymous for value, line in cube.by[Dimension.GENDER].items()} == {
        "feminine": 5, "not_communicated": 4,
    }  # fmt: skip
    assert cube.by[Dimension.AGE_BAND].keys() == {"not_communicated"}
    assert cube.untold(Dimension.NEIGHBOURHOOD).contacts == 9


def test_a_group_lasts_once_however_many_take_part(cast, write, resident, neighbour):
    write(resident, neighbour, heads=4, minutes=120)
    cube = counted(MARCH, TERRITORY, [Dimension.GENDER])
    assert (cube.total.minutes, cube.total.records, cube.total.contacts) == (120, 1, 6)
    assert all(line.minutes == 120 for line in cube.by[Dimension.GENDER].values())


def test_who_came_before_the_period_is_not_new(cast, write, resident, neighbour):
    write(resident, at=NOON - timedelta(days=30))
    write(resident)
    write(neighbour)
    total = counted(MARCH, TERRITORY).total
    assert (total.people, total.first_timers, total.returning) == (2, 1, 1)


def test_who_is_new_to_one_structure_only_is_not_new(cast, write, resident):
    write(resident, at=NOON - timedelta(days=30), by="other_mediator")
    write(resident)
    assert counted(MARCH, Scope(structure_id=cast.ids["town"])).total.first_timers == 0


def test_in_lines_of_months_one_is_new_in_the_month_of_the_first_contact_alone(write, resident, neighbour):
    for who, month in ((resident, 1), (resident, 2), (resident, 2), (neighbour, 2), (neighbour, 3)):
        write(who, at=NOON.replace(month=month))
    for span in (periods.year(2026), Span(date(2026, 1, 2), date(2026, 2, 20))):
        found = counted(Filters(span=span), TERRITORY, [Dimension.MONTH])
        lines = found.by[Dimension.MONTH]
        assert sum(line.first_timers for line in lines.values()) == found.total.first_timers == 2
    found = counted(Filters(span=periods.year(2026)), TERRITORY, [Dimension.MONTH])
    told = {
        month: (line.people, line.first_timers, line.returning) for month, line in found.by[Dimension.MONTH].items()
    }
    assert told == {"2026-01": (1, 1, 0), "2026-02": (2, 1, 1), "2026-03": (1, 0, 1)}
    for number, (month, line) in enumerate(told.items(), 1):
        total = counted(Filters(span=periods.month(2026, number)), TERRITORY).total
        assert (total.people, total.first_timers, total.returning) == line, month


def test_a_contact_recorded_late_makes_its_month_the_first_one(cast, write, resident):
    write(resident)
    assert counted(MARCH, TERRITORY).total.first_timers == 1
    write(resident, at=NOON - timedelta(days=30))
    assert counted(MARCH, TERRITORY).total.first_timers == 0
    assert counted(MARCH.before, TERRITORY).total.first_timers == 1


def test_the_mark_on_a_participation_says_something_else(cast, write, resident, neighbour):
    """It is what was known when it was written: merges and late records leave it as it was."""
    write(resident, at=NOON - timedelta(days=30))
    write(neighbour)
    in_transaction(lambda: people.merge(resident, neighbour, None))
    marks = db.session.scalars(select(ActivityParticipant.first_time)).all()
    assert marks == [True, True]
    assert counted(MARCH, TERRITORY).total.first_timers == 0


def test_two_merged_into_one_are_one_person_with_one_contact_in_their_common_group(cast, write, resident, neighbour):
    write(resident, neighbour, heads=1)
    merge = in_transaction(lambda: people.merge(resident, neighbour, None))
    assert counted(MARCH, TERRITORY).total == Figures(1, 1, 1, 1, 30, 1)
    in_transaction(lambda: people.undo_merge(merge.id, None))
    assert counted(MARCH, TERRITORY).total == Figures(2, 2, 2, 1, 30, 1)


def test_somebody_forgotten_stays_counted(cast, write, resident):
    write(resident)
    before = counted(MARCH, TERRITORY, list(Dimension))
    in_transaction(lambda: people.erase(resident, None))
    assert counted(MARCH, TERRITORY, list(Dimension)) == before


def test_moving_house_changes_nothing_that_happened(cast, write, resident):
    lives(resident, Residence.INSIDE, cast.ids["harbour"])
    write(resident)
    before = counted(MARCH, TERRITORY, list(Dimension))
    lives(resident, Residence.INSIDE, cast.ids["mills"])
    assert counted(MARCH, TERRITORY, list(Dimension)) == before


def test_who_moved_within_the_period_is_in_two_lines_and_once_in_the_total(cast, write, resident):
    for place in ("harbour", "mills"):
        lives(resident, Residence.INSIDE, cast.ids[place])
        write(resident)
    cube = counted(MARCH, TERRITORY, [Dimension.NEIGHBOURHOOD, Dimension.PRIORITY])
    assert cube.total.people == 1
    assert {value: line.people for value, line in cube.by[Dimension.NEIGHBOURHOOD].items()} == {
        cast.ids["harbour"]: 1, cast.ids["mills"]: 1,
    }  # fmt: skip
    assert cube.of(Dimension.PRIORITY, Priority.YES.value).contacts == 1


def test_outside_and_not_known_are_told_apart(cast, write, resident, neighbour):
    lives(resident, Residence.OUTSIDE)
    lives(neighbour, Residence.UNKNOWN)
    write(resident)
    write(neighbour)
    cube = counted(MARCH, TERRITORY, [Dimension.NEIGHBOURHOOD, Dimension.PRIORITY, Dimension.COMMUNE])
    assert {value: line.people for value, line in cube.by[Dimension.NEIGHBOURHOOD].items()} == {OUTSIDE: 1, UNKNOWN: 1}
    assert {value: line.people for value, line in cube.by[Dimension.COMMUNE].items()} == {OUTSIDE: 1, UNKNOWN: 1}
    assert cube.of(Dimension.PRIORITY, Priority.NO.value).people == 1
    assert cube.untold(Dimension.PRIORITY).people == 1


def test_priority_may_be_asked_of_the_place(cast, write, resident):
    write(resident, by="other_mediator", venue_id=cast.ids["workshop"])
    write(resident, channel=Channel.PHONE)
    by_place = Filters(span=MARCH.span, side=Side.PLACE)
    cube = counted(by_place, TERRITORY, [Dimension.PRIORITY, Dimension.VENUE, Dimension.PLACE_NEIGHBOURHOOD])
    assert {value: line.contacts for value, line in cube.by[Dimension.PRIORITY].items()} == {"oui": 1, "inconnu": 1}
    assert cube.of(Dimension.VENUE, NONE).contacts == 1
    assert cube.of(Dimension.PLACE_NEIGHBOURHOOD, cast.ids["mills"]).contacts == 1


def test_a_filter_keeps_what_its_line_counts(cast, write, resident, neighbour):
    with transaction():
        db.session.execute(update(Person).where(Person.id == resident).values(gender=Gender.FEMININE))
    write(resident, neighbour, heads=3, women=2)
    whole = counted(MARCH, TERRITORY, [Dimension.GENDER])
    women = counted(Filters(span=MARCH.span, gender=Gender.FEMININE), TERRITORY)
    assert women.total == whole.of(Dimension.GENDER, "feminine")
    assert women.total.contacts == 3


def test_a_period_begins_and_ends_at_local_midnight(cast, write, resident):
    first, after = datetime(2026, 2, 28, 23, tzinfo=UTC), datetime(2026, 3, 31, 22, tzinfo=UTC)
    for at in (first - timedelta(microseconds=1), first, after - timedelta(microseconds=1), after):
        write(resident, at=at)
    cube = counted(MARCH, TERRITORY, [Dimension.MONTH])
    assert cube.total.contacts == 2
    assert cube.by[Dimension.MONTH].keys() == {"2026-03"}


def test_days_of_23_and_25_hours_hold_what_took_place_in_them(cast, write, resident):
    for at in (datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 21, 59, tzinfo=UTC)):
        write(resident, at=at)
    write(resident, at=datetime(2026, 3, 29, 22, tzinfo=UTC))
    day = date(2026, 3, 29)
    assert counted(Filters(span=Span(day, day)), TERRITORY).total.contacts == 2


def test_a_mediator_who_asks_for_a_colleague_gets_nothing(cast, write, resident):
    write(resident, by="other_mediator")
    filters = Filters(span=MARCH.span, mediator_id=cast.ids["other_mediator"])
    assert counted(filters, Scope(mediator_id=cast.ids["mediator"])).total == Figures()


def test_all_figures_are_of_one_statement(cast, write, resident):
    write(resident)
    with statements() as sent:
        counted(MARCH, TERRITORY, list(Dimension))
    assert [one.split()[0] for one in sent if one != "BEGIN"] == ["SELECT"]


def test_a_corrected_day_moves_the_participation_with_it(cast, write, resident):
    record_id = write(resident)
    earlier = NOON - timedelta(days=40)
    with transaction():
        db.session.execute(update(ActivityRecord).values(started_at=earlier))
    assert db.session.scalar(select(ActivityParticipant.started_at)) == earlier
    assert counted(MARCH, TERRITORY).total == Figures()
    assert record_id


def test_nobody_writes_another_instant_on_a_participation(cast, write, resident):
    write(resident)
    with transaction():
        db.session.execute(update(ActivityParticipant).values(started_at=NOON - timedelta(days=400)))
    assert db.session.scalar(select(ActivityParticipant.started_at)) == NOON


def test_inhabitants_come_with_their_year(cast):
    found = inhabited()
    assert found.populations == {cast.ids["harbour"]: 4200, cast.ids["mills"]: 2600}
    assert (found.population, found.years, found.without_population) == (6800, [2022], [])
    with transaction():
        cast.mills.population = None
    found = inhabited()
    assert (found.population, [one.name for one in found.without_population]) == (4200, ["Les Moulins"])
