"""And if we opened on Tuesdays here: what is open today, where one could, and distances reckoned again."""

from __future__ import annotations

import math
from datetime import date

import pytest

from agenda.models import Opening
from foundation.db import db, transaction
from places.models import Neighbourhood, Venue
from reach.queries.what_if import NoSuchSpot, spot_of, spots, what_if
from tests.cast import TODAY
from tests.workshops.enrolments import FIRST, WEEK, opened
from workshops.models import Openness

pytestmark = pytest.mark.usefixtures("stopped_clock")
TUESDAY, WEDNESDAY, SATURDAY = 1, 2, 5
LIBRARY, WORKSHOP = (48.01, -0.99), (48.01, -0.97)


def changed(model, id_, **values):
    with transaction():
        row = db.session.get_one(model, id_)
        for name, value in values.items():
            setattr(row, name, value)


def asked(key, weekday, coordinates=""):
    db.session.rollback()
    found = what_if(spot_of(key, coordinates), weekday, TODAY)
    db.session.rollback()
    return found


def flat(one, other):
    """Metres on a plane laid at these points: right within a thousandth over a few kilometres."""
    degree = math.pi * 6_378_137 / 180
    north = (one[0] - other[0]) * degree
    east = (one[1] - other[1]) * degree * math.cos(math.radians(one[0]))
    return math.hypot(north, east)


def test_on_a_weekday_both_places_are_open_and_a_third_one_is_farther(cast):
    found = asked(f"quartier-{cast.ids['harbour']}", TUESDAY)
    assert [name for name, _point in found.open_now] == ["Atelier des Moulins", "Médiathèque du Port"]
    assert [line.before for line in found.nearness.lines] == [0, 0]
    assert found.nearness.nearer == 0


def test_on_saturday_nothing_is_open_so_that_it_is_nearer_for_all(cast):
    found = asked(f"lieu-{cast.ids['library']}", SATURDAY)
    assert (found.open_now, found.nearness.before, found.nearness.nearer) == ([], None, 6800)
    mills = next(line for line in found.nearness.lines if line.where.name == "Les Moulins")
    assert mills.after == pytest.approx(flat(WORKSHOP, LIBRARY), rel=0.002)
    assert found.nearness.after == pytest.approx(flat(WORKSHOP, LIBRARY) * 2600 / 6800, rel=0.002)


def test_opening_in_a_neighbourhood_without_an_opening_brings_it_nearer_for_those_who_live_there(cast):
    changed(Opening, cast.other_shift.opening_id, last_day=date(2026, 2, 27))
    found = asked(f"lieu-{cast.ids['workshop']}", TUESDAY)
    assert [name for name, _point in found.open_now] == ["Médiathèque du Port"]
    assert (found.nearness.nearer, found.nearness.inhabitants) == (2600, 6800)
    assert found.nearness.before == pytest.approx(flat(WORKSHOP, LIBRARY) * 2600 / 6800, rel=0.002)
    assert found.nearness.after == 0


def test_a_public_workshop_opens_its_place_on_its_weekday_within_four_weeks(cast):
    changed(Opening, cast.shift.opening_id, last_day=date(2026, 2, 27))
    opened(cast)
    spot = f"lieu-{cast.ids['workshop']}"
    assert "Médiathèque du Port" in [name for name, _point in asked(spot, WEDNESDAY).open_now]
    assert "Médiathèque du Port" not in [name for name, _point in asked(spot, TUESDAY).open_now]


def test_a_workshop_that_is_not_for_everybody_or_too_late_opens_nothing(cast):
    changed(Opening, cast.shift.opening_id, last_day=date(2026, 2, 27))
    opened(cast, openness=Openness.STAFF)
    opened(cast, first=FIRST + 4 * WEEK)
    assert [name for name, _p in asked(f"lieu-{cast.ids['workshop']}", WEDNESDAY).open_now] == ["Atelier des Moulins"]


def test_a_place_without_coordinates_is_open_and_near_nobody(cast):
    changed(Venue, cast.ids["library"], latitude=None, longitude=None)
    found = asked(f"lieu-{cast.ids['workshop']}", TUESDAY)
    assert found.unplaced == ["Médiathèque du Port"]
    assert [name for name, _point in found.open_now] == ["Atelier des Moulins"]


def test_coordinates_may_be_anywhere_in_france(cast):
    found = asked("", SATURDAY, " 48.02 , -0.99 ")
    assert (found.spot.point, found.spot.name) == ((48.02, -0.99), "48.02 , -0.99")
    harbour = next(line for line in found.nearness.lines if line.where.name == "Le Port")
    assert harbour.after == pytest.approx(flat((48.02, -0.99), LIBRARY), rel=0.002)


@pytest.mark.parametrize(
    ("key", "coordinates"),
    [
        ("", ""),
        ("lieu-999", ""),
        ("quartier-x", ""),
        ("salle-1", ""),
        ("", "ici"),
        ("", "48.0"),
        ("", "1, 1"),
        ("", ","),
    ],
)
def test_what_is_no_place_of_the_list_and_no_point_in_france_is_refused(cast, key, coordinates):
    with pytest.raises(NoSuchSpot):
        spot_of(key, coordinates)


def test_one_can_open_at_places_and_in_neighbourhoods_whose_point_is_known(cast):
    changed(Venue, cast.ids["library"], latitude=None, longitude=None)
    changed(Neighbourhood, cast.ids["mills"], latitude=None, longitude=None)
    venues, areas = spots()
    assert ([one.name for one in venues], [one.name for one in areas]) == (["Atelier des Moulins"], ["Le Port"])


def test_a_place_that_closed_is_not_offered(cast):
    changed(Venue, cast.ids["library"], active=False)
    assert [one.name for one in spots()[0]] == ["Atelier des Moulins"]
