"""Files of any format and encoding, and files that are none."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.tables import xlsx_bytes
from places.importing.profiles import UnknownColumnsError, recognise
from places.importing.reading import MAX_BYTES, MAX_ROWS, column_key, read_table
from places.importing.unreadable import UnreadableFileError

TEXT = "id,nom,commune\n1,Médiathèque,Nantes\n2,Île,Rezé\n"
NAMES = ["Médiathèque", "Île"]


def names(content: bytes) -> list[str]:
    return [row.values["nom"] for row in read_table(content).rows]


class TestEncodings:
    @pytest.mark.parametrize(
        ("codec", "name"),
        [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252"), ("utf-16", "UTF-16")],
    )
    def test_accents_are_read(self, codec, name):
        table = read_table(TEXT.encode(codec))
        assert [row.values["nom"] for row in table.rows] == NAMES
        assert table.encoding == name

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_any_usual_separator_is_found(self, delimiter):
        assert names(TEXT.replace(",", delimiter).encode()) == NAMES

    @pytest.mark.parametrize("ending", ["\n", "\r\n"])
    def test_any_line_ending_is_read(self, ending):
        assert names(TEXT.replace("\n", ending).encode()) == NAMES

    def test_a_separator_inside_quotes_does_not_count(self):
        assert names(b'nom;commune\n"Un, deux; trois";Nantes\n') == ["Un, deux; trois"]


class TestLines:
    def test_a_row_knows_its_line_in_the_file(self):
        table = read_table(b'nom,commune\nA,Nantes\n\n"B\nb",Nantes\nC,Nantes\n')
        assert [(row.line, row.values["nom"]) for row in table.rows] == [(2, "A"), (4, "B\nb"), (6, "C")]

    def test_a_short_row_lacks_its_last_columns(self):
        assert read_table(b"nom,commune\nA\n").rows[0].values == {"nom": "A"}

    def test_a_column_that_no_row_reaches_is_one_of_the_file(self):
        assert read_table(b"id,nom,commune\n1,Ici\n2\n").columns == ["id", "nom", "commune"]

    @pytest.mark.parametrize(
        "content",
        [b"id;nom;nom\n1;Ici;La\n", b"id;nom;NOM \n", xlsx_bytes({"A": (["id", "nom", "nom "], [["1", "Ici", "La"]])})],
    )
    def test_a_heading_that_stands_twice_is_refused_by_its_name(self, content):
        with pytest.raises(UnreadableFileError) as refused:
            read_table(content)
        assert "nom" in str(refused.value).lower()

    def test_headings_that_a_sign_tells_apart_are_two(self):
        assert read_table(b"id;REP;REP +\n1;oui;non\n").columns == ["id", "rep"]

    def test_columns_without_a_name_may_be_many(self):
        assert read_table(b"id;;\n1;x;y\n").rows[0].values["id"] == "1"

    def test_cells_too_many_are_left_out(self):
        assert read_table(b"nom,commune\nA,B,C,D\n").rows[0].values == {"nom": "A", "commune": "B"}

    @pytest.mark.parametrize(
        ("name", "key"), [("Code postal", "code_postal"), (" Numéro de l'école ", "numero_de_l_ecole"), (None, "")]
    )
    def test_columns_are_known_by_a_plain_name(self, name, key):
        assert column_key(name) == key

    def test_a_quotation_mark_in_the_middle_is_a_letter(self):
        assert names(b'nom,commune\nEcran 24",Nantes\nB,Nantes\n') == ['Ecran 24"', "B"]


class TestJson:
    def test_a_list_of_records(self):
        assert names(json.dumps([{"nom": "A"}, {"nom": "B", "commune": "C"}]).encode()) == ["A", "B"]

    @pytest.mark.parametrize("envelope", ["records", "results", "data"])
    def test_the_envelopes_of_portals(self, envelope):
        assert names(json.dumps({envelope: [{"nom": "A"}]}).encode()) == ["A"]

    def test_records_with_fields(self):
        assert names(json.dumps({"records": [{"recordid": "x", "fields": {"nom": "A"}}]}).encode()) == ["A"]

    def test_geojson_keeps_the_geometry(self):
        point = {"type": "Point", "coordinates": [-1.5, 47.2]}
        document = {"type": "FeatureCollection", "features": [{"properties": {"nom": "A"}, "geometry": point}]}
        row = read_table(json.dumps(document).encode()).rows[0]
        assert (row.values["nom"], row.geometry) == ("A", point)

    def test_one_record_alone(self):
        assert names(b'{"nom": "A"}') == ["A"]

    def test_columns_are_those_of_any_record(self):
        assert read_table(b'[{"a": 1}, {"b": 2}]').columns == ["a", "b"]

    def test_what_is_no_record_is_an_empty_row(self):
        assert [row.values for row in read_table(b'[1, {"nom": "A"}]').rows] == [{}, {"nom": "A"}]


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("a.csv"), "nom\n" * 100)
    return out.getvalue()


class TestBroken:
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"   \n \n",
            b"nom,commune\n",
            b"\x00\x01\x02\x03",
            bytes(range(256)),
            b"<!doctype html><html><body>nope</body></html>",
            b"[",
            b'{"a": ',
            b"[]",
            b'"text"',
            b"[" * 100_000,
            b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
            b"9" * 5_000,
            b'{"features": 3}',
            b'nom,commune\n"never closed' + b"x" * 300_000,
            b'nom,commune\nA,"never closed\nB,Nantes\nC,Nantes\n',
            b"%PDF-1.7 ...",
            b"\x89PNG\r\n",
            zipped(),
            gzip.compress(b"nom\nA\n", mtime=0),
            b"x" * (MAX_BYTES + 1),
            b"nom\n" + b"a\n" * (MAX_ROWS + 1),
        ],
        ids=lambda content: f"{content[:12]!r}~{len(content)}",
    )
    def test_gets_a_sentence(self, app, content):
        with pytest.raises(UnreadableFileError) as refused:
            read_table(content)
        assert refused.value.field == "file"
        assert str(refused.value).endswith(".")

    @pytest.mark.parametrize(
        "content", [b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, gzip.compress(b"nom\n", mtime=0), b"\x00\x01" * 40]
    )
    def test_names_formats_that_every_page_takes(self, app, content):
        with pytest.raises(UnreadableFileError) as refused:
            read_table(content)
        assert "XLSX" in str(refused.value)
        assert "JSON" not in str(refused.value)

    @settings(max_examples=300)
    @given(st.binary(max_size=400))
    def test_no_bytes_break_it(self, content):
        try:
            read_table(content)
        except UnreadableFileError:
            return


class TestProfiles:
    @pytest.mark.parametrize(
        ("columns", "profile"),
        [
            (["id", "nom", "commune"], "standard"),
            (["typo_uid", "user_nom", "user_adres", "commune"], "angers"),
            (["id_fs", "lib_fs"], "france-services"),
        ],
    )
    def test_a_dialect_is_known_by_its_columns(self, columns, profile):
        assert recognise(columns).name == profile

    def test_unknown_columns_are_refused(self):
        with pytest.raises(UnknownColumnsError):
            recognise(["foo", "bar"])

    def test_the_current_column_wins_over_the_old_one_when_filled(self):
        profile = recognise(["nom", "commune"])
        assert profile.read({"courriel": "old@a.fr", "courriels": "new@a.fr"})["emails"] == "new@a.fr"
        assert profile.read({"courriel": "old@a.fr", "courriels": ""})["emails"] == "old@a.fr"

    def test_a_file_speaks_only_of_its_columns(self):
        profile = recognise(["nom", "commune"])
        assert profile.targets(["nom", "commune", "conditions_access"]) == {"name", "commune", "fees"}

    def test_france_services_hours_come_one_column_a_weekday(self):
        raw = recognise(["id_fs", "lib_fs"]).read(
            {"h_lundi": "09:00 - 12:00 / 13:30 - 17:00", "h_mardi": "", "h_samedi": "fermé", "itinerance": "Oui"}
        )
        assert raw["opening_hours"] == "Mo 09:00-12:00,13:30-17:00; Sa fermé"
        assert raw["itinerance"] == "Itinérant"
