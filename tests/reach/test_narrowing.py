"""What filters mean to rows: what they know of is asked of them, the rest is told, and a scope is never forgotten."""

from __future__ import annotations

import pytest
from sqlalchemy import column, select

from activity.models import AgeBand, Channel
from foundation.db import db, transaction
from foundation.period import Period
from places.models import Venue
from reach.queries.narrowing import equal_to, lies_in, narrowed, place_meanings, residence_meanings, window
from reach.rules.filters import CHOSEN, Priority
from reach.rules.periods import year
from reach.rules.scope import TERRITORY, Scope
from tests.reach.asking import PARIS, PLACE, of

WHOSE = {"structure_id": equal_to(column("structure_id")), "mediator_id": equal_to(column("mediator_id"))}


def written(narrow):
    return sorted(str(one.compile(compile_kwargs={"literal_binds": True})) for one in narrow.conditions)


def test_nothing_chosen_narrows_nothing():
    found = narrowed(of(), TERRITORY, WHOSE)
    assert (found.conditions, found.unapplied) == ((), frozenset())


def test_what_the_rows_know_of_is_asked_and_the_rest_is_told():
    found = narrowed(of(structure_id=3, age_band=AgeBand.FROM_70, channel=Channel.HOME), TERRITORY, WHOSE)
    assert written(found) == ["structure_id = 3"]
    assert found.unapplied == {"age_band", "channel"}


def test_the_scope_holds_besides_what_is_chosen():
    found = narrowed(of(structure_id=3), Scope(structure_id=5), WHOSE)
    assert written(found) == ["structure_id = 3", "structure_id = 5"]
    assert written(narrowed(of(), Scope(mediator_id=7), WHOSE)) == ["mediator_id = 7"]


@pytest.mark.parametrize("scope", [Scope(structure_id=5), Scope(mediator_id=7)])
def test_rows_that_can_not_obey_a_scope_are_not_shown(scope):
    with pytest.raises(KeyError):
        narrowed(of(), scope, {})


def test_the_side_says_which_neighbourhood_is_meant():
    neighbourhood, residence = column("neighbourhood_id"), column("residence")
    areas = {"neighbourhood_id", "priority", "commune_id"}
    assert set(place_meanings(of(side=PLACE), neighbourhood)) == areas
    assert set(residence_meanings(of(), neighbourhood, residence)) == areas
    assert place_meanings(of(), neighbourhood) == residence_meanings(of(side=PLACE), neighbourhood, residence) == {}
    assert areas < set(CHOSEN)


def test_not_known_is_no_answer_to_whether_it_is_a_priority_neighbourhood():
    of_place = place_meanings(of(side=PLACE), column("neighbourhood_id"))["priority"]
    of_home = residence_meanings(of(), column("neighbourhood_id"), column("residence"))["priority"]
    assert str(of_place(Priority.UNKNOWN)).startswith("neighbourhood_id IS NULL OR")
    assert str(of_home(Priority.UNKNOWN)).startswith("residence = ")
    assert "residence !=" in str(of_home(Priority.NO))


def test_a_neighbourhood_with_a_priority_part_is_not_known_to_be_one_or_not(cast):
    with transaction():
        cast.mills.parent_id = cast.ids["harbour"]
    meaning = place_meanings(of(side=PLACE), Venue.neighbourhood_id)["priority"]
    found = {one: db.session.scalars(select(Venue.name).where(meaning(one))).all() for one in Priority}
    assert found == {Priority.YES: [cast.workshop.name], Priority.NO: [], Priority.UNKNOWN: [cast.library.name]}


def test_a_year_begins_and_ends_at_midnight_in_town(app):
    found = window(of(span=year(2026)))
    assert isinstance(found, Period)
    begins, ends = (one.astimezone(PARIS) for one in (found.start, found.end))
    assert (begins.isoformat(), ends.isoformat()) == ("2026-01-01T00:00:00+01:00", "2027-01-01T00:00:00+01:00")
    assert str(lies_in(column("at"), of())) == "at >= :at_1 AND at < :at_2"
