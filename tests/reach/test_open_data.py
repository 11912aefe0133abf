"""Open data as it is fetched: what was published and nothing else, no small number anywhere, at addresses that stay."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import update

from foundation.db import db, transaction
from foundation.tables import as_written
from places.models import Neighbourhood
from reach.models import PublishedReport, ReportKind
from reach.queries import open_data
from reach.queries.feature_figures import PLAIN
from reach.rules.open_data import rows
from reach.rules.open_data.describing import TABLES
from reach.rules.reporting import Wanted
from reach.rules.suppression.picture import SMALL
from reach.service import publishing
from tests.moments import TEN
from tests.reach import table_schema
from tests.reach.opened import HOME, LATEST, YEAR, fetch, publish, seen, table

FOLLOWS_FROM = {
    "seats_taken": "sessions_held", "children": "sessions_held", "care_home": "sessions_held", "pupils": "loans",
    "pupil_minutes": "loans",
}  # fmt: skip
"""Indicator → what there has to be for anybody to be counted."""


@pytest.fixture
def published(cast, stopped_clock):
    seen(cast, 13, heads=5)
    publish(cast)
    return cast


def test_nothing_is_offered_before_the_first_report(cast, client):
    assert "Aucun rapport" in client.get(HOME).text
    assert f"{HOME}/dictionnaire" not in client.get(HOME).text
    assert client.get(f"{HOME}/dictionnaire").status_code == 404
    assert client.get(f"{LATEST}/portee.csv").status_code == 404
    assert json.loads(client.get(f"{HOME}/catalogue.json").data)["dcat:dataset"] == []


def test_no_small_number_is_in_any_file(published, client):
    """But for the zero of what did not take place: it concerns nobody, and follows from what the same file tells."""
    told = table(fetch(client, "portee.csv"))
    counted = [row for row in told if row["nombre"] and row["indicateur"] not in PLAIN]
    numbers = [int(row["nombre"]) for row in counted if not is_of_nobody(row, told)]
    assert numbers
    assert min(numbers) >= SMALL
    assert any(row["statut"] == rows.NOT_TOLD for row in told)
    found = json.loads(fetch(client, "portee.json").data)["donnees"]
    assert [str(row["nombre"]) for row in found if row["nombre"] is not None and row["indicateur"] not in PLAIN] == [
        row["nombre"] for row in counted
    ]


def is_of_nobody(row, told):
    """A zero, where the file says that in the same period no session was held, or no kit was lent."""
    period = ("periode_debut", "periode_fin")
    same = [one for one in told if one["indicateur"] == FOLLOWS_FROM.get(row["indicateur"])]
    bases = [one["nombre"] for one in same if all(one[end] == row[end] for end in period)]
    return row["nombre"] == "0" and bases == ["0"]


def test_where_nothing_took_place_the_zero_that_follows_is_told(published, client):
    """To hide it would hide nothing, and readers would take it for a few whom nobody may know of."""
    told = table(fetch(client, "portee.csv"))
    follow = [row for row in told if row["indicateur"] in FOLLOWS_FROM]
    assert len(follow) == 2 * len(FOLLOWS_FROM)
    assert all(is_of_nobody(row, told) and row["statut"] == rows.TOLD for row in follow)


def test_the_files_say_what_the_report_shows(published, client):
    _version, report = open_data.found("latest")
    told = table(fetch(client, "portee.csv"))
    plain = [value for pair in report.plain.values() for value in pair]
    assert len(told) == len(report.published.figures) + len(plain)
    values = [*plain, *map(report.published.shown, report.published.figures)]
    numbers = [float(row["nombre"].replace(",", ".")) for row in told if row["nombre"]]
    assert sorted(numbers) == sorted(value for value in values if value is not None)


def test_csv_and_json_agree(published, client):
    for name in TABLES:
        from_csv = [{key: as_written(text) for key, text in row.items()} for row in table(fetch(client, f"{name}.csv"))]
        words = {True: "oui", False: "non", None: ""}
        from_json = [
            {key: words[one] if one is None or isinstance(one, bool) else str(one) for key, one in row.items()}
            for row in json.loads(fetch(client, f"{name}.json").data)["donnees"]
        ]
        assert from_csv == from_json


def test_every_file_obeys_its_schema_by_the_specification(published, client):
    package = json.loads(fetch(client, "datapackage.json").data)
    assert [one["name"] for one in package["resources"]] == list(TABLES)
    texts = {one["path"]: client.get(local(one["path"])).get_data(as_text=True) for one in package["resources"]}
    assert table_schema.faults_of(package, texts.__getitem__) == []
    for one in package["resources"]:
        assert json.loads(fetch(client, f"{one['name']}.schema.json").data) == one["schema"]


def local(address):
    return address[address.index(HOME) :]


def test_the_reader_of_schemas_finds_what_is_wrong(published, client):
    package = json.loads(fetch(client, "datapackage.json").data)
    texts = {one["path"]: client.get(local(one["path"])).get_data(as_text=True) for one in package["resources"]}
    figures = next(path for path in texts if path.endswith("portee.csv"))
    for old, new, fault in (
        ("2025-01-01", "31/12/2025", "is no date"),
        (rows.TOLD, "peut-être", "enum"),
        (rows.TOLD, "", "required"),
        ("people;", "peuple;", "enum"),
        ("periode_debut", "debut", "header"),
    ):
        wrong = texts | {figures: texts[figures].replace(old, new, 1)}
        assert fault in " ".join(table_schema.faults_of(package, wrong.__getitem__)), (old, new)
    twice = {path: text + text.splitlines(keepends=True)[-1] for path, text in texts.items()}
    assert sum("is not unique" in one for one in table_schema.faults_of(package, twice.__getitem__)) >= 3


def test_every_indicator_is_in_the_dictionary(published, client):
    known = {row["indicateur"]: row for row in table(fetch(client, "dictionnaire.csv"))}
    assert known.keys() == {row["indicateur"] for row in table(fetch(client, "portee.csv"))}
    assert all(row["libelle"] and row["definition"] and row["source"] and row["unite"] for row in known.values())
    assert known["minutes"]["unite"] == "minutes"
    assert known["minutes"]["libelle"] == "Durée des activités, en minutes"
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
            assert client.get(local(where)).status_code == 200


def test_json_says_of_what_when_and_under_which_licence_it_is(published, client):
    told = json.loads(fetch(client, "portee.json").data)
    assert (told["version"], told["langue"], told["licence"]) == ("2025-fr-v1", "fr", "etalab-2.0")
    assert told["periode"] == {"debut": "2025-01-01", "fin": "2025-12-31"}
    assert told["source"].endswith("version 2025-fr-v1")
    assert client.get(local(told["schema"])).status_code == 200
    assert told["licence_texte"].startswith("https://www.etalab.gouv.fr/")


def test_two_versions_in_one_folder_are_two_files(published, client):
    answer = fetch(client, "portee.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="portee-2025-fr-v1.csv"'
    assert "Content-Disposition" not in fetch(client, "portee.json").headers
    assert answer.headers["Content-Language"] == "fr"


def test_what_is_not_younger_than_ones_own_copy_is_not_sent(published, client):
    where = client.get(f"{LATEST}/portee.csv").location
    first = client.get(where)
    again = client.get(where, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_latest_may_change_within_the_hour_and_may_be_read_by_other_sites(published, client):
    for where in (f"{LATEST}/portee.csv", f"{HOME}/catalogue.json"):
        answer = client.get(where)
        assert answer.headers["Cache-Control"] == "public, max-age=3600"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_page_tells_each_indicator_with_its_unit_and_how_to_name_the_source(published, client):
    page = client.get(HOME).text
    assert "version 2025-fr-v1</q>" in page
    assert page.count('<code dir="ltr">2025-fr-v1</code>') == 2, "no language turns it round"
    words = client.get(f"{HOME}/dictionnaire").text
    assert "<code>sessions_held</code>" in words
    assert "<code>theme:email</code>" not in words
    assert "Unité : séances – Source : " in words.replace("\u00a0", " ")
    assert "/donnees-ouvertes/portee/latest/portee.csv</code>" in page


def test_no_address_in_a_file_is_what_a_request_claims_to_be_its_host(published, client):
    for name in (f"{HOME}/catalogue.json", client.get(f"{LATEST}/datapackage.json").location):
        told, claimed = client.get(name), client.get(name, headers={"Host": "evil.example"})
        assert "evil.example" not in claimed.text
        assert claimed.data == told.data
