"""A file sent by a page: preview, confirm, report, refused rows; and files that are none."""

from __future__ import annotations

import csv
import io
import json
import os

import pytest
from sqlalchemy import select

from foundation.db import db
from foundation.tables import xlsx_bytes
from places import queries
from places.importing.reading import MAX_BYTES
from places.models import Level, Neighbourhood, Venue
from tests.cast import sign_in
from tests.places.files import HEADER, line, square
from tests.places.test_import_institutions import DIRECTORY, DOORS, OFFICE, ZOLA

PAGE = "/equipe/lieux/import"
GOOD = "\n".join([HEADER, line("a"), line("bad", nom=""), line("c")])


@pytest.fixture
def manager(client, cast, imports_folder):
    return sign_in(client, cast.manager)


def send(client, content: str | bytes, name: str = "lieux.csv", kind: str = "venues", **fields):
    data = {
        "kind": kind,
        "file": (io.BytesIO(content.encode() if isinstance(content, str) else content), name),
        **fields,
    }
    return client.post(PAGE, data=data, content_type="multipart/form-data")


def text(response) -> str:
    return response.get_data(as_text=True)


def count(model=Venue) -> int:
    db.session.rollback()
    return db.session.query(model).count()


class TestPreview:
    def test_tells_what_it_would_do_and_writes_nothing(self, manager, cast):
        response = send(manager, GOOD)
        assert response.status_code == 303
        page = text(manager.get(response.headers["Location"]))
        assert "Rien n’est encore écrit." in page
        assert "le nom manque" in page
        assert "Lieu a" in page
        assert count() == 2

    def test_a_workbook_is_read_like_a_table(self, manager, cast):
        header, *rows = csv.reader(GOOD.splitlines())
        where = send(manager, xlsx_bytes({"Lieux": (header, rows)}), "lieux.xlsx").headers["Location"]
        assert "le nom manque" in text(manager.get(where))
        manager.post(where)
        assert count() == 4

    def test_each_kind_of_file_shows_the_columns_that_matter_for_it(self, manager, cast):
        quarters = {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"code_qp": "QN03509M", "nom_qp": "Les Ormes", "population_2022": 4321},
                    "geometry": square(-1.7, 48.1),
                }
            ],
        }
        where = send(manager, json.dumps(quarters), "qpv.geojson", "neighbourhoods").headers["Location"]
        page = text(manager.get(where))
        for told in ("Quartier prioritaire (QPV)", "QN03509M", "Population", "4\u202f321 (2022)"):
            assert told in page
        assert "Horaires" not in page
        assert "Horaires" in text(manager.get(send(manager, GOOD).headers["Location"]))

    def test_on_a_phone_each_value_is_told_apart_from_the_next(self, manager, cast):
        page = text(manager.get(send(manager, GOOD).headers["Location"]))
        assert page.count('class="stack"') == 2
        assert '<td role="cell" data-label="Où">' in page
        assert '<td role="cell" class="num" data-label="Ligne">' in page

    def test_confirmed_it_writes_reports_and_keeps_refused_rows(self, manager, cast):
        where = send(manager, GOOD).headers["Location"]
        response = manager.post(where)
        assert response.status_code == 303
        assert count() == 4
        page = text(manager.get(response.headers["Location"]))
        assert "Importé" in page
        link = page.split('href="/equipe/lieux/import/restes/')[1].split('"')[0]
        assert link.endswith(".refused.csv")
        rows = text(manager.get(f"{PAGE}/restes/{link}"))
        assert "3,le nom manque" in rows
        assert "1 rue du Port" in rows

    def test_confirmed_twice_it_writes_once(self, manager, cast):
        where = send(manager, GOOD).headers["Location"]
        manager.post(where)
        assert manager.post(where).status_code == 303
        assert count() == 4

    def test_dropped_it_is_gone(self, manager, cast):
        where = send(manager, GOOD).headers["Location"]
        assert manager.post(f"{where}/abandonner").status_code == 303
        assert manager.get(where).status_code == 404
        assert manager.post(where).status_code == 404
        assert count() == 2

    def test_is_for_the_one_who_sent_it(self, manager, cast):
        where = send(manager, GOOD).headers["Location"]
        sign_in(manager, cast.administrator)
        assert manager.get(where).status_code == 404
        assert manager.post(where).status_code == 404
        assert count() == 2

    def test_what_nobody_confirmed_is_swept_after_a_day(self, manager, cast, imports_folder):
        where = send(manager, GOOD).headers["Location"]
        for path in (imports_folder / "uploads").iterdir():
            os.utime(path, (0, 0))
        send(manager, GOOD)
        assert manager.get(where).status_code == 404

    def test_leftovers_are_swept_after_three_months(self, manager, cast, imports_folder):
        manager.post(send(manager, GOOD).headers["Location"])
        (kept,) = imports_folder.glob("*.refused.csv")
        send(manager, GOOD)
        assert kept.exists()
        os.utime(kept, (0, 0))
        send(manager, GOOD)
        assert not kept.exists()

    def test_places_missing_from_a_newer_file_are_named(self, manager, cast):
        manager.post(send(manager, GOOD).headers["Location"])
        newer = "\n".join([HEADER, line("a")])
        page = text(manager.get(send(manager, newer).headers["Location"]))
        assert "<summary>1 fiche connue n’est pas dans ce fichier et reste telle quelle</summary><p>Lieu c.</p>" in page

    def test_the_source_may_be_said(self, manager, cast):
        content = "\n".join([HEADER, line("a", source="")])
        manager.post(send(manager, content, source="Ville").headers["Location"])
        assert "Ville" in db.session.scalars(select(Venue.source)).all()


