"""Open data: what was published and nothing else, no small number anywhere, at addresses that stay."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime

import jsonschema
import pytest
from flask_babel import force_locale
from sqlalchemy import update

from accounts.models import Account
from activity.models import ActivityKind
from foundation.db import db, in_transaction, transaction
from foundation.tables import as_written
from places.models import Neighbourhood
from reach.models import PublishedReport, ReportKind
from reach.queries import open_data
from reach.rules import periods
from reach.rules.dimensions import Dimension
from reach.rules.frozen import Content, FrozenArea, FrozenDefinition
from reach.rules.open_data import columns, rows
from reach.rules.open_data.describing import Version, catalogue, named, package
from reach.rules.reporting import Wanted
from reach.rules.suppression.picture import SMALL
from reach.rules.suppression.release import Release
from reach.rules.suppression.tables import OfPlace, Table
from reach.service import publishing
from tests.activity.drafts import write
from tests.moments import TEN

YEAR = periods.year(2025)
HOME = "/donnees-ouvertes"
LATEST = f"{HOME}/portee/latest"
TABLE_SCHEMA = {
    "type": "object",
    "required": ["fields"],
    "properties": {
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


def content(*tables, names=None, areas=()):
    published = Release(tuple(tables)).protected()
    words = FrozenDefinition(
        "people", "Personnes touchées", "Définition", "Compte", "Pas", "Comptes rendus", "personnes"
    )
    return Content(
        town="Rives", scope="Tout", published=published, plain={}, names=names or {}, areas=areas,
        definitions=[words], edition="1",
    )  # fmt: skip


def by_area(one=40, other=60, third=3):
    return Table(
        "people", YEAR, (Dimension.NEIGHBOURHOOD,), {(None,): one + other + third, (1,): one, (2,): other, (3,): third}
    )


AREAS = {Dimension.NEIGHBOURHOOD: {1: "Le Port", 2: "Les Moulins", 3: "=1+1"}}


def test_each_figure_is_a_row_and_what_is_hidden_has_no_number():
    told = list(rows.figures(content(by_area(), names=AREAS)))
    assert len(told) == 4
    assert {row["libelle_1"] for row in told} == {None, "Le Port", "Les Moulins", "=1+1"}
    small = next(row for row in told if row["code_1"] == "3")
    assert (small["nombre"], small["statut"]) == (None, rows.NOT_TOLD)
    assert sum(row["nombre"] is None for row in told) >= 2, "one hidden alone can be worked out from the total"


def test_places_of_reception_have_the_names_of_their_dimension():
    table = Table("contacts", YEAR, (OfPlace.PRIORITY,), {(None,): 50, ("oui",): 20, ("non",): 30})
    told = list(rows.figures(content(table, names={Dimension.PRIORITY: {"oui": "En QPV", "non": "Hors QPV"}})))
    assert {(row["dimension_1"], row["libelle_1"]) for row in told if row["code_1"]} == {
        ("place_priority", "En QPV"), ("place_priority", "Hors QPV"),
    }  # fmt: skip


def test_figures_told_by_two_dimensions_have_both():
    table = Table(
        "people", YEAR, (Dimension.NEIGHBOURHOOD, Dimension.GENDER),
        {(None, None): 90, (1, None): 90, (None, "feminine"): 40, (None, "masculine"): 50, (1, "feminine"): 40,
         (1, "masculine"): 50},
    )  # fmt: skip
    told = list(rows.figures(content(table, names=AREAS)))
    assert {(row["dimension_1"], row["dimension_2"]) for row in told} == {
        (None, None), ("neighbourhood", None), ("gender", None), ("gender", "neighbourhood"),
    }  # fmt: skip


def test_rows_stand_in_one_order_whatever_the_figures_are_kept_in():
    first, other = content(by_area(), names=AREAS), content(by_area(), names=AREAS)
    shuffled = dict(reversed(list(first.published.figures.items())))
    object.__setattr__(other.published, "figures", shuffled)
    assert list(rows.figures(first)) == list(rows.figures(other))


def test_a_neighbourhood_without_population_has_none_and_never_zero():
    told = list(rows.areas(content(by_area(), areas=[FrozenArea(3, "Île", None, None, is_priority=True)])))
    assert told == [
        {"code": "3", "nom": "Île", "quartier_prioritaire": True, "population": None, "annee_population": None}
    ]


@pytest.mark.parametrize("name", [rows.FIGURES, rows.AREAS])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_schema_is_a_table_schema_of_just_the_columns(app, name, language):
    with force_locale(language):
        schema = json.loads(json.dumps(columns.schema(name)))
    jsonschema.validate(schema, TABLE_SCHEMA)
    made = {rows.FIGURES: rows.figures, rows.AREAS: rows.areas}[name](
        content(by_area(), names=AREAS, areas=[FrozenArea(1, "Le Port", 10, 2022, is_priority=False)])
    )
    assert [one["name"] for one in schema["fields"]] == list(next(iter(made)))


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
    told = package(version(), content(by_area(), names=AREAS), lambda one, name: f"https://x/{one}/{name}")
    assert [one["path"] for one in told["resources"]] == [
        "https://x/2025-fr-v1/portee.csv", "https://x/2025-fr-v1/quartiers.csv",
    ]  # fmt: skip
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


def publish(cast, language="fr", span=YEAR):
    with transaction():
        cast.manager.structure_id = None
    actor_id = cast.ids["manager"]
    report_id = in_transaction(
        lambda: (
            publishing.publish(
                Wanted(ReportKind.YEAR, span, language, None), db.session.get_one(Account, actor_id), now=TEN
            ).id
        )
    )
    while publishing.publish_next(TEN):
        pass
    return report_id


def seen(cast, count, *, heads=0, day=3):
    """So many contacts in 2025, and heads beside."""
    for number in range(count):
        at = datetime(2025, 1 + number % 12, day, 9, tzinfo=UTC)
        write(cast, now=at.replace(hour=12), started_at=at, kind=ActivityKind.GROUP, anonymous_count=heads)


@pytest.fixture
def published(cast, stopped_clock):
    seen(cast, 13, heads=5)
    publish(cast)
    return cast


def table(answer):
    text = answer.get_data(as_text=True)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


def fetch(client, name, where=LATEST):
    answer = client.get(f"{where}/{name}")
    return client.get(answer.location) if answer.status_code == 302 else answer


def test_nothing_is_offered_before_the_first_report(cast, client):
    assert "Aucun rapport" in client.get(HOME).text
    assert client.get(f"{LATEST}/portee.csv").status_code == 404
    assert json.loads(client.get(f"{HOME}/catalogue.json").data)["dcat:dataset"] == []


def test_no_small_number_is_in_any_file(published, client):
    told = table(fetch(client, "portee.csv"))
    numbers = [int(row["nombre"]) for row in told if row["nombre"]]
    assert numbers
    assert min(numbers) >= SMALL
    assert any(row["statut"] == rows.NOT_TOLD for row in told)
    found = json.loads(fetch(client, "portee.json").data)["donnees"]
    assert all(row["nombre"] is None or row["nombre"] >= SMALL for row in found)


def test_the_files_say_what_the_report_shows(published, client):
    _version, report = open_data.found("latest")
    told = table(fetch(client, "portee.csv"))
    assert len(told) == len(report.published.figures)
    shown = sorted(
        value for figure in report.published.figures if (value := report.published.shown(figure)) is not None
    )
    assert sorted(int(row["nombre"]) for row in told if row["nombre"]) == shown


def test_csv_and_json_agree(published, client):
    for name in (rows.FIGURES, rows.AREAS):
        from_csv = [{key: as_written(text) for key, text in row.items()} for row in table(fetch(client, f"{name}.csv"))]
        words = {True: "oui", False: "non", None: ""}
        from_json = [
            {key: words[one] if one is None or isinstance(one, bool) else str(one) for key, one in row.items()}
            for row in json.loads(fetch(client, f"{name}.json").data)["donnees"]
        ]
        assert from_csv == from_json


def test_rows_obey_their_schema(published, client):
    for name in (rows.FIGURES, rows.AREAS):
        schema = json.loads(fetch(client, f"{name}.schema.json").data)
        for row in json.loads(fetch(client, f"{name}.json").data)["donnees"]:
            assert list(row) == [one["name"] for one in schema["fields"]]
            for one in schema["fields"]:
                limits, value = one.get("constraints", {}), row[one["name"]]
                assert value is not None or not limits.get("required")
                assert value is None or value in limits.get("enum", [value])
                if one["type"] == "date":
                    assert date.fromisoformat(value)


def test_every_indicator_is_in_the_dictionary(published, client):
    known = {row["indicateur"]: row for row in table(fetch(client, "dictionnaire.csv"))}
    assert known.keys() == {row["indicateur"] for row in table(fetch(client, "portee.csv"))}
    assert all(row["libelle"] and row["definition"] and row["source"] and row["unite"] for row in known.values())
    assert known["minutes"]["unite"] == "minutes"
    assert known["theme:email"]["libelle"] == "Thématiques\N{NO-BREAK SPACE}: E-mail"


def test_what_happens_after_publication_changes_no_file(published, client):
    before = fetch(client, "portee.csv").data, fetch(client, "quartiers.csv").data
    seen(published, 5, heads=40, day=9)
    with transaction():
        db.session.execute(update(Neighbourhood).values(name="Ailleurs", population=1))
    assert (fetch(client, "portee.csv").data, fetch(client, "quartiers.csv").data) == before


def test_a_revision_is_a_new_version_and_the_old_one_stays(published, client):
    old = client.get(f"{LATEST}/portee.csv").location
    before = client.get(old).data
    report = db.session.query(PublishedReport).one()
    seen(published, 12, heads=30, day=9)
    with transaction():
        publishing.revise(report.id, "Saisies en retard", published.manager, now=TEN)
    while publishing.publish_next(TEN):
        pass
    new = client.get(f"{LATEST}/portee.csv").location
    assert ("2025-fr-v1" in old, "2025-fr-v2" in new) == (True, True)
    assert client.get(old).data == before
    page = client.get(HOME).text
    assert "corrigée depuis" in page
    assert "Saisies en retard" in page


def test_a_report_of_one_neighbourhood_is_no_open_data(published, client):
    with transaction():
        publishing.publish(
            Wanted(ReportKind.NEIGHBOURHOOD, YEAR, "fr", published.ids["harbour"]), published.manager, now=TEN
        )
    while publishing.publish_next(TEN):
        pass
    assert [one.name for one in open_data.versions()] == ["2025-fr-v1"]


def test_a_version_is_kept_by_whoever_likes_and_not_sent_twice(published, client):
    where = client.get(f"{LATEST}/portee.csv").location
    answer = client.get(where)
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    again = client.get(where, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_files_are_the_same_in_whatever_language_they_are_asked_for(published, client):
    where = client.get(f"{LATEST}/portee.schema.json").location
    french = client.get(where, headers={"Accept-Language": "fr"}).data
    assert client.get(where, headers={"Accept-Language": "en"}).data == french
    assert "Premier jour" in french.decode()


def test_names_that_look_like_formulas_are_text(cast, client, stopped_clock):
    with transaction():
        cast.harbour.name = "=cmd|' /C calc'!A0"
    seen(cast, 13)
    publish(cast)
    for name in ("portee.csv", "quartiers.csv"):
        cells = [cell for row in table(fetch(client, name)) for cell in row.values()]
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


@pytest.mark.parametrize("name", ["portee.xlsx", "autre.csv", "portee.csv.bak"])
def test_what_is_no_file_is_not_found(published, client, name):
    assert client.get(f"{HOME}/portee/2025-fr-v1/{name}").status_code == 404
    assert client.get(f"{HOME}/portee/1999-fr-v1/portee.csv").status_code == 404


def test_the_page_is_for_everybody_in_french_and_in_english(published, client):
    page = client.get(HOME).text
    assert "Données ouvertes" in page
    assert "Licence Ouverte" in page
    assert "/donnees-ouvertes/portee/2025-fr-v1/portee.csv" in page
    with client.session_transaction() as session:
        session["language"] = "en"
    assert "Open data" in client.get(HOME).text


def test_every_address_of_the_catalogue_leads_to_a_file(published, client):
    told = json.loads(client.get(f"{HOME}/catalogue.json").data)
    for one in told["dcat:dataset"][0]["dcat:distribution"]:
        for where in (one["dcat:downloadURL"]["@id"], one["dct:conformsTo"]["@id"]):
            assert client.get(where[where.index(HOME) :]).status_code == 200
