"""A file of devices sent by a page: preview, confirm, report, refused rows; and files that are none."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from accounts.journal import in_words
from equipment.models import Condition, Item
from foundation import audit
from foundation.db import db, transaction
from foundation.tables import xlsx_bytes
from tests.cast import sign_in
from tests.equipment.given import kit
from tests.equipment.registers import device, the_kit

PAGE = "/equipe/materiel/import"
GOOD = "Étiquette;Type;Mallette\nA-1;tablette;MAL-1\nA-2;;\nA-3;=robot;\n"
pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def manager(client, cast, app, tmp_path, monkeypatch):
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], var=tmp_path))
    kit(code="MAL-1", units=0)
    return sign_in(client, cast.manager)


def send(client, content: str | bytes, kind: str = "appareils"):
    data = content.encode() if isinstance(content, str) else content
    fields = {"kind": kind, "file": (io.BytesIO(data), "parc.csv")}
    return client.post(PAGE, data=fields, content_type="multipart/form-data")


def text(response) -> str:
    return response.get_data(as_text=True).replace("\u00a0", " ").replace("\u202f", " ")


def count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(Item.id))) or 0


def test_the_page_offers_the_register_as_a_model(manager):
    page = text(manager.get(PAGE))
    for address in ("appareils.csv", "appareils.xlsx", "mallettes.csv", "mallettes.xlsx"):
        assert f"/equipe/materiel/export/{address}" in page


class TestPreview:
    def test_tells_what_it_would_do_and_writes_nothing(self, manager):
        response = send(manager, GOOD)
        assert response.status_code == 303
        page = text(manager.get(response.headers["Location"]))
        assert "Rien n’est encore écrit." in page
        assert "A-1, A-3" in page
        assert "A-2" in page.partition("Lignes refusées")[2]
        assert count() == 0

    def test_tells_of_each_change_what_was_and_what_becomes(self, manager):
        manager.post(send(manager, GOOD).headers["Location"])
        page = text(manager.get(send(manager, "code;type\nA-1;robot\nA-3;=robot\n").headers["Location"]))
        assert "tablette → robot" in page
        assert '<dd class="code">1</dd>' in page

    def test_when_there_is_nothing_to_write_no_button_writes(self, manager):
        where = send(manager, "code;type\n;robot\n").headers["Location"]
        page = text(manager.get(where))
        assert f'action="{where}"' not in page
        assert f'action="{where}/abandonner"' in page


class TestConfirm:
    def test_it_writes_reports_and_gives_back_the_refused_rows_to_correct_and_send_again(self, manager):
        where = send(manager, GOOD).headers["Location"]
        assert manager.post(where).status_code == 303
        assert count() == 2
        page = text(manager.get(where))
        assert "Importé" in page
        back = manager.get(f"{where}/refusees.csv").get_data().decode("utf-8-sig")
        [header, row] = list(csv.reader(io.StringIO(back), delimiter=";"))
        assert (row[0], row[header.index("Étiquette")]) == ("3", "A-2")
        again = back.replace(";A-2;;", ";A-2;chargeur;")
        manager.post(send(manager, again).headers["Location"])
        assert count() == 3

    def test_twice_it_writes_once(self, manager):
        where = send(manager, GOOD).headers["Location"]
        manager.post(where)
        assert manager.post(where).status_code == 303
        assert count() == 2

    def test_dropped_it_is_gone(self, manager):
        where = send(manager, GOOD).headers["Location"]
        assert manager.post(f"{where}/abandonner").status_code == 303
        assert manager.get(where).status_code == 404
        assert manager.post(where).status_code == 404
        assert count() == 0

    def test_it_is_for_the_one_who_sent_it(self, manager, cast):
        where = send(manager, GOOD).headers["Location"]
        manager.post(where)
        sign_in(manager, cast.administrator)
        assert manager.get(where).status_code == 404
        assert manager.get(f"{where}/refusees.csv").status_code == 404

    def test_a_workbook_is_read_like_a_table(self, manager):
        content = xlsx_bytes({"Parc": (["Étiquette", "Type", "Prix"], [["A-1", "tablette", 249.9], ["A-2", "", None]])})
        where = send(manager, content).headers["Location"]
        assert "A-2" in text(manager.get(where)).partition("Lignes refusées")[2]
        manager.post(where)
        assert (device("A-1").price_cents, count()) == (24990, 1)

    def test_a_file_without_faults_has_no_refused_rows(self, manager):
        where = send(manager, "code;type\nA-1;robot\n").headers["Location"]
        manager.post(where)
        assert manager.get(f"{where}/refusees.csv").status_code == 404
        assert "refusees.csv" not in text(manager.get(where))


class TestShown:
    def test_a_long_preview_shows_the_first_rows_and_counts_the_others(self, manager):
        good = "".join(f"A-{number};tablette\n" for number in range(25))
        bad = "".join(f"é{number};tablette\n" for number in range(23))
        html = text(manager.get(send(manager, f"code;type\n{good}{bad}").headers["Location"]))
        assert "Et 5 de plus." in html
        assert "Et 3 de plus : toutes sont dans le fichier" in html

    def test_in_english_too(self, manager):
        manager.get("/langue/en?next=/equipe")
        html = text(
            manager.get(send(manager, "label;what it is;price in euros\nA-1;tablet;dear\n").headers["Location"])
        )
        for words in ("Check before importing", "Price in euros", "Write an amount like 249,90."):
            assert words in html

    def test_kits_are_previewed_and_written_in_the_same_way(self, manager):
        file = "code;nom;type\nMAL-1;Bleue;Robots\nMAL-9;Neuve;Robots\nMAL-8;;Robots\n"
        where = send(manager, file, "mallettes").headers["Location"]
        html = text(manager.get(where))
        assert "Mallette bleue → Bleue" in html
        assert the_kit("MAL-1").name == "Mallette bleue"
        manager.post(where)
        assert the_kit("MAL-1").name == "Bleue"
        assert the_kit("MAL-9").kind == "Robots"

    def test_a_condition_that_the_file_says_otherwise_is_told_to_stay(self, manager):
        manager.post(send(manager, "code;type\nA-1;robot\n").headers["Location"])
        html = text(manager.get(send(manager, "code;état\nA-1;en panne\n").headers["Location"]))
        assert "il reste tel qu’il a été vu en dernier" in html
        assert device("A-1").condition is Condition.WORKING

    def test_the_journal_tells_of_it_in_words(self, manager, cast):
        manager.post(send(manager, GOOD).headers["Location"])
        [entry] = audit.history("import:items")
        assert (entry.action, entry.actor_id) == ("items.imported", cast.ids["manager"])
        assert entry.details == {"created": 2, "updated": 0, "unchanged": 0, "refused": 1}
        assert in_words(entry.action) == ("Appareils", "import")


class TestScope:
    def test_a_manager_of_a_structure_imports_into_its_own_register(self, manager, cast):
        kit(code="EUX-1", units=0, structure_id=cast.ids["association"])
        with transaction():
            cast.manager.structure_id = cast.ids["town"]
        file = "code;type;mallette\nA-1;robot;EUX-1\nA-2;robot;MAL-1\nA-3;robot;\n"
        where = send(manager, file).headers["Location"]
        manager.post(where)
        assert device("A-3").structure_id == cast.ids["town"]
        assert count() == 1
        html = text(manager.get(where))
        assert html.count("Vous ne gérez aucune mallette portant cette étiquette.") == 2


class TestRefused:
    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", "Ce fichier est vide."),
            (b"code;type\n", "Aucune ligne"),
            (b"\x00\x01\x02", "pas du texte"),
            (b"PK\x03\x04....", "Ce tableau ne peut pas être lu."),
            (b"nom;type\nA;robot\n", "La première ligne du fichier"),
            (b'code;type\nA-1;"robot\nA-2;robot\n', "guillemet"),
            (b"code;type\n" + b"A-1;robot\n" * 10_001, "plus de 10 000 lignes"),
        ],
        ids=lambda value: repr(value[:12]),
    )
    def test_a_file_that_is_none_gets_a_sentence_beside_its_field(self, manager, content, sentence):
        response = send(manager, content)
        assert response.status_code == 422
        assert sentence in text(response)
        assert 'href="#file"' in text(response)

    def test_no_file_at_all(self, manager):
        response = manager.post(PAGE, data={"kind": "appareils"}, content_type="multipart/form-data")
        assert response.status_code == 422

    def test_a_kind_that_is_not_offered(self, manager):
        assert send(manager, GOOD, kind="voyages").status_code == 422

    def test_a_file_that_was_sent_for_places_is_not_read_here(self, manager):
        data = {"kind": "venues", "file": (io.BytesIO(b"nom,commune,latitude,longitude\nA,B,48,-1\n"), "l.csv")}
        where = manager.post("/equipe/lieux/import", data=data, content_type="multipart/form-data").headers["Location"]
        assert manager.get(where).status_code == 200
        assert manager.get(where.replace("/lieux/", "/materiel/")).status_code == 404

    def test_nor_is_one_of_devices_read_among_places(self, manager):
        where = send(manager, GOOD).headers["Location"].replace("/materiel/", "/lieux/")
        assert (manager.get(where).status_code, manager.post(where).status_code) == (404, 404)

    def test_a_mediator_sends_none(self, client, cast):
        sign_in(client, cast.mediator)
        assert client.get(PAGE).status_code == 403


def test_kits_sent_as_devices_are_told_once_not_row_by_row(manager):
    kits = "Étiquette;Nom de la mallette;Contenu de la mallette;Qui peut la réserver;Minimum\nMAL-9;Neuve;;;\n"
    page = send(manager, kits)
    assert page.status_code == 422
    assert "Ce fichier a les colonnes des mallettes." in text(page)
    assert send(manager, kits, "mallettes").status_code == 303
    page = send(manager, "Étiquette;Marque et modèle;Numéro de série\nA-1;Tab;S1\n", "mallettes")
    assert "Ce fichier a les colonnes des appareils." in text(page)


def test_a_few_columns_that_are_none_of_devices_do_not_matter(manager):
    assert send(manager, "Étiquette;Type;Nom;Description\nA-1;tablette;Une;Petite\n").status_code == 303