class TestKinds:
    def test_neighbourhoods_with_people_beside(self, manager, cast):
        document = {"features": [{"properties": {"code": "7", "nom": "Gare"}, "geometry": square(-0.9, 48.0)}]}
        people = (io.BytesIO(b"code,nom,population\n7,Gare,820\n"), "people.csv")
        response = send(manager, json.dumps(document), "q.geojson", "neighbourhoods", population=people,
                        population_year="2021", commune="99001", level="quartier")  # fmt: skip
        manager.post(response.headers["Location"])
        one = db.session.scalars(select(Neighbourhood).where(Neighbourhood.code == "7")).one()
        assert (one.population, one.population_year, one.level) == (820, 2021, Level.QUARTIER)
        assert one.commune.name == "Rives-sur-Aure"

    def test_schools(self, manager, cast):
        manager.post(send(manager, DIRECTORY + ZOLA + OFFICE, "e.csv", "schools").headers["Location"])
        assert len(queries.schools()) == 2

    def test_a_telephone_number_is_previewed_as_it_is_read_aloud(self, manager, cast):
        content = "nom,telephone,latitude,longitude\nEHPAD,+33257213027,48.0,-1.0\n"
        page = text(manager.get(send(manager, content, "e.csv", "care_homes").headers["Location"]))
        assert "02 57 21 30 27" in page

    def test_care_homes(self, manager, cast):
        manager.post(
            send(manager, "nom,latitude,longitude\nEHPAD,48.0,-1.0\n", "e.csv", "care_homes").headers["Location"]
        )
        assert len(queries.care_homes()) == 2

    def test_addresses(self, manager, cast):
        manager.post(send(manager, DOORS, "ban.csv", "addresses").headers["Location"])
        assert queries.has_addresses()


class TestRefused:
    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", "fichier"),
            (b"nom,commune\n", "Aucune ligne"),
            (b"\x00\x01\x02", "pas du texte"),
            (b"PK\x03\x04....", "Ce tableau ne peut pas être lu."),
            (b"\xd0\xcf\x11\xe0....", "tableur"),
            (b"foo,bar\n1,2\n", "Les colonnes de ce fichier sont inconnues."),
            (b"[" * 50_000, "JSON"),
            (b"{broken", "JSON"),
            (b"x" * (MAX_BYTES + 1), "10\u00a0Mo"),
            (b"<html><body>", "page web"),
            (b'nom,commune\nA,"B\nC,D\n', "guillemet"),
        ],
        ids=lambda value: repr(value[:14]),
    )
    def test_a_file_that_is_none_gets_a_sentence_beside_its_field(self, manager, cast, content, sentence):
        response = send(manager, content)
        assert response.status_code == 422
        assert sentence.replace("\u00a0", " ") in text(response).replace("\u00a0", " ")
        assert 'href="#file"' in text(response)
        assert count() == 2

    def test_no_file_at_all(self, manager, cast):
        response = manager.post(PAGE, data={"kind": "venues"}, content_type="multipart/form-data")
        assert response.status_code == 422
        assert "Choisissez un fichier." in text(response)

    def test_more_than_the_house_reads_is_a_413(self, manager, cast):
        assert send(manager, b"x" * (13 * 1024 * 1024)).status_code == 413

    @pytest.mark.parametrize(
        "fields", [{"kind": "voyages"}, {"commune": "x"}, {"population_year": "12"}, {"level": "x"}]
    )
    def test_odd_choices_are_refused(self, manager, cast, fields):
        fields = dict(fields)
        assert send(manager, GOOD, kind=fields.pop("kind", "venues"), **fields).status_code == 422

    def test_a_broken_file_of_people(self, manager, cast):
        document = {"features": [{"properties": {"code": "7", "nom": "Gare"}, "geometry": square(-0.9, 48.0)}]}
        response = send(manager, json.dumps(document), "q.geojson", "neighbourhoods",
                        population=(io.BytesIO(b"\x00"), "p.csv"))  # fmt: skip
        assert response.status_code == 422

    def test_a_forged_confirmation_writes_nothing(self, manager, cast):
        where = send(manager, GOOD).headers["Location"]
        assert manager.post(where, forged=True).status_code == 400
        assert count() == 2

    def test_a_name_that_climbs_is_only_a_name(self, manager, cast, imports_folder):
        manager.post(send(manager, GOOD, "../../etc/passwd;.csv").headers["Location"])
        assert all(path.parent == imports_folder for path in imports_folder.glob("*.csv"))
