"""The contacts of a period line by line, and those of the same span before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from activity.models import AgeBand
from people.models import Residence
from reach.queries.split import split
from reach.rules.blanks import AGES
from reach.rules.dimensions import OUTSIDE, UNKNOWN, Dimension
from reach.rules.periods import Span, month, quarter
from reach.rules.scope import TERRITORY, Scope
from tests.cast import NOW, TODAY
from tests.counting import statements
from tests.reach.asking import days, of
from tests.reach.came import came
from tests.reach.dashboards import two_structures

FEBRUARY = NOW - timedelta(days=20)


def lines(dimension, scope=TERRITORY, **chosen):
    return {row.words: row for row in split(of(**chosen), scope, dimension, TODAY).rows}


@pytest.mark.parametrize("dimension", Dimension)
def test_contacts_of_all_lines_are_the_total_now_and_before(cast, dimension):
    two_structures(cast)
    came(cast, 4, area="mills", at=FEBRUARY)
    came(cast, 2, residence=Residence.OUTSIDE, venue=None)
    found = split(of(), TERRITORY, dimension, TODAY)
    assert sum(row.now.contacts for row in found.rows) == found.now.total.contacts == 11
    assert sum(row.before.contacts for row in found.rows) == found.before.total.contacts == 4


def test_a_neighbourhood_without_anybody_has_its_line_and_a_rate_of_zero(cast):
    came(cast, 21, area="harbour")
    found = lines(Dimension.NEIGHBOURHOOD)
    assert list(found) == ["Le Port", "Les Moulins"]
    assert (found["Le Port"].rate, found["Les Moulins"].rate) == (5.0, 0.0)


def test_who_lives_outside_or_nobody_knows_where_comes_last_and_has_no_rate(cast):
    came(cast, 1, residence=Residence.UNKNOWN)
    came(cast, 2, residence=Residence.OUTSIDE)
    found = split(of(), TERRITORY, Dimension.NEIGHBOURHOOD, TODAY)
    assert [row.value for row in found.rows][-2:] == [OUTSIDE, UNKNOWN]
    assert [row.rate for row in found.rows][-2:] == [None, None]
    assert found.untold == pytest.approx(1 / 3)


def test_what_was_and_is_no_more_keeps_its_line(cast):
    came(cast, 3, age=AgeBand.FROM_18_TO_24, at=FEBRUARY)
    came(cast, 2, age=AgeBand.FROM_70)
    rows = split(of(), TERRITORY, Dimension.AGE_BAND, TODAY).rows
    found = {row.value: (row.now.people, row.before.people) for row in rows if row.now.people or row.before.people}
    assert found == {AgeBand.FROM_18_TO_24: (0, 3), AgeBand.FROM_70: (2, 0)}


def test_an_age_at_which_nobody_came_has_its_line_unless_ages_are_chosen(cast):
    came(cast, 2, age=AgeBand.FROM_70)
    everybody = split(of(), TERRITORY, Dimension.AGE_BAND, TODAY).rows
    assert [row.value for row in everybody] == list(AGES)
    chosen = split(of(age_band=AgeBand.FROM_70), TERRITORY, Dimension.AGE_BAND, TODAY).rows
    assert [row.value for row in chosen] == [AgeBand.FROM_70]


def test_where_nothing_was_recorded_no_age_has_a_line(app):
    assert split(of(), TERRITORY, Dimension.AGE_BAND, TODAY).rows == []


@pytest.mark.parametrize(("today", "to_come"), [(date(2026, 1, 31), 2), (date(2026, 2, 1), 1), (date(2026, 3, 31), 0)])
def test_a_month_is_to_come_until_its_first_day(cast, today, to_come):
    came(cast, 1, at=datetime(2026, 1, 5, 9, tzinfo=UTC))
    rows = split(of(span=quarter(2026, 1)), TERRITORY, Dimension.MONTH, today).rows
    assert [row.to_come for row in rows] == [False] * (3 - to_come) + [True] * to_come


def test_each_month_stands_beside_its_own_of_the_span_before(cast):
    came(cast, 3, at=FEBRUARY)
    came(cast, 2)
    rows = split(of(span=quarter(2026, 1)), TERRITORY, Dimension.MONTH, TODAY).rows
    assert [(row.value, row.now.people) for row in rows] == [("2026-01", 0), ("2026-02", 3), ("2026-03", 2)]
    [_april, may, june] = split(of(span=quarter(2026, 2)), TERRITORY, Dimension.MONTH, TODAY).rows
    assert ((may.value, may.before.people), (june.value, june.before.people)) == (("2026-05", 3), ("2026-06", 2))


def test_months_that_are_cut_stand_beside_nothing(cast):
    came(cast, 3, at=FEBRUARY)
    came(cast, 2)
    found = split(of(span=Span(month(2026, 2).first, days(1, 20).last)), TERRITORY, Dimension.MONTH, TODAY)
    assert [row.now.people for row in found.rows] == [3, 2]
    assert not any(row.before.people for row in found.rows)


def test_what_has_no_not_known_has_no_share_of_it(cast):
    two_structures(cast)
    assert split(of(), TERRITORY, Dimension.CHANNEL, TODAY).untold is None


def test_a_structure_has_only_its_own_mediators_and_places(cast):
    two_structures(cast)
    town = Scope(structure_id=cast.ids["town"])
    assert set(lines(Dimension.MEDIATOR, town)) == {"Salima Benali"}
    assert set(lines(Dimension.VENUE, town)) == {"Médiathèque du Port"}


def test_nothing_at_all_has_no_lines(app):
    assert split(of(), TERRITORY, Dimension.STRUCTURE, TODAY).rows == []


@pytest.mark.parametrize("dimension", Dimension)
def test_more_lines_are_no_more_statements(cast, dimension):
    came(cast, 1)
    came(cast, 1, at=FEBRUARY)
    with statements() as few:
        split(of(), TERRITORY, dimension, TODAY)
    two_structures(cast)
    came(cast, 3, area="mills", age=AgeBand.UNDER_12, venue="workshop", by="other_mediator")
    with statements() as many:
        split(of(), TERRITORY, dimension, TODAY)
    assert len(many) == len(few)
