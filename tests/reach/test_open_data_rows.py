"""Rows, columns, schemas and catalogues of open data, without a database."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import jsonschema
import pytest
from flask_babel import force_locale

from reach.models import ReportKind
from reach.queries.drafts import definitions
from reach.queries.feature_figures import ABOUT, COUNTED, PLAIN
from reach.rules import periods
from reach.rules.dimensions import Dimension
from reach.rules.frozen import Content, FrozenArea, FrozenDefinition
from reach.rules.open_data import columns, rows
from reach.rules.open_data.describing import Version, catalogue, named, package, source
from reach.rules.release_tables import OF_TERRITORY, TOTALS, single
from reach.rules.suppression.release import Published, Release
from reach.rules.suppression.tables import Figure, OfPlace, Table
from reach.views.open_data.dictionary import dictionary

YEAR = periods.year(2025)
TABLE_SCHEMA = {
    "type": "object",
    "required": ["fields"],
    "properties": {
        "primaryKey": {"type": "array", "items": {"type": "string"}},
        "foreignKeys": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["fields", "reference"],
                "properties": {"reference": {"type": "object", "required": ["resource", "fields"]}},
            },
        },
        "missingValues": {"type": "array", "items": {"type": "string"}},
        "fields": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "type"],
                "properties": {
                    "name": {"type": "string"},
                    "title": {"type": "string"},
                    "description": {"type": "string"},
                    "type": {"enum": ["string", "number", "integer", "date", "boolean"]},
                    "trueValues": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                    "falseValues": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                    "decimalChar": {"const": ","},
                    "constraints": {
                        "type": "object",
                        "properties": {
                            "required": {"type": "boolean"},
                            "unique": {"type": "boolean"},
                            "minimum": {"type": "integer"},
                            "enum": {"type": "array", "minItems": 1, "uniqueItems": True},
                        },
                        "additionalProperties": False,
                    },
                },
                "additionalProperties": False,
            },
        },
    },
}
"""What this house uses of https://specs.frictionlessdata.io/schemas/table-schema.json, and nothing beside it."""


def content(*tables, names=None, areas=(), plain=None):
    published = Release(tuple(tables)).protected()
    words = FrozenDefinition(
        "people", "Personnes touchées", "Définition", "Compte", "Pas", "Comptes rendus", "personnes"
    )
    return Content(
        town="Rives", scope="Tout", published=published, plain=plain or {}, names=names or {}, areas=areas,
        definitions=[words], edition="1",
    )  # fmt: skip


def told_of(report):
    return list(rows.figures(report, YEAR, dict.fromkeys(rows.indicators(report), "personnes")))


def by_area(one=40, other=60, third=3):
    return Table(
        "people", YEAR, (Dimension.NEIGHBOURHOOD,), {(None,): one + other + third, (1,): one, (2,): other, (3,): third}
    )


AREAS = {Dimension.NEIGHBOURHOOD: {1: "Le Port", 2: "Les Moulins", 3: "=1+1"}}


def test_each_figure_is_a_row_and_what_is_hidden_has_no_number():
    told = told_of(content(by_area(), names=AREAS))
    assert len(told) == 4
    assert {row["libelle_1"] for row in told} == {None, "Le Port", "Les Moulins", "=1+1"}
    small = next(row for row in told if row["code_1"] == "3")
    assert (small["nombre"], small["statut"]) == (None, rows.NOT_TOLD)
    assert sum(row["nombre"] is None for row in told) >= 2, "one hidden alone can be worked out from the total"


def test_places_of_reception_have_the_names_of_their_dimension():
    table = Table("contacts", YEAR, (OfPlace.PRIORITY,), {(None,): 50, ("oui",): 20, ("non",): 30})
    told = told_of(content(table, names={Dimension.PRIORITY: {"oui": "En QPV", "non": "Hors QPV"}}))
    assert {(row["dimension_1"], row["libelle_1"]) for row in told if row["code_1"]} == {
        ("place_priority", "En QPV"), ("place_priority", "Hors QPV"),
    }  # fmt: skip


def test_figures_told_by_two_dimensions_have_both():
    table = Table(
        "people", YEAR, (Dimension.NEIGHBOURHOOD, Dimension.GENDER),
        {(None, None): 90, (1, None): 90, (None, "feminine"): 40, (None, "masculine"): 50, (1, "feminine"): 40,
         (1, "masculine"): 50},
    )  # fmt: skip
    told = told_of(content(table, names=AREAS))
    assert {(row["dimension_1"], row["dimension_2"]) for row in told} == {
        (None, None), ("neighbourhood", None), ("gender", None), ("gender", "neighbourhood"),
    }  # fmt: skip


def test_rows_stand_in_one_order_whatever_the_figures_are_kept_in():
    first, other = content(by_area(), names=AREAS), content(by_area(), names=AREAS)
    shuffled = dict(reversed(list(first.published.figures.items())))
    object.__setattr__(other.published, "figures", shuffled)
    assert told_of(first) == told_of(other)


def test_a_neighbourhood_without_population_has_none_and_never_zero():
    told = list(rows.areas(content(by_area(), areas=[FrozenArea(3, "Île", None, None, is_priority=True)])))
    assert told == [
        {"code": "3", "nom": "Île", "quartier_prioritaire": True, "population": None, "annee_population": None}
    ]


MADE = {
    rows.FIGURES: told_of, rows.AREAS: rows.areas, rows.CODES: rows.codes, rows.DICTIONARY: dictionary
}  # fmt: skip


