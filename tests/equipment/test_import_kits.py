"""A file of kits into the register, and the register as files again."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from equipment.importing.columns import COLUMNS, Kind
from equipment.models import Approval, Borrowers, Condition
from equipment.rules.keeping import ForKeepers
from foundation.db import db, transaction
from foundation.i18n import in_language
from places.importing.reading import column_key
from tests.cast import NOW, sign_in
from tests.counting import statements
from tests.equipment.given import kit
from tests.equipment.registers import device, items_file, kits_file, the_kit, why

HEADER = "Étiquette;Nom;Type;Lieu;Emprunteurs;Accord;Hours ahead;Devices that pupils hold;Minimum;Règles\n"
BLUE = 'MAL-1;Mallette bleue;Tablettes;Médiathèque du Port;Écoles;manager;72;tablette;10;"Charger\nCompter"\n'
pytestmark = pytest.mark.usefixtures("stopped_clock")


class TestKits:
    def test_a_kit_is_created_with_its_place_and_its_rules(self, app, cast):
        report = kits_file(HEADER + BLUE, cast.ids["manager"])
        assert report.counts == {"created": 1, "updated": 0, "unchanged": 0, "refused": 0}
        made = the_kit("MAL-1")
        assert (made.name, made.kind, made.home_venue_id) == ("Mallette bleue", "Tablettes", cast.ids["library"])
        assert (made.borrowers, made.approval) == (Borrowers.SCHOOLS, Approval.MANAGER)
        assert (made.lead_hours, made.unit_kind, made.minimum_units) == (72, "tablette", 10)
        assert made.rules == "Charger\nCompter"
        assert made.resource.label == "Mallette bleue"

    def test_again_changes_nothing_and_another_word_changes_one_thing(self, app, cast):
        kits_file(HEADER + BLUE, cast.ids["manager"])
        assert kits_file(HEADER + BLUE, cast.ids["manager"]).unchanged == 1
        report = kits_file("code;nom;minimum\nMAL-1;Mallette bleue;8\n", cast.ids["manager"])
        assert (report.updated, the_kit("MAL-1").minimum_units, the_kit("MAL-1").lead_hours) == (1, 8, 72)
        assert "10 → 8" in report.changes[0].what[0]

    @pytest.mark.parametrize(
        "row",
        [
            "MAL-2;;Tablettes;;;;;;;", "MAL-2;Verte;;;;;;;;", "MAL-2;Verte;Tablettes;Nulle part;;;;;;",
            "MAL-2;Verte;Tablettes;;tout le monde;;;;;", "MAL-2;Verte;Tablettes;;;;beaucoup;;;",
            "MAL-2;Verte;Tablettes;;;;99999;;;", "MAL-2;Verte;Tablettes;;;;;;3;", "T 1/;Verte;Tablettes;;;;;;;",
        ],
    )  # fmt: skip
    def test_a_faulty_row_is_given_back_and_stops_no_other(self, app, cast, row):
        report = kits_file(HEADER + row + "\n" + BLUE, cast.ids["manager"])
        assert (report.created, report.counts["refused"]) == (1, 1)
        assert why(report)[0][0] == 2

    def test_a_place_that_two_have_the_name_of_is_not_guessed(self, app, cast):
        with transaction():
            cast.workshop.name = cast.library.name
        assert kits_file(HEADER + BLUE, cast.ids["manager"]).counts["refused"] == 1

    def test_a_manager_of_a_structure_writes_its_own_kits_only(self, app, cast):
        kit("Chez eux", code="EUX-1", structure_id=cast.ids["association"])
        with transaction():
            cast.manager.structure_id = cast.ids["town"]
        rows = "EUX-1;Volée;Tablettes;\nN-1;À nous;Tablettes;\nN-2;À eux;Tablettes;Les Clics solidaires\n"
        report = kits_file("code;nom;type;structure\n" + rows, cast.ids["manager"])
        assert [line for line, _column, _why in why(report)] == [2, 4]
        assert the_kit("N-1").structure_id == cast.ids["town"]
        assert the_kit("EUX-1").name == "Chez eux"

    def test_what_is_out_of_use_and_what_is_a_device_stays(self, app, cast):
        gone, used = kit(code="GONE", retired_at=NOW), kit(code="USED", units=1)
        rows = f"{gone.code};Revenue;Tablettes\n{used.items[0].code};Tablette;Tablettes\n"
        assert kits_file("code;nom;type\n" + rows, cast.ids["manager"]).counts["refused"] == 2

    def test_a_mediator_writes_no_register(self, app, cast):
        with pytest.raises(ForKeepers):
            kits_file(HEADER + BLUE, cast.ids["mediator"])


@pytest.fixture
def manager(client, cast):
    return sign_in(client, cast.manager)


def rows_of(response) -> list[list[str]]:
    text = response.get_data().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


@pytest.fixture
def shelf(app, cast):
    """A kit with three devices, one of them damaged, and one device in reserve, with words that spreadsheets run."""
    blue = kit(code="MAL-1", units=3, broken=1, home_venue_id=cast.ids["library"], rules="Charger\nCompter")
    header = "code;type;modèle;numéro de série;prix;acheté le;batterie;origine\n"
    items_file(header + "R-1;tablette;'=1+1;'-7;199,90;2024-02-28;80;don\n", cast.ids["manager"])
    return blue


class TestExport:
    @pytest.mark.parametrize(("what", "act"), [("appareils", items_file), ("mallettes", kits_file)])
    @pytest.mark.parametrize(("language", "shape"), [("fr", "csv"), ("en", "csv"), ("fr", "xlsx")])
    def test_what_is_exported_is_read_again_as_nothing_new(self, manager, cast, shelf, what, act, language, shape):
        manager.get(f"/langue/{language}?next=/equipe")
        report = act(manager.get(f"/equipe/materiel/export/{what}.{shape}").get_data(), cast.ids["manager"])
        assert report.counts == {"created": 0, "updated": 0, "unchanged": 4 if what == "appareils" else 1, "refused": 0}
        assert report.noted["left"] == 0

    def test_a_formula_is_disarmed_on_the_way_out_and_is_itself_again_on_the_way_in(self, manager, cast, shelf):
        rows = rows_of(manager.get("/equipe/materiel/export/appareils.csv"))
        reserve = next(row for row in rows if row[0] == "R-1")
        assert device("R-1").label == "=1+1"
        assert reserve[2] == "'=1+1"

    def test_a_workbook_holds_the_same(self, manager, cast, shelf):
        book = openpyxl.load_workbook(io.BytesIO(manager.get("/equipe/materiel/export/appareils.xlsx").get_data()))
        rows = list(book.active.iter_rows(values_only=True))
        assert (len(rows), rows[0][0], rows[-1][2]) == (5, "Étiquette", "=1+1")

    def test_a_mediator_of_a_structure_gets_what_is_within_reach(self, client, cast, shelf):
        theirs = kit("Chez eux", code="EUX-1", structure_id=cast.ids["association"])
        with transaction():
            for one in theirs.items:
                db.session.merge(one).structure_id = cast.ids["association"]
        sign_in(client, cast.mediator)
        assert [row[0] for row in rows_of(client.get("/equipe/materiel/export/mallettes.csv"))[1:]] == ["MAL-1"]
        assert len(rows_of(client.get("/equipe/materiel/export/appareils.csv"))) == 5

    def test_devices_that_left_are_told_and_kits_that_left_are_not(self, manager, cast, shelf):
        with transaction():
            found = device("R-1")
            found.condition, found.retired_on, found.destination = Condition.RETIRED, NOW.date(), "lost"
            the_kit("MAL-1").retired_at = NOW
        assert len(rows_of(manager.get("/equipe/materiel/export/mallettes.csv"))) == 1
        assert "10/03/2026" in rows_of(manager.get("/equipe/materiel/export/appareils.csv"))[-1]

    def test_statements_do_not_grow_with_devices(self, manager, cast, shelf):
        with statements() as few:
            manager.get("/equipe/materiel/export/appareils.csv")
        kit("Mallette verte", units=30, structure_id=cast.ids["town"])
        with statements() as many:
            manager.get("/equipe/materiel/export/appareils.csv")
        assert len(many) == len(few)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_our_own_headings_are_known_again_in_each_language(app, kind, language):
    with in_language(language):
        headings = [column_key(heading) for heading in COLUMNS[kind].headings]
    assert list(COLUMNS[kind].found(headings)) == [column.field for column in COLUMNS[kind].listed]
