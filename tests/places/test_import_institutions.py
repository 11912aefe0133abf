"""Importing schools, care homes and addresses."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from foundation.db import db, transaction
from places import queries, service
from places.importing.report import Trouble
from places.models import CareHome, CareHomeKind, Placement, School, SchoolKind
from places.service.addresses import NotAnAddressFileError
from places.transfer.parts import carry_out
from tests.places.files import import_neighbourhoods, polygons, square, table

DIRECTORY = (
    "\ufeffIdentifiant_de_l_etablissement;Nom_etablissement;Type_etablissement;Statut_public_prive;Adresse_1;"
    "Code postal;Code_commune;Nom_commune;Ecole_maternelle;Ecole_elementaire;Telephone;Mail;"
    "Appartenance_Education_Prioritaire;SIREN_SIRET;Nombre_d_eleves;latitude;longitude;etat;libelle_nature\n"
)
ZOLA = (
    "0350594F;École élémentaire publique Zola;Ecole;Public;44 rue X;35000;35238;Rennes;0;1;0257213027;a@b.fr;REP;"
    "21350238800308;269;48.1025;-1.7059;OUVERT;ECOLE DE NIVEAU ELEMENTAIRE\n"
)
OFFICE = "0352852K;EATICE 35;Service Administratif;;1 quai;35031;35238;Rennes;;;;;;;;48.11;-1.67;OUVERT;SERVICE\n"


def import_schools(text: str, source: str = "essai"):
    with transaction():
        return service.import_schools(table(text), source)


def import_care_homes(text: str, source: str = "essai"):
    with transaction():
        return service.import_care_homes(table(text), source)


def only(model):
    return db.session.scalars(select(model)).one()


class TestSchools:
    def test_a_line_of_the_directory(self, app):
        assert import_schools(DIRECTORY + ZOLA).counts["created"] == 1
        school = only(School)
        assert (school.uai, school.kind, school.is_public) == ("0350594F", SchoolKind.ELEMENTARY, True)
        assert (school.pupils, school.priority_education) == (269, "REP")
        assert (school.phone, school.email) == ("+33257213027", "a@b.fr")
        assert (school.postcode, school.insee_code, school.commune) == ("35000", "35238", "Rennes")

    def test_again_changes_nothing(self, app):
        import_schools(DIRECTORY + ZOLA)
        assert import_schools(DIRECTORY + ZOLA).counts["unchanged"] == 1

    def test_a_service_is_no_school(self, app):
        report = import_schools(DIRECTORY + ZOLA + OFFICE)
        assert [(one.line, one.trouble) for one in report.refused] == [(3, Trouble.NOT_A_SCHOOL)]

    @pytest.mark.parametrize(
        ("name", "type_etab", "kind"),
        [
            ("Ecole maternelle Buisson", "ECOLE MATERNELLE", SchoolKind.NURSERY),
            ("Ecole primaire Prévert", "ECOLE DE NIVEAU ELEMENTAIRE", SchoolKind.PRIMARY),
            ("GROUPE SCOLAIRE AUBRAC", "ECOLE PRIMAIRE", SchoolKind.PRIMARY),
            ("Collège Zola", "Collège", SchoolKind.MIDDLE),
            ("Lycée Zola", "Lycée", SchoolKind.HIGH),
            ("COUDRAY ELEMENTAIRE", "", SchoolKind.ELEMENTARY),
            ("CONTRIE", "", SchoolKind.OTHER),
        ],
    )
    def test_the_kind_is_read_of_the_name_then_of_the_type(self, app, name, type_etab, kind):
        import_schools(json.dumps([{"nom": name, "type_etab": type_etab}]))
        assert only(School).kind is kind

    def test_both_levels_make_a_primary_school(self, app):
        import_schools(DIRECTORY + ZOLA.replace(";Rennes;0;1;", ";Rennes;1;1;"))
        assert only(School).kind is SchoolKind.PRIMARY

    def test_without_number_the_name_and_address_identify(self, app):
        features = [{"properties": {"nom": "École Zola"}, "geometry": {"type": "Point", "coordinates": [-0.44, 46.31]}}]
        text = json.dumps({"type": "FeatureCollection", "features": features})
        assert import_schools(text).created == 1
        assert import_schools(text).unchanged == 1
        assert (only(School).latitude, only(School).uai) == (46.31, None)

    def test_a_multipoint_of_one_point_and_an_empty_geometry(self, app):
        features = [
            {"properties": {"equipement": "0017 ECOLE A", "type_equipement": "ECOLE PRIMAIRE", "code_postal": 31000.0,
                            "numero_rue": 6, "complement_rue": "B", "nom_rue": "RUE X", "commune": "TOULOUSE"},
             "geometry": {"type": "MultiPoint", "coordinates": [[1.45, 43.59]]}},
            {"properties": {"equipement": "0018 ECOLE B", "type_equipement": "ECOLE PRIMAIRE"}, "geometry": None},
            {"properties": {"equipement": "BIBLIOTHEQUE", "type_equipement": "BIBLIOTHEQUE"}, "geometry": None},
        ]  # fmt: skip
        report = import_schools(json.dumps({"features": features}))
        assert report.counts == {"created": 2, "updated": 0, "unchanged": 0, "refused": 1}
        first, second = queries.schools()
        assert (first.name, first.address, first.postcode) == ("ECOLE A", "6 B RUE X", "31000")
        assert (second.latitude, second.placement) == (None, Placement.UNKNOWN)

    def test_pupils_by_year_change_the_number_of_pupils_only(self, app):
        import_schools(DIRECTORY + ZOLA)
        years = (
            "Rentrée scolaire;Numéro de l'école;Dénomination principale;Patronyme;Nombre total d'élèves\n"
            "2019;0350594F;ECOLE;ZOLA;250\n2022;0350594F;ECOLE;ZOLA;281\n2021;0350594F;ECOLE;ZOLA;270\n"
        )
        report = import_schools(years)
        assert (report.updated, report.repeated) == (1, 2)
        assert (only(School).pupils, only(School).name) == (281, "École élémentaire publique Zola")

    def test_a_file_that_knows_less_takes_nothing_away(self, app):
        import_schools(DIRECTORY + ZOLA)
        import_schools(DIRECTORY + ZOLA.replace(";269;", ";;").replace("0257213027", ""))
        assert (only(School).pupils, only(School).phone) == (269, "+33257213027")


FINESS = (
    "numero finess etablissement,libelle description equipement sociaux,raison_sociale,rslongue,code commune,"
    "categetab,categorie,latitude,longitude,code_insee\n"
)


class TestCareHomes:
    def test_the_lines_of_one_establishment_are_one_home(self, app):
        row = "310018817,{},EHPAD B,EHPAD DOMAINE DE B,555,500,Etablissement,43.63,1.45,31555\n"
        report = import_care_homes(FINESS + row.format("Accueil") + row.format("Accueil de jour"))
        assert (report.created, report.repeated) == (1, 1)
        home = only(CareHome)
        assert (home.finess, home.kind, home.name) == ("310018817", CareHomeKind.EHPAD, "EHPAD DOMAINE DE B")
        assert home.insee_code == "31555"

    def test_a_nursing_service_is_no_home(self, app):
        row = "310018818,Soins,SSIAD,SSIAD,555,354,Service de soins,43.63,1.45,31555\n"
        report = import_care_homes(FINESS + row)
        assert [one.trouble for one in report.refused] == [Trouble.NOT_A_CARE_HOME]

    @pytest.mark.parametrize(
        ("category", "kind"),
        [("202", CareHomeKind.SENIOR_RESIDENCE), ("207", CareHomeKind.DAY_CENTRE), ("381", CareHomeKind.OTHER)],
    )
    def test_kinds_by_category(self, app, category, kind):
        import_care_homes(FINESS + f"310018818,x,A,A,555,{category},x,43.63,1.45,31555\n")
        assert only(CareHome).kind is kind

    def test_web_mercator_columns_are_a_trap_that_the_geometry_avoids(self, app):
        properties = {"c_finess": "790003552", "c_rs": "EHPAD X", "c_categorie": "500", "c_x_wgs84": -53001.643,
                      "c_y_wgs84": 5832291.152, "c_com_code": "79191", "c_com_lib": "NIORT"}  # fmt: skip
        geometry = {"type": "Point", "coordinates": [-0.4761, 46.3231]}
        import_care_homes(json.dumps({"features": [{"properties": properties, "geometry": geometry}]}))
        assert (only(CareHome).latitude, only(CareHome).longitude) == (46.3231, -0.4761)

    def test_metres_alone_are_converted(self, app):
        report = import_care_homes("nom,latitude,longitude\nEHPAD X,5832291.152,-53001.643\n")
        assert (only(CareHome).latitude, only(CareHome).longitude) == (46.32318, -0.476122)
        assert [one.trouble for one in report.remarks] == [Trouble.COORDINATES_PROJECTED]

    def test_prices_of_the_cnsa_are_of_care_homes(self, app):
        features = [
            {"properties": {"nom": "MAISON SAINT JOSEPH", "prix_chambre_simple": "1725"},
             "geometry": {"type": "Point", "coordinates": [-1.54, 47.22]}}
        ]  # fmt: skip
        text = json.dumps({"features": features})
        assert import_care_homes(text).created == 1
        assert import_care_homes(text).unchanged == 1
        assert only(CareHome).kind is CareHomeKind.EHPAD

    def test_a_home_is_placed(self, app):
        import_neighbourhoods(polygons(({"code": "Q1", "nom": "Port"}, square(-1.6, 47.2))))
        report = import_care_homes("nom,latitude,longitude\nEHPAD X,47.25,-1.55\n")
        assert report.moved == 0
        assert only(CareHome).neighbourhood.name == "Port"


BAN = "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;x;y;lon;lat\n"
DOORS = (
    BAN
    + "44109_1_00012;;12;;Rue de la Paix;44000;44109;Nantes;;;-1.55;47.21\n"
    + "44109_1_00012_bis;;12;bis;Rue de la Paix;44000;44109;Nantes;;;-1.55;47.21\n"
    + "44109_1_00004;;4;;Rue de la Paix;44000;44109;Nantes;;;-1.56;47.21\n"
    + "44109_2_00001;;1;;Avenue de l'Île Héron;44230;44109;Nantes;;;-1.45;47.21\n"
)


def import_addresses(text: str):
    with transaction():
        return service.import_addresses(table(text), "ban")


class TestAddresses:
    def test_doors_are_created_then_unchanged_then_updated(self, app):
        assert import_addresses(DOORS).counts["created"] == 4
        assert import_addresses(DOORS).counts["unchanged"] == 4
        moved = DOORS.replace("-1.56;47.21", "-1.57;47.21")
        assert import_addresses(moved).counts == {"created": 0, "updated": 1, "unchanged": 3, "refused": 0}
        assert len(queries.search_addresses("12 rue de la paix")) == 2

    def test_a_bad_door_is_refused_alone(self, app):
        bad = "x;;3;;;44000;44109;Nantes;;;-1.55;47.21\ny;;3;;Rue X;44000;44109;Nantes;;;;\n"
        report = import_addresses(DOORS + bad)
        assert report.created == 4
        assert [(one.line, one.trouble) for one in report.refused] == [
            (6, Trouble.NO_NAME),
            (7, Trouble.BAD_COORDINATES),
        ]

    def test_other_files_are_refused_with_the_columns_needed(self, app):
        with pytest.raises(NotAnAddressFileError) as refused:
            import_addresses("nom,commune\nA,B\n")
        assert "nom_voie" in str(refused.value)

    def test_a_door_knows_its_neighbourhood(self, app):
        import_neighbourhoods(polygons(({"code": "Q1", "nom": "Port"}, square(-1.6, 47.2))))
        import_addresses(DOORS)
        assert queries.search_addresses("4 rue de la paix")[0].neighbourhood_id is not None
        assert queries.search_addresses("1 avenue de l'ile")[0].neighbourhood_id is None

    def test_doors_are_placed_again_with_new_polygons(self, app):
        import_addresses(DOORS)
        import_neighbourhoods(polygons(({"code": "Q1", "nom": "Port"}, square(-1.6, 47.2))))
        assert queries.search_addresses("4 rue de la paix")[0].neighbourhood_id is not None

    @pytest.mark.parametrize(
        ("text", "labels"),
        [
            ("12 rue de la paix", ["12 Rue de la Paix, 44000 Nantes", "12 bis Rue de la Paix, 44000 Nantes"]),
            ("12bis, RUE de la pai", ["12 bis Rue de la Paix, 44000 Nantes"]),
            ("rue de la paix", ["4 Rue de la Paix, 44000 Nantes"]),
            ("av de l'ile", ["1 Avenue de l'Île Héron, 44230 Nantes"]),
            ("ile heron", ["1 Avenue de l'Île Héron, 44230 Nantes"]),
            ("99 rue de la paix", []),
            ("r", []),
            ("", []),
            ("%%%_", []),
        ],
    )
    def test_are_found_however_they_are_typed(self, app, text, labels):
        import_addresses(DOORS)
        assert [one.label for one in queries.search_addresses(text)] == labels

    def test_a_long_file_is_written_in_parts_and_counted_whole(self, app):
        bad = "x;;3;;;44000;44109;Nantes;;;-1.55;47.21\n"
        report = carry_out(lambda part: service.import_addresses(part, "ban"), table(DOORS + bad), at_once=2)
        assert report.counts == {"created": 4, "updated": 0, "unchanged": 0, "refused": 1}
        assert report.refused[0].line == 6
        rehearsed = carry_out(
            lambda part: service.import_addresses(part, "ban"), table(DOORS), at_once=3, rehearsal=True
        )
        assert rehearsed.unchanged == 4

    def test_doors_without_identifier_get_one(self, app):
        doors = "\n".join(";" + line.split(";", 1)[1] if line[:1].isdigit() else line for line in DOORS.splitlines())
        assert import_addresses(doors).created == 4
        assert import_addresses(doors).unchanged == 4

    def test_whether_there_are_any(self, app):
        assert not queries.has_addresses()
        import_addresses(DOORS)
        assert queries.has_addresses()
