"""The national standard 1.0.2, checked against its own schema."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date

import pytest

from foundation.db import db, transaction
from places import queries
from places.importing.reading import read_table
from places.models import Venue
from places.standard.columns import STANDARD
from places.standard.labels import LISTS
from places.transfer.export import standard_lines
from tests.places.conftest import SHARED
from tests.places.files import import_venues, line, venues_file

SCHEMA = SHARED / "data" / "schema" / "schema.json"
needs_schema = pytest.mark.skipif(not SCHEMA.is_file(), reason=f"the schema of the standard is not at {SCHEMA}")
needs_data = pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="the real files are not there")


def exported() -> str:
    return "".join(standard_lines(queries.venues()))


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported())))


def faults(text: str) -> list[str]:
    """What the schema of the standard refuses in `text` (Table Schema: required, unique, pattern, type)."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    found: list[str] = []
    table = list(csv.DictReader(io.StringIO(text)))
    names = [field["name"] for field in schema["fields"]]
    if table and list(table[0]) != names:
        found.append(f"columns {list(table[0])}")
    for field in schema["fields"]:
        rules, values = field.get("constraints") or {}, [row[field["name"]] for row in table]
        if rules.get("unique") and len(set(values)) < len(values):
            found.append(f"{field['name']} is not unique")
        for number, value in enumerate(values, 2):
            found.extend(f"line {number}: {field['name']}: {value!r}" for bad in [_bad(field, rules, value)] if bad)
    return found


def _bad(field: dict, rules: dict, value: str) -> bool:
    if not value:
        return bool(rules.get("required"))
    if field["type"] == "number" and not re.fullmatch(r"-?\d+(\.\d+)?", value):
        return True
    if field["type"] == "date" and date.fromisoformat(value).isoformat() != value:
        return True
    pattern = rules.get("pattern") or field.get("pattern")
    too_long = rules.get("maxLength") and len(value) > rules["maxLength"]
    return bool(too_long or (pattern and not re.fullmatch(pattern, value)))


@needs_schema
class TestSchema:
    def test_our_columns_are_those_of_the_standard(self):
        fields = json.loads(SCHEMA.read_text(encoding="utf-8"))["fields"]
        assert [field["name"] for field in fields] == list(STANDARD)

    def test_our_labels_are_those_of_the_standard(self):
        fields = {field["name"]: field for field in json.loads(SCHEMA.read_text(encoding="utf-8"))["fields"]}
        column_of = {target: column for column, target in STANDARD.items()}
        for target, labels in LISTS.items():
            field = fields[column_of[target]]
            pattern = (field.get("constraints") or {}).get("pattern") or field["pattern"]
            assert re.fullmatch(pattern, "|".join(labels)), target

    def test_the_checker_refuses_what_it_must(self):
        header = ",".join(STANDARD)
        assert any("code_postal" in fault for fault in faults(header + "\na,1,b,c,44,,d" + "," * 25 + "\n"))

    @needs_data
    @pytest.mark.parametrize(
        "name",
        [
            "nantes/lieux_mediation_v0.csv",
            "rennes/lieux_mediation_v0.csv",
            "toulouse/lieux_mediation_v0.csv",
            "niort/lieux_mediation_v0.csv",
            "le-havre/lieux_mediation_v1_quasi_standard.json",
            "angers/lieux_mediation_brut.json",
            "france_services_2022-12.csv",
            "lieux_exemple_data_inclusion.json",
            "schema/exemple-valide.csv",
        ],
    )
    def test_every_real_town_leaves_in_the_standard_and_comes_back_unchanged(self, app, name):
        number = import_venues(read_table((SHARED / "data" / name).read_bytes())).created
        text = exported()
        assert faults(text) == []
        short = sum(1 for venue in queries.venues() if venue.phone and not venue.phone.startswith("+"))
        back = import_venues(read_table(text.encode()))
        # The standard has no place for the short number of a national service (3949): it alone is lost.
        assert back.counts == {"created": 0, "updated": short, "unchanged": number - short, "refused": 0}

    def test_all_towns_together(self, app):
        for town in ("nantes", "rennes", "toulouse", "niort"):
            import_venues(read_table((SHARED / "data" / town / "lieux_mediation_v0.csv").read_bytes()))
        assert faults(exported()) == []

    def test_what_nobody_told_is_written_as_the_standard_says(self, app):
        import_venues(venues_file(line(adresse="", telephone="3949", date_maj="", latitude="", longitude="")))
        assert faults(exported()) == []
        row = rows()[0]
        assert (row["pivot"], row["adresse"], row["telephone"]) == ("00000000000000", "Nantes", "")
        assert (row["latitude"], row["date_maj"]) == ("", "2026-03-10")


def test_one_identifier_in_two_sources_is_told_apart_and_comes_back(app):
    import_venues(venues_file(line("1"), line("1", source="autre"), line("2")))
    assert sorted(row["id"] for row in rows()) == ["2", "autre:1", "essai:1"]
    assert import_venues(read_table(exported().encode())).unchanged == 3


def test_lists_are_joined_with_bars(app):
    import_venues(venues_file(line(services="Créer avec le numérique;Accéder à du matériel")))
    assert rows()[0]["services"] == "Loisirs et créations numériques|Accès internet et matériel informatique"


def test_a_line_break_in_a_text_stays_in_its_cell(app):
    import_venues(venues_file(line()))
    with transaction():
        db.session.query(Venue).one().details = 'Deux\nlignes, et "guillemets"'
    assert rows()[0]["presentation_detail"] == 'Deux\nlignes, et "guillemets"'


def test_an_empty_register_is_a_header(app):
    assert exported().strip() == ",".join(STANDARD)
