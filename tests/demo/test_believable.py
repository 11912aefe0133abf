"""The figures of the demonstration town, as the person who is in charge of digital inclusion in one would read them.

Bounds are wide: what is tried is that no figure is absurd, not that chance fell this way. Sources of the orders of
magnitude: the national dashboard of La Coop de la médiation numérique, and what towns say of their no-shows.
"""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from activity.models import ActivityParticipant, ActivityRecord, AgeBand, Procedure, Theme
from foundation import clock
from foundation.db import db
from people.models import Gender
from reach.queries.appointments import appointments
from reach.queries.contacts import counted
from reach.queries.population import inhabited
from reach.queries.topics import topics
from reach.rules import periods, rates
from reach.rules.blanks import judged
from reach.rules.dimensions import Dimension
from reach.rules.filters import Filters, Priority
from reach.rules.scope import TERRITORY

LAST_YEAR = Filters(span=periods.year(2025))
BY = (Dimension.NEIGHBOURHOOD, Dimension.PRIORITY, Dimension.AGE_BAND, Dimension.GENDER, Dimension.MONTH)


@pytest.fixture
def cube(valbriac):
    return counted(LAST_YEAR, TERRITORY, BY)


def test_some_hundredths_of_the_inhabitants_are_reached_and_a_few_more_each_year(cube):
    before = counted(LAST_YEAR.before, TERRITORY).total
    population = sum(one.population for one in inhabited().areas)
    assert 0.02 < cube.total.people / population < 0.06
    assert 0.98 < cube.total.people / before.people < 1.2
    assert 0.98 < cube.total.contacts / before.contacts < 1.2


def test_between_a_third_and_a_half_come_for_the_first_time_in_either_year(cube):
    for total in (cube.total, counted(LAST_YEAR.before, TERRITORY).total):
        assert 0.25 < total.first_timers / total.people < 0.55


def test_people_come_some_times_a_year_and_nobody_every_day(cube):
    assert 2 < cube.total.named_contacts / cube.total.people < 4
    window = LAST_YEAR.span.window(clock.territory_zone())
    visits = (
        select(func.count())
        .select_from(ActivityParticipant)
        .join(ActivityRecord, ActivityRecord.id == ActivityParticipant.record_id)
        .where(ActivityRecord.started_at >= window.start, ActivityRecord.started_at < window.end)
        .group_by(ActivityParticipant.person_id)
        .order_by(func.count().desc())
    )
    assert db.session.scalars(visits.limit(1)).one() < 40


def test_more_women_than_men_and_more_old_people_than_young_ones(cube):
    women, men = (cube.of(Dimension.GENDER, one).people for one in (Gender.FEMININE, Gender.MASCULINE))
    assert 0.55 < women / (women + men) < 0.68
    ages = {one: cube.of(Dimension.AGE_BAND, one).people for one in AgeBand if one is not AgeBand.NOT_COMMUNICATED}
    assert 0.4 < (ages[AgeBand.FROM_60_TO_69] + ages[AgeBand.FROM_70]) / sum(ages.values()) < 0.65


def test_priority_neighbourhoods_have_more_than_their_share_and_one_other_is_a_blank(cube):
    areas = inhabited().areas
    population = {one.id: one.population for one in areas}
    share = sum(one.population for one in areas if one.is_priority) / sum(population.values())
    inside, outside = (cube.of(Dimension.PRIORITY, one).people for one in (Priority.YES, Priority.NO))
    assert share < inside / (inside + outside) < 0.55
    found = judged({one: cube.of(Dimension.NEIGHBOURHOOD, one).people for one in population}, population)
    assert [one.name for one in areas if one.id in found.under] == ["Les Hauts-de-Vère"]


def test_few_are_not_located_and_a_part_is_counted_without_a_name(cube):
    assert 0.04 < cube.untold(Dimension.NEIGHBOURHOOD).people / cube.total.people < 0.15
    assert 0.15 < cube.total.anonymous / cube.total.contacts < 0.45


def test_summer_is_quieter_than_the_other_months(cube):
    months = {value: figures.contacts for value, figures in cube.by[Dimension.MONTH].items()}
    assert len(months) == 12
    august = next(contacts for value, contacts in months.items() if str(value).endswith("08"))
    assert august == min(months.values())


def test_one_in_ten_does_not_come_and_one_waits_a_week(valbriac):
    found = appointments(LAST_YEAR, TERRITORY)
    assert 0.08 < found.booked.noshow_share < 0.15
    assert 3 <= found.waiting.median <= 15
    assert found.walk_ins < found.booked.kept


def test_procedures_come_first_and_among_them_health_and_taxes(valbriac):
    found = topics(LAST_YEAR, TERRITORY)
    themes = sorted(found.themes, key=lambda one: -found.themes[one].contacts)
    procedures = sorted(found.procedures, key=lambda one: -found.procedures[one].contacts)
    by_records = sorted(found.themes, key=lambda one: -found.themes[one].records)
    assert by_records[0] is Theme.PROCEDURES
    assert {Theme.PROCEDURES, Theme.DEVICE_START} <= set(themes[:4])
    assert set(procedures[:2]) == {Procedure.SOCIAL_HEALTH, Procedure.MONEY}


def test_who_comes_back_is_rather_more_autonomous_than_less(valbriac):
    found = topics(LAST_YEAR, TERRITORY).autonomy
    assert 0.15 < rates.share(found.grew, found.twice) < 0.5
    assert found.fell < found.grew / 3
