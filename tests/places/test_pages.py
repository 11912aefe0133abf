"""The pages of the register of places, for those who look after it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from agenda import queries as agenda_queries
from agenda import service as agenda
from agenda.models import Resource
from foundation import clock
from foundation.db import db, transaction
from foundation.period import Period
from foundation.security import Role
from mediation.models import Appointment, Attendance
from places import queries
from places.models import School, SchoolKind, Structure, Venue
from tests.cast import sign_in
from tests.mediation.days import planned
from tests.mediation.planning import carried

BASE = "/equipe/lieux"
PAGES = [
    "", "/nouveau", "/{library}", "/salles/{room}", "/structures", "/structures/nouvelle", "/structures/{town}",
    "/quartiers", "/quartiers/{harbour}", "/institutions/ecoles", "/institutions/ecoles/nouveau",
    "/institutions/ecoles/{school}", "/institutions/residences", "/institutions/residences/nouveau",
    "/institutions/residences/{care_home}", "/import", "/export.csv",
]  # fmt: skip
VENUE = {
    "name": "Pôle Gare",
    "structure_id": "0",
    "postcode": "99100",
    "commune": "Rives-sur-Aure",
    "address": "1 place de la Gare",
    "latitude": "48.01",
    "longitude": "-0.99",
    "wheelchair": "yes",
    "lift": "unknown",
    "emails": "a@b.fr\r\nc@d.fr\r\n",
    "languages": ["fr", "ar"],
    "services": ["Aide aux démarches administratives"],
    "opening_hours": "lundi au vendredi 9h-12h et 14h-17h",
    "bookable": "y",
    "active": "y",
}


def address(cast, page: str) -> str:
    ids = {name: getattr(cast, name).id for name in ("library", "room", "town", "harbour", "school", "care_home")}
    return BASE + page.format(**ids)


@pytest.fixture
def manager(client, cast):
    return sign_in(client, cast.manager)


def text(response) -> str:
    return response.get_data(as_text=True)


def with_plain_spaces(page: str) -> str:
    """What a reader sees: where lines may end is asked of `places.views.presenting` by its own tests."""
    return " ".join(page.replace("\u2060", "").split())


class TestAccess:
    @pytest.mark.parametrize("page", PAGES)
    def test_managers_open_every_page(self, manager, cast, page):
        assert manager.get(address(cast, page)).status_code == 200

    @pytest.mark.parametrize("role", [Role.MEDIATOR, Role.PRESCRIBER, Role.HOST, Role.PARTNER])
    def test_others_open_none(self, client, cast, role):
        sign_in(client, cast.account_of(role))
        assert {client.get(address(cast, page)).status_code for page in PAGES} == {403}

    def test_nobody_is_asked_to_sign_in(self, client, cast):
        assert {client.get(address(cast, page)).status_code for page in PAGES} == {303}

    def test_the_territory_is_for_administrators(self, client, cast):
        sign_in(client, cast.manager)
        assert client.get(f"{BASE}/territoire").status_code == 403
        assert "/territoire" not in text(client.get(BASE))
        sign_in(client, cast.administrator)
        assert "/territoire" in text(client.get(BASE))
        assert client.get(f"{BASE}/territoire").status_code == 200

    def test_a_forged_form_is_refused(self, manager, cast):
        response = manager.post(f"{BASE}/nouveau", data=VENUE, forged=True)
        assert response.status_code == 400
        assert db.session.query(Venue).count() == 2

    @pytest.mark.parametrize(
        "page", ["/999999", "/salles/999", "/structures/999", "/quartiers/999", "/institutions/ecoles/999",
                 "/institutions/piscines", "/import/0123456789abcdef0123456789abcdef", "/import/restes/x.csv",
                 "/import/restes/..%2F..%2Fsecret.refused.csv", "/99999999999999999999"],
    )  # fmt: skip
    def test_what_is_not_there_is_a_helpful_404(self, manager, page):
        response = manager.get(BASE + page)
        assert response.status_code == 404
        assert "<h1>" in text(response)


class TestStructureScope:
    @pytest.fixture
    def ours(self, client, cast):
        """A manager bound to the association."""
        structure_id = cast.association.id
        with transaction():
            cast.manager.structure_id = structure_id
        return sign_in(client, cast.manager)

    def test_sees_all_places_and_changes_its_own(self, ours, cast):
        page = text(ours.get(BASE))
        assert "Médiathèque du Port" in page
        assert "Importer un fichier" not in page
        assert 'name="name"' in text(ours.get(f"{BASE}/{cast.workshop.id}"))
        assert 'name="name"' not in text(ours.get(f"{BASE}/{cast.library.id}"))

    def test_another_s_place_can_not_be_written(self, ours, cast):
        structure = str(cast.association.id)
        response = ours.post(f"{BASE}/{cast.library.id}", data=VENUE | {"structure_id": structure})
        assert response.status_code == 403
        assert cast.library.name == "Médiathèque du Port"
        assert ours.post(f"{BASE}/salles/{cast.room.id}/fermer").status_code == 403
        assert ours.get(f"{BASE}/salles/{cast.room.id}").status_code == 403

    @pytest.mark.parametrize(
        "page", ["/import", "/structures/nouvelle", "/structures/{town}", "/quartiers/{harbour}",
                 "/institutions/ecoles/nouveau", "/institutions/ecoles/{school}"],
    )  # fmt: skip
    def test_what_is_of_the_whole_territory_is_closed(self, ours, cast, page):
        refused = ours.get(address(cast, page))
        assert refused.status_code == 403
        if page != "/structures/{town}":
            assert "responsables de l’ensemble du territoire" in text(refused)


class TestList:
    def test_shows_name_address_and_neighbourhood(self, manager, cast):
        page = text(manager.get(BASE))
        for words in (
            "Médiathèque du Port",
            "2 quai des Lampes",
            "Le Port",
            "Ville de Rives-sur-Aure",
            "06 39 98 00 10",
        ):
            assert words in page

    @pytest.mark.parametrize("query", ["text=mediatheque", "neighbourhood={harbour}", "structure={town}"])
    def test_is_narrowed(self, manager, cast, query):
        page = text(manager.get(f"{BASE}?{query.format(harbour=cast.harbour.id, town=cast.town.id)}"))
        assert "2 quai des Lampes" in page
        assert "14 rue du Bief" not in page

    def test_nothing_found_says_what_to_do(self, manager):
        assert "Aucun lieu ne répond" in text(manager.get(f"{BASE}?text=piscine"))

    def test_a_closed_place_says_so(self, manager, cast):
        assert "fermé" not in text(manager.get(BASE)).lower()
        with transaction():
            cast.library.active = False
        assert "fermé" in text(manager.get(BASE)).lower()

    @pytest.mark.parametrize("query", ["page=0", "page=-3", "page=99999999999999999999", "page=x", "neighbourhood=x",
                                       "structure=99999999999999999999", "text=" + "x" * 3000])  # fmt: skip
    def test_odd_addresses_do_no_harm(self, manager, query):
        assert manager.get(f"{BASE}?{query}").status_code == 200

    def test_long_lists_come_in_pages(self, manager, cast):
        with transaction():
            db.session.add_all(
                Venue(external_id=f"x{n}", name=f"Lieu {n:02}", commune="Rives-sur-Aure", postcode="99100")
                for n in range(60)
            )
        first = text(manager.get(BASE))
        assert "page=2" in first
        assert "Lieu 59" not in first
        second = text(manager.get(f"{BASE}?page=2"))
        assert "Lieu 59" in second
        assert "page=1" in second


class TestVenue:
    def test_is_created_then_shown(self, manager, cast):
        response = manager.post(f"{BASE}/nouveau", data=VENUE)
        assert response.status_code == 303
        page = text(manager.get(response.headers["Location"]))
        assert "Pôle Gare" in page
        assert "Le Port" in page
        assert "mercredi 9 h 00 – 12 h 00, 14 h 00 – 17 h 00" in with_plain_spaces(page)
        venue = queries.venues("pole gare")[0]
        assert (venue.emails, venue.languages, venue.wheelchair, venue.lift) == (
            ["a@b.fr", "c@d.fr"], ["fr", "ar"], True, None,
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"name": ""}, "Écrivez un nom."),
            ({"postcode": "abc"}, "Écrivez les cinq chiffres du code postal."),
            ({"latitude": "0", "longitude": "0"}, "Ces coordonnées ne sont pas en France."),
            ({"latitude": "48", "longitude": ""}, "Ces coordonnées ne sont pas en France."),
            ({"phone": "12 34"}, "06 12 34 56 78"),
            ({"name": "x" * 300}, "250"),
            ({"services": ["Coiffure"]}, ""),
            ({"structure_id": "999"}, ""),
        ],
    )
    def test_a_refusal_keeps_what_was_typed(self, manager, cast, changes, sentence):
        response = manager.post(f"{BASE}/nouveau", data=VENUE | changes)
        assert response.status_code == 422
        assert sentence in text(response)
        assert "1 place de la Gare" in text(response)
        assert 'role="alert"' in text(response)
        assert db.session.query(Venue).count() == 2

    def test_is_changed(self, manager, cast):
        venue_id = cast.library.id
        response = manager.post(f"{BASE}/{venue_id}", data=VENUE | {"structure_id": str(cast.town.id)})
        assert response.status_code == 303
        assert cast.library.name == "Pôle Gare"

    def test_a_refused_change_writes_nothing(self, manager, cast):
        response = manager.post(f"{BASE}/{cast.library.id}", data=VENUE | {"postcode": "x"})
        assert response.status_code == 422
        assert cast.library.name == "Médiathèque du Port"

    def test_an_unchecked_box_closes_it(self, manager, cast):
        data = {name: value for name, value in VENUE.items() if name != "active"}
        manager.post(f"{BASE}/{cast.library.id}", data=data)
        assert not cast.library.active

    def test_closing_it_shows_by_day_what_is_to_come_there_and_asks(self, manager, cast):
        start = clock.now() + timedelta(days=1)
        planned(cast, start)
        planned(cast, start + timedelta(days=7), length=30)
        planned(cast, clock.now() - timedelta(days=7))
        data = {name: value for name, value in VENUE.items() if name != "active"}
        asked = manager.post(f"{BASE}/{cast.library.id}", data=data)
        page = text(asked)
        assert asked.status_code == 409
        assert "2 réservations sont à venir dans ce lieu." in with_plain_spaces(page)
        assert page.count("Premiers pas") == 2
        assert cast.mediator.name in page
        assert (cast.library.active, cast.library.name) == (True, "Médiathèque du Port")
        sent = carried(page)
        assert sent["languages"] == ["fr", "ar"]
        assert manager.post(f"{BASE}/{cast.library.id}", data=sent).status_code == 303
        assert (cast.library.active, cast.library.name) == (False, "Pôle Gare")
        assert db.session.query(Appointment).filter_by(attendance=Attendance.EXPECTED).count() == 3

    def test_what_is_to_come_stands_in_the_way_of_closing_alone(self, manager, cast):
        planned(cast, clock.now() + timedelta(days=1))
        assert manager.post(f"{BASE}/{cast.library.id}", data=VENUE).status_code == 303

    def test_one_that_went_meanwhile_is_a_404(self, manager):
        assert manager.post(f"{BASE}/999", data=VENUE).status_code == 404


class TestRoom:
    def test_is_added_and_can_be_held(self, manager, cast):
        response = manager.post(f"{BASE}/{cast.workshop.id}/salles", data={"room-name": "Atelier", "room-seats": "6"})
        assert response.status_code == 303
        room = queries.rooms(cast.workshop.id)[0]
        assert (room.name, room.seats) == ("Atelier", 6)
        assert db.session.get(Resource, room.resource_id).label == "Atelier, Atelier des Moulins"

    @pytest.mark.parametrize(
        ("data", "status"),
        [
            ({"room-name": ""}, 422),
            ({"room-name": "x", "room-seats": "beaucoup"}, 422),
            ({"room-name": "Salle bleue"}, 409),
        ],
    )
    def test_a_refusal_is_drawn_on_the_page_of_the_venue(self, manager, cast, data, status):
        response = manager.post(f"{BASE}/{cast.library.id}/salles", data=data)
        assert response.status_code == status
        assert "Médiathèque du Port" in text(response)
        assert len(queries.rooms()) == 1

    def test_is_renamed_and_closed(self, manager, cast):
        room_id = cast.room.id
        assert manager.post(f"{BASE}/salles/{room_id}", data={"name": "Salle verte"}).status_code == 303
        assert cast.room.name == "Salle verte"
        assert manager.post(f"{BASE}/salles/{room_id}", data={"name": ""}).status_code == 422
        assert manager.post(f"{BASE}/salles/{room_id}/fermer").status_code == 303
        assert not cast.room.active
        assert manager.post(f"{BASE}/salles/999/fermer").status_code == 404

    def test_closing_it_shows_what_is_booked_there_and_asks(self, manager, cast):
        room, tomorrow = cast.room.resource_id, clock.now() + timedelta(days=1)
        with transaction():
            agenda.hold([room], Period(tomorrow, tomorrow + timedelta(hours=1)), "Premiers pas", "session:1")
        address = f"{BASE}/salles/{cast.room.id}/fermer"
        asked = manager.post(address)
        assert asked.status_code == 409
        assert "Premiers pas" in text(asked)
        assert cast.room.active
        assert manager.post(address, data={"knowingly": "yes"}).status_code == 303
        assert not cast.room.active
        assert [hold.reference for hold in agenda_queries.holds_of("session:1")] == ["session:1"]

    def test_closed_it_can_be_opened_again(self, manager, cast):
        room_id = cast.room.id
        manager.post(f"{BASE}/salles/{room_id}/fermer")
        assert "Rouvrir cette salle" in text(manager.get(f"{BASE}/salles/{room_id}"))
        assert manager.post(f"{BASE}/salles/{room_id}/rouvrir").status_code == 303
        assert cast.room.active
        assert db.session.get(Resource, cast.room.resource_id).active


class TestOthers:
    def test_a_structure_is_created_and_changed(self, manager, cast):
        data = {"name": "CCAS", "kind": "ccas", "siret": "", "active": "y"}
        assert manager.post(f"{BASE}/structures/nouvelle", data=data).status_code == 303
        assert "CCAS" in text(manager.get(f"{BASE}/structures"))
        wrong = manager.post(f"{BASE}/structures/{cast.town.id}", data=data | {"siret": "123"})
        assert wrong.status_code == 422
        assert "Ce SIRET n’existe pas" in text(wrong)
        assert db.session.query(Structure).count() == 3

    def test_a_neighbourhood_is_corrected(self, manager, cast):
        page = f"{BASE}/quartiers/{cast.harbour.id}"
        assert manager.post(page, data={"name": "Port", "population": "12"}).status_code == 422
        data = {"name": "Port", "population": "4300", "population_year": "2023"}
        assert manager.post(page, data=data).status_code == 303
        assert "4\u202f300" in text(manager.get(f"{BASE}/quartiers"))
        assert "QN09999M" in text(manager.get(f"{BASE}/quartiers"))

    @pytest.mark.parametrize(
        ("slug", "kind", "member"), [("ecoles", "nursery", "school"), ("residences", "ehpad", "care_home")]
    )
    def test_schools_and_care_homes(self, manager, cast, slug, kind, member):
        data = {"name": "Maison nouvelle", "kind": kind, "people": "40", "active": "y", "postcode": "99100"}
        assert manager.post(f"{BASE}/institutions/{slug}/nouveau", data=data).status_code == 303
        assert "Maison nouvelle" in text(manager.get(f"{BASE}/institutions/{slug}"))
        page = f"{BASE}/institutions/{slug}/{getattr(cast, member).id}"
        assert manager.post(page, data=data | {"latitude": "0", "longitude": "0"}).status_code == 422
        assert manager.post(page, data=data | {"name": "Renommée"}).status_code == 303
        assert getattr(cast, member).name == "Renommée"

    def test_lists_that_are_empty_say_what_to_do(self, manager, cast):
        with transaction():
            cast.host.school_id = None
            db.session.flush()
            db.session.delete(cast.school)
        assert "La liste est vide" in text(manager.get(f"{BASE}/institutions/ecoles"))

    def test_schools_are_found_by_name_address_and_neighbourhood(self, manager, cast):
        page, school = f"{BASE}/institutions/ecoles", cast.school
        assert school.name in text(manager.get(page, query_string={"text": school.name.upper()[:6]}))
        assert school.name in text(manager.get(page, query_string={"neighbourhood": school.neighbourhood_id}))
        nothing = text(manager.get(page, query_string={"text": "zzz"}))
        assert "Rien dans la liste ne correspond" in nothing
        assert f'href="{page}"' in nothing
        assert school.name in text(manager.get(page, query_string={"neighbourhood": "999", "page": "x"}))

    def test_a_long_list_comes_a_page_at_a_time(self, manager, cast):
        with transaction():
            for number in range(45):
                db.session.add(
                    School(source="t", external_id=str(number), name=f"École {number:02}", kind=SchoolKind.PRIMARY,
                           address="", postcode="", commune="", insee_code="", active=True)
                )  # fmt: skip
        page = f"{BASE}/institutions/ecoles"
        first = text(manager.get(page, query_string={"text": "école"}))
        assert "École 00" in first
        assert "École 44" not in first
        assert "École 44" in text(manager.get(page, query_string={"text": "école", "page": 2}))

    def test_the_territory_is_saved(self, client, cast):
        sign_in(client, cast.administrator)
        data = {"name": "Rives", "kind": "town", "school_zone": "A", "languages": ["fr", "ar"], "alsace_moselle": "y"}
        assert client.post(f"{BASE}/territoire", data=data).status_code == 303
        assert (cast.territory.name, cast.territory.school_zone.value, cast.territory.languages) == (
            "Rives", "A", ["fr", "ar"],
        )  # fmt: skip
        pale = client.post(f"{BASE}/territoire", data=data | {"accent_colour": "#eeeeee"})
        assert pale.status_code == 422
        assert "contraste" in text(pale)

    def test_asking_whether_it_helped_is_switched_off_and_on(self, client, cast):
        sign_in(client, cast.administrator)
        page = f"{BASE}/territoire"
        (box,) = re.findall(r'<input[^>]*name="asks_satisfaction"[^>]*>', text(client.get(page)))
        assert "checked" in box
        data = {"name": "Rives", "kind": "town", "school_zone": "A", "languages": ["fr"]}
        for sent, stands in (({}, False), ({"asks_satisfaction": "y"}, True)):
            assert client.post(page, data=data | sent).status_code == 303
            assert cast.territory.asks_satisfaction is stands

    def test_the_export_is_a_file(self, manager, cast):
        response = manager.get(f"{BASE}/export.csv")
        assert response.mimetype == "text/csv"
        assert "attachment" in response.headers["Content-Disposition"]
        assert "Médiathèque du Port" in text(response)
