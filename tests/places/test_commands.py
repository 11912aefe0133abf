"""`flask places …` from the command line."""

from __future__ import annotations

import csv
import json

import pytest
from sqlalchemy import func, select

from foundation.db import db
from places.models import Address, CareHome, Neighbourhood, School, Venue
from tests.places.files import HEADER, line, square
from tests.places.test_import_institutions import DIRECTORY, DOORS, OFFICE, ZOLA


@pytest.fixture
def run(app, imports_folder):
    """Run a command; its output."""
    runner = app.test_cli_runner()

    def invoke(*words: object, fails: bool = False) -> str:
        result = runner.invoke(args=["places", *map(str, words)])
        assert (result.exit_code != 0) == fails, result.output
        return result.output

    return invoke


def number(model) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.fixture
def venues_csv(tmp_path):
    path = tmp_path / "lieux.csv"
    path.write_text("\n".join([HEADER, line("a"), line("bad", nom="", adresse="=1+1"), line("c", horaires="on verra")]))
    return path


class TestImport:
    def test_tells_what_it_did_and_keeps_refused_rows(self, run, venues_csv, imports_folder):
        output = run("import", venues_csv)
        assert "2 créés, 0 mis à jour, 0 inchangés, 1 refusés." in output
        assert "le nom manque" in output
        rows = list(csv.DictReader((imports_folder / "lieux.refused.csv").open(encoding="utf-8-sig")))
        assert [(row["ligne"], row["raison"], row["id"]) for row in rows] == [("3", "le nom manque", "bad")]
        assert rows[0]["adresse"] == "'=1+1"
        remarks = (imports_folder / "lieux.remarks.csv").read_text(encoding="utf-8-sig")
        assert "on verra" in remarks
        assert number(Venue) == 2

    def test_again_changes_nothing(self, run, venues_csv):
        run("import", venues_csv)
        assert "0 créés, 0 mis à jour, 2 inchangés, 1 refusés." in run("import", venues_csv)
        assert number(Venue) == 2

    def test_a_rehearsal_writes_nothing(self, run, venues_csv, imports_folder):
        output = run("import", venues_csv, "--dry-run")
        assert "2 créés" in output
        assert "rien" in output.lower()
        assert number(Venue) == 0
        assert list(imports_folder.glob("*")) == []

    def test_refused_rows_go_to_the_folder_named(self, run, venues_csv, tmp_path):
        run("import", venues_csv, "--refused-folder", tmp_path / "restes")
        assert (tmp_path / "restes" / "lieux.refused.csv").is_file()

    def test_refused_again_they_do_not_carry_what_was_said_before(self, run, venues_csv, imports_folder):
        run("import", venues_csv)
        (left,) = imports_folder.glob("*.refused.csv")
        once = left.read_text(encoding="utf-8-sig")
        venues_csv.write_text(once, encoding="utf-8")
        run("import", venues_csv)
        assert left.read_text(encoding="utf-8-sig").partition("\n")[0] == once.partition("\n")[0]

    def test_a_clean_import_removes_the_leftovers_of_the_last(self, run, venues_csv, imports_folder):
        run("import", venues_csv)
        venues_csv.write_text("\n".join([HEADER, line("a")]))
        run("import", venues_csv)
        assert list(imports_folder.glob("*.csv")) == []

    def test_the_source_may_be_said(self, run, venues_csv):
        venues_csv.write_text("\n".join([HEADER, line("a", source="")]))
        run("import", venues_csv, "--source", "Ville")
        assert db.session.scalars(select(Venue.source)).all() == ["Ville"]

    @pytest.mark.parametrize("content", [b"", b"\x00\x01", b"foo,bar\n1,2\n", b"{"])
    def test_a_file_that_is_none_gets_one_sentence(self, run, tmp_path, content):
        path = tmp_path / "x.csv"
        path.write_bytes(content)
        output = run("import", path, fails=True)
        assert output.splitlines()[-1].startswith("Error: ")
        assert "Traceback" not in output

    def test_a_file_that_is_not_there(self, run, tmp_path):
        assert "does not exist" in run("import", tmp_path / "nothing.csv", fails=True)


def geojson(tmp_path, *features):
    path = tmp_path / "quartiers.geojson"
    document = [{"properties": properties, "geometry": geometry} for properties, geometry in features]
    path.write_text(json.dumps({"features": document}))
    return path


class TestOthers:
    def test_neighbourhoods_name_the_repaired_polygons(self, run, tmp_path):
        ring = [[-1.5, 47.2], [-1.4, 47.3], [-1.4, 47.2], [-1.5, 47.3], [-1.5, 47.2]]
        path = geojson(
            tmp_path,
            ({"code": "1", "nom": "Port"}, square(-1.6, 47.2)),
            ({"code": "2", "nom": "Nœud"}, {"type": "Polygon", "coordinates": [ring]}),
        )
        output = run("import-neighbourhoods", path)
        assert "2 créés" in output
        assert "Polygone non valide, réparé\u00a0: Nœud." in output

    def test_neighbourhoods_with_options(self, run, tmp_path):
        people = tmp_path / "people.csv"
        people.write_text("code,nom,population\n7,Port,1200\n")
        path = geojson(tmp_path, ({"n": "Port", "c": "7"}, square(-1.6, 47.2)))
        run("import-neighbourhoods", path, "--name-field", "n", "--code-field", "c", "--level", "qpv",
            "--population", people, "--population-year", "2021", "--commune", "44109")  # fmt: skip
        one = db.session.scalars(select(Neighbourhood)).one()
        assert (one.level.value, one.name, one.code, one.population, one.population_year) == (
            "qpv", "Port", "7", 1200, 2021,
        )  # fmt: skip
        assert one.commune.code == "44109"

    def test_schools(self, run, tmp_path):
        path = tmp_path / "ecoles.csv"
        path.write_text(DIRECTORY + ZOLA + OFFICE)
        assert "1 créés, 0 mis à jour, 0 inchangés, 1 refusés." in run("import-schools", path)
        assert number(School) == 1

    def test_care_homes(self, run, tmp_path):
        path = tmp_path / "ehpad.csv"
        path.write_text("nom,latitude,longitude\nEHPAD X,47.2,-1.5\n")
        assert "1 créés" in run("import-care-homes", path)
        assert number(CareHome) == 1

    def test_addresses(self, run, tmp_path):
        path = tmp_path / "ban.csv"
        path.write_text(DOORS)
        assert "4 créés" in run("import-addresses", path)
        assert number(Address) == 4

    def test_export_writes_active_places(self, run, venues_csv, tmp_path):
        run("import", venues_csv)
        path = tmp_path / "out.csv"
        assert "2" in run("export", path)
        assert [row["id"] for row in csv.DictReader(path.open(encoding="utf-8"))] == ["a", "c"]
