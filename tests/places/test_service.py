"""Looking after venues, rooms, structures and the rest by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agenda.models import Resource, ResourceKind
from foundation.audit import history
from foundation.db import db, transaction
from foundation.errors import Unknown
from places import service
from places.models import CareHome, CareHomeKind, Placement, School, SchoolKind, StructureKind, Venue
from places.rules import (
    Actor,
    BadPointError,
    BadPostcodeError,
    BadSiretError,
    NotYoursError,
    PaleColourError,
    WholeTerritoryError,
)
from places.service.others import PopulationWithoutYearError, SiretTakenError
from places.service.venues import RoomNameTakenError
from tests.cast import NOW
from tests.places.files import TODAY

MANAGER = Actor(None, None)
DETAILS = service.VenueDetails(
    name="Pôle Gare", commune="RIVES SUR AURE", postcode="99100", address="1 place de la Gare", latitude="48.01",
    longitude="-0.99", opening_hours="lundi au vendredi 9h-12h", languages=["fr", "ar"], wheelchair=True,
)  # fmt: skip


def act(verb, *args):
    with transaction():
        made = verb(*args)
        return made.id


class TestVenue:
    def test_is_added_and_placed(self, cast):
        venue = db.session.get(Venue, act(service.add_venue, DETAILS, MANAGER, TODAY))
        assert (venue.source, venue.commune, venue.insee_code) == ("parvis", "Rives-sur-Aure", "99001")
        assert (venue.placement, venue.neighbourhood.name) == (Placement.INSIDE, "Le Port")
        assert venue.opening_hours == "Mo-Fr 09:00-12:00"
        assert (venue.wheelchair, venue.lift, venue.languages) == (True, None, ["fr", "ar"])
        assert venue.updated_on == TODAY
        assert history(f"venue:{venue.id}")[0].action == "venue.added"

    def test_without_point_its_neighbourhood_is_not_known(self, cast):
        venue_id = act(service.add_venue, replace(DETAILS, latitude="", longitude=""), MANAGER, TODAY)
        assert db.session.get(Venue, venue_id).placement is Placement.UNKNOWN

    def test_is_changed_and_placed_again(self, cast):
        act(service.change_venue, cast.library.id, replace(DETAILS, longitude="-0.97"), MANAGER, NOW)
        assert (cast.library.name, cast.library.neighbourhood.name) == ("Pôle Gare", "Les Moulins")

    def test_renaming_it_renames_its_rooms_in_the_calendars(self, cast):
        resource_id = cast.room.resource_id
        act(service.change_venue, cast.library.id, DETAILS, MANAGER, NOW)
        assert db.session.get(Resource, resource_id).label == "Salle bleue, Pôle Gare"

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"postcode": "x"}, BadPostcodeError),
            ({"latitude": "0", "longitude": "0"}, BadPointError),
            ({"longitude": ""}, BadPointError),
        ],
    )
    def test_bad_facts_write_nothing(self, cast, changes, refusal):
        with pytest.raises(refusal):
            act(service.add_venue, replace(DETAILS, **changes), MANAGER, TODAY)
        assert db.session.query(Venue).count() == 2

    def test_one_that_is_not_there_is_unknown(self, cast):
        with pytest.raises(Unknown):
            act(service.change_venue, 999, DETAILS, MANAGER, NOW)

    def test_another_structure_s_is_not_ours(self, cast):
        ours = Actor(None, cast.association.id)
        with pytest.raises(NotYoursError):
            act(service.change_venue, cast.library.id, DETAILS, ours, NOW)

    def test_ours_can_not_be_given_away(self, cast):
        ours = Actor(None, cast.association.id)
        with pytest.raises(NotYoursError):
            act(service.change_venue, cast.workshop.id, replace(DETAILS, structure_id=cast.town.id), ours, NOW)
        act(service.change_venue, cast.workshop.id, replace(DETAILS, structure_id=cast.association.id), ours, NOW)


class TestRoom:
    def test_gets_a_resource_that_can_be_held(self, cast):
        room_id = act(service.add_room, cast.workshop.id, service.RoomDetails("Atelier", 6), MANAGER)
        room = db.session.get(type(cast.room), room_id)
        resource = db.session.get(Resource, room.resource_id)
        assert (resource.kind, resource.label, resource.active) == (
            ResourceKind.ROOM,
            "Atelier, Atelier des Moulins",
            True,
        )

    def test_a_name_is_used_once_in_a_venue(self, cast):
        with pytest.raises(RoomNameTakenError):
            act(service.add_room, cast.library.id, service.RoomDetails("Salle bleue"), MANAGER)
        act(service.add_room, cast.workshop.id, service.RoomDetails("Salle bleue"), MANAGER)

    def test_is_renamed_here_and_in_the_calendars(self, cast):
        act(service.change_room, cast.room.id, service.RoomDetails("Salle verte", 4, "2e étage"), MANAGER)
        assert (cast.room.name, cast.room.seats, cast.room.access_notes) == ("Salle verte", 4, "2e étage")
        assert db.session.get(Resource, cast.room.resource_id).label == "Salle verte, Médiathèque du Port"

    def test_keeps_its_own_name_when_only_seats_change(self, cast):
        act(service.change_room, cast.room.id, service.RoomDetails("Salle bleue", 12), MANAGER)
        assert cast.room.seats == 12

    def test_closed_it_can_not_be_held_any_more(self, cast):
        act(service.close_room, cast.room.id, MANAGER)
        assert not cast.room.active
        assert not db.session.get(Resource, cast.room.resource_id).active

    def test_another_structure_s_is_not_ours(self, cast):
        with pytest.raises(NotYoursError):
            act(service.close_room, cast.room.id, Actor(None, cast.association.id))

    def test_one_that_is_not_there_is_unknown(self, cast):
        with pytest.raises(Unknown):
            act(service.change_room, 999, service.RoomDetails("x"), MANAGER)


class TestStructure:
    DETAILS = service.StructureDetails("CCAS", StructureKind.CCAS, "130 026 032 00016", "+33240419000", "a@b.fr")

    def test_is_added_then_changed(self, cast):
        one_id = act(service.save_structure, None, self.DETAILS, MANAGER)
        act(service.save_structure, one_id, replace(self.DETAILS, name="CCAS de Rives"), MANAGER)
        structure = db.session.get(type(cast.town), one_id)
        assert (structure.name, structure.siret) == ("CCAS de Rives", "13002603200016")

    def test_a_siret_is_of_one_structure(self, cast):
        act(service.save_structure, None, self.DETAILS, MANAGER)
        with pytest.raises(SiretTakenError):
            act(service.save_structure, cast.town.id, self.DETAILS, MANAGER)

    def test_a_wrong_siret_is_refused(self, cast):
        with pytest.raises(BadSiretError):
            act(service.save_structure, None, replace(self.DETAILS, siret="123"), MANAGER)

    def test_many_may_have_none(self, cast):
        for name in ("Un", "Deux"):
            act(service.save_structure, None, service.StructureDetails(name), MANAGER)

    def test_its_own_people_change_it_and_no_other(self, cast):
        ours = Actor(None, cast.town.id)
        act(service.save_structure, cast.town.id, service.StructureDetails("Ville"), ours)
        for structure_id in (cast.association.id, None):
            with pytest.raises(NotYoursError):
                act(service.save_structure, structure_id, service.StructureDetails("Ville"), ours)


class TestNeighbourhood:
    def test_people_and_code_are_corrected(self, cast):
        details = service.NeighbourhoodDetails("Le Vieux Port", 4300, 2023, "QN09998M")
        act(service.change_neighbourhood, cast.harbour.id, details, MANAGER)
        one = cast.harbour
        assert (one.name, one.population, one.population_year) == ("Le Vieux Port", 4300, 2023)
        assert (one.is_priority, one.priority_code) == (True, "QN09998M")

    def test_without_code_it_is_no_priority_neighbourhood(self, cast):
        act(service.change_neighbourhood, cast.mills.id, service.NeighbourhoodDetails("Les Moulins"), MANAGER)
        assert (cast.mills.is_priority, cast.mills.priority_code, cast.mills.population) == (False, None, None)

    def test_a_count_needs_its_year(self, cast):
        with pytest.raises(PopulationWithoutYearError):
            act(service.change_neighbourhood, cast.mills.id, service.NeighbourhoodDetails("x", 12), MANAGER)

    def test_only_for_the_whole_territory(self, cast):
        with pytest.raises(WholeTerritoryError):
            act(service.change_neighbourhood, cast.mills.id, service.NeighbourhoodDetails("x"), Actor(None, 1))


class TestInstitution:
    SCHOOL = service.InstitutionDetails(
        "École du Bief", SchoolKind.NURSERY, "3 rue du Bief", "99100", "rives sur aure", "48.01", "-0.97", people=90
    )

    def test_a_school_is_added_and_placed(self, cast):
        school = db.session.get(School, act(service.save_institution, School, None, self.SCHOOL, MANAGER))
        assert (school.pupils, school.neighbourhood.name, school.commune) == (90, "Les Moulins", "Rives-sur-Aure")

    def test_a_care_home_is_changed(self, cast):
        details = service.InstitutionDetails("Les Tilleuls", CareHomeKind.EHPAD, people=61)
        act(service.save_institution, CareHome, cast.care_home.id, details, MANAGER)
        assert (cast.care_home.name, cast.care_home.beds) == ("Les Tilleuls", 61)
        assert cast.care_home.placement is Placement.UNKNOWN

    def test_one_that_is_not_there_is_unknown(self, cast):
        with pytest.raises(Unknown):
            act(service.save_institution, School, 999, self.SCHOOL, MANAGER)

    def test_only_for_the_whole_territory(self, cast):
        with pytest.raises(WholeTerritoryError):
            act(service.save_institution, School, None, self.SCHOOL, Actor(None, cast.town.id))


class TestTerritory:
    def test_the_first_time_makes_it_known(self, app):
        act(service.save_territory, service.TerritoryDetails("Rives", accent_colour="#0C5A55"), MANAGER)
        act(service.save_territory, service.TerritoryDetails("Rives-sur-Aure"), MANAGER)
        assert history("territory:1")[0].action == "territory.saved"

    def test_a_pale_colour_is_refused(self, cast):
        details = service.TerritoryDetails("Rives", accent_colour_dark="#222222")
        with pytest.raises(PaleColourError) as refused:
            act(service.save_territory, details, MANAGER)
        assert refused.value.field == "accent_colour_dark"
        assert cast.territory.name == "Rives-sur-Aure"
