"""What other features ask of places."""

from __future__ import annotations

import pytest

from foundation.db import db, transaction
from foundation.errors import Unknown
from places import queries
from places.models import Level, Neighbourhood, Placement, VenueNeighbourhood
from tests.counting import statements

HARBOUR = (48.01, -0.99)


def test_the_territory_is_none_before_the_town_is_set_up(app):
    assert queries.territory() is None


def test_the_territory(cast):
    assert queries.territory().name == "Rives-sur-Aure"


class TestVenues:
    def test_for_booking_are_active_and_bookable_by_name(self, cast):
        assert [one.name for one in queries.venues_for_booking()] == ["Atelier des Moulins", "Médiathèque du Port"]

    @pytest.mark.parametrize("column", ["active", "bookable"])
    def test_for_booking_leave_out_the_others(self, cast, column):
        with transaction():
            setattr(cast.library, column, False)
        assert [one.name for one in queries.venues_for_booking()] == ["Atelier des Moulins"]
        assert len(queries.venues()) == 2

    def test_for_booking_in_one_neighbourhood(self, cast):
        assert [one.name for one in queries.venues_for_booking(cast.harbour.id)] == ["Médiathèque du Port"]

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("mediatheque", ["Médiathèque du Port"]),
            ("PORT media", ["Médiathèque du Port"]),
            ("quai", ["Médiathèque du Port"]),
            ("rives", ["Atelier des Moulins", "Médiathèque du Port"]),
            ("", ["Atelier des Moulins", "Médiathèque du Port"]),
            ("piscine", []),
            ("%", ["Atelier des Moulins", "Médiathèque du Port"]),
            ("_", ["Atelier des Moulins", "Médiathèque du Port"]),
        ],
    )
    def test_are_found_by_words_of_name_and_address(self, cast, text, found):
        assert [one.name for one in queries.venues(text)] == found

    def test_are_found_by_structure_and_in_pages(self, cast):
        assert [one.name for one in queries.venues(structure_id=cast.town.id)] == ["Médiathèque du Port"]
        assert [one.name for one in queries.venues(offset=1, limit=1)] == ["Médiathèque du Port"]

    def test_one_that_is_not_there_is_unknown(self, cast):
        with pytest.raises(Unknown):
            queries.venue(999)

    def test_a_list_costs_one_query(self, cast):
        with statements() as sent:
            for one in queries.venues():
                _ = (one.neighbourhood and one.neighbourhood.name, one.structure and one.structure.name)
        assert sum(statement.startswith("SELECT") for statement in sent) == 1


class TestNearest:
    def test_comes_first(self, cast):
        found = queries.nearest(queries.venues_for_booking(), HARBOUR)
        assert [near.venue.name for near in found] == ["Médiathèque du Port", "Atelier des Moulins"]
        assert found[0].metres == 0
        assert 1400 < found[1].metres < 1550

    def test_a_venue_without_point_comes_last(self, cast):
        with transaction():
            library = cast.library
            library.latitude = library.longitude = None
        found = queries.nearest(queries.venues_for_booking(), HARBOUR)
        assert [(near.venue.name, near.metres is None) for near in found] == [
            ("Atelier des Moulins", False),
            ("Médiathèque du Port", True),
        ]

    def test_without_a_point_the_order_stays(self, cast):
        found = queries.nearest(queries.venues_for_booking(), None)
        assert [near.venue.name for near in found] == ["Atelier des Moulins", "Médiathèque du Port"]

    def test_from_the_middle_of_a_neighbourhood(self, cast):
        assert queries.centre_of(cast.harbour.id) == HARBOUR
        assert queries.centre_of(999) is None


class TestLocate:
    def test_a_point_in_a_neighbourhood(self, cast):
        spot = queries.locate(48.01, -0.97)
        assert (spot.placement, spot.neighbourhood_id) == (Placement.INSIDE, cast.mills.id)

    def test_a_point_outside(self, cast):
        assert queries.locate(48.5, -0.97).placement is Placement.OUTSIDE

    def test_no_point(self, cast):
        assert queries.locate(None, None).placement is Placement.UNKNOWN

    def test_no_polygon(self, app):
        assert queries.locate(48.01, -0.97).placement is Placement.UNKNOWN

    def test_agrees_with_the_atlas_that_imports_use(self, cast):
        atlas = queries.atlas()
        for step in range(40):
            point = (47.99 + step * 0.001, -1.01 + step * 0.0015)
            assert queries.locate(*point) == atlas.locate(*point)


class TestNeighbourhoods:
    def test_by_name_with_numbers_as_numbers(self, app):
        with transaction():
            db.session.add_all(
                Neighbourhood(level=Level.QUARTIER, code=name, name=name)
                for name in ("Secteur 10", "Secteur 9", "Île", "Bourg")
            )
        assert [one.name for one in queries.neighbourhoods()] == ["Bourg", "Île", "Secteur 9", "Secteur 10"]

    def test_of_one_level(self, cast):
        assert len(queries.neighbourhoods()) == 2
        assert queries.neighbourhoods(Level.IRIS) == []

    def test_priority_ones(self, cast):
        assert [one.name for one in queries.priority_neighbourhoods()] == ["Les Moulins"]

    def test_how_many_places_each_has(self, cast):
        ids = cast.library.id, cast.harbour.id
        with transaction():
            db.session.add(VenueNeighbourhood(venue_id=ids[0], neighbourhood_id=ids[1], level=Level.QUARTIER))
        assert queries.venues_by_neighbourhood() == {ids[1]: 1}
        assert [one.id for one in queries.levels_of(ids[0])] == [ids[1]]


def test_rooms(cast):
    assert [room.name for room in queries.rooms()] == ["Salle bleue"]
    assert queries.rooms(cast.workshop.id) == []
    with transaction():
        cast.room.active = False
    assert queries.rooms() == []


def test_structures_at_work(cast):
    with transaction():
        cast.association.active = False
    assert [one.name for one in queries.structures()] == ["Ville de Rives-sur-Aure"]
    assert len(queries.structures(active_only=False)) == 2


@pytest.mark.parametrize("read", [queries.structure, queries.neighbourhood, queries.room])
def test_what_is_not_there_is_unknown(cast, read):
    with pytest.raises(Unknown):
        read(999)


def test_no_list_of_places_reads_the_polygons_around_them(app, cast):
    with statements() as sent:
        queries.schools(), queries.venues(), queries.neighbourhoods()
    assert len(sent) >= 3
    assert not any("geometry" in one for one in sent)


def test_a_map_reads_all_polygons_in_one_statement(app, cast):
    db.session.expire_all()
    with statements() as sent:
        drawn = [one.geometry for one in queries.neighbourhoods(drawn=True)]
    assert len(drawn) > 1
    assert sum("geometry" in one for one in sent) == 1
    with statements() as sent:
        assert [one.geometry for one in queries.priority_neighbourhoods()]
    assert sum("geometry" in one for one in sent) == 1
