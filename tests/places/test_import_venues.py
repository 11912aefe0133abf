"""Importing venues: created, updated, unchanged, refused, and nothing lost."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import select

from foundation.audit import history
from foundation.db import db, transaction
from places import queries, service
from places.importing.profiles import UnknownColumnsError
from places.importing.report import Trouble
from places.models import Placement, Venue
from tests.counting import statements
from tests.places.files import (
    TODAY,
    import_neighbourhoods,
    import_venues,
    line,
    polygons,
    square,
    table,
    venues_file,
)


def stored() -> list[Venue]:
    return list(db.session.scalars(select(Venue).order_by(Venue.external_id)))


def troubles(report) -> list[Trouble]:
    return [one.trouble for one in report.remarks]


def test_a_row_becomes_a_venue(app):
    report = import_venues(venues_file(line()))
    assert report.counts == {"created": 1, "updated": 0, "unchanged": 0, "refused": 0}
    venue = stored()[0]
    assert (venue.source, venue.external_id, venue.name) == ("essai", "v1", "Lieu v1")
    assert (venue.commune, venue.postcode, venue.address) == ("Nantes", "44000", "1 rue du Port")
    assert (venue.latitude, venue.longitude) == (47.21, -1.55)
    assert venue.phone == "+33240419000"
    assert venue.opening_hours == "Mo-Fr 09:00-12:00"
    assert venue.services == ["Maîtrise des outils numériques du quotidien"]
    assert venue.updated_on == date(2024, 1, 15)
    assert venue.placement is Placement.UNKNOWN


def test_the_same_file_again_changes_nothing(app):
    file = venues_file(line("a"), line("b"))
    import_venues(file)
    assert import_venues(file).counts == {"created": 0, "updated": 0, "unchanged": 2, "refused": 0}
    assert len(stored()) == 2


def test_the_same_identifier_updates(app):
    import_venues(venues_file(line("a"), line("b")))
    report = import_venues(venues_file(line("a", nom="Nouveau nom"), line("b"), line("c")))
    assert report.counts == {"created": 1, "updated": 1, "unchanged": 1, "refused": 0}
    assert [venue.name for venue in stored()] == ["Nouveau nom", "Lieu b", "Lieu c"]


def test_places_that_the_source_no_longer_tells_of_are_named_and_left(app):
    import_venues(venues_file(line("a"), line("b"), line("other", source="autre")))
    report = import_venues(venues_file(line("a")))
    assert report.absent == ["Lieu b"]
    assert len(stored()) == 3
    with transaction():
        stored()[1].active = False
    assert import_venues(venues_file(line("a"))).absent == []


def test_two_sources_may_use_one_identifier(app):
    import_venues(venues_file(line("1"), line("1", source="autre")))
    assert [(venue.source, venue.external_id) for venue in stored()] == [("essai", "1"), ("autre", "1")]


def test_the_source_told_counts_for_rows_that_tell_none(app):
    import_venues(venues_file(line(source="")), source="La ville")
    assert stored()[0].source == "La ville"


def test_columns_that_the_file_lacks_are_left_as_they_are(app):
    import_venues(venues_file(line()))
    with transaction():
        stored()[0].access_notes = "Sonner deux fois"
    report = import_venues(table("id,nom,commune,code_postal,source\nv1,Autre,Nantes,44000,essai\n"))
    assert report.updated == 1
    venue = stored()[0]
    assert (venue.name, venue.phone, venue.access_notes) == ("Autre", "+33240419000", "Sonner deux fois")


def test_a_venue_without_date_is_known_from_the_day_of_import(app):
    file = venues_file(line(date_maj=""))
    import_venues(file)
    assert stored()[0].updated_on == TODAY
    assert import_venues(file).unchanged == 1


class TestRefused:
    @pytest.mark.parametrize(
        ("changes", "trouble", "value"),
        [
            ({"nom": " "}, Trouble.NO_NAME, ""),
            ({"commune": ""}, Trouble.NO_COMMUNE, ""),
            ({"code_postal": "44"}, Trouble.BAD_POSTCODE, "44"),
            ({"code_postal": ""}, Trouble.BAD_POSTCODE, ""),
            ({"latitude": "0", "longitude": "0"}, Trouble.BAD_COORDINATES, "0, 0"),
            ({"latitude": "nord"}, Trouble.BAD_COORDINATES, "nord, -1.55"),
            ({"nom": "x" * 251}, Trouble.TOO_LONG, "x" * 200),
        ],
    )
    def test_a_bad_row_is_kept_with_its_line_and_reason(self, app, changes, trouble, value):
        report = import_venues(venues_file(line("a"), line("bad", **changes), line("c")))
        assert report.counts == {"created": 2, "updated": 0, "unchanged": 0, "refused": 1}
        refused = report.refused[0]
        assert (refused.line, refused.trouble, refused.value) == (3, trouble, value)
        assert refused.raw["id"] == "bad"
        assert [venue.external_id for venue in stored()] == ["a", "c"]

    def test_an_empty_json_record_is_refused_as_such(self, app):
        good = {"id": "a", "nom": "A", "commune": "Nantes", "code_postal": 44000}
        report = import_venues(table(json.dumps([good, {}, 3])))
        assert [(one.line, one.trouble) for one in report.refused] == [
            (2, Trouble.NOT_A_RECORD),
            (3, Trouble.NOT_A_RECORD),
        ]

    def test_one_identifier_twice_with_other_facts(self, app):
        report = import_venues(venues_file(line("a"), line("a", nom="Autre")))
        assert [(one.line, one.trouble) for one in report.refused] == [(3, Trouble.SAME_ID_TWICE)]

    def test_one_identifier_twice_with_the_same_facts_is_a_repeat(self, app):
        report = import_venues(venues_file(line("a"), line("a")))
        assert (report.created, report.repeated, report.refused) == (1, 1, [])

    def test_every_row_is_accounted_for(self, app):
        rows = [line("a"), line("a"), line("b", nom=""), line("c")]
        assert import_venues(venues_file(*rows)).rows == len(rows)


class TestRemarks:
    @pytest.mark.parametrize(
        ("changes", "trouble", "value"),
        [
            ({"horaires": "Mo 09:00-12:00; Tu 12:30"}, Trouble.HOURS_UNREAD, "Tu 12:30"),
            ({"telephone": "bientôt"}, Trouble.PHONE_UNREAD, "bientôt"),
            ({"services": "Réparation de matériel"}, Trouble.LABEL_UNKNOWN, "Réparation de matériel"),
            ({"date_maj": "hier"}, Trouble.DATE_UNREAD, "hier"),
            ({"latitude": "", "longitude": ""}, Trouble.NO_COORDINATES, ""),
            ({"latitude": "-1.55", "longitude": "47.21"}, Trouble.COORDINATES_SWAPPED, "-1.55, 47.21"),
            ({"latitude": "5979000", "longitude": "-172000"}, Trouble.COORDINATES_PROJECTED, "5979000, -172000"),
            ({"id": ""}, Trouble.ID_MADE_UP, "lieu-v1-1-rue-du-port-nantes"),
        ],
    )
    def test_what_was_put_right_or_left_out_is_named(self, app, changes, trouble, value):
        changes = {"nom": "Lieu v1"} | changes
        report = import_venues(venues_file(line(**changes)))
        assert report.created == 1
        assert [(one.line, one.trouble, one.value) for one in report.remarks] == [(2, trouble, value)]

    def test_hours_that_can_not_be_read_are_kept_as_text(self, app):
        import_venues(venues_file(line(horaires="Mo 09:00-12:00; Tu 12:30")))
        assert stored()[0].opening_hours == "Mo 09:00-12:00; Tu 12:30"

    def test_a_siret_that_a_spreadsheet_rounded_is_left_out(self, app):
        report = import_venues(table("id,nom,commune,code_postal,pivot\na,A,Nantes,44000,21760400000000\n"))
        assert troubles(report) == [Trouble.NO_COORDINATES, Trouble.SIRET_WRONG] or troubles(report) == [
            Trouble.SIRET_WRONG,
            Trouble.NO_COORDINATES,
        ]
        assert stored()[0].siret == ""

    def test_a_long_summary_is_shortened_and_kept_whole_in_the_details(self, app):
        long = "mot " * 100
        report = import_venues(table(f"id,nom,commune,code_postal,presentation_resume\na,A,Nantes,44000,{long}\n"))
        assert Trouble.SHORTENED in troubles(report)
        assert len(stored()[0].summary) <= 280
        assert stored()[0].details == long.strip()

    def test_windows_encoding_is_said(self, app):
        report = import_venues(table("id,nom,commune,code_postal\na,Médiathèque,Rezé,44400\n".encode("cp1252")))
        assert troubles(report)[0] is Trouble.ENCODING_GUESSED
        assert stored()[0].name == "Médiathèque"


class TestPlacing:
    def test_a_venue_is_placed_in_the_polygons_that_are_there(self, app):
        import_neighbourhoods(polygons(({"code": "Q1", "nom": "Port"}, square(-1.6, 47.2))))
        report = import_venues(venues_file(line("in"), line("out", latitude="48.1")))
        assert report.moved == 0
        inside, outside = stored()
        assert (inside.placement, inside.neighbourhood.name) == (Placement.INSIDE, "Port")
        assert (outside.placement, outside.neighbourhood) == (Placement.OUTSIDE, None)

    def test_venues_are_placed_again_when_polygons_come_after(self, app):
        import_venues(venues_file(line("in")))
        report = import_neighbourhoods(polygons(({"code": "Q1", "nom": "Port"}, square(-1.6, 47.2))))
        assert report.moved == 1
        assert stored()[0].neighbourhood.name == "Port"
        assert [one.level.value for one in stored()[0].memberships] == ["quartier"]

    def test_a_venue_that_moves_changes_neighbourhood(self, app):
        import_neighbourhoods(
            polygons(
                ({"code": "Q1", "nom": "Port"}, square(-1.6, 47.2)), ({"code": "Q2", "nom": "Gare"}, square(-1.6, 47.4))
            )
        )
        import_venues(venues_file(line()))
        report = import_venues(venues_file(line(latitude="47.45")))
        assert (report.updated, report.moved) == (1, 1)
        assert stored()[0].neighbourhood.name == "Gare"


class TestTransaction:
    def test_a_file_of_unknown_columns_writes_nothing(self, app):
        with pytest.raises(UnknownColumnsError):
            import_venues(table("foo,bar\n1,2\n"))
        assert stored() == []

    def test_progress_is_told_for_every_row(self, app):
        steps = []
        with transaction():
            service.import_venues(
                venues_file(line("a"), line("b", nom="")), "", TODAY, progress=lambda: steps.append(1)
            )
        assert len(steps) == 2

    def test_the_import_is_audited_with_its_counts(self, app):
        import_venues(venues_file(line()), source="essai")
        assert history("import:essai")[0].details == {"created": 1, "updated": 0, "unchanged": 0, "refused": 0}

    def test_the_reads_do_not_grow_with_the_rows(self, app):
        file = venues_file(*(line(f"v{number}") for number in range(60)))
        with statements() as sent:
            import_venues(file)
        assert len(stored()) == 60
        assert sum(statement.startswith("SELECT") for statement in sent) < 10


def test_the_search_finds_an_imported_venue(app):
    import_venues(venues_file(line(nom="Médiathèque Île", adresse="3 quai Saint-Louis")))
    assert [one.name for one in queries.venues("ile st") or queries.venues("mediatheque QUAI")] == ["Médiathèque Île"]


class TestOldDialects:
    def test_the_quasi_standard(self, app):
        row = {
            "id": "x", "nom": "X ", "pivot": 21760400000000, "commune": "St Adresse", "code_postal": 76310,
            "code_insee": 76552, "adresse": "1 rue", "latitude": 49.5, "longitude": 0.08, "telephone": "02 35 54 05 07",
            "courriel": "a@b.fr ", "horaires": "Tu-Fr 10:00-12:30, 13h30-18:00 ", "labels_nationaux": "France Service",
            "publics_accueillis": "Jeunes (16/26 ans) / Familles/ enfant / Surdité",
            "services": "Accéder à du matériel\nUtiliser le numérique au quotidien", "typologie": "Relais lecture",
        }  # fmt: skip
        import_venues(table(json.dumps([row])), "Le Havre")
        venue = stored()[0]
        assert (venue.name, venue.commune, venue.insee_code) == ("X", "Saint-Adresse", "76552")
        assert venue.opening_hours == "Tu-Fr 10:00-12:30,13:30-18:00"
        assert (venue.audiences, venue.special_support) == (["Jeunes", "Familles et/ou enfants"], ["Surdité"])
        assert venue.services == [
            "Accès internet et matériel informatique",
            "Maîtrise des outils numériques du quotidien",
        ]
        assert (venue.kinds, venue.programmes, venue.emails) == (["BIB"], ["France Services"], ["a@b.fr"])

    def test_a_town_s_own_columns(self, app):
        row = {
            "TYPO_UID": 1, "USER_NOM": "Aide Accueil", "USER_ADRES": "3, rue de Crimée", "LAT": 47.47, "LNG": -0.55,
            "QUALIF1": "Initiation aux outils numériques", "QUALIF2": "", "WIFI": "Accès WIFI", "commune": "Angers",
            "REPAR_MAT": "Réparation de matériel", "PUBLIC_": "Etudiant, Senior, Demandeur d'Emploi",
            "HORAIRE": "9h-12h et 14h-17h du lundi au vendredi", "TRANSPORT": "Tram A", "code_postal": "49000",
            "DATE_MAJ": "2022-09-26 16:54:46", "SITE_INTER": "https://a.fr", "LIEN": "https://angers.fr/1",
        }  # fmt: skip
        report = import_venues(table(json.dumps([row])))
        venue = stored()[0]
        assert (venue.source, venue.external_id) == ("angers.fr", "1")
        assert venue.opening_hours == "Mo-Fr 09:00-12:00,14:00-17:00"
        assert venue.services == [
            "Maîtrise des outils numériques du quotidien",
            "Accès internet et matériel informatique",
        ]
        assert (venue.audiences, venue.access_notes) == (["Étudiants", "Seniors"], "Tram A")
        assert venue.websites == ["https://a.fr", "https://angers.fr/1"]
        assert [one.value for one in report.remarks] == ["Réparation de matériel", "Demandeur d'Emploi"]

    def test_france_services(self, app):
        file = table(
            "id_fs,lib_fs,adresse,complement_adresse,insee_com,code_postal,lib_com,latitude,longitude,mail,telephone,"
            "h_lundi,h_mardi,commentaire,itinerance\n"
            "181,France services X,1 rue Y,,31033,31190,Auterive,43.36,1.44,a@b.fr,05 61 50 99 41,"
            "09:00 - 12:30 / 13:30 - 17:00,,,Non\n"
        )
        import_venues(file)
        venue = stored()[0]
        assert venue.opening_hours == "Mo 09:00-12:30,13:30-17:00"
        assert (venue.programmes, venue.itinerance, venue.source) == (["France Services"], ["Fixe"], "france-services")
