"""Where inhabitants are taken to live: the IRIS of a neighbourhood where all are counted, else a point inside it."""

from __future__ import annotations

import pytest

from foundation.db import db, transaction
from places.models import Level, Neighbourhood
from reach.queries.homes import homes
from reach.queries.population import inhabited
from reach.rules.nearness import Home


def iris(cast, code, population, point=(48.015, -0.995), parent="harbour"):
    latitude, longitude = point if point else (None, None)
    with transaction():
        one = Neighbourhood(
            level=Level.IRIS, code=code, name=f"IRIS {code}", population=population, latitude=latitude,
            longitude=longitude, parent_id=cast.ids[parent],
        )  # fmt: skip
        db.session.add(one)


def found():
    db.session.rollback()
    return {one.name: one for one in homes(inhabited())}


def test_without_iris_one_point_stands_for_a_neighbourhood(cast):
    harbour = found()["Le Port"]
    assert (harbour.homes, harbour.weighted, harbour.population) == ((Home((48.01, -0.99), 1),), False, 4200)


def test_counted_iris_weigh_as_many_as_live_there(cast):
    iris(cast, "1", 3000)
    iris(cast, "2", 1300, (48.002, -0.985))
    places = found()
    assert places["Le Port"].homes == (Home((48.015, -0.995), 3000), Home((48.002, -0.985), 1300))
    assert places["Le Port"].weighted
    assert places["Le Port"].population == 4200
    assert not places["Les Moulins"].weighted


@pytest.mark.parametrize(("population", "point"), [(None, (48.0, -1.0)), (500, None)])
def test_one_iris_that_nobody_counted_or_placed_makes_them_all_useless(cast, population, point):
    iris(cast, "1", 3000)
    iris(cast, "2", population, point)
    assert found()["Le Port"].homes == (Home((48.01, -0.99), 1),)


def test_an_iris_in_which_nobody_lives_is_no_home(cast):
    iris(cast, "1", 3000)
    iris(cast, "2", 0)
    assert found()["Le Port"].homes == (Home((48.015, -0.995), 3000),)


def test_iris_in_which_nobody_lives_at_all_leave_the_point_inside(cast):
    iris(cast, "1", 0)
    assert found()["Le Port"].homes == (Home((48.01, -0.99), 1),)


def test_a_neighbourhood_that_nobody_drew_has_no_home(cast):
    with transaction():
        one = db.session.get_one(Neighbourhood, cast.ids["mills"])
        one.latitude = one.longitude = one.geometry = None
    assert found()["Les Moulins"].homes == ()
