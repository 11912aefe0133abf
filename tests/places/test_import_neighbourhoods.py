"""Importing polygons and populations."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from foundation.db import db
from places import queries
from places.importing.neighbourhood_rows import guess_fields, population_key, read_count, read_population
from places.importing.report import Trouble
from places.models import Commune, Level, Neighbourhood
from tests.places.files import import_neighbourhoods, polygons, square, table

PORT = ({"code": "Q1", "quartier": "Le Port", "population_2018": 1200}, square(-1.6, 47.2))
GARE = ({"code": "Q2", "quartier": "La Gare", "population_2018": 900}, square(-1.4, 47.2))


def stored(level: Level = Level.QUARTIER) -> list[Neighbourhood]:
    query = select(Neighbourhood).where(Neighbourhood.level == level).order_by(Neighbourhood.code, Neighbourhood.id)
    return list(db.session.scalars(query))


def test_polygons_are_kept_with_their_people_and_box(app):
    report = import_neighbourhoods(polygons(PORT, GARE))
    assert report.counts == {"created": 2, "updated": 0, "unchanged": 0, "refused": 0}
    port = stored()[0]
    assert (port.name, port.code, port.population, port.population_year) == ("Le Port", "Q1", 1200, 2018)
    assert (port.min_longitude, port.max_longitude) == (-1.6, pytest.approx(-1.5))
    assert (port.latitude, port.longitude) == (47.25, -1.55)
    assert (port.is_priority, port.repaired) == (False, False)


def test_the_same_file_again_changes_nothing(app):
    import_neighbourhoods(polygons(PORT, GARE))
    assert import_neighbourhoods(polygons(PORT, GARE)).counts["unchanged"] == 2


def test_a_polygon_that_changed_is_updated(app):
    import_neighbourhoods(polygons(PORT, GARE))
    report = import_neighbourhoods(polygons((PORT[0], square(-1.6, 47.2, 0.2)), GARE))
    assert report.counts == {"created": 0, "updated": 1, "unchanged": 1, "refused": 0}


def test_an_invalid_polygon_is_repaired_and_named(app):
    bow_tie = {
        "type": "Polygon",
        "coordinates": [[[-1.5, 47.2], [-1.4, 47.3], [-1.4, 47.2], [-1.5, 47.3], [-1.5, 47.2]]],
    }
    report = import_neighbourhoods(polygons(({"code": "Q9", "quartier": "Le Nœud"}, bow_tie), PORT))
    assert report.repaired == ["Le Nœud"]
    assert report.refused == []
    assert [one.repaired for one in stored()] == [False, True]
    assert queries.locate(47.28, -1.45).neighbourhood_id is None
    assert queries.locate(47.25, -1.49).neighbourhood_id == stored()[1].id


@pytest.mark.parametrize(
    ("feature", "trouble"),
    [
        (({"code": "Q3", "nom": ""}, square(-1.6, 47.2)), Trouble.NO_NAME),
        (({"code": "", "nom": "Sans code"}, square(-1.6, 47.2)), Trouble.NO_CODE),
        (({"code": "Q3", "nom": "Vide"}, None), Trouble.NO_GEOMETRY),
        (({"code": "Q3", "nom": "Loin"}, square(12.0, 3.0)), Trouble.NO_GEOMETRY),
        (({"code": "Q3", "nom": "Point"}, {"type": "Point", "coordinates": [-1.5, 47.2]}), Trouble.NO_GEOMETRY),
    ],
)
def test_a_bad_polygon_is_refused_alone(app, feature, trouble):
    good = ({"code": "Q1", "nom": "Bon"}, square(-1.6, 47.2))
    report = import_neighbourhoods(polygons(good, feature))
    assert report.created == 1
    assert [(one.line, one.trouble) for one in report.refused] == [(2, trouble)]


class TestFields:
    @pytest.mark.parametrize(
        ("properties", "name", "code", "level"),
        [
            ({"quartier": 15, "nom_quartier": "Papus"}, "nom_quartier", "quartier", Level.QUARTIER),
            ({"code": "Q01", "quartier": "Port"}, "quartier", "code", Level.QUARTIER),
            (
                {"nuquart": 1, "nmquart": "CENTRE", "nom": "Centre", "code_insee": 35238},
                "nom",
                "nuquart",
                Level.QUARTIER,
            ),
            ({"code_iris": "441090209", "nom_iris": "Port", "iris": "0209"}, "nom_iris", "code_iris", Level.IRIS),
            ({"code_qp": "QP044001", "nom_qp": "Port"}, "nom_qp", "code_qp", Level.QPV),
            ({"nom": "Niort", "code": "79191", "_score": 1}, "nom", "code", Level.COMMUNE),
            ({"nom": "Seul"}, "nom", "nom", Level.QUARTIER),
        ],
    )
    def test_are_guessed(self, properties, name, code, level):
        fields = guess_fields(polygons((properties, square(-1.6, 47.2))))
        assert (fields.name, fields.code, fields.level) == (name, code, level)

    def test_what_the_person_says_wins(self):
        file = polygons(({"a": "Port", "b": "7", "nom": "x", "code": "y"}, square(-1.6, 47.2)))
        fields = guess_fields(file, name="a", code="b", level=Level.QPV)
        assert (fields.name, fields.code, fields.level) == ("a", "b", Level.QPV)

    @pytest.mark.parametrize(
        ("columns", "column", "year"),
        [
            ({"population_2018": 1}, "population_2018", 2018),
            ({"population_2018": 1, "population_2021": 2}, "population_2021", 2021),
            ({"Population (2018)": 1}, "population_2018", 2018),
            ({"pop_mun": 1, "pop_com": 2}, "pop_mun", None),
            ({"densite": 1}, "", None),
        ],
    )
    def test_the_newest_population_is_taken(self, columns, column, year):
        fields = guess_fields(polygons(({"code": "Q1", "nom": "x"} | columns, square(-1.6, 47.2))))
        assert (fields.population, fields.year) == (column, year)


class TestPriority:
    def test_priority_neighbourhoods_carry_their_code(self, app):
        import_neighbourhoods(polygons(({"code_qp": "QP044001", "nom_qp": "Port"}, square(-1.6, 47.2))))
        one = stored(Level.QPV)[0]
        assert (one.is_priority, one.priority_code) == (True, "QP044001")
        assert queries.priority_neighbourhoods() == [one]

    def test_they_stand_under_the_neighbourhood_that_holds_most_of_them(self, app):
        import_neighbourhoods(polygons(PORT, GARE))
        import_neighbourhoods(polygons(({"code_qp": "QP044001", "nom_qp": "Quai"}, square(-1.55, 47.22, 0.05))))
        assert stored(Level.QPV)[0].parent.name == "Le Port"

    def test_they_leave_the_neighbourhoods_alone(self, app):
        import_neighbourhoods(polygons(PORT))
        import_neighbourhoods(polygons(({"code_qp": "Q1", "nom_qp": "Quai"}, square(-1.55, 47.22, 0.05))))
        assert [one.name for one in stored()] == ["Le Port"]
        assert queries.locate(47.24, -1.52).neighbourhoods.keys() == {Level.QUARTIER, Level.QPV}


class TestCommunes:
    def test_a_commune_named_by_its_polygons_becomes_known(self, app):
        properties = {"code_iris": "441090101", "nom_iris": "Port", "nom_commune": "NANTES", "code_insee": "44109"}
        import_neighbourhoods(polygons((properties, square(-1.6, 47.2))))
        commune = db.session.scalars(select(Commune)).one()
        assert (commune.code, commune.name) == ("44109", "Nantes")
        assert stored(Level.IRIS)[0].commune_id == commune.id

    def test_without_a_name_it_is_called_by_its_code_until_one_comes(self, app):
        import_neighbourhoods(polygons(({"nuquart": 1, "nom": "Centre", "code_insee": 35238}, square(-1.7, 48.1))))
        assert db.session.scalars(select(Commune)).one().name == "35238"
        again = {"nuquart": 1, "nom": "Centre", "code_insee": 35238, "nom_commune": "Rennes"}
        import_neighbourhoods(polygons((again, square(-1.7, 48.1))))
        assert db.session.scalars(select(Commune)).one().name == "Rennes"

    def test_two_communes_may_number_their_neighbourhoods_alike(self, app):
        import_neighbourhoods(polygons(({"code": "1", "nom": "Port"}, square(-1.6, 47.2))), commune_code="44109")
        import_neighbourhoods(polygons(({"code": "1", "nom": "Thabor"}, square(-1.7, 48.1))), commune_code="35238")
        assert [one.name for one in stored()] == ["Port", "Thabor"]

    def test_without_communes_another_town_s_code_is_refused_not_overwritten(self, app):
        import_neighbourhoods(polygons(({"code": "1", "nom": "Port"}, square(-1.6, 47.2))))
        report = import_neighbourhoods(polygons(({"code": "1", "nom": "Thabor"}, square(-1.7, 48.1))))
        assert [one.trouble for one in report.refused] == [Trouble.CODE_ELSEWHERE]
        assert [one.name for one in stored()] == ["Port"]

    def test_saying_the_commune_later_doubles_nothing(self, app):
        file = polygons(({"code": "1", "nom": "Port"}, square(-1.6, 47.2)))
        import_neighbourhoods(file)
        report = import_neighbourhoods(file, commune_code="44109")
        assert (report.updated, len(stored())) == (1, 1)
        assert import_neighbourhoods(file, commune_code="44109").unchanged == 1


class TestPopulation:
    MICRO = json.dumps(
        [
            {"Quartier": "Le Port", "Micro-quartier": "Quai", "Population (2018)": 300},
            {"Quartier": None, "Micro-quartier": "Les Mauves", "Population (2018)": 12},
            {"Quartier": "La Gare", "Micro-quartier": "Jean-Macé", "Population (2018)": None},
            {"Quartier": None, "Micro-quartier": "Ailleurs", "Population (2018)": 5},
        ]
    )

    def test_a_group_named_once_is_filled_down(self):
        people = read_population(table(self.MICRO))
        assert (people["les mauves"].population, people["les mauves"].parent) == (12, "Le Port")
        assert people["ailleurs"].parent == "La Gare"
        assert "jean mace" not in people

    def test_is_joined_by_name_and_what_fits_nowhere_is_named(self, app):
        import_neighbourhoods(polygons(PORT))
        iris = polygons(
            ({"code_iris": "441090101", "nom_iris": "Quai"}, square(-1.6, 47.2, 0.02)),
            ({"code_iris": "441090102", "nom_iris": "Z.A. Les Mauves"}, square(-1.3, 47.2, 0.02)),
            ({"code_iris": "441090103", "nom_iris": "Sans nombre"}, square(-1.2, 47.2, 0.02)),
        )
        report = import_neighbourhoods(iris, population=table(self.MICRO))
        quay, mauves, nobody = stored(Level.IRIS)
        assert (quay.population, quay.population_year) == (300, 2018)
        assert (mauves.population, mauves.parent.name) == (12, "Le Port")
        assert (nobody.population, nobody.population_year) == (None, None)
        assert [one.value for one in report.remarks] == ["Ailleurs"]

    def test_is_joined_by_code_first(self, app):
        people = table("code_qp,nom_qp,pop_mun\nQP044001,Autre nom,1962\n")
        file = polygons(({"code_qp": "QP044001", "nom_qp": "Port"}, square(-1.6, 47.2)))
        import_neighbourhoods(file, population=people, population_year=2013)
        one = stored(Level.QPV)[0]
        assert (one.population, one.population_year) == (1962, 2013)

    @pytest.mark.parametrize(
        ("value", "count"),
        [("1 962", 1962), (314129, 314129), ("12,6", 13), ("", None), ("s", None), (None, None), ("-3", None), (0, 0)],
    )
    def test_a_count_is_a_number_or_not_known(self, value, count):
        assert read_count(value) == count

    def test_names_are_compared_without_their_zone(self):
        assert population_key("Z.A. Les Mauves") == population_key("Les Mauves")
        assert population_key("Jean-Macé") == population_key("Jean Macé")