@pytest.mark.parametrize("name", list(columns.COLUMNS))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_schema_is_a_table_schema_of_just_the_columns(app, name, language):
    report = content(by_area(), names=AREAS, areas=[FrozenArea(1, "Le Port", 10, 2022, is_priority=False)])
    with force_locale(language):
        schema = json.loads(json.dumps(columns.schema(name, rows.indicators(report))))
        jsonschema.validate(schema, TABLE_SCHEMA)
        assert [one["name"] for one in schema["fields"]] == list(next(iter(MADE[name](report))))


def test_what_tells_nothing_of_people_is_told_however_small_and_of_both_periods():
    report = content(by_area(), names=AREAS, plain={"sessions_held": (4, 0), "waiting": (4.5, None)})
    told = {(row["indicateur"], row["periode_debut"]): (row["nombre"], row["statut"]) for row in told_of(report)}
    assert told["sessions_held", "2025-01-01"] == (4, rows.TOLD)
    assert told["sessions_held", "2024-01-01"] == (0, rows.TOLD)
    assert told["waiting", "2025-01-01"] == (4.5, rows.TOLD)
    assert told["waiting", "2024-01-01"] == (None, rows.NOT_TOLD)
    assert rows.indicators(report) == ["people", "sessions_held", "waiting"]


def test_a_number_without_a_fraction_is_written_without_one():
    report = content(by_area(), plain={"waiting": (5.0, 4.5)})
    numbers = [row["nombre"] for row in told_of(report) if row["indicateur"] == "waiting"]
    assert list(map(repr, numbers)) == ["5", "4.5"]


def test_a_figure_without_a_unit_is_no_row():
    with pytest.raises(KeyError):
        list(rows.figures(content(by_area()), YEAR, {}))


def test_a_figure_by_three_dimensions_has_no_room():
    by = (Dimension.NEIGHBOURHOOD, Dimension.GENDER, Dimension.AGE_BAND)
    figure = Figure("people", YEAR, frozenset(zip(by, (1, "feminine", "70+"), strict=True)))
    report = replace(content(by_area()), published=Published({figure: 40}, frozenset()))
    with pytest.raises(ValueError, match="dimensions"):
        told_of(report)


def test_each_code_has_one_row_with_its_words(app):
    with force_locale("fr"):
        told = list(rows.codes(content(by_area(), names=AREAS)))
    assert [(row["dimension"], row["code"], row["libelle"]) for row in told] == [
        ("neighbourhood", "1", "Le Port"), ("neighbourhood", "2", "Les Moulins"), ("neighbourhood", "3", "=1+1"),
    ]  # fmt: skip
    assert {row["libelle_dimension"] for row in told} == {"Quartier de résidence"}


@pytest.mark.parametrize("key", [*COUNTED, *ABOUT, *PLAIN, *OF_TERRITORY, *TOTALS[ReportKind.YEAR]])
def test_whatever_a_report_publishes_is_in_the_dictionary_with_a_unit_of_its_own(app, key):
    with force_locale("fr"):
        report = replace(content(single(key, YEAR, 40)), definitions=definitions())
        [row] = dictionary(report)
    assert all(row[column] for column in ("libelle", "definition", "source", "unite"))
    assert row["unite"] != "pour cent", "files have numbers and no shares"
    assert row["unite"] not in {"euros", "heures"}, "money is in cents, time in minutes"


def test_the_source_is_named_with_town_period_and_version(app):
    with force_locale("fr"):
        named_so = source(version(), content(by_area()))
    assert named_so == "Rives – portée de la médiation numérique, 2025, version 2025-fr-v1"


def test_versions_are_named_by_period_language_and_number():
    assert named(periods.quarter(2025, 3), "fr", 2) == "2025-T3-fr-v2"
    assert named(YEAR, "en", 1) == "2025-en-v1"


def version(**more):
    given = {
        "report_id": 1, "name": "2025-fr-v1", "span": YEAR, "language": "fr",
        "published_at": datetime(2026, 1, 9, tzinfo=UTC), "revised": False, "note": "",
    } | more  # fmt: skip
    return Version(**given)


def test_the_package_names_files_columns_and_licence(app):
    told = package(version(), content(by_area()), "https://x", lambda one, name: f"https://x/{one}/{name}")
    assert [one["path"] for one in told["resources"]] == [
        f"https://x/2025-fr-v1/{name}.csv" for name in ("portee", "quartiers", "codes", "dictionnaire")
    ]
    assert (told["homepage"], told["contributors"]) == ("https://x", [{"title": "Rives", "role": "publisher"}])
    assert told["licenses"][0]["name"] == "etalab-2.0"
    for resource in told["resources"]:
        jsonschema.validate(json.loads(json.dumps(resource["schema"])), TABLE_SCHEMA)


def test_the_catalogue_lists_each_version_with_its_files_and_days(app):
    told = catalogue([version(), version(name="2024-fr-v1")], "Rives", "https://x", lambda one, name: f"{one}/{name}")
    assert [one["dcat:version"] for one in told["dcat:dataset"]] == ["2025-fr-v1", "2024-fr-v1"]
    period = told["dcat:dataset"][0]["dct:temporal"]
    assert (period["dcat:startDate"]["@value"], period["dcat:endDate"]["@value"]) == ("2025-01-01", "2025-12-31")
    links = {one["dcat:downloadURL"]["@id"] for one in told["dcat:dataset"][0]["dcat:distribution"]}
    assert "2025-fr-v1/portee.csv" in links
